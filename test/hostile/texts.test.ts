import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser } from '../support/browser.ts'
import { CAFE, signInByLink } from '../support/desk.ts'
import { startWeb, type WebServer } from '../support/server.ts'

/** What anybody may type into a form, and that nobody waits for it. */

let hub: WebServer
let visitor: Browser
beforeAll(async () => {
  hub = await startWeb({ role: 'hub', smtpUrl: 'smtp://127.0.0.1:1' })
  visitor = openBrowser(hub.origin)
})
afterAll(() => hub.stop())

const FORM = '/referents/ecrire/35'
const MESSAGE = {
  'contact.name': 'Ada',
  'contact.email': 'ada@lieu.example',
  'contact.message': 'Bonjour',
}

/** The longest turn of the server's event loop while something is done, in milliseconds: the server is in here. */
async function lagOf(action: () => Promise<unknown>): Promise<number> {
  const turns = monitorEventLoopDelay({ resolution: 5 })
  turns.enable()
  await action()
  turns.disable()
  return turns.max / 1e6
}

describe('a form that anybody may send', () => {
  test.each([
    ['spaces', ' '],
    ['breaks', '\r\n'],
    ['spaces and breaks', ' \n'],
    ['alternating marks', '\u0301\u0316'],
    ['nothing visible', '\u3164'],
  ])('with 200 kB of %s is refused with a page, and nobody waits', async (_, unit) => {
    const text = unit.repeat(200_000 / unit.length)
    let answer: Awaited<ReturnType<Browser['post']>> | undefined
    const lag = await lagOf(async () => {
      answer = await visitor.post(FORM, { ...MESSAGE, 'contact.message': text })
    })
    expect(answer?.status).toBe(413)
    expect(answer?.headers.get('content-type')).toContain('text/html')
    expect(answer?.text).toContain('Ce qui a été envoyé est trop grand.')
    expect(lag).toBeLessThan(200)
  })

  test.each([
    ['spaces', ' '],
    ['alternating marks', '\u0301\u0316'],
    ['joined emoji', '👩\u200d'],
  ])('as full of %s as it may be costs little', async (_, unit) => {
    const most = 30_000 / new URLSearchParams({ a: unit }).toString().length
    const text = `a${unit.repeat(most)}b`
    const lag = await lagOf(async () => {
      for (let time = 0; time < 20; time++)
        await visitor.post(FORM, { ...MESSAGE, 'contact.message': text, 'contact.email': '' })
    })
    expect(lag).toBeLessThan(200)
  })

  test('of ten thousand fields costs little', async () => {
    const fields = Object.fromEntries(
      Array.from({ length: 7000 }, (_, at) => [at.toString(36), '']),
    )
    expect(await lagOf(() => visitor.post(FORM, fields))).toBeLessThan(200)
  })

  test('sent in pieces of unknown length is cut at the limit', async () => {
    const body = new ReadableStream({
      start(controller) {
        const piece = new TextEncoder().encode('a'.repeat(10_000))
        for (let at = 0; at < 100; at++) controller.enqueue(piece)
        controller.close()
      },
    })
    const answer = await fetch(hub.origin + FORM, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: hub.origin,
        connection: 'close',
      },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
  })

  test('with a name of nothing visible asks for a name', async () => {
    const answer = await visitor.post(FORM, {
      ...MESSAGE,
      'contact.name': '\u3164\u2800\u{e0041}\u202e',
    })
    expect(answer.status).toBe(422)
  })

  test('keeps a message that is too long, and says so', async () => {
    const answer = await visitor.post(FORM, { ...MESSAGE, 'contact.message': 'a'.repeat(3500) })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('a'.repeat(3500))
  })
})

describe('a form of the administration', () => {
  test('cleans each text, one line where one is asked for, and keeps the lines of a text area', async () => {
    const place = await startWeb()
    try {
      const team = await signInByLink(place)
      const form = '/administration/cafes/nouveau'
      await team.submit(await team.get(form), form, {
        ...CAFE,
        title: 'Ca\u00adfé\u202e IA\n\u3164 de Die\u{e0041}',
        descriptionMarkdown: 'Un\u200b\r\n\r\nDeux',
        save: 'publish',
      })
      const [cafe] = await place.context.db.selectFrom('cafe').selectAll().execute()
      expect(cafe).toMatchObject({ title: 'Café IA de Die', description_markdown: 'Un\n\nDeux' })
    } finally {
      await place.stop()
    }
  })
})
