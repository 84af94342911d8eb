import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CAFE, signInByLink } from '../support/admin.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { longestTurnOf } from '../support/cpu-time.ts'
import { MEASURED } from '../support/measured.ts'
import { startWeb, type WebServer } from '../support/server.ts'

/** Texts that anybody may type into a form must not block the server, which runs in this process. */

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

describe('a form that anybody may send', () => {
  test.each([
    ['spaces', ' '],
    ['breaks', '\r\n'],
    ['spaces and breaks', ' \n'],
    ['alternating marks', '\u0301\u0316'],
    ['nothing visible', '\u3164'],
  ])('with 200 kB of %s is refused with a page, and nobody waits', MEASURED, async (_, unit) => {
    const text = unit.repeat(200_000 / unit.length)
    let answer: Awaited<ReturnType<Browser['post']>> | undefined
    const lag = await longestTurnOf(async () => {
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
  ])('as full of %s as it may be costs little', MEASURED, async (_, unit) => {
    const most = 30_000 / (new URLSearchParams({ a: unit }).toString().length - 'a='.length)
    const text = `a${unit.repeat(most)}b`
    const lag = await longestTurnOf(async () => {
      for (let time = 0; time < 20; time++)
        await visitor.post(FORM, { ...MESSAGE, 'contact.message': text, 'contact.email': '' })
    })
    expect(lag).toBeLessThan(200)
  })

  test('of ten thousand fields costs little', MEASURED, async () => {
    const fields = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [at.toString(36), '']),
    )
    expect(await longestTurnOf(() => visitor.post(FORM, fields))).toBeLessThan(200)
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

/** Returns one field of a form with a file, with other headers before those of the part. */
const multipart = (head: string, value = '') =>
  `--${BOUNDARY}\r\n${head}Content-Disposition: form-data; name="email"\r\n\r\n${value}\r\n`
const BOUNDARY = 'x'.repeat(30)
const WAYS = {
  urlencoded: 'application/x-www-form-urlencoded',
  multipart: `multipart/form-data; boundary=${BOUNDARY}`,
}

async function send(path: string, way: keyof typeof WAYS, body: string) {
  const answer = await fetch(hub.origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': WAYS[way], origin: hub.origin, connection: 'close' },
    body,
  })
  return { status: answer.status, text: await answer.text() }
}

describe('a long form of whoever is not signed in', () => {
  const LONG = 255_000
  const RESUME = '/administration/connexion/reprise'
  const kept = (fields: string) =>
    new URLSearchParams({
      kept: `{"action":"/administration/cafes/nouveau","fields":[${fields}0]}`,
    }).toString()

  test.each([
    [RESUME, 'urlencoded', 'fields of one letter', 'a&'.repeat(LONG / 2)],
    [RESUME, 'urlencoded', 'nothing between', '&'.repeat(LONG)],
    [RESUME, 'urlencoded', 'half an escape', `a=${'%'.repeat(LONG)}`],
    [RESUME, 'multipart', 'headers', multipart('a:\r\n'.repeat(LONG / 4))],
    [RESUME, 'multipart', 'one header', multipart(`a:${'b;'.repeat(LONG / 2)}\r\n`)],
    [RESUME, 'multipart', 'parts', multipart('').repeat(LONG / 100)],
    [RESUME, 'multipart', 'almost parts', multipart('', `\r\n--${BOUNDARY}`.repeat(LONG / 34))],
    [RESUME, 'urlencoded', 'fields kept aside', kept('[],'.repeat(LONG / 9))],
    [RESUME, 'multipart', 'depth', `${multipart('', '[['.repeat(LONG / 2 - 100))}--${BOUNDARY}--`],
    ['/administration/cafes/x', 'urlencoded', 'names', `${'n'.repeat(300)}=&`.repeat(LONG / 302)],
    ['/administration/lieu', 'urlencoded', 'line breaks to keep', `text=${'%00'.repeat(LONG / 3)}`],
  ] as const)('%s: %s of %s costs little', MEASURED, async (path, way, _, body) => {
    const statuses: number[] = []
    const lag = await longestTurnOf(async () => {
      for (let time = 0; time < 3; time++) statuses.push((await send(path, way, body)).status)
    })
    for (const status of statuses) expect([303, 401, 413, 422, 429]).toContain(status)
    expect(lag).toBeLessThan(200)
  })

  test.each(['/administration/cafes/x', '/administration/lieu', '/administration/import/x'])(
    '%s: is not read where only a file could be so long, and says how nothing is lost',
    async (path) => {
      const answer = await send(path, 'urlencoded', 'a&'.repeat(500_000))
      expect(answer.status).toBe(413)
      expect(answer.text).toContain('Connectez-vous dans un autre onglet')
    },
  )

  test('that ends in the middle of a file is refused, and the server goes on', async () => {
    const part = multipart('').replace('name="email"', 'name="file"; filename="a"')
    expect((await send(RESUME, 'multipart', part)).status).toBe(422)
    expect((await visitor.get('/administration/connexion')).status).toBe(200)
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
