import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  sendNewsletterMails,
  sendWeeklyNewsletter,
} from '../../../node/jobs/newsletter/send-newsletters.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { sendNewsletter } from '../../../node/routes/territories/newsletter-data.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { headerOf, type Relay, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let relay: Relay
let server: WebServer
let visitor: Browser
let admin: Browser
beforeAll(async () => {
  relay = await startRelay()
  server = await startWeb({ role: 'hub', smtpUrl: relay.url, trustProxy: '127.0.0.1' })
  visitor = openBrowser(server.origin)
  admin = await signInByLink(server)
  for (const week of [0, 1, 2, 3])
    await announce(admin, {
      ...{ title: `Café de la semaine ${week}`, 'venue.town': '35000' },
      date: today()
        .add({ days: 6 + 7 * week })
        .toString(),
    })
})
afterAll(async () => {
  await server.stop()
  await relay.stop()
})

const today = () => server.context.now().toZonedDateTimeISO('Europe/Paris').toPlainDate()

type Mail = {
  to: string
  subject: string
  text: string
  link: (name: string) => string
  raw: string
}

/** Sends the mails that wait and returns what the relay received. */
async function deliver(): Promise<Mail[]> {
  const { mail } = server.context.config
  if (!mail) throw new Error('no mail')
  relay.taken.length = 0
  await sendMails(server.context, createMailer(mail))
  return relay.taken.map(({ to, raw }) => {
    const text = readable(textOfMail(raw))
    const link = (name: string) => new RegExp(`/alertes/${name}/[\\w-]{43}`).exec(text)?.[0] ?? ''
    return { to: to.join(), subject: headerOf(raw, 'subject') ?? '', text, link, raw }
  })
}

const ask = (fields: Record<string, string>, from = '203.0.113.1') =>
  visitor.post('/alertes', fields, { 'x-forwarded-for': from })

async function subscribe(email: string, fields: Record<string, string>, from?: string) {
  await ask({ email, ...fields }, from)
  const [mail] = await deliver()
  await visitor.post(mail?.link('confirmation') ?? '', {})
}

const rowsOf = (email: string) =>
  server.context.db.selectFrom('alert').selectAll().where('email', '=', email).execute()

describe('the letter of each week', () => {
  const letters = async () => {
    await sendNewsletterMails(server.context)
    return deliver()
  }
  const subscribeWeekly = (email: string, fields: Record<string, string>) =>
    subscribe(email, { rythme: 'weekly', ...fields }, `198.51.7.${readers++}`)
  let readers = 1

  test('is asked for on its page, proven by a mail, and comes to nobody before it leaves', async () => {
    const page = await visitor.get('/lettre?territoire=35')
    expect(page.text).toMatch(/name="rythme" value="weekly"/)
    const asked = await ask({ email: 'ana@mail.example', rythme: 'weekly', territoire: '35' })
    expect(asked.status).toBe(200)
    const [mail] = await deliver()
    expect(mail?.text).toContain('recevoir chaque semaine la lettre des cafés IA')
    const link = mail?.link('confirmation') ?? ''
    expect(readable((await visitor.get(link)).text)).toContain('chaque semaine la lettre')
    const done = await visitor.submit(await visitor.get(link), link)
    expect(done.text).toContain('C’est confirmé')
    expect(await letters()).toEqual([])
  })

  test('leaves on Thursday, for the place and the theme of each, once, with a button that stops it', async () => {
    await subscribeWeekly('everywhere@mail.example', {})
    await subscribeWeekly('drome@mail.example', { territoire: '26' })
    await subscribeWeekly('theme@mail.example', { territoire: '35', q: 'introuvable' })
    server.advance({ minutes: 1 })
    await sendWeeklyNewsletter(server.context)
    await sendWeeklyNewsletter(server.context)
    const sent = await letters()
    expect(sent.map(({ to }) => to).toSorted()).toEqual([
      ...['ana@mail.example', 'everywhere@mail.example'],
    ])
    const own = sent.find(({ to }) => to === 'ana@mail.example')
    expect(own?.text).toContain('Café de la semaine 0')
    expect(own?.text).not.toContain('Café de la semaine 3')
    expect(own?.text).toContain('DU ')
    const { raw = '' } = own ?? {}
    expect(headerOf(raw, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(await letters()).toEqual([])
    const stop = own?.link('arret') ?? ''
    const stopped = await visitor.post(stop, { 'List-Unsubscribe': 'One-Click' })
    expect(stopped.status).toBe(200)
    expect(await rowsOf('ana@mail.example')).toEqual([])
  })

  test('a second one of the same week comes to nobody who has had one', async () => {
    server.advance({ hours: 1 })
    await sendNewsletter(server.context)
    expect((await letters()).map(({ to }) => to)).toEqual([])
  })

  test('two that its mailbox refuses, since it is gone, end it', async () => {
    for (const [answer, kept] of [
      [550, 1],
      [550, 0],
    ] as const) {
      server.advance({ hours: 7 * 24 })
      await sendWeeklyNewsletter(server.context)
      relay.refuseNext(answer)
      expect(await letters()).toEqual([])
      expect(await rowsOf('everywhere@mail.example')).toHaveLength(kept)
    }
  })

  test('waits where the relay has not taken the last portion yet', async () => {
    const { config } = server.context
    for (const n of [1, 2, 3]) await subscribeWeekly(`p${n}@mail.example`, {})
    server.advance({ hours: 7 * 24 })
    await sendWeeklyNewsletter(server.context)
    const slow = { ...server.context, config: { ...config, lettersPerHour: 60 } }
    // Of two readers the letter has nothing to say to; then one waits, and the others wait for it.
    for (let minute = 0; minute < 5; minute += 1) await sendNewsletterMails(slow)
    expect(await deliver()).toHaveLength(1)
    await sendNewsletterMails(server.context)
    expect(await deliver()).toHaveLength(2)
  })
})
