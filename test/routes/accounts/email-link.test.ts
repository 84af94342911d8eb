import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { CAFE, EMAIL, PASSWORD, signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { type Relay, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const ASK = '/administration/connexion/lien'
const NEW = '/administration/cafes/nouveau'

let relay: Relay
let server: WebServer
beforeAll(async () => {
  relay = await startRelay()
})
afterAll(() => relay.stop())
beforeEach(async () => {
  server = await startWeb({ smtpUrl: relay.url, trustProxy: '127.0.0.1' })
  relay.taken.length = 0
})
afterEach(() => server.stop())

const ask = async (email: string, from = '203.0.113.1') =>
  openBrowser(server.origin).post(ASK, { email }, { 'x-forwarded-for': from })

async function deliver(): Promise<string[]> {
  const { mail } = server.context.config
  if (!mail) throw new Error('no mail')
  await sendMails(server.context, createMailer(mail))
  return relay.taken.map(({ raw }) => {
    const link = /\/administration\/lien\/[\w-]+/.exec(textOfMail(raw))?.[0]
    if (!link) throw new Error(raw)
    return link
  })
}

const signIn = (password: string) =>
  openBrowser(server.origin).post('/administration/connexion', { email: EMAIL, password })

describe('a link by mail', () => {
  test('it signs in, once, within half an hour', async () => {
    await signInByLink(server)
    const page = await openBrowser(server.origin).get('/administration/connexion')
    expect(page.text).toContain(`href="${ASK}"`)
    await ask(` ${EMAIL.toUpperCase()} `)
    await ask(EMAIL)
    const [first = '', second = ''] = await deliver()
    const browser = openBrowser(server.origin)
    expect((await browser.submit(await browser.get(first), first)).location).toBe('/administration')
    expect((await browser.get('/administration')).status).toBe(200)
    expect((await openBrowser(server.origin).get(first)).status).toBe(410)

    server.advance({ minutes: 30 })
    expect((await openBrowser(server.origin).get(second)).status).toBe(410)
  })

  test('what was typed when the session ended waits through the asking, a mistyped address included', async () => {
    const browser = await signInByLink(server)
    const form = await browser.get(NEW)
    await server.context.db.deleteFrom('session').execute()
    const door = await browser.submit(form, NEW, { ...CAFE, save: 'publish' })
    const asking = await browser.submit(door, ASK)
    expect(asking.status).toBe(200)
    const wrong = await browser.submit(asking, ASK, { email: 'camille@' })
    expect(wrong.status).toBe(422)
    const sent = await browser.submit(wrong, ASK, { email: EMAIL })
    const [link = ''] = await deliver()
    await browser.submit(await browser.get(link), link)
    const back = await browser.submit(sent, '/administration/connexion/reprise')
    expect(back.text).toContain(`<dd>${CAFE.title}</dd>`)
    expect((await browser.submit(back, NEW)).status).toBe(303)
  })

  test('the same answer and the same row, whoever has that address; nobody else gets a mail', async () => {
    await signInByLink(server)
    const known = await ask(EMAIL)
    const unknown = await ask('inconnue@mediatheque.example')
    expect([known.status, unknown.status]).toEqual([200, 200])
    expect(unknown.text).toBe(known.text)
    const rows = await server.context.db
      .selectFrom('mail')
      .select(['template', 'subject', 'params', 'about', 'attempts'])
      .execute()
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual(rows[1])
    await deliver()
    expect(relay.taken.map(({ to }) => to)).toEqual([[EMAIL]])
  })

  test('no secret lies in the database: neither in the mail that waits nor in the one that left', async () => {
    await signInByLink(server)
    await ask(EMAIL)
    const [link = ''] = await deliver()
    const token = link.split('/').at(-1) ?? ''
    expect(token).toHaveLength(43)
    const { db } = server.context
    const tables = await Promise.all([
      db.selectFrom('mail').selectAll().execute(),
      db.selectFrom('link').selectAll().execute(),
    ])
    expect(JSON.stringify(tables)).not.toContain(token)
  })

  test('at most three an hour go to one address, also when they are asked for at once', async () => {
    await signInByLink(server)
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => ask(EMAIL, `203.0.113.${n}`)),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await deliver()).toHaveLength(3)
    server.advance({ hours: 1 })
    await ask(EMAIL)
    expect(await deliver()).toHaveLength(4)
  })

  test('one network asks twenty times an hour, then waits', async () => {
    const answers = []
    for (let n = 0; n < 21; n++)
      answers.push(await ask(`a${n}@lieu.example`, `2001:db8:0:1::${n + 1}`))
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(200), 429])
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask(EMAIL, '2001:db8:0:2::1')).status).toBe(200)
  })

  test.each(['', 'camille', `${EMAIL}\r\nBcc: x@evil.example`, `${EMAIL}, x@evil.example`])(
    '%j is no address',
    async (email) => {
      expect((await ask(email)).status).toBe(422)
      expect(await deliver()).toEqual([])
    },
  )

  test('a form of another site asks for nothing', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await openBrowser(server.origin).post(ASK, { email: EMAIL }, headers)).status).toBe(403)
  })
})

describe('a forgotten password', () => {
  const chosen = { password: 'un tout autre secret', passwordAgain: 'un tout autre secret' }

  test('the link sets a new one; every other session and link ends', async () => {
    const elsewhere = await signInByLink(server)
    await ask(EMAIL)
    await ask(EMAIL)
    const [link = '', other = ''] = await deliver()
    const browser = openBrowser(server.origin)
    const page = await browser.get(link)
    const wrong = await browser.submit(page, `${link}/mot-de-passe`, { ...chosen, password: 'non' })
    expect(wrong.status).toBe(422)
    const done = await browser.submit(wrong, `${link}/mot-de-passe`, chosen)
    expect([done.status, done.location]).toEqual([303, '/administration'])
    expect((await browser.get('/administration')).status).toBe(200)
    expect((await elsewhere.get('/administration')).status).toBe(302)
    for (const dead of [link, other])
      expect((await openBrowser(server.origin).get(dead)).status).toBe(410)
    expect((await browser.post(`${link}/mot-de-passe`, chosen)).status).toBe(410)
    expect((await signIn(PASSWORD)).status).toBe(422)
    expect((await signIn(chosen.password)).status).toBe(303)
  })
})

test('without a relay no such link is offered', async () => {
  const silent = await startWeb()
  const browser = openBrowser(silent.origin)
  expect((await browser.get('/administration/connexion')).text).not.toContain(ASK)
  expect((await browser.get(ASK)).status).toBe(404)
  expect((await browser.post(ASK, { email: EMAIL })).status).toBe(404)
  await silent.stop()
})
