import { afterAll, beforeAll, expect, test } from 'vitest'
import { CAFE } from '../../support/admin.ts'
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

const registrations = () =>
  server.context.db
    .selectFrom('registration')
    .selectAll()
    .where('cafe_id', '=', cafe)
    .orderBy('rank')
    .execute()
const states = async () => (await registrations()).map(({ state }) => state)

const list = () => `/administration/cafes/${cafe}/inscrits`
const one = async (nth: number) => `${list()}/${(await registrations())[nth]?.id}`
const add = async (prenom: string, places: string, contact = '') =>
  admin.submit(await admin.get(list()), list(), { prenom, places, contact })
const decide = async (page: string, fields: Record<string, string>) =>
  admin.submit(await admin.get(page), page, fields)

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
  expect((await deliver()).map(({ subject }) => subject)).toEqual([
    'Votre inscription change de date : Café 18',
  ])
  expect(readable((await visitor.get(link)).text)).toContain('Votre place est gardée.')
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
