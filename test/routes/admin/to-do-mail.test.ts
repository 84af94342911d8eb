import { afterEach, expect, test } from 'vitest'
import { emptyProfileFor } from '../../../node/domain/structures/structure-profile.ts'
import { findCommune } from '../../../node/geo/communes.ts'
import { sendReferentReminders } from '../../../node/jobs/remind-referents.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { sendToDo } from '../../../node/jobs/send-to-do.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { insertRole } from '../../../node/store/accounts/team.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { createHosted, saveSuspension } from '../../../node/store/structures/hosted.ts'
import { saveStructureProfile } from '../../../node/store/structures/profiles.ts'
import { EMAIL, signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { knowPeer, RENNES } from '../../support/known-peer.ts'
import { writtenMails } from '../../support/mails.ts'
import { readable } from '../../support/readable.ts'
import { enterAdmin } from '../../support/referents.ts'
import { headerOf, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'

const SMTP = 'smtp://127.0.0.1:1'

let server: WebServer
afterEach(() => server.stop())

const own = (changes: object) =>
  saveCafe(
    server.context.db,
    aCafe({ organizationId: server.organization.id, title: 'Chez Maryse Durand', ...changes }),
  )
const addDraft = () => own({ publication: 'draft' })
const sent = async () =>
  (await writtenMails(server))
    .filter(({ template }) => template === 'to-do')
    .map((mail) => ({ ...mail, text: readable(mail.text) }))
const look = () => sendToDo(server.context)
const tomorrow = () => server.advance({ hours: 24 })

test('what waits comes by mail in numbers, again when it grows or after a week, never twice a day', async () => {
  server = await startWeb({ smtpUrl: SMTP })
  const { db, now } = server.context
  await signInByLink(server)
  await look()
  expect(await sent()).toEqual([])
  await addDraft()
  await look()
  // That day's check is done already; two processes check at the same time.
  expect(await sent()).toEqual([])
  tomorrow()
  await Promise.all([look(), look()])
  await look()
  const [mail, ...others] = await sent()
  expect(others).toEqual([])
  expect(mail?.to).toBe(EMAIL)
  expect(mail?.text).toContain('- 1 brouillon à terminer')
  expect(mail?.text).toContain(`${server.origin}/administration\n`)
  expect(mail?.text).toContain(`${server.origin}/administration/compte/courriels`)
  expect(mail?.text).not.toMatch(/Maryse|Camille/)
  tomorrow()
  await look()
  expect(await sent()).toHaveLength(1)
  await own({ startsAt: now().add({ hours: 50 }) })
  await addDraft()
  tomorrow()
  await look()
  const grown = (await sent()).at(-1)
  expect(await sent()).toHaveLength(2)
  expect(grown?.text).toContain('- 2 brouillons à terminer')
  expect(grown?.text).toContain('- un café a lieu dans les trois jours : est-ce bien sûr ?')
  expect(grown?.text).not.toContain('Maryse')
  await db.deleteFrom('cafe').where('publication', '=', 'published').execute()
  for (let day = 1; day < 7; day++) {
    tomorrow()
    await look()
  }
  expect(await sent()).toHaveLength(2)
  tomorrow()
  await look()
  expect(await sent()).toHaveLength(3)
  await db.deleteFrom('cafe').execute()
  // What waits at another structure for which one works is in the same mail, unless that one is suspended.
  const made = await createHosted(db, { slug: 'le-fournil', name: 'Le Fournil', by: 'test' }, now())
  if (!('structure' in made)) throw new Error('no structure')
  const { id: organizationId } = made.structure
  const account = await db.selectFrom('account').select('id').executeTakeFirstOrThrow()
  await insertRole(db, { accountId: account.id, organizationId, role: 'administrator' })
  await saveCafe(db, aCafe({ organizationId, publication: 'draft' }))
  tomorrow()
  await look()
  expect(await sent()).toHaveLength(4)
  expect((await sent()).at(-1)?.text).toMatch(/Pour Le Fournil, .*\s+- 1 brouillon à terminer/)
  await saveSuspension(db, { id: organizationId, reason: 'payant', by: 'test' }, now())
  await look()
  expect(await sent()).toHaveLength(4)
})

test('it leaves in the day where the place is', async () => {
  server = await startWeb({ smtpUrl: SMTP })
  const { db, now } = server.context
  await signInByLink(server)
  await addDraft()
  const commune = findCommune('97411')
  if (!commune) throw new Error('no commune')
  const address = { streetAddress: '', postalCode: '97400', ...commune, commune: commune.name }
  const profile = { ...emptyProfileFor('Lieu'), address }
  await saveStructureProfile(db, { id: server.organization.id, profile }, now())
  // The times in Saint-Denis are 20:00, then 8:00, then 9:00.
  server.advance({ hours: 7 })
  await look()
  server.advance({ hours: 12 })
  await look()
  expect(await sent()).toEqual([])
  server.advance({ hours: 1 })
  await look()
  expect(await sent()).toHaveLength(1)
})

test('each person says how often, on their account; the mail has the way there', async () => {
  const relay = await startRelay()
  server = await startWeb({ smtpUrl: relay.url })
  const browser = await signInByLink(server)
  await addDraft()
  await look()
  const [mail] = await sent()
  expect(mail).toBeDefined()
  const link = await browser.get('/administration/compte/courriels')
  expect(link.location).toBe('/administration/compte#toDo')
  const choose = async (toDo: string) =>
    browser.submit(
      await browser.get('/administration/compte'),
      '/administration/compte/courriels',
      { toDo },
    )
  expect((await browser.get('/administration/compte')).text).toContain('value="daily" checked=""')
  expect((await choose('each hour')).status).toBe(422)
  expect((await choose('weekly')).status).toBe(303)
  await addDraft()
  // From Thursday to Monday the list does not change.
  for (let day = 1; day <= 5; day++) {
    tomorrow()
    await look()
    expect(await sent()).toHaveLength(day < 5 ? 1 : 2)
  }
  expect((await sent()).at(-1)?.text).toContain('Ce courriel vient une fois par semaine')
  await choose('never')
  server.advance({ hours: 7 * 24 })
  await look()
  expect(await sent()).toHaveLength(2)
  await choose('daily')
  tomorrow()
  await look()
  const { config } = server.context
  if (!config.mail) throw new Error('no mail')
  await sendMails(server.context, createMailer(config.mail))
  expect(relay.taken).toHaveLength(1)
  expect(textOfMail(relay.taken[0]?.raw ?? '')).toContain(
    `${server.origin}/administration/compte/courriels`,
  )
  await relay.stop()
})

test('one click in the mail stops them, in a mail reader or on a page, without signing in', async () => {
  const relay = await startRelay()
  server = await startWeb({ smtpUrl: relay.url })
  const signedIn = await signInByLink(server)
  const { config } = server.context
  if (!config.mail) throw new Error('no mail')
  const write = async () => {
    await addDraft()
    tomorrow()
    await look()
    relay.taken.length = 0
    if (config.mail) await sendMails(server.context, createMailer(config.mail))
    return relay.taken.at(-1)?.raw
  }
  const raw = (await write()) ?? ''
  const link = /<(.+)>/.exec(headerOf(raw, 'list-unsubscribe') ?? '')?.[1] ?? ''
  expect(link).toMatch(/\/courriels\/arret\/[\w-]{43}$/)
  expect(textOfMail(raw)).toContain(link)
  expect(headerOf(raw, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  // A program that scans mails opens the link, which changes nothing.
  const stranger = openBrowser(server.origin)
  const page = await stranger.get(new URL(link).pathname)
  expect(readable(page.text)).toContain(`Pour ${EMAIL} : le courriel`)
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await write()).toBeDefined()
  const stop = () =>
    fetch(link, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    })
  expect((await stop()).status).toBe(200)
  expect(await write()).toBeUndefined()
  const account = await signedIn.get('/administration/compte')
  expect(account.text).toContain('value="never" checked=""')
  await signedIn.submit(account, '/administration/compte/courriels', { toDo: 'daily' })
  expect(await write()).toBeDefined()
  const done = await stranger.submit(page, new URL(link).pathname)
  expect(readable(done.text)).toContain(`Pour ${EMAIL} : ce courriel ne sera plus`)
  expect(await write()).toBeUndefined()
  const other = await stranger.get(`/courriels/arret/${'x'.repeat(43)}`)
  expect([other.status, other.text.includes('Ce lien ne sert plus')]).toEqual([410, true])
  server.advance({ hours: 90 * 24 })
  expect(await (await stop()).text()).toContain('Il est trop ancien')
  await relay.stop()
})

test('a mail that no relay takes is nothing more to do, and none is written where none is sent', async () => {
  server = await startWeb({ smtpUrl: SMTP })
  const browser = await signInByLink(server)
  await addDraft()
  await look()
  await server.context.db.updateTable('mail').set({ error: '421' }).execute()
  expect(readable((await browser.get('/administration')).text)).not.toContain('n’est pas parti')
  await server.stop()
  server = await startWeb()
  const other = await signInByLink(server)
  await addDraft()
  await look()
  expect(await server.context.db.selectFrom('mail').selectAll().execute()).toEqual([])
  expect((await other.get('/administration/compte')).text).not.toContain('name="toDo"')
})

test('a referent has Monday’s mail, or one a day with each territory, or none', async () => {
  server = await startWeb({ role: 'hub', smtpUrl: SMTP })
  const { browser } = await enterAdmin(server)
  const choose = async (toDo: string) =>
    browser.submit(
      await browser.get('/administration/compte'),
      '/administration/compte/courriels',
      { toDo },
    )
  await knowPeer(server, { host: 'vitre', membership: 'requested', place: RENNES })
  await look()
  expect(await sent()).toEqual([])
  await choose('daily')
  await look()
  const [mail] = await sent()
  expect(mail?.to).toBe('claire@lieu.example')
  expect(mail?.text).toContain('Dans votre territoire, Ille-et-Vilaine (35) :')
  expect(mail?.text).toContain('- 1 lieu demande à rejoindre l’annuaire')
  expect(mail?.text).toContain(`${server.origin}/administration/territoire/35`)
  expect(mail?.text).not.toContain('vitre')
  const monday = async () =>
    (await writtenMails(server)).filter(({ template }) => template === 'referent-weekly').length
  server.advance({ hours: 5 * 24 })
  await sendReferentReminders(server.context)
  expect(await monday()).toBe(0)
  await choose('weekly')
  await sendReferentReminders(server.context)
  expect(await monday()).toBe(1)
})
