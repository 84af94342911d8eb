import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { purge } from '../../../node/jobs/purge.ts'
import { sendAlertRenewals, sendAlerts } from '../../../node/jobs/send-alerts.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { headerOf, type Relay, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { DIE } from '../../support/venues.ts'

let relay: Relay
let server: WebServer
let visitor: Browser
let admin: Browser
beforeAll(async () => {
  relay = await startRelay()
  server = await startWeb({ role: 'hub', smtpUrl: relay.url, trustProxy: '127.0.0.1' })
  visitor = openBrowser(server.origin)
  admin = await signInByLink(server)
  await sendAlerts(server.context)
})
afterAll(async () => {
  await server.stop()
  await relay.stop()
})

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

const sendDue = async () => {
  await sendAlerts(server.context)
  return deliver()
}

async function subscribe(email: string, fields: Record<string, string>, from?: string) {
  await ask({ email, ...fields }, from)
  const [mail] = await deliver()
  await visitor.post(mail?.link('confirmation') ?? '', {})
}

const rowsOf = (email: string) =>
  server.context.db.selectFrom('alert').selectAll().where('email', '=', email).execute()

describe('« Prévenez-moi »', () => {
  test('asks the address first: opening the link changes nothing, its button confirms', async () => {
    const sent = await ask({ email: ' Lou@Mail.example ', territoire: '35' })
    expect(sent.status).toBe(200)
    expect(await findHtmlErrors(sent.text)).toEqual([])
    const [mail] = await deliver()
    expect(mail?.to).toBe('lou@mail.example')
    expect(mail?.text).toContain('Ille-et-Vilaine (35)')
    const link = mail?.link('confirmation') ?? ''
    await announce(admin, { title: 'Trop tôt', 'venue.town': '35000' })
    server.advance({ minutes: 10 })
    expect(await sendDue()).toEqual([])
    const page = await visitor.get(link)
    expect(await findHtmlErrors(page.text)).toEqual([])
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect((await rowsOf('lou@mail.example'))[0]?.confirmed_at).toBeNull()
    const done = await visitor.submit(page, link)
    expect([done.status, done.text.includes('C’est confirmé')]).toEqual([200, true])
  })

  test('writes when a café is announced there, and not for one elsewhere or reserved', async () => {
    server.advance({ minutes: 10 })
    await announce(admin, { title: 'Café de Redon', 'venue.town': 'Redon' })
    await announce(admin, { title: 'Café de Brest', 'venue.town': '29200' })
    await announce(admin, { title: 'Réservé', 'venue.town': 'Redon', openTo: 'reserved' })
    server.advance({ minutes: 10 })
    const mails = await sendDue()
    expect(mails.map(({ to }) => to)).toEqual(['lou@mail.example'])
    expect(mails[0]?.text).toContain('Café de Redon')
    expect(mails[0]?.text).toContain('Mercredi 9 décembre 2026, 18 h 30')
    expect(mails[0]?.text).toMatch(/http:\/\/127\.0\.0\.1:\d+\/cafes\/[0-9a-f-]{36}/)
    expect(mails[0]?.text).not.toMatch(/Brest|Réservé|Trop tôt/)
    expect(await sendDue()).toEqual([])
  })

  test('at most once a day: what comes in between waits, and is told together', async () => {
    await announce(admin, { title: 'Deuxième', 'venue.town': 'Redon' })
    const cancelled = await announce(admin, { title: 'Retiré', 'venue.town': 'Redon' })
    server.advance({ minutes: 1 })
    await announce(admin, { title: 'Troisième', 'venue.town': 'Saint-Malo' })
    server.advance({ hours: 12 })
    expect(await sendDue()).toEqual([])
    const page = await admin.get(`/administration/cafes/${cancelled}/supprimer`)
    await admin.submit(page, `/administration/cafes/${cancelled}/supprimer`)
    server.advance({ hours: 12 })
    const [mail, ...others] = await sendDue()
    expect(others).toEqual([])
    expect(mail?.text).toContain('2 cafés IA viennent d’être annoncés')
    expect(mail?.text).toMatch(/Deuxième[\s\S]*Troisième/)
    expect(mail?.text).not.toContain('Retiré')
  })

  test('stops at one click of the mail reader, without a page, and nothing is left of the address', async () => {
    server.advance({ hours: 25 })
    await announce(admin, { title: 'Le dernier', 'venue.town': 'Redon' })
    server.advance({ minutes: 10 })
    const [mail] = await sendDue()
    const stop = mail?.link('arret') ?? ''
    expect(headerOf(mail?.raw ?? '', 'list-unsubscribe')).toBe(`<${server.origin}${stop}>`)
    expect(headerOf(mail?.raw ?? '', 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect((await visitor.get(stop)).text).toContain('Arrêter et effacer mon adresse')
    const answer = await fetch(server.origin + stop, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    })
    expect(answer.status).toBe(200)
    const { db } = server.context
    const left = JSON.stringify([
      await db.selectFrom('alert').selectAll().execute(),
      await db.selectFrom('link').selectAll().execute(),
      await db.selectFrom('mail').selectAll().execute(),
    ])
    expect(left).not.toContain('lou@mail.example')
    expect((await visitor.get(stop)).status).toBe(410)
  })
})

describe('of one address, for two territories', () => {
  test('one is stopped, and the page does not say that the address is erased', async () => {
    const email = 'two@mail.example'
    const from = '203.0.113.11'
    await subscribe(email, { territoire: '56' }, from)
    await subscribe(email, { territoire: '29' }, from)
    server.advance({ minutes: 10 })
    await announce(admin, { title: 'À Quimper', 'venue.town': '29000' })
    server.advance({ minutes: 10 })
    const [mail] = await sendDue()
    const stop = mail?.link('arret') ?? ''
    const page = await visitor.get(stop)
    expect(page.text).not.toContain('effacer mon adresse')
    expect(await findHtmlErrors(page.text)).toEqual([])
    const stopped = readable((await visitor.post(stop, {})).text)
    expect(stopped).toContain('Votre adresse reste ici pour une autre demande')
    expect(stopped).not.toContain('Votre adresse est effacée')
    expect(await rowsOf(email)).toHaveLength(1)
    await server.context.db.deleteFrom('alert').where('email', '=', email).execute()
  })

  test('a link to confirm says when that is done already, and until when', async () => {
    await ask({ email: 'done@mail.example', territoire: '22' }, '203.0.113.12')
    const [mail] = await deliver()
    const link = mail?.link('confirmation') ?? ''
    await visitor.post(link, {})
    const { text } = await visitor.get(link)
    expect(text).toContain('C’est confirmé')
    expect(text).not.toContain('Confirmez votre demande')
  })
})

describe('from a search', () => {
  const from = '203.0.113.21'
  const CONDITIONS = { format: 'débat', q: 'école' }

  test('every page that has the field remembers what was looked for', async () => {
    const fieldsOf = (text: string): Record<string, string> => {
      const form = /<form[^>]*action="\/alertes"[^>]*>(.*?)<\/form>/su.exec(text)?.[1] ?? ''
      const found = form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/gu)
      return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]))
    }
    const search = new URLSearchParams({ ou: 'Redon', rayon: '5', ...CONDITIONS, quand: '7-jours' })
    const { text } = await visitor.get(`/?${search}`)
    expect(fieldsOf(text)).toEqual({ ou: 'Redon', rayon: '5', ...CONDITIONS })
    expect(readable(text)).toContain('Seulement : « école », débat.')
    for (const [path, fields] of [
      ['/', {}],
      ['/suivre', {}],
      ['/lettre', { rythme: 'weekly' }],
      ['/lettre?territoire=26', { rythme: 'weekly', territoire: '26' }],
      ['/territoires/35', { territoire: '35' }],
      ['/?q=jeux', { q: 'jeux' }],
    ] as const) {
      const page = await visitor.get(path)
      expect([path, fieldsOf(page.text)]).toEqual([path, fields])
      expect([path, page.text.includes('id="alerte-email"')]).toEqual([path, true])
    }
    const online = await visitor.get('/?mode=en-ligne')
    expect(online.text).not.toContain('action="/alertes"')
    const id = await announce(admin, { title: 'À côté', 'venue.town': 'Redon' })
    const cafe = await visitor.get(`/cafes/${id}`)
    expect(fieldsOf(cafe.text)).toEqual({ ou: 'Redon (35)', rayon: '30' })
  })

  test('hears only of what the search would find, within its distance', async () => {
    const email = 'ines@mail.example'
    await ask({ email, ou: 'Redon', rayon: '5', ...CONDITIONS }, from)
    const [asked] = await deliver()
    expect(asked?.text).toContain('Redon (35), 5 km, « école », débat.')
    await visitor.post(asked?.link('confirmation') ?? '', {})
    await subscribe(email, { ou: 'Redon', rayon: '5' }, from)
    expect(await rowsOf(email)).toHaveLength(2)
    server.advance({ minutes: 10 })
    const wanted = { title: 'L’école et l’IA', format: 'débat', 'venue.town': 'Redon' }
    await announce(admin, wanted)
    await announce(admin, { ...wanted, title: 'L’école joue', format: 'jeu' })
    await announce(admin, { ...wanted, title: 'Le travail et l’IA' })
    await announce(admin, { ...wanted, title: 'L’école d’Allaire', 'venue.town': 'Allaire' })
    server.advance({ minutes: 10 })
    const titles = ['L’école et l’IA', 'L’école joue', 'Le travail et l’IA', 'L’école d’Allaire']
    const told = (await sendDue()).map(({ text }) => titles.filter((title) => text.includes(title)))
    expect(told.toSorted((one, other) => one.length - other.length)).toEqual([
      titles.slice(0, 1),
      titles.slice(0, 3),
    ])
    await server.context.db.deleteFrom('alert').where('email', '=', email).execute()
  })

  test('one that cannot be read keeps nobody else’s mail back', async () => {
    for (const email of ['abel@mail.example', 'zoe@mail.example'])
      await subscribe(email, { ou: 'Fougères', rayon: '5' }, '203.0.113.31')
    server.advance({ minutes: 10 })
    await announce(admin, { title: 'Pour les deux', 'venue.town': 'Fougères' })
    server.advance({ minutes: 10 })
    const { db } = server.context
    const broken = await db
      .selectFrom('alert')
      .select('id')
      .where('email', 'in', ['abel@mail.example', 'zoe@mail.example'])
      .orderBy('id')
      .executeTakeFirstOrThrow()
    await db.updateTable('alert').set({ expires_at: 'x' }).where('id', '=', broken.id).execute()
    await expect(sendAlerts(server.context)).rejects.toThrow('1 of 2 failed')
    expect((await deliver()).map(({ text }) => text.includes('Pour les deux'))).toEqual([true])
    await db.deleteFrom('alert').where('place', 'like', 'Fougères%').execute()
  })

  test.each([
    { q: 'Votre compte est bloqué : https://vol.example/ouvrir' },
    { q: 'école\r\n\r\nAppelez le 08 99 00 00 00' },
    { format: 'débat vol.example' },
    { public: 'A'.repeat(150) },
    { organisateur: 'https://vol.example/compte' },
    { structure: 'vol.example' },
    { reseau: 'vol.example/compte' },
  ])('the mail that asks for a confirmation is nobody’s to write: %j', async (typed) => {
    const email = 'sam@mail.example'
    await ask({ email, territoire: '35', intention: 'debattre', ...typed }, '203.0.113.22')
    const [mail] = await deliver()
    expect(mail?.text).toMatch(/Ille-et-Vilaine \(35\), [^,.]*\.\s/)
    expect(mail?.text).not.toMatch(/vol\.example|08 99|A{50}/)
    const [row] = await rowsOf(email)
    expect([row?.place, row?.search].join()).not.toMatch(/[\r\n]|%0[AD]/)
    await server.context.db.deleteFrom('alert').where('email', '=', email).execute()
  })

  test('a confirmed alert is stopped before its first mail, by the link that confirmed it', async () => {
    const email = 'noor@mail.example'
    await ask({ email, territoire: '35', ...CONDITIONS }, from)
    const [mail] = await deliver()
    const link = mail?.link('confirmation') ?? ''
    const kept = await visitor.post(link, {})
    expect(kept.text).toContain('Finalement, arrêter et effacer cette demande')
    const page = await visitor.get(link)
    const stopped = await visitor.submit(page, link)
    expect(readable(stopped.text)).toContain('Votre adresse est effacée')
    expect(await rowsOf(email)).toEqual([])
  })
})

describe('around a town', () => {
  test('hears of what is within the distance, wherever the border is', async () => {
    await subscribe('ada@mail.example', { ou: 'Redon', rayon: '20' }, '203.0.113.2')
    const [row] = await rowsOf('ada@mail.example')
    expect([row?.latitude, row?.longitude, row?.radius_km]).toEqual([47.65, -2.08, 20])
    server.advance({ minutes: 10 })
    await announce(admin, { title: 'À Allaire', 'venue.town': 'Allaire' })
    await announce(admin, { title: 'À Vannes', 'venue.town': '56000' })
    server.advance({ minutes: 10 })
    const [mail] = await sendDue()
    expect(mail?.to).toBe('ada@mail.example')
    expect(mail?.text).toContain('À Allaire')
    expect(mail?.text).not.toContain('À Vannes')
  })

  test('asks which town when several bear the name', async () => {
    const several = await ask({ email: 'x@mail.example', ou: 'Saint-Denis', rayon: '20' })
    expect(several.status).toBe(422)
    expect(several.text).toContain('Saint-Denis (La Réunion, 974)')
    expect(await findHtmlErrors(several.text)).toEqual([])
  })

  test('asks too where a territory and a town bear the name, and takes either', async () => {
    const both = await ask({ email: 'y@mail.example', ou: 'Vienne', rayon: '20' })
    expect(both.status).toBe(422)
    expect(both.text).toContain('value="Vienne (département)"')
    expect(both.text).toContain('Vienne (Isère, 38)')
    await subscribe('y@mail.example', { ou: 'Vienne (département)' }, '203.0.113.9')
    expect(await rowsOf('y@mail.example')).toMatchObject([{ territory: '86', latitude: null }])
  })
})

describe('after a year', () => {
  test('the person is asked, may say yes for another year, and is forgotten without an answer', async () => {
    await subscribe('kim@mail.example', { territoire: 'r-53' }, '203.0.113.3')
    await subscribe('max@mail.example', { territoire: 'r-53' }, '203.0.113.3')
    server.advance({ hours: 24 * 340 })
    await sendAlertRenewals(server.context)
    const asked = (await deliver()).filter(({ to }) => /kim|max/.test(to))
    expect(asked).toHaveLength(2)
    await sendAlertRenewals(server.context)
    expect(await deliver()).toEqual([])
    const kim = asked.find(({ to }) => to.startsWith('kim'))
    await visitor.post(kim?.link('confirmation') ?? '', {})
    server.advance({ hours: 24 * 30 })
    await purge(server.context)
    expect(await rowsOf('kim@mail.example')).toHaveLength(1)
    expect(await rowsOf('max@mail.example')).toEqual([])
  })

  test('an address that never confirmed is gone after two days', async () => {
    await ask({ email: 'never@mail.example', territoire: '35' }, '203.0.113.4')
    server.advance({ hours: 49 })
    await purge(server.context)
    expect(await rowsOf('never@mail.example')).toEqual([])
    const left = await server.context.db.selectFrom('mail').select('recipient').execute()
    expect(left.map(({ recipient }) => recipient)).not.toContain('never@mail.example')
  })
})

describe('asked for again', () => {
  test.each([
    ['before its two days are over', 47],
    ['after them, before the nightly purge', 49],
  ])('%s, a request serves for two days from its new mail', async (_when, hours) => {
    const fields = { email: `again-${hours}@mail.example`, territoire: '35' }
    await ask(fields, '203.0.113.9')
    await deliver()
    server.advance({ hours })
    await ask(fields, '203.0.113.9')
    const [mail] = await deliver()
    server.advance({ hours: 47 })
    const page = await visitor.post(mail?.link('confirmation') ?? '', {})
    expect([page.status, page.text.includes('C’est confirmé')]).toEqual([200, true])
    expect(await rowsOf(fields.email)).toHaveLength(1)
  })

  test('what was confirmed goes on meanwhile; once it has ended, it must be confirmed anew', async () => {
    const fields = { email: 'anew@mail.example', territoire: '35' }
    const from = '203.0.113.10'
    await subscribe(fields.email, { territoire: '35' }, from)
    await ask(fields, from)
    expect((await rowsOf(fields.email))[0]?.confirmed_at).not.toBeNull()
    await deliver()
    server.advance({ hours: 24 * 366 })
    await ask(fields, from)
    expect((await rowsOf(fields.email))[0]?.confirmed_at).toBeNull()
    const [mail] = await deliver()
    expect((await visitor.post(mail?.link('confirmation') ?? '', {})).status).toBe(200)
  })
})

describe('misuse by a stranger', () => {
  test('no secret and no subscriber shows: neither in the database nor on a page, the administration’s mails included', async () => {
    await subscribe('secret@mail.example', { territoire: '35' }, '203.0.113.5')
    await ask({ email: 'secret@mail.example', territoire: '22' }, '203.0.113.5')
    const [mail] = await deliver()
    const token = mail?.link('confirmation').split('/').at(-1) ?? ''
    expect(token).toHaveLength(43)
    const { db } = server.context
    const tables = [
      await db.selectFrom('link').selectAll().execute(),
      await db.selectFrom('mail').selectAll().execute(),
    ]
    expect(JSON.stringify(tables)).not.toContain(token)
    for (const path of ['/territoires/35', '/alertes?territoire=35', '/administration/courriels'])
      expect((await admin.get(path)).text).not.toContain('secret@mail.example')
  })

  test('the same answer whether or not an address is known', async () => {
    const known = await ask({ email: 'secret@mail.example', territoire: '35' }, '203.0.113.6')
    const unknown = await ask({ email: 'nobody@mail.example', territoire: '35' }, '203.0.113.6')
    expect(known.text).toBe(unknown.text)
    await deliver()
  })

  test('at most three mails an hour go to one address, and ten requests an hour from one network', async () => {
    const answers = []
    for (let n = 0; n < 12; n++)
      answers.push(
        await ask({ email: 'flood@mail.example', territoire: String(30 + n) }, '203.0.113.7'),
      )
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429, 429])
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await deliver()).toHaveLength(3)
  })

  test.each([
    '',
    'camille',
    'a@mail.example\r\nBcc: x@evil.example',
    'a@mail.example, b@x.example',
  ])('%j is no address, and is kept in the form', async (email) => {
    const page = await ask({ email, territoire: '35' }, '203.0.113.8')
    expect(page.status).toBe(422)
    expect(page.text).toContain('id="email-erreur"')
    expect(await deliver()).toEqual([])
  })

  test('a link that somebody made up, or one for something else, opens nothing', async () => {
    const [row] = await rowsOf('kim@mail.example')
    expect(row).toBeDefined()
    for (const path of [
      `/alertes/arret/${'a'.repeat(43)}`,
      `/alertes/confirmation/${row?.id}`,
      '/alertes/arret/..%2f',
    ])
      expect([400, 410]).toContain((await visitor.post(path, {})).status)
    expect(await rowsOf('kim@mail.example')).toHaveLength(1)
  })

  test('a form of another site asks for nothing', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const fields = { email: 'x@mail.example', territoire: '35' }
    expect((await visitor.post('/alertes', fields, headers)).status).toBe(403)
  })
})

test('an alert is forgotten once two of its mails found no mailbox', async () => {
  const { db, now } = server.context
  await subscribe('partie@mail.example', { territoire: '26' }, '203.0.113.77')
  for (const left of [1, 0]) {
    server.advance({ hours: 25 })
    const startsAt = now().add({ hours: 240 })
    await saveCafe(db, aCafe({ startsAt, publishedAt: now(), venue: DIE }))
    relay.refuseNext(550)
    await sendDue()
    expect((await rowsOf('partie@mail.example')).length).toBe(left)
  }
})

test('without mail the page says so, and offers to follow instead', async () => {
  const silent = await startWeb({ role: 'hub' })
  const browser = openBrowser(silent.origin)
  const page = await browser.get('/alertes?territoire=35')
  expect(page.text).toContain('n’envoie pas de courriels')
  expect(page.text).toContain('href="/territoires/35"')
  expect(await findHtmlErrors(page.text)).toEqual([])
  const sent = await browser.post('/alertes', { email: 'x@mail.example', territoire: '35' })
  expect(sent.text).toContain('n’envoie pas de courriels')
  expect(await silent.context.db.selectFrom('alert').selectAll().execute()).toEqual([])
  const { text } = await browser.get('/donnees-personnelles')
  for (const words of ['Prévenez-moi', 'petite copie de sa photo', 'Messages transmis'])
    expect(text).toContain(words)
  await silent.stop()
})
