import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { listVenues } from '../../../node/store/cafes/venues.ts'
import { announce, CAFE, revise, signInByLink } from '../../support/admin.ts'
import { type Browser, type Fields, fieldsOf, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

const LIST = '/administration/lieux'
const NEW = `${LIST}/nouveau`
const NEW_CAFE = '/administration/cafes/nouveau'
const VENUE: Fields = {
  name: 'Salle des fêtes',
  town: '35000 Rennes',
  streetAddress: '1 place de la Mairie',
  access: 'Entrée par la cour.',
  accessibility: ['mi', 'hi'],
  acceslibreUrl: 'https://acceslibre.beta.gouv.fr/app/x/',
}
/** The fields of a café form that has a list of venues, filled by hand. */
const TYPED_ELSEWHERE: Fields = { ...CAFE, save: 'publish' }
const { 'venue.name': _name, 'venue.town': _town, ...UNPLACED } = TYPED_ELSEWHERE

async function addVenue(fields: Fields = {}): Promise<string> {
  const answer = await browser.submit(await browser.get(NEW), NEW, { ...VENUE, ...fields })
  if (answer.status !== 303) throw new Error(answer.text)
  const venues = await listVenues(server.context.db, server.organization.id)
  const venue = venues.find(({ name }) => name === (fields.name ?? VENUE.name))
  if (!venue) throw new Error('the venue is not kept')
  return venue.id
}

const cafeOf = async (id: string) => {
  const cafe = await findCafe(server.context.db, id)
  if (!cafe) throw new Error(`no café ${id}`)
  return cafe
}
const changes = async () =>
  (await server.context.db.selectFrom('change').select('body').execute()).length

describe('the venues of a structure', () => {
  test('one is added with its town found, and listed', async () => {
    await addVenue()
    const [venue] = await listVenues(server.context.db, server.organization.id)
    expect(venue).toMatchObject({
      name: 'Salle des fêtes',
      postalCode: '35000',
      codeInsee: '35238',
      access: 'Entrée par la cour.',
      accessibility: ['hi', 'mi'],
    })
    expect(venue?.latitude).toBeCloseTo(48.11, 1)
    expect((await browser.get(LIST)).text).toContain('Salle des fêtes')
  })

  test('two clicks save one venue, with the last text about access', async () => {
    const form = await browser.get(NEW)
    const { db } = server.context
    await Promise.all([1, 2].map(() => browser.submit(form, NEW, VENUE)))
    await browser.submit(form, NEW, { ...VENUE, access: 'Sonnez.' })
    await browser.submit(form, NEW, { ...VENUE, streetAddress: '2 place de la Mairie' })
    const venues = await listVenues(db, server.organization.id)
    expect(venues.map(({ streetAddress, access }) => [streetAddress, access]).sort()).toEqual([
      ['1 place de la Mairie', 'Sonnez.'],
      ['2 place de la Mairie', 'Entrée par la cour.'],
    ])
  })

  test('wrong answers are said beside their fields, and nothing typed is lost', async () => {
    const form = await browser.get(NEW)
    const wrong = {
      name: '',
      town: 'Nulle-Part-sur-Rien',
      acceslibreUrl: 'acceslibre',
      latitude: 'nord',
    }
    const answer = await browser.submit(form, NEW, { ...VENUE, ...wrong })
    expect(answer.status).toBe(422)
    for (const name of ['name', 'town', 'acceslibreUrl', 'latitude'])
      expect(answer.text).toContain(`id="${name}-erreur"`)
    expect(answer.text).toContain('Nulle-Part-sur-Rien')
    expect(answer.text).toMatch(/La latitude va de -90\sà 90/u)
    expect(answer.text).toContain('Entrée par la cour.')
  })

  test('a point may be written with a comma, and goes when the address changes', async () => {
    const id = await addVenue({ latitude: '48,1113', longitude: '-1,68' })
    const path = `${LIST}/${id}`
    const [venue] = await listVenues(server.context.db, server.organization.id)
    expect([venue?.latitude, venue?.longitude]).toEqual([48.1113, -1.68])
    await browser.submit(await browser.get(path), path, { town: '29200 Brest' })
    const [moved] = await listVenues(server.context.db, server.organization.id)
    expect(moved?.commune).toBe('Brest')
    expect(moved?.latitude).toBeCloseTo(48.39, 1)
  })

  test('one is deleted after a question, and cannot be while a café to come is there', async () => {
    const id = await addVenue()
    const path = `${LIST}/${id}/supprimer`
    const held = await announce(browser, {
      'venue.name': '',
      'venue.town': '',
      'venue.id': id,
    })
    const asked = await browser.get(path)
    expect(asked.text).toContain('un café doit encore s’y tenir')
    expect(asked.text).not.toContain(`action="${path}"`)
    const { csrf } = fieldsOf((await browser.get(NEW)).text, NEW)
    expect((await browser.post(path, { csrf: csrf ?? '' })).status).toBe(409)
    expect(await listVenues(server.context.db, server.organization.id)).toHaveLength(1)

    server.advance({ hours: 24 * 20 })
    expect((await browser.get(`${LIST}/${id}`)).text).toContain(`href="${path}"`)
    const answer = await browser.submit(await browser.get(path), path)
    expect([answer.status, answer.location]).toEqual([303, `${LIST}?fait=done`])
    expect(await listVenues(server.context.db, server.organization.id)).toEqual([])
    expect((await cafeOf(held)).venue).toMatchObject({ name: 'Salle des fêtes', id: undefined })
  })

  test('that of another structure cannot be changed', async () => {
    const { db, now } = server.context
    const other = { id: 'organization-2', slug: 'autre', name: 'Autre' }
    await db
      .insertInto('organization')
      .values({ ...other, search_text: ' autre', created_at: now().toString() })
      .execute()
    const id = await addVenue()
    await db.updateTable('venue').set({ organization_id: other.id }).where('id', '=', id).execute()
    expect((await browser.get(`${LIST}/${id}`)).status).toBe(404)
    const { csrf } = fieldsOf((await browser.get(NEW)).text, NEW)
    const answer = await browser.post(`${LIST}/${id}`, { ...VENUE, csrf: csrf ?? '' })
    expect(answer.status).toBe(404)
    const form = await browser.get(NEW_CAFE)
    const chosen = await browser.submit(form, NEW_CAFE, { ...UNPLACED, 'venue.id': id })
    expect(chosen.status).toBe(422)
  })
})

describe('a café at a venue of the list', () => {
  const announceThere = (id: string, fields: Fields = {}) =>
    announce(browser, { 'venue.name': '', 'venue.town': '', 'venue.id': id, ...fields })

  test('copies its address and whom it welcomes; its only venue is chosen already', async () => {
    const venueId = await addVenue()
    expect(fieldsOf((await browser.get(NEW_CAFE)).text, NEW_CAFE)['venue.id']).toEqual([venueId])
    const cafe = await cafeOf(await announceThere(venueId))
    expect(cafe.venue).toMatchObject({
      id: venueId,
      streetAddress: '1 place de la Mairie',
      codeInsee: '35238',
    })
    expect(cafe.accessibility).toEqual(['hi', 'mi'])
    const page = (await openBrowser(server.origin).get(`/cafes/${cafe.id}`)).text
    expect(page).toContain('Entrée par la cour.')
    expect(page).toContain('href="https://acceslibre.beta.gouv.fr/app/x/"')
  })

  test('saved again without a change, sends nothing', async () => {
    const id = await announceThere(await addVenue())
    const editing = `/administration/cafes/${id}`
    const [before, told] = [await cafeOf(id), await changes()]
    await browser.submit(await browser.get(editing), editing)
    expect(await cafeOf(id)).toEqual(before)
    expect(await changes()).toBe(told)
  })

  test('the chosen venue counts, and the typed address where « ailleurs » is chosen', async () => {
    const [here, there] = [await addVenue(), await addVenue({ name: 'Gymnase' })]
    const typed = await cafeOf(await announce(browser))
    expect(typed.venue?.name).toBe('Médiathèque du Canal')

    await revise(browser, typed.id, { 'venue.id': there })
    expect((await cafeOf(typed.id)).venue?.name).toBe('Gymnase')
    const another = { 'venue.name': 'Péniche', 'venue.town': '35000 Rennes' }
    await revise(browser, typed.id, another)
    expect((await cafeOf(typed.id)).venue?.id).toBe(there)
    await revise(browser, typed.id, { ...another, 'venue.id': '' })
    expect((await cafeOf(typed.id)).venue).toMatchObject({ id: undefined, name: 'Péniche' })
    await revise(browser, typed.id, { 'venue.id': here })
    expect((await cafeOf(typed.id)).venue?.id).toBe(here)
  })

  test('a new address reaches the cafés to come when that is asked for, and is told as important', async () => {
    const venueId = await addVenue()
    const id = await announceThere(venueId)
    const path = `${LIST}/${venueId}`
    const told = await changes()
    const page = await browser.get(path)
    expect(page.text).toContain('le café qui doit s’y tenir')
    await browser.submit(page, path, { streetAddress: '2 rue du Port', update: [] })
    expect((await cafeOf(id)).venue?.streetAddress).toBe('1 place de la Mairie')
    expect(await changes()).toBe(told)

    await browser.submit(await browser.get(path), path, { streetAddress: '3 rue du Port' })
    expect((await cafeOf(id)).venue?.streetAddress).toBe('3 rue du Port')
    const row = await server.context.db
      .selectFrom('change')
      .select('body')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(row.body)).toMatchObject({ type: 'cafe-updated', important: true })
  })
})

describe('an address that is typed', () => {
  const KEPT = { 'venue.keep': '1' }
  const kept = () => listVenues(server.context.db, server.organization.id)
  const offered = async () => fieldsOf((await browser.get(NEW_CAFE)).text, NEW_CAFE)

  test('is saved for next time where the box is ticked, as it is at first, and is chosen then', async () => {
    expect((await offered())['venue.keep']).toEqual(['1'])
    await announce(browser)
    expect(await kept()).toEqual([])
    const cafe = await cafeOf(await announce(browser, { ...KEPT, time: '10:00' }))
    const [venue] = await kept()
    expect(venue).toMatchObject({ name: 'Médiathèque du Canal', commune: 'Rennes' })
    expect(cafe.venue?.id).toBe(venue?.id)
    expect((await offered())['venue.id']).toEqual([venue?.id])
  })

  test('is saved once, with the access that was stored before', async () => {
    await announce(browser, KEPT)
    const [venue] = await kept()
    const path = `${LIST}/${venue?.id}`
    await browser.submit(await browser.get(path), path, { access: 'Sonnez.' })
    await announce(browser, { ...KEPT, title: 'Un autre café' })
    expect(await kept()).toMatchObject([{ id: venue?.id, access: 'Sonnez.' }])
  })

  test('is not saved where something else is wrong', async () => {
    const form = await browser.get(NEW_CAFE)
    const wrong = await browser.submit(form, NEW_CAFE, { ...CAFE, ...KEPT, title: '' })
    expect(wrong.status).toBe(422)
    expect(fieldsOf(wrong.text, NEW_CAFE)['venue.keep']).toEqual(['1'])
    expect(await kept()).toEqual([])
  })

  test('the venue of the last café is chosen, of several', async () => {
    await addVenue()
    await addVenue({ name: 'Gymnase' })
    expect((await offered())['venue.id']).toEqual([''])
    const [gym] = (await kept()).filter(({ name }) => name === 'Gymnase')
    await announce(browser, { 'venue.id': gym?.id ?? '' })
    expect((await offered())['venue.id']).toEqual([gym?.id])
  })

  test('is that of the structure where none is kept yet', async () => {
    await server.context.db
      .updateTable('organization')
      .set({ street_address: '12 quai du Canal', postal_code: '35000', commune: 'Rennes' })
      .execute()
    expect(await offered()).toMatchObject({
      'venue.id': [''],
      'venue.name': [server.organization.name],
      'venue.town': ['35000 Rennes'],
      'venue.streetAddress': ['12 quai du Canal'],
    })
  })
})
