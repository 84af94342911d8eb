import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { purge } from '../../../node/jobs/purge.ts'
import { registrationTeamFr } from '../../../ui/locales/fr/registration-team.ts'
import { CAFE, EMAIL, PASSWORD } from '../../support/admin.ts'
import { fieldsOf, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { startRegistering } from '../../support/registering.ts'

/** What a team does on the pages about those who come to its cafés. */

let site: Awaited<ReturnType<typeof startRegistering>>
let server: (typeof site)['server']
let visitor: (typeof site)['visitor']
let admin: (typeof site)['admin']
let cafe: string
beforeAll(async () => {
  site = await startRegistering()
  ;({ server, visitor, admin } = site)
})
afterAll(() => site.stop())

const aCafe = (seats: number, title?: string) => site.aCafe(seats, title)
const deliver = () => site.deliver()

const registrations = () => site.registrationsOf(cafe)
const states = async () => (await registrations()).map(({ state }) => state)

/** Reads the UID and the state of each event of a calendar with another reader than ours. */
const entriesOf = (calendar = '') =>
  new ICAL.Component(ICAL.parse(calendar))
    .getAllSubcomponents('vevent')
    .map((event) => ['uid', 'status'].map((name) => String(event.getFirstPropertyValue(name))))

const list = () => `/administration/cafes/${cafe}/inscrits`
const one = async (nth: number) => `${list()}/${(await registrations())[nth]?.id}`
const add = async (prenom: string, places: string, contact = '') =>
  admin.submit(await admin.get(list()), list(), { prenom, places, contact })
const decide = async (page: string, fields: Record<string, string>) =>
  admin.submit(await admin.get(page), page, fields)

test('one person who waits longer keeps the rank, and so do several', () => {
  const { waiting } = registrationTeamFr.one.confirmLead
  expect([2, 3].map((rank) => readable(waiting(rank)))).toEqual([
    'Rang 2 : 1 personne attend depuis plus longtemps, et garde son rang.',
    'Rang 3 : 2 personnes attendent depuis plus longtemps, et gardent leur rang.',
  ])
})

test('the team sees who comes, adds a person who called, and cancels; others see nothing', async () => {
  cafe = await aCafe(3, 'Café numéro 12')
  await site.register(cafe, 'vue@mail.example', { besoins: 'hearing-loop' })
  const path = `/administration/cafes/${cafe}/inscrits`
  expect((await visitor.get(path)).status).not.toBe(200)
  const page = await admin.get(path)
  expect(await findHtmlErrors(page.text)).toEqual([])
  const text = readable(page.text)
  expect(text).toContain('1 place prise sur 3 : 1 inscription.')
  expect(text).toContain('Une boucle magnétique (1)')
  await admin.submit(page, path, { prenom: '=HYPERLINK()', places: '2', contact: '0639980002' })
  expect(await states()).toEqual(['confirmed', 'confirmed'])
  const [, added] = await registrations()
  const one = `${path}/${added?.id}`
  const shown = await admin.get(one)
  expect(await findHtmlErrors(shown.text)).toEqual([])
  const without = await admin.submit(shown, one, { act: 'cancel' })
  expect([without.status, readable(without.text).includes('Écrivez la raison')]).toEqual([
    422,
    true,
  ])
  await admin.submit(shown, one, { act: 'cancel', reason: 'Partie' })
  expect(await states()).toEqual(['confirmed', 'cancelled'])
  const sheet = await admin.get(`/administration/cafes/${cafe}/feuille`)
  expect(await findHtmlErrors(sheet.text)).toEqual([])
  expect(readable(sheet.text)).toContain('Une boucle magnétique')
  for (const contact of ['vue@mail.example', '0639980002'])
    expect(sheet.text).not.toContain(contact)
  const audit = readable((await admin.get('/administration/equipe/journal')).text)
  expect(audit.split('a lu qui vient à un café : Café numéro 12')).toHaveLength(2)
  for (const address of ['/cafes.ics', `/cafes/${cafe}`, '/api/v1/cafes', '/export/cafes.csv'])
    expect((await visitor.get(address)).text).not.toContain('vue@mail.example')
})

test('a team sees why somebody was passed over, notes the answer of a call, and lets somebody in', async () => {
  cafe = await aCafe(2, 'Café numéro 16')
  await add('Awa', '1')
  await add('Jo', '1', '0639980003')
  await add('Famille Bruni', '2', 'bruni@mail.example')
  await add('Tom', '1', '0639980004')
  await decide(await one(0), { act: 'cancel', reason: 'Malade' })
  expect(await states()).toEqual(['cancelled', 'confirmed', 'waiting', 'offered'])
  const waiting = readable((await admin.get(`${list()}?etat=attendent`)).text)
  expect(waiting).toMatch(/garde son rang : le .*, une place se libérait, il en faut 2/)
  expect(waiting).toContain('à prévenir par téléphone')
  expect(waiting).toContain('Avec 4 places, tout le monde entre.')
  await decide(await one(3), { act: 'confirm' })
  expect(await states()).toEqual(['cancelled', 'confirmed', 'waiting', 'confirmed'])
  const full = await decide(await one(2), { act: 'confirm' })
  expect([full.status, readable(full.text).includes('Il n’y a plus de place')]).toEqual([422, true])
  await decide(await one(2), { act: 'seats', places: '1' })
  expect(readable((await admin.get(await one(2))).text)).toContain('Rang 1')
  await decide(await one(1), { act: 'cancel', reason: 'Elle ne peut plus' })
  expect((await states())[2]).toBe('offered')
})

test('a team moves somebody to another date, who hears it once, and keeps the link', async () => {
  const action = '/administration/cafes/nouveau'
  const dates = { dates: 'several', repeats: 'weekly', ends: 'count', count: '2' }
  const typed = { ...CAFE, ...dates, title: 'Café 18', 'registration.mode': 'local' }
  const shown = await admin.submit(await admin.get(action), action, { ...typed, save: 'publish' })
  await admin.submit(shown, action, { save: 'publish' })
  const found = await server.context.db
    .selectFrom('cafe')
    .select('id')
    .where('title', '=', 'Café 18')
    .orderBy('starts_at')
    .execute()
  const [first = '', second = ''] = found.map(({ id }) => id)
  cafe = first
  const link = await site.register(cafe, 'bouge@mail.example')
  await deliver()
  const nowhere = await decide(await one(0), { act: 'move', date: 'ailleurs' })
  expect(nowhere.status).toBe(422)
  await decide(await one(0), { act: 'move', date: second })
  expect(await states()).toEqual([])
  cafe = second
  expect(await states()).toEqual(['confirmed'])
  const mails = await deliver()
  expect(mails.map(({ subject }) => subject)).toEqual([
    'Votre inscription change de date : Café 18',
  ])
  expect(mails[0]?.text).toContain('Le fichier joint met à jour votre agenda.')
  expect(entriesOf(mails[0]?.calendar)).toEqual([
    [expect.stringContaining(first), 'CANCELLED'],
    [expect.stringContaining(second), 'CONFIRMED'],
  ])
  expect(readable((await visitor.get(link)).text)).toContain('Votre place est gardée.')
  const page = await one(0)
  const seen = await admin.get(page)
  await visitor.post(`${link}/annuler`, {})
  const over = { version: 'cancelled 1 -', act: 'move', date: first }
  expect((await admin.submit(seen, page, over)).status).toBe(409)
  expect(await states()).toEqual(['cancelled'])
})

test('a team tells why it cancels, and changes nothing that changed meanwhile', async () => {
  cafe = await aCafe(3, 'Café numéro 20')
  await add('Lou', '1', 'lou@mail.example')
  await deliver()
  const page = await one(0)
  const shown = await admin.get(page)
  await decide(page, { act: 'seats', places: '2' })
  expect((await admin.submit(shown, page, { act: 'cancel', reason: 'Trop' })).status).toBe(409)
  await deliver()
  await decide(page, { act: 'cancel', reason: 'La salle est trop petite.' })
  const [mail] = await deliver()
  expect(mail?.text).toContain('L’équipe écrit : « La salle est trop petite. »')
  expect(mail?.text).toContain('Le fichier joint retire le café de votre agenda.')
  const [[uid] = []] = entriesOf((await visitor.get(`/cafes/${cafe}.ics`)).text)
  expect(entriesOf(mail?.calendar)).toEqual([[uid, 'CANCELLED']])
})

test('a team adds nobody with a name of ten kilobytes, or with no seat, or with thousands', async () => {
  cafe = await aCafe(3, 'Café numéro 22')
  for (const [prenom, places] of [
    ['a'.repeat(10_000), '1'],
    ['Max', '-1'],
    ['Max', '9999'],
    ['Max', '1e1'],
  ] as const)
    expect((await add(prenom, places)).status).toBe(422)
  expect(await states()).toEqual([])
})

test('a team writes to each by themselves, after it has seen the mail, and once', async () => {
  cafe = await aCafe(3, 'Café numéro 26')
  await add('Awa', '1', 'awa@mail.example')
  await add('Lou', '2', 'lou2@mail.example')
  await add('Mme Lenoir', '1', '0639980009')
  await deliver()
  const path = `/administration/cafes/${cafe}/ecrire`
  const page = await admin.get(path)
  expect(await findHtmlErrors(page.text)).toEqual([])
  expect((await admin.submit(page, path, { message: ' ' })).status).toBe(422)
  expect((await admin.submit(page, path, { message: 'a'.repeat(2001) })).status).toBe(422)
  const typed = { a: 'tous', message: 'L’entrée se fera par la cour.' }
  const shown = await admin.submit(page, path, typed)
  expect(readable(shown.text)).toContain('2 courriels partent, un par personne.')
  expect(shown.text).toContain('tel:0639980009')
  expect(shown.text).not.toContain('compte d’un autre site')
  expect(await deliver()).toEqual([])
  const sent = { ...typed, confirmed: '1' }
  await Promise.all([admin.submit(shown, path, sent), admin.submit(shown, path, sent)])
  const mails = await deliver()
  expect(mails.map(({ to }) => to).sort()).toEqual(['awa@mail.example', 'lou2@mail.example'])
  for (const { to, text } of mails) {
    expect(text).toContain('L’entrée se fera par la cour.')
    expect(text).not.toContain(to === 'awa@mail.example' ? 'lou2@' : 'awa@')
  }
  const told = []
  for (let nth = 0; nth < 6; nth++)
    told.push((await admin.submit(shown, path, { ...sent, message: `Encore ${nth}` })).status)
  expect(told.at(-1)).toBe(429)
})

test('the table has no formula that runs, what people need only on request, and is the team’s alone', async () => {
  cafe = await aCafe(9, 'Café numéro 28')
  await add('=HYPERLINK("https://x.example")', '1', '+33639980010')
  await site.register(cafe, 'table@mail.example', { besoins: 'hearing-loop', prenom: '@SUM(A1)' })
  const path = `/administration/cafes/${cafe}/inscrits.csv`
  const { text, headers } = await admin.get(path)
  expect(headers.get('content-type')).toContain('text/csv')
  for (const cell of ['"\'=HYPERLINK', "'@SUM(A1)", "'+33639980010"]) expect(text).toContain(cell)
  expect(text).toContain('table@mail.example')
  expect(text).not.toContain('boucle')
  expect((await admin.get(`${path}?besoins=1`)).text).toContain('Une boucle magnétique')
  expect((await visitor.get(path)).text).not.toContain('table@mail.example')
  const audit = readable((await admin.get('/administration/equipe/journal')).text)
  expect(audit.split('a téléchargé qui vient à un café : Café numéro 28')).toHaveLength(2)
})

test('a team counts at the door, once however often it is sent, and the numbers outlive the names', async () => {
  cafe = await aCafe(6, 'Café numéro 24')
  await add('Awa', '2')
  await add('Jo', '1', '0639980007')
  await add('Lila', '1')
  const path = `/administration/cafes/${cafe}/compter`
  const page = await admin.get(path)
  expect(await findHtmlErrors(page.text)).toEqual([])
  const [awa, jo] = (await registrations()).map(({ id }) => `present.${id}`)
  const tapped = { [awa ?? '']: '1', [jo ?? '']: '1', unregistered: '3' }
  const early = await admin.submit(page, path, tapped)
  expect([early.status, readable(early.text).includes('comptez le jour même')]).toEqual([422, true])
  await reachEnd()
  const late = await add('Sans', '1')
  expect(late.status).toBe(422)
  const form = await admin.get(path)
  for (const wrong of ['-1', '9999', '1e1'])
    expect((await admin.submit(form, path, { ...tapped, unregistered: wrong })).status).toBe(422)
  const twice = [await admin.submit(form, path, tapped), await admin.submit(form, path, tapped)]
  expect(twice.map(({ status }) => status)).toEqual([303, 303])
  expect(await counted()).toMatchObject({ participants: 5, absent: 2, unregistered: 3 })
  const other = await admin.submit(page, path, { ...tapped, unregistered: '9' })
  expect([other.status, readable(other.text).includes('Une autre personne')]).toEqual([409, true])
  expect(fieldsOf(other.text, path).unregistered).toEqual(['9'])
  const list = readable((await admin.get(`/administration/cafes/${cafe}/inscrits`)).text)
  expect(list).toContain('Comptées à ce café : 5 personnes, dont 3 sans inscription.')
  expect(list).not.toContain('absent')
  const alone = openBrowser(server.origin)
  const out = await alone.post(path, { ...tapped, unregistered: '7' })
  expect(out.status).toBe(401)
  expect(out.text).toContain(awa)
  server.advance({ hours: 24 * 31 })
  await purge(server.context)
  expect(await registrations()).toEqual([])
  expect(await counted()).toMatchObject({ registered: 4, participants: 5, absent: 2 })
  const again = openBrowser(server.origin)
  const signIn = '/administration/connexion'
  const who = { email: EMAIL, password: PASSWORD }
  await again.submit(await again.get(signIn), signIn, who)
  const list31 = await again.get(`/administration/cafes/${cafe}/inscrits`)
  const { csrf = '' } = fieldsOf(list31.text, `/administration/cafes/${cafe}/inscrits`)
  const { text, status } = await again.post(path, { ...fieldsOf(form.text, path), ...tapped, csrf })
  expect([status, readable(text).includes('Les noms de ce café sont effacés')]).toEqual([422, true])
  expect(await counted()).toMatchObject({ participants: 5 })
})

const counted = () =>
  server.context.db
    .selectFrom('registration_count')
    .selectAll()
    .where('cafe_id', '=', cafe)
    .executeTakeFirst()

/** Lets the time come at which the café ends. */
async function reachEnd() {
  const { ends_at } = await server.context.db
    .selectFrom('cafe')
    .select('ends_at')
    .where('id', '=', cafe)
    .executeTakeFirstOrThrow()
  server.advance(server.context.now().until(Temporal.Instant.from(ends_at)))
}
