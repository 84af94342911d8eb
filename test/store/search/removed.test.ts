import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { findTerritory } from '../../../node/geo/territories.ts'
import { deleteCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import type { CafeQuery } from '../../../node/store/search/cafe-query.ts'
import { type ChangedPlace, findMark } from '../../../node/store/search/changed-cafes.ts'
import { listRemoved } from '../../../node/store/search/removed.ts'
import { searchCafes } from '../../../node/store/search/search.ts'
import {
  deleteCafes,
  reindexCafesOf,
  updateCafes,
} from '../../../node/store/search-index/write-cafes.ts'
import { openTestDatabase } from '../../support/database.ts'
import { times } from '../../support/full.ts'
import { BREST, knowPeer, RENNES } from '../../support/known-peer.ts'
import { aCafe } from '../../support/some-cafes.ts'

/** Whoever copies a search hears of each café that has left it, and of at most twice as many. */

const NOW = Temporal.Instant.from('2026-12-01T09:00:00Z')
const DAY = Temporal.PlainDate.from('2026-12-09')
const ORGANIZERS = ['un', 'deux', 'trois'].map((name) => `https://${name}.example/actors/cafes`)
const PLACES = [
  { ...RENNES, latitude: 48.11, longitude: -1.68 },
  { ...BREST, latitude: 48.39, longitude: -4.49 },
  {
    ...{ commune: 'Saint-Denis', codeInsee: '97411', departement: '974', region: '04' },
    ...{ latitude: -20.88, longitude: 55.45 },
  },
]

let db: OpenDatabase
let close: () => Promise<void>
let peerId = ''
beforeAll(async () => {
  const opened = await openTestDatabase()
  db = opened.db
  close = opened.close
  const known = { host: 'un', place: RENNES, membership: 'member' } as const
  peerId = (await knowPeer({ context: { db, now: () => NOW } }, known)).id
})
afterAll(() => close())

const content = fc.record({
  place: fc.constantFrom(...PLACES),
  organizer: fc.constantFrom(...ORGANIZERS),
  format: fc.constantFrom('Atelier', 'Débat', undefined),
  openTo: fc.constantFrom('public' as const, 'public' as const, 'reserved' as const),
  hours: fc.integer({ min: 0, max: 24 * 6 }),
  lasts: fc.constantFrom(1, 2, 24, 24 * 3),
})
const act = fc.record({
  what: fc.constantFrom('say', 'say', 'say', 'hide', 'show', 'delete'),
  slot: fc.nat(11),
  content,
})

type Said = typeof content extends fc.Arbitrary<infer T> ? T : never
type Search = { query: Partial<CafeQuery>; has: (cafe: Cafe) => boolean }

const isPublic = ({ openTo }: Cafe) => openTo === 'public'
const wallOf = (cafe: Cafe, which: 'startsAt' | 'endsAt') =>
  cafe[which].toZonedDateTimeISO(cafe.timezone).toPlainDateTime()
const isAfter = (one: Temporal.PlainDateTime, other: Temporal.PlainDate) =>
  Temporal.PlainDateTime.compare(one, other.toPlainDateTime()) > 0
const isFrom = (cafe: Cafe, day: Temporal.PlainDate) => isAfter(wallOf(cafe, 'endsAt'), day)
const isUntil = (cafe: Cafe, day: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(wallOf(cafe, 'startsAt').toPlainDate(), day) <= 0

const [UN = '', DEUX = '', TROIS = ''] = ORGANIZERS
const LATER = DAY.add({ days: 1 })
const EVENING = Temporal.Instant.from('2026-12-11T20:00:00Z')
const openTo = 'all' as const

/** Searches, and what they find by the meaning of their words. */
const SEARCHES: Search[] = [
  {
    query: { territory: findTerritory('c-35238') },
    has: (cafe) => isPublic(cafe) && cafe.venue?.codeInsee === '35238',
  },
  {
    query: { territory: findTerritory('r-04'), openTo },
    has: ({ venue }) => venue?.region === '04',
  },
  { query: { format: 'débats', openTo }, has: ({ format }) => format === 'Débat' },
  {
    query: { organizer: UN },
    has: (cafe) => isPublic(cafe) && cafe.organizer.uri === UN,
  },
  { query: { organizer: DEUX, openTo }, has: ({ organizer }) => organizer.uri === DEUX },
  { query: { openTo: 'reserved' }, has: (cafe) => !isPublic(cafe) },
  { query: { until: DAY, openTo }, has: (cafe) => isUntil(cafe, DAY) },
  {
    query: { from: DAY, until: DAY, openTo },
    has: (cafe) => isFrom(cafe, DAY) && isUntil(cafe, DAY),
  },
  {
    query: { from: LATER, organizer: TROIS },
    has: (cafe) => isPublic(cafe) && cafe.organizer.uri === TROIS && isFrom(cafe, LATER),
  },
  {
    query: { from: DAY, until: LATER, territory: findTerritory('974'), openTo },
    has: (cafe) => cafe.venue?.region === '04' && isFrom(cafe, DAY) && isUntil(cafe, LATER),
  },
  {
    query: { from: EVENING, openTo },
    has: ({ endsAt }) => Temporal.Instant.compare(endsAt, EVENING) > 0,
  },
]

const cafeOf = (id: string, said: Said): Cafe => {
  const { place, organizer, format, openTo, hours, lasts } = said
  const startsAt = Temporal.Instant.from('2026-12-07T00:00:00Z').add({ hours })
  return aCafe({
    ...{ id, uri: `https://un.example/cafes/${id}`, peerId, format, openTo, startsAt },
    endsAt: startsAt.add({ hours: lasts }),
    timezone: place.region === '04' ? 'Indian/Reunion' : 'Europe/Paris',
    organizer: { uri: organizer, name: 'Lieu', url: new URL('/', organizer).href },
    venue: {
      ...{ id: undefined, name: 'Salle', streetAddress: undefined, postalCode: undefined },
      ...place,
    },
  })
}

const toQuery = ({ query }: Search): CafeQuery => ({ from: undefined, ...query })

async function listAllRemoved(query: CafeQuery): Promise<Set<string>> {
  const uris = new Set<string>()
  const since = NOW.subtract({ hours: 24 * 365 })
  for (let after: ChangedPlace | undefined; ; ) {
    const page = await listRemoved(db, query, { since, after, limit: 100, dates: query })
    for (const { uri } of page.items) uris.add(uri)
    after = page.next
    if (!after) return uris
  }
}

const found = async (query: CafeQuery): Promise<string[]> =>
  (await searchCafes(db, { ...query, limit: 100 })).items.map(({ uri }) => uri)

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** Does what is said to cafés, and returns what each search found at any time. */
async function play(acts: readonly Act[]): Promise<Set<string>[]> {
  const ids = Array.from({ length: 12 }, (): string => crypto.randomUUID())
  const cafes = new Map<string, { cafe: Cafe; isHidden: boolean }>()
  const were = SEARCHES.map(() => new Set<string>())
  for (const { what, slot, content: said } of acts) {
    const id = ids[slot] ?? ''
    const known = cafes.get(id)
    if (what === 'say') {
      await saveCafe(db, cafeOf(id, said))
      cafes.set(id, { cafe: cafeOf(id, said), isHidden: false })
    } else if (what === 'delete') {
      await deleteCafe(db, id)
      ids[slot] = crypto.randomUUID()
    } else if (known) {
      const hidden_reason = what === 'hide' ? 'team' : null
      await updateCafes(db, { hidden_reason }, (update) => update.where('id', '=', id))
      cafes.set(id, { ...known, isHidden: what === 'hide' })
    }
    const now = cafes.get(id)
    if (!now || now.isHidden || !ids.includes(id)) continue
    for (const [index, { has }] of SEARCHES.entries())
      if (has(now.cafe)) were[index]?.add(now.cafe.uri)
  }
  return were
}

test('of what is edited, hidden and deleted, each search hears what left it and at most twice as much', async () => {
  const heard = SEARCHES.map(() => ({ all: 0, concerned: 0 }))
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 40 }), async (acts) => {
      await deleteCafes(
        db,
        (await db.selectFrom('cafe').select('id').execute()).map(({ id }) => id),
      )
      await db.deleteFrom('removed_cafe').execute()
      const were = await play(acts)
      for (const [index, search] of SEARCHES.entries()) {
        const now = new Set(await found(toQuery(search)))
        const ever = were[index] ?? new Set()
        expect([...now.difference(ever)], 'found, as by the words of the search').toEqual([])
        const left = ever.difference(now)
        const told = await listAllRemoved(toQuery(search))
        expect([...left.difference(told)], `omitted by search ${index}`).toEqual([])
        expect([...told.intersection(now)]).toEqual([])
        const counts = heard[index] ?? expect.fail()
        counts.all += told.size
        counts.concerned += left.size
      }
    }),
    { numRuns: times(8, 50), endOnFailure: true },
  )
  expect(heard.filter(({ concerned }) => concerned === 0)).toEqual([])
  // Of few cafés, chance may make some too many.
  expect(heard.filter(({ all, concerned }) => all > 2 * concerned + 8)).toEqual([])
})

test('a structure that becomes of another kind has left the search of its kind, and is among its changes', async () => {
  const [uri = ''] = ORGANIZERS
  const id = crypto.randomUUID()
  await deleteCafes(
    db,
    (await db.selectFrom('cafe').select('id').execute()).map((row) => row.id),
  )
  await db.updateTable('structure').set({ kind: 'BIB' }).where('uri', '=', uri).execute()
  await saveCafe(
    db,
    cafeOf(id, {
      ...{ place: PLACES[0] ?? expect.fail(), organizer: uri, format: undefined },
      ...{ openTo: 'public', hours: 40, lasts: 2 },
    }),
  )
  const query: CafeQuery = { from: undefined, kinds: ['BIB'] }
  expect(await found(query)).toHaveLength(1)
  const mark = await findMark(db)
  await db.updateTable('structure').set({ kind: 'ASSO' }).where('uri', '=', uri).execute()
  await reindexCafesOf(db, 'organizer_uri', uri)
  const removed = await listRemoved(db, query, { since: mark, limit: 10 })
  expect(removed.items.map((each) => each.uri)).toEqual([`https://un.example/cafes/${id}`])
  expect(await found({ from: undefined, kinds: ['ASSO'], updatedSince: mark })).toHaveLength(1)
})
