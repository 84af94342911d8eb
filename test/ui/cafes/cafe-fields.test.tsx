import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toEvent } from '../../../federation/wire/event.ts'
import { fromEvent } from '../../../federation/wire/read-event.ts'
import type { CafeContent } from '../../../node/domain/cafes/cafe.ts'
import { CafeInput } from '../../../node/domain/cafes/cafe-input.ts'
import { mapCafeTexts } from '../../../node/domain/cafes/cafe-texts.ts'
import { OwnCafeJson } from '../../../node/routes/api/cafes/cafe-json.ts'
import { findCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { CafeFormPage } from '../../../ui/cafes/form.tsx'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { NODE, SESSION } from '../gallery/sample.ts'

/**
 * A field of a café is used in several places, so each has a row here with its names: in the API's input and output, in
 * the term for other servers, and in the form. A new field does not compile without a row; a name is left out where the
 * field is not used.
 */
type Names = { input?: string; api?: string; wire?: string; form?: string }

const everywhere = (name: string): Names => ({ input: name, api: name, wire: name, form: name })

const FIELDS: Record<keyof CafeContent, Names> = {
  title: { ...everywhere('title'), wire: 'name' },
  announcedFor: { input: 'announcedFor', api: 'announcedFor', wire: 'announcedFor' },
  summary: { ...everywhere('summary'), wire: 'lead' },
  descriptionMarkdown: {
    input: 'descriptionMarkdown',
    api: 'descriptionMarkdown',
    form: 'descriptionMarkdown',
  },
  descriptionHtml: { api: 'descriptionHtml', wire: 'description' },
  descriptionText: {},
  startsAt: { input: 'startsAt', api: 'startsAt', wire: 'startTime', form: 'date' },
  endsAt: { input: 'endsAt', api: 'endsAt', wire: 'endTime', form: 'endTime' },
  isUndated: {},
  timezone: { input: 'timezone', api: 'timezone', wire: 'timezone' },
  status: { api: 'status', wire: 'eventStatus' },
  statusNote: { api: 'statusNote', wire: 'statusNote' },
  previousStartsAt: { api: 'previousStartsAt', wire: 'previousStartTime' },
  attendanceMode: { ...everywhere('attendanceMode'), wire: 'isOnline' },
  onlineUrl: everywhere('onlineUrl'),
  registrantsUrl: { input: 'registrantsUrl', form: 'onlineFor' },
  openTo: everywhere('openTo'),
  intentions: everywhere('intentions'),
  languages: everywhere('languages'),
  speakers: everywhere('speakers'),
  ...mapCafeTexts((name) => everywhere(name)),
  phone: everywhere('phone'),
  venue: { input: 'venue', api: 'venue', wire: 'location', form: 'venue.name' },
  format: everywhere('format'),
  themes: everywhere('themes'),
  resources: { ...everywhere('resources'), wire: 'instrument' },
  audiences: everywhere('audiences'),
  accessibility: everywhere('accessibility'),
  registration: {
    input: 'registration',
    api: 'registration',
    wire: 'registrationMode',
    form: 'registration.mode',
  },
  image: { input: 'image', api: 'image', wire: 'attachment', form: 'image' },
}

const namesIn = (place: keyof Names): string[] =>
  Object.values(FIELDS).flatMap((names) => names[place] ?? [])

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')

/** Every field has a value but `isUndated`, which a draft alone has. */
const cafe = aCafe({
  announcedFor: 'Amicale laïque',
  attendanceMode: 'mixed',
  onlineUrl: 'https://visio.example/cafe',
  registrantsUrl: 'https://visio.example/inscrits',
  status: 'rescheduled',
  statusNote: 'La salle est en travaux.',
  previousStartsAt: Temporal.Instant.from('2026-12-02T17:30:00Z'),
  openTo: 'reserved',
  speakers: ['Camille'],
  resources: [{ uri: 'https://annuaire.example/ressources/le-debat', title: 'Le débat' }],
  ...mapCafeTexts((name) => `${name} de test`),
  phone: '+33 2 99 00 00 00',
})

let store: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  store = await openTestDatabase()
  const organization = { id: 'o1', slug: 'cafes', name: 'Médiathèque' }
  await insertOrganization(store.db, organization, NOW)
})
afterAll(() => store.close())

const isMissingFrom = (names: readonly string[]) => (name: string) => !names.includes(name)

test('what the API takes of a café is a field of it, or said here to be none', () => {
  const inputs = Object.keys(CafeInput.shape)
  expect(namesIn('input').filter(isMissingFrom(inputs))).toEqual([])
  const others = ['durationMinutes', 'reference', 'uid', 'series', 'draft', 'publishAt']
  const refused = ['isFree', 'price']
  expect(inputs.filter(isMissingFrom([...namesIn('input'), ...others, ...refused]))).toEqual([])
})

test('what the API gives of a café is a field of it, or what its server says besides', () => {
  const given = Object.keys(OwnCafeJson.shape)
  expect(namesIn('api').filter(isMissingFrom(given))).toEqual([])
  const identity = ['id', 'uid', 'reference', 'url', 'organizer', 'series', 'peer', 'updatedAt']
  const others = ['confirmedAt', 'isFree', 'facilitators', 'distanceKm', 'draft', 'publishAt']
  const known = [...namesIn('api'), ...identity, ...others, 'dryRun']
  expect(given.filter(isMissingFrom(known))).toEqual([])
})

test('each term that carries a field is sent, and has its row in FEDERATION.md', () => {
  const terms = namesIn('wire')
  expect(terms.filter(isMissingFrom(Object.keys(toEvent(cafe, NODE.origin))))).toEqual([])
  const paper = readFileSync(new URL('../../../FEDERATION.md', import.meta.url), 'utf8')
  const rows = paper.slice(paper.indexOf('### The Event, field by field')).split('\n')
  const cells = rows.filter((row) => row.startsWith('| ')).map((row) => row.split('|')[1] ?? '')
  expect(terms.filter((term) => !cells.some((cell) => cell.includes(`\`${term}\``)))).toEqual([])
})

test('each field that has a term is read back from it; the others never leave the server', () => {
  const wire = JSON.parse(JSON.stringify(toEvent(cafe, 'https://mediatheque.example')))
  const read = fromEvent(wire, NOW)
  if ('refused' in read) throw new Error(read.refused)
  const values = { ...read.content, venue: read.venue, image: read.picture }
  for (const [field, { wire: term }] of Object.entries(FIELDS))
    if (term) expect(values[field as keyof typeof values], field).not.toBeUndefined()
  expect(JSON.stringify(wire)).not.toContain(cafe.registrantsUrl)
})

test('the form asks for each field that a person decides', () => {
  const html = String(
    <CafeFormPage
      site={NODE}
      session={SESSION}
      values={{}}
      problems={[]}
      audience={{ followers: 0, directories: [] }}
    />,
  )
  expect(namesIn('form').filter((name) => !html.includes(` name="${name}"`))).toEqual([])
})

test('the database gives back every field as it was saved', async () => {
  await saveCafe(store.db, cafe)
  const saved = await findCafe(store.db, cafe.id)
  for (const field of Object.keys(FIELDS) as (keyof CafeContent)[])
    expect(saved?.[field], field).toEqual(cafe[field])
})
