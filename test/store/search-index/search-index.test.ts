import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Kind } from '../../../node/domain/values/structure-kinds.ts'
import { distanceKm } from '../../../node/geo/distance.ts'
import { findTerritory } from '../../../node/geo/territories.ts'
import { deleteCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { showCafe } from '../../../node/store/cafes/moderated-cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { deletePeer, setMembership } from '../../../node/store/memberships.ts'
import { archivePastCafes } from '../../../node/store/search/archive.ts'
import type { CafeQuery } from '../../../node/store/search/cafe-query.ts'
import { readCursor } from '../../../node/store/search/cursor.ts'
import {
  countFacets,
  FACET_NAMES,
  type FacetName,
} from '../../../node/store/search/facet-counts.ts'
import { findHits, readFound, withNear } from '../../../node/store/search/find.ts'
import { planSearch, selectHits } from '../../../node/store/search/hits.ts'
import { rebuildSearchIndex } from '../../../node/store/search/rebuild.ts'
import { countCafes, searchCafes } from '../../../node/store/search/search.ts'
import { foldWords, searchWords } from '../../../node/store/search-index/fold-words.ts'
import { LATER_MINUTES, PER_MINUTE } from '../../../node/store/search-index/positions.ts'
import {
  findStructureProfile,
  saveStructureProfile,
} from '../../../node/store/structures/profiles.ts'
import { isOnPostgres } from '../../support/database.ts'
import { times } from '../../support/full.ts'
import { aCafe, changeAtUpdates, openWithCafes, someCafes } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>
let cafes: Cafe[]

beforeAll(async () => {
  cafes = someCafes(1500, now).map((cafe, index) =>
    index % 3 === 0 ? { ...cafe, languages: ['fr', 'br'], organizer: other } : cafe,
  )
  ;({ db, close } = await openWithCafes(cafes, now, 'BIB'))
  await changeAtUpdates(db)
  await archivePastCafes(db, now)
})
afterAll(() => close())

const other = {
  uri: 'https://node.example/actors/ateliers',
  name: 'L’Atelier d’à côté',
  url: 'https://node.example/ateliers',
}

async function findAll(query: CafeQuery, limit: number): Promise<Cafe[]> {
  const found: Cafe[] = []
  let cursor: CafeQuery['cursor']
  do {
    const { items, next } = await searchCafes(db, { ...query, cursor, limit })
    found.push(...items)
    expect(items.length).toBe(next ? limit : items.length)
    cursor = next === undefined ? undefined : readCursor(next, query.order ?? 'date')
    expect(cursor === undefined).toBe(next === undefined)
  } while (cursor)
  return found
}

const position = async (cafe: Cafe): Promise<number | undefined> => {
  const row = await db
    .selectFrom('search_entry')
    .select('position')
    .where('cafe_id', '=', cafe.id)
    .executeTakeFirst()
  return row?.position
}

const isFound = async (cafe: Cafe, query: Partial<CafeQuery> = {}): Promise<boolean> => {
  const words = searchWords(cafe.title)[0]
  return (await findAll({ from: undefined, words, ...query }, 100)).some(({ id }) => id === cafe.id)
}

const minuteOf = ({ startsAt }: Cafe) =>
  Math.floor(startsAt.epochMilliseconds / 60_000) * PER_MINUTE

/** Returns whether one café matches the query, by the simplest code. */
function isWanted(cafe: Cafe, query: CafeQuery): boolean {
  const { from, until, near } = query
  const before = (one: Temporal.Instant, limit: Temporal.Instant) =>
    Temporal.Instant.compare(one, limit) < 0
  const at = (limit: Temporal.Instant | Temporal.PlainDate) =>
    limit instanceof Temporal.Instant ? limit : limit.toZonedDateTime(cafe.timezone).toInstant()
  const text = foldWords(
    [
      cafe.title,
      cafe.format,
      ...cafe.audiences,
      cafe.venue?.name,
      cafe.venue?.commune,
      cafe.organizer.name,
    ].join(' '),
  )
  return (
    cafe.publication === 'published' &&
    !cafe.hiddenReason &&
    (query.openTo === 'all' || cafe.openTo === (query.openTo ?? 'public')) &&
    (!from || before(at(from), cafe.endsAt)) &&
    (!query.overBy || !before(query.overBy, cafe.endsAt)) &&
    (!until ||
      before(
        cafe.startsAt,
        at(until instanceof Temporal.PlainDate ? until.add({ days: 1 }) : until),
      )) &&
    (!near || howFar(cafe, near) <= near.radiusKm) &&
    searchWords(query.words ?? '').every((word) => text.includes(` ${word}`)) &&
    (!query.mode || [query.mode].flat().includes(cafe.attendanceMode)) &&
    (!query.box || isInBox(cafe, query.box)) &&
    (query.accessibility ?? []).every((code) => cafe.accessibility.includes(code)) &&
    (!query.intentions || query.intentions.some((one) => cafe.intentions.includes(one))) &&
    (!query.language || [query.language].flat().some((one) => cafe.languages.includes(one))) &&
    (!query.kinds || query.kinds.includes('BIB')) &&
    (!query.organizer || cafe.organizer.uri === query.organizer) &&
    (!(query.updatedSince instanceof Temporal.Instant) ||
      !before(cafe.updatedAt, query.updatedSince.subtract({ minutes: 2 }))) &&
    (!query.territory ||
      query.territory.code === cafe.venue?.departement ||
      query.territory.code === `r-${cafe.venue?.region}`)
  )
}

/** Returns whether a café lies in a box, by the simplest code. */
function isInBox({ venue }: Cafe, { west, south, east, north }: NonNullable<CafeQuery['box']>) {
  if (venue?.latitude === undefined || venue.longitude === undefined) return false
  const { latitude, longitude } = venue
  const isBetween =
    west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east
  return latitude >= south && latitude <= north && isBetween
}

const howFar = ({ venue }: Cafe, near: { latitude: number; longitude: number }): number =>
  venue?.latitude === undefined || venue.longitude === undefined
    ? Number.POSITIVE_INFINITY
    : distanceKm(near, { latitude: venue.latitude, longitude: venue.longitude })

const day = fc
  .integer({ min: -60, max: 180 })
  .map((days) => Temporal.PlainDate.from('2026-11-25').add({ days }))
const instant = fc.integer({ min: -90_000, max: 260_000 }).map((minutes) => now.add({ minutes }))
const limit = fc.oneof(day, instant)
const near = fc.record({
  latitude: fc.constantFrom(48.85, 45.76, 43.3, 47.2, -21.1, 16.2, 14.6, -17.6, 46.78, -13.28),
  longitude: fc.constantFrom(2.35, 4.85, 5.37, -1.55, 55.5, -61.5, -61, -149.5, -56.2, -176.18),
  radiusKm: fc.constantFrom(5, 30, 100, 500, 20_040),
})
const parts = fc.record({
  from: limit,
  until: limit,
  near,
  overBy: instant,
  words: fc.constantFrom('d', 'de', 'déb', 'DEBATS', "l'école", 'chatbot forêt', 'a-côté', '3e'),
  mode: fc.constantFrom('online', 'offline', 'mixed', ['online', 'mixed']),
  box: fc.constantFrom(
    { west: -1.9, south: 47.9, east: 2.4, north: 49 },
    { west: -5, south: 42, east: 9, north: 51 },
    { west: 50, south: -25, east: -140, north: -10 },
    { west: -180, south: -90, east: 180, north: 90 },
  ),
  accessibility: fc.subarray(['hi', 'vi', 'mi']),
  intentions: fc.subarray(['learn', 'try', 'debate'], { minLength: 1 }),
  language: fc.constantFrom('fr', 'br', 'en', ['br', 'en']),
  kinds: fc.constantFrom(['BIB'], ['LA_POSTE'], ['LA_POSTE', 'BIB']),
  organizer: fc.constantFrom(other.uri, 'https://nobody.example/'),
  openTo: fc.constantFrom('all', 'reserved'),
  updatedSince: fc.integer({ min: 1, max: 1000 }).map((hours) => now.subtract({ hours })),
  territory: fc.constantFrom('35', 'r-53', 'r-84', '974', 'r-04').map(findTerritory),
})
const names = [
  'from',
  'until',
  'near',
  'box',
  'overBy',
  'words',
  'mode',
  'accessibility',
  'intentions',
  'language',
  'kinds',
  'organizer',
  'openTo',
  'updatedSince',
  'territory',
]

/** A query has up to three parts, since a query with all of them finds nothing. */
const queries = fc
  .tuple(parts, fc.subarray(names, { maxLength: 3 }), fc.constantFrom('date', 'recent', 'distance'))
  .map(([all, asked, order]): CafeQuery => {
    const query = Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes(name)))
    return {
      from: undefined,
      ...query,
      order: order === 'distance' && !asked.includes('near') ? 'date' : order,
    } as CafeQuery
  })

/** The questions are the same on both databases; each part is in about six of sixty. */
const QUESTIONS = isOnPostgres ? times(10, 60) : times(60, 150)

test('any search finds the same cafés as when each is looked at, page by page, in its order', async () => {
  let found = 0
  await fc.assert(
    fc.asyncProperty(queries, fc.constantFrom(31, 70, 100), async (query, size) => {
      const expected = cafes.filter((cafe) => isWanted(cafe, query))
      const { near } = query
      if (query.order === 'distance' && near)
        expected.sort((a, b) => howFar(a, near) - howFar(b, near))
      else expected.sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
      if (query.order === 'recent') expected.reverse()
      const items = await findAll(query, size)
      found += items.length
      expect(items.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
      const key = (cafe: Cafe) =>
        query.order === 'distance' && near
          ? howFar(cafe, near).toFixed(6)
          : cafe.startsAt.toString()
      expect(items.map(key)).toEqual(expected.map(key))
      expect(await countCafes(db, query)).toBe(expected.length)
      expect(await countCafes(db, query, { atMost: 10 })).toBe(Math.min(10, expected.length))
    }),
    { numRuns: QUESTIONS, seed: 2026 },
  )
  expect(found).toBeGreaterThan(50 * QUESTIONS)
}, 180_000)

test('each facet counts what the search with its value finds', async () => {
  const query: CafeQuery = { from: now, openTo: 'all' }
  const { total, isCapped, counts } = await countFacets(db, query, FACET_NAMES)
  expect([total, isCapped]).toEqual([await countCafes(db, { ...query, isHeld: true }), false])
  const partOf = (name: FacetName, value: string): Partial<CafeQuery> => {
    if (['region', 'departement', 'epci', 'commune'].includes(name))
      return { territory: findTerritory(value) }
    return name === 'kind' ? { kinds: [value as Kind] } : { [name]: value }
  }
  for (const name of FACET_NAMES.filter((each) => each !== 'month')) {
    const values = counts.get(name) ?? []
    expect(values.length, name).toBeGreaterThan(0)
    for (const { value, cafes: counted } of values.slice(0, 3).concat(values.slice(-1))) {
      const found = await countCafes(db, { ...query, ...partOf(name, value), isHeld: true })
      expect(counted, `${name} ${value}`).toBe(found)
    }
  }
  const months = counts.get('month') ?? []
  expect(months.reduce((sum, month) => sum + month.cafes, 0)).toBe(total)
})

test.skipIf(isOnPostgres)(
  'a search by date sorts nothing: it reads the index in its order until the page is full',
  async () => {
    const near = { latitude: 48.85, longitude: 2.35, radiusKm: 100 }
    for (const query of [{ from: now }, { from: now, near }, { from: now, words: 'débat', near }])
      for (const order of ['soonest', 'latest'] as const) {
        const plan = withNear(await planSearch(db, query), query.near)
        const hits = selectHits(plan, { columns: sql`entry.position`, order, limit: 20 })
        const { rows } = await sql<{ detail: string }>`explain query plan ${hits}`.execute(db)
        expect(rows.map(({ detail }) => detail).join('\n')).not.toMatch(/TEMP B-TREE/)
      }
  },
)

test('a café that moves to another minute moves in the order; a new word does not move it', async () => {
  const cafe = aCafe({ title: 'Hippopotame', startsAt: now.add({ hours: 50 }) })
  await saveCafe(db, cafe)
  expect(await position(cafe)).toBe(minuteOf(cafe))
  await saveCafe(db, { ...cafe, title: 'Hippogriffe' })
  expect(await position(cafe)).toBe(minuteOf(cafe))
  expect(await isFound(cafe)).toBe(false)
  expect(await isFound(cafe, { words: 'hippogriffe' })).toBe(true)
  const moved = { ...cafe, startsAt: now.add({ hours: 51 }) }
  await saveCafe(db, moved)
  expect(await position(cafe)).toBe(minuteOf(moved))
  expect(await isFound(cafe)).toBe(true)
  await deleteCafe(db, cafe.id)
})

test('whatever happens to a café, the index follows: hidden, shown, deleted, its server deleted', async () => {
  const peer = await upsertPeer(db, { actorUri: 'https://far.example/actors/i', name: 'Far' })
  await setMembership(db, peer.id, 'member', now)
  const cafe = aCafe({ peerId: peer.id, uri: 'https://far.example/cafes/1', title: 'Rhinocéros' })
  await saveCafe(db, cafe)
  expect(await isFound(cafe)).toBe(true)
  await showCafe(db, { id: cafe.id, shown: false }, now)
  expect(await isFound(cafe)).toBe(false)
  await showCafe(db, { id: cafe.id, shown: true }, now)
  expect(await isFound(cafe)).toBe(true)
  await deletePeer(db, peer.id)
  expect(await position(cafe)).toBeUndefined()
  if (isOnPostgres) return
  const { rows } =
    await sql`select rowid from search_coming where search_coming match '"rhinoceros"'`.execute(db)
  expect(rows).toEqual([])
})

async function setKind(kind: Kind): Promise<void> {
  const { id } = await db.selectFrom('organization').select('id').executeTakeFirstOrThrow()
  const profile = await findStructureProfile(db, id)
  if (profile) await saveStructureProfile(db, { id, profile: { ...profile, kind } }, now)
}

test('the kind of a structure is that of its cafés from when it is said', async () => {
  const count = () => countCafes(db, { from: now, kinds: ['FABLAB'] })
  expect(await count()).toBe(0)
  await setKind('FABLAB')
  expect(await count()).toBe(await countCafes(db, { from: now }))
  await setKind('BIB')
  expect(await count()).toBe(0)
})

test('what is over goes to the archive and comes back when it is put off', async () => {
  const cafe = aCafe({ title: 'Ornithorynque', startsAt: now.add({ hours: 2 }) })
  await saveCafe(db, cafe)
  const archived = async () => {
    const row = await db
      .selectFrom('search_entry')
      .select('archived')
      .where('cafe_id', '=', cafe.id)
      .executeTakeFirst()
    return row?.archived
  }
  expect(await archived()).toBe(0)
  const later = now.add({ hours: 24 * 9 })
  await archivePastCafes(db, later)
  expect(await archived()).toBe(1)
  expect(await isFound(cafe)).toBe(true)
  expect(await isFound(cafe, { from: later })).toBe(false)
  await saveCafe(db, {
    ...cafe,
    startsAt: later.add({ hours: 1 }),
    endsAt: later.add({ hours: 2 }),
  })
  expect(await archived()).toBe(0)
  expect(await isFound(cafe, { from: later })).toBe(true)
  await deleteCafe(db, cafe.id)
})

test('a lost index is made again from the cafés', async () => {
  const query: CafeQuery = { from: now, words: 'école', accessibility: ['hi'] }
  const before = await findAll(query, 100)
  expect(before.length).toBeGreaterThan(10)
  if (isOnPostgres) await sql`update search_entry set tokens = ''`.execute(db)
  else
    for (const index of ['search_coming', 'search_past'].map((name) => sql.table(name)))
      await sql`insert into ${index} (${index}) values ('delete-all')`.execute(db)
  expect(await findAll(query, 100)).toEqual([])
  await rebuildSearchIndex(db)
  expect((await findAll(query, 100)).map(({ id }) => id).sort()).toEqual(
    before.map(({ id }) => id).sort(),
  )
})

test('words of any script and any age of Unicode are found as they were typed', async () => {
  for (const title of [
    'kāfé ⵣⵓⵍ',
    'ᱥᱟᱱᱛᱟᱲᱤ',
    '𞤀𞤁𞤂𞤃',
    '𐵐𐵑 garay',
    'Łódź',
    'straße',
    'İstanbul',
    "aujourd'hui l’IA",
    '3D-print 2.0',
  ]) {
    const cafe = aCafe({ title })
    await saveCafe(db, cafe)
    expect(await isFound(cafe, { words: title }), title).toBe(true)
    for (const word of title.split(/[\s'’.-]+/))
      expect(await isFound(cafe, { words: word }), word).toBe(true)
    await deleteCafe(db, cafe.id)
  }
})

test('a beginning finds the cafés of every word that has it, be they few or very many', async () => {
  const saved: Cafe[] = []
  const found = async (words: string) =>
    (await findAll({ from: undefined, words }, 10)).map(({ title }) => title).sort()
  const titles = () => saved.map(({ title }) => title).sort()
  for (let number = 10; number < 26; number++) {
    // Every other one is in the archive, which is an index of its own.
    const startsAt = now.add({ hours: number % 2 === 0 ? 240 : -2400 })
    const cafe = aCafe({
      title: `qwértz${number}`,
      startsAt,
      endsAt: startsAt.add({ hours: 2 }),
    })
    await saveCafe(db, cafe)
    saved.push(cafe)
    for (const words of ['qw', 'qwertz', 'QWÉRTZ']) expect(await found(words)).toEqual(titles())
    expect(await found(`qwertz${number}`)).toEqual([cafe.title])
    expect(await found(`qwertz${number}0`)).toEqual([])
  }
  await archivePastCafes(db, now)
  expect(await found('qwertz')).toEqual(titles())
  expect(await found('qwertz2 qwe')).toEqual(
    titles().filter((title) => title.startsWith('qwértz2')),
  )
  for (const { id } of saved.splice(0, 14)) await deleteCafe(db, id)
  expect(await found('qwertz')).toEqual(titles())
  for (const { id } of saved) await deleteCafe(db, id)
  expect(await found('qwertz')).toEqual([])
})

test('a café that is deleted or moves while a page is read is not on it', async () => {
  const query = { from: now.add({ hours: 40_004 }) }
  const saved = [0, 1, 2].map((hour) => aCafe({ startsAt: now.add({ hours: 40_004 + hour }) }))
  for (const cafe of saved) await saveCafe(db, lasting(cafe))
  const plan = await planSearch(db, query)
  const hits = await findHits(db, plan, query, 10)
  const read = async () => (await readFound(db, plan, query, hits)).map(({ id }) => id)
  const [first, second, third] = saved.map(({ id }) => id)
  expect(await read()).toEqual([first, second, third])
  await deleteCafe(db, first ?? '')
  for (const cafe of saved.slice(1, 2))
    await saveCafe(db, lasting({ ...cafe, startsAt: cafe.startsAt.add({ hours: 9 }) }))
  expect(await read()).toEqual([third])
  for (const { id } of saved) await deleteCafe(db, id)
})

const lasting = (cafe: Cafe): Cafe => ({ ...cafe, endsAt: cafe.startsAt.add({ hours: 2 }) })

test('when the positions of a minute run out, those after the cafés of a later minute are used', async () => {
  const startsAt = now.add({ hours: 1001 })
  const start = minuteOf(aCafe({ startsAt }))
  const saved: Cafe[] = []
  const place = async (at = startsAt) => {
    const cafe = aCafe({ startsAt: at })
    await saveCafe(db, cafe)
    saved.push(cafe)
    return position(cafe)
  }
  /** Gives the last position of each of these minutes to a café of another day. */
  const fillMinutes = async (minutes: readonly number[]) => {
    for (const minute of minutes) {
      const { id } = aCafe({ startsAt: startsAt.add({ hours: 24 }) })
      await saveCafe(db, { ...aCafe({ startsAt: startsAt.add({ hours: 24 }) }), id })
      await db
        .updateTable('search_entry')
        .set({ position: start + minute * PER_MINUTE + PER_MINUTE - 1 })
        .where('cafe_id', '=', id)
        .execute()
    }
  }
  expect(await place()).toBe(start)
  await fillMinutes([0])
  expect(await place()).toBe(start + PER_MINUTE)
  expect(await place(startsAt.add({ minutes: 1 }))).toBe(start + PER_MINUTE + 1)
  expect(await place()).toBe(start + PER_MINUTE + 2)
  await fillMinutes([1, 2])
  expect(await place()).toBe(start + 3 * PER_MINUTE)
  await fillMinutes(Array.from({ length: LATER_MINUTES - 3 }, (_, index) => index + 3))
  expect(await place()).toBe(start + LATER_MINUTES * PER_MINUTE)
  const found = await searchCafes(db, { from: startsAt, until: startsAt.add({ minutes: 1 }) })
  const within = saved.filter((cafe) => cafe.startsAt.equals(startsAt)).map(({ id }) => id)
  expect(found.items.map(({ id }) => id)).toEqual(expect.arrayContaining(within))
  await fillMinutes([LATER_MINUTES])
  expect(await place()).toBe(start + 1)
})
