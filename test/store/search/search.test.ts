import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { findCommune } from '../../../node/geo/communes.ts'
import { distanceKm } from '../../../node/geo/distance.ts'
import { findTerritory } from '../../../node/geo/territories.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { shortId } from '../../../node/store/database/uuid.ts'
import { deleteBlock, saveBlock } from '../../../node/store/directory/blocks.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setFollowing, setMembership } from '../../../node/store/memberships.ts'
import type { CafeQuery } from '../../../node/store/search/cafe-query.ts'
import { readCursor } from '../../../node/store/search/cursor.ts'
import {
  countCafes,
  findPublicCafe,
  listFoundCafes,
  searchCafes,
} from '../../../node/store/search/search.ts'
import {
  foldWords,
  searchWords,
  withoutBeginnings,
} from '../../../node/store/search-index/fold-words.ts'
import { times } from '../../support/full.ts'
import { MEASURED } from '../../support/measured.ts'
import { aCafe, changeAtUpdates, openWithCafes, someCafes } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let close: () => Promise<void>
let db: OpenDatabase
let cafes: Cafe[]

beforeAll(async () => {
  cafes = someCafes(2000, now)
  ;({ db, close } = await openWithCafes(cafes, now))
  await changeAtUpdates(db)
})
afterAll(() => close())

async function findAll(query: CafeQuery) {
  const found: Awaited<ReturnType<typeof searchCafes>>['items'] = []
  let cursor: CafeQuery['cursor']
  for (let page = 0; page < 100; page++) {
    const { items, next } = await searchCafes(db, { ...query, cursor, limit: 37 })
    found.push(...items)
    if (!next) return found
    cursor = readCursor(next, query.order ?? 'date')
    expect(cursor).toBeDefined()
  }
  throw new Error('the pages never end')
}

const isShown = (cafe: Cafe) =>
  cafe.publication === 'published' && !cafe.hiddenReason && cafe.openTo === 'public'
/** Orders by start; the sort keeps the order of arrival for equal starts. */
const byDate = (one: Cafe, other: Cafe) => Temporal.Instant.compare(one.startsAt, other.startsAt)
const idsOf = (items: readonly Cafe[]) => items.map(({ id }) => id)

/** Compares a search with the same filter in the simplest code. */
async function expectSameAs(query: CafeQuery, isWanted: (cafe: Cafe) => boolean, least = 1) {
  const expected = cafes.filter((cafe) => isShown(cafe) && isWanted(cafe)).sort(byDate)
  expect(expected.length).toBeGreaterThanOrEqual(least)
  expect(idsOf(await findAll(query))).toEqual(idsOf(expected))
  expect(await countCafes(db, query)).toBe(expected.length)
}

const after = (limit: Temporal.Instant) => (cafe: Cafe) =>
  Temporal.Instant.compare(cafe.endsAt, limit) > 0

/** Takes the mean time of one of ten calls, in milliseconds, after one that warms up. */
async function takeTimeOf(call: () => Promise<unknown>): Promise<number> {
  await call()
  const began = performance.now()
  for (let turn = 0; turn < 10; turn++) await call()
  return (performance.now() - began) / 10
}

describe('a search among two thousand cafés finds the same as a test of each café', () => {
  test('those to come, soonest first, page by page', () =>
    expectSameAs({ from: now }, after(now), 500))

  test('past ones too when no beginning is given', () =>
    expectSameAs({ from: undefined }, () => true, 1500))

  test.each([
    ['Rennes', 48.11, -1.67, 30],
    ['Paris', 48.8566, 2.3522, 100],
    ['Saint-Denis de La Réunion', -20.88, 55.45, 500],
    ['the middle of France', 46.6, 2.5, 500],
    ['a place beside the antimeridian', -13.3, 179.9, 500],
    ['Wallis', -13.28, -176.18, 500],
    ['the North Pole', 90, 0, 500],
  ])('around %s, by distance and by date', async (_, latitude, longitude, radiusKm) => {
    const near = { latitude, longitude, radiusKm }
    const distanceOf = ({ venue }: Cafe) =>
      venue?.latitude === undefined || venue.longitude === undefined
        ? Number.POSITIVE_INFINITY
        : distanceKm(near, { latitude: venue.latitude, longitude: venue.longitude })
    const isNear = (cafe: Cafe) => distanceOf(cafe) <= radiusKm && after(now)(cafe)
    await expectSameAs({ from: now, near }, isNear, 0)

    const expected = cafes
      .filter((cafe) => isShown(cafe) && isNear(cafe))
      .sort((one, other) => distanceOf(one) - distanceOf(other))
    const found = await findAll({ from: now, near, order: 'distance' })
    expect(idsOf(found)).toEqual(idsOf(expected))
    for (const cafe of found) expect(cafe.distanceKm).toBeCloseTo(distanceOf(cafe), 6)
  })

  test.each(['2026-11-25', '2026-12-24', '2027-03-27', '2027-03-28', '2027-03-29'])(
    'on %s, which is a day at the place of each',
    async (text) => {
      const day = Temporal.PlainDate.from(text)
      await expectSameAs({ from: day, until: day }, ({ startsAt, endsAt, timezone }) => {
        const midnight = day.toZonedDateTime(timezone).toInstant()
        const nextMidnight = day.add({ days: 1 }).toZonedDateTime(timezone).toInstant()
        return (
          Temporal.Instant.compare(startsAt, nextMidnight) < 0 &&
          Temporal.Instant.compare(endsAt, midnight) > 0
        )
      })
    },
  )

  test.each([
    ['2026-11-25T22:30:00Z', 0],
    ['2026-11-25T09:00:00Z', 0],
    ['2026-12-01T05:30:00Z', 6],
    ['2026-10-24T22:30:00Z', 6],
  ])('at %s, those of today and %i days more, by the clock of each', async (text, days) => {
    const at = Temporal.Instant.from(text)
    await expectSameAs(
      { from: at, withinOwn: { now: at, days } },
      (cafe) => {
        const end = at
          .toZonedDateTimeISO(cafe.timezone)
          .toPlainDate()
          .add({ days: days + 1 })
        const day = cafe.startsAt.toZonedDateTimeISO(cafe.timezone).toPlainDate()
        return after(at)(cafe) && Temporal.PlainDate.compare(day, end) < 0
      },
      0,
    )
  })

  test('between two instants', () => {
    const until = now.add({ hours: 24 * 10 })
    return expectSameAs(
      { from: now, until },
      (cafe) => after(now)(cafe) && Temporal.Instant.compare(cafe.startsAt, until) < 0,
    )
  })

  test.each([
    ['ecole', 'école'],
    ['ÉCOLES', 'école'],
    ['oeuvre', 'œuvre'],
    ['senior', 'séniors'],
    ['foret verite', 'forêts', 'vérité'],
    ['démon', 'Démonstration'],
  ])('for the words « %s »', (words, ...wanted) =>
    expectSameAs({ from: now, words }, (cafe) => {
      const text = foldWords([cafe.title, ...cafe.audiences, cafe.venue?.commune ?? ''].join(' '))
      const begins = wanted.every((word) =>
        text.includes(` ${foldWords(word).trim().replace(/s$/, '')}`),
      )
      return after(now)(cafe) && begins
    }),
  )

  test.each([
    ['r-53', (cafe: Cafe) => cafe.venue?.region === '53'],
    ['974', (cafe: Cafe) => cafe.venue?.departement === '974'],
    ['2a', (cafe: Cafe) => cafe.venue?.departement === '2A'],
  ])('in the territory %s', (code, isInside) => {
    const territory = findTerritory(code)
    expect(territory).toBeDefined()
    return expectSameAs({ from: now, territory }, (cafe) => after(now)(cafe) && isInside(cafe))
  })

  test('in an intercommunality', () => {
    const commune = cafes.find((cafe) => isShown(cafe) && after(now)(cafe) && cafe.venue)?.venue
    const { epci = '' } = findCommune(commune?.codeInsee ?? '') ?? {}
    const territory = findTerritory(`e-${epci}`)
    expect(territory).toBeDefined()
    return expectSameAs(
      { from: now, territory },
      (cafe) => after(now)(cafe) && findCommune(cafe.venue?.codeInsee ?? '')?.epci === epci,
    )
  })

  test('by mode, by every accessibility asked, by one of the intentions', async () => {
    await expectSameAs(
      { from: now, mode: 'online' },
      (cafe) => after(now)(cafe) && cafe.attendanceMode === 'online',
    )
    await expectSameAs(
      { from: now, accessibility: ['hi', 'mi'] },
      ({ accessibility, ...cafe }) =>
        after(now)({ accessibility, ...cafe }) &&
        accessibility.includes('hi') &&
        accessibility.includes('mi'),
    )
    await expectSameAs(
      { from: now, intentions: ['try', 'debate'] },
      (cafe) =>
        after(now)(cafe) && cafe.intentions.some((one) => one === 'try' || one === 'debate'),
    )
  })

  test('by format and audience, whatever the accents, capitals and plurals', async () => {
    await expectSameAs(
      { from: now, format: 'DÉBATS MOUVANTS' },
      (cafe) => after(now)(cafe) && /^d.bat mouvant$/i.test(cafe.format ?? ''),
    )
    await expectSameAs(
      { from: now, audience: 'senior' },
      (cafe) => after(now)(cafe) && cafe.audiences.includes('Séniors'),
    )
    expect(await countCafes(db, { from: now, format: 'Karaoké' })).toBe(0)
  })

  test('what changed since', () => {
    const since = now.subtract({ hours: 48 })
    return expectSameAs(
      { from: undefined, updatedSince: since },
      // Two minutes are subtracted, since the clocks of processes may differ.
      (cafe) => Temporal.Instant.compare(cafe.updatedAt, since.subtract({ minutes: 2 })) >= 0,
    )
  })

  test('those of a school are found by who asks for them', async () => {
    const all = cafes.filter((cafe) => cafe.publication === 'published' && !cafe.hiddenReason)
    expect(await countCafes(db, { from: undefined, openTo: 'all' })).toBe(all.length)
    const reserved = all.filter(({ openTo }) => openTo === 'reserved')
    expect(await countCafes(db, { from: undefined, openTo: 'reserved' })).toBe(reserved.length)
  })

  test('by structure of this server, and by who announces', async () => {
    const shown = cafes.filter(isShown).length
    expect(await countCafes(db, { from: undefined, structure: 'cafes' })).toBe(shown)
    expect(await countCafes(db, { from: undefined, structure: 'nobody' })).toBe(0)
    const organizer = 'https://node.example/actors/cafes'
    expect(await countCafes(db, { from: undefined, organizer })).toBe(shown)
  })

  test('a word that comes again, or with which another begins, is asked for once', async () => {
    expect(withoutBeginnings(searchWords('a a A ab l’abc café caf x'))).toEqual([
      'l',
      'abc',
      'cafe',
      'x',
    ])
    const idsOf = async (words: string) =>
      (await searchCafes(db, { from: now, words })).items.map(({ id }) => id)
    expect(await idsOf('v verite ver verite')).toEqual(await idsOf('verite'))
  })

  test('a list leaves out descriptions, whatever the order', async () => {
    const near = { latitude: 46.6, longitude: 2.5, radiusKm: 500 }
    const queries: CafeQuery[] = [
      { from: now },
      { from: now, near, order: 'distance' },
      { from: undefined, words: 'verite' },
    ]
    for (const query of queries) {
      const { items, next } = await searchCafes(db, query)
      const empty = { descriptionHtml: '', descriptionText: '', descriptionMarkdown: undefined }
      const brief = await searchCafes(db, { ...query, isBrief: true })
      expect(brief).toEqual({
        items: items.map((cafe) => ({ ...cafe, ...empty })),
        next,
        isCut: false,
      })
      const ids = brief.items.map(({ id }) => id)
      const anywhere = brief.items.map((cafe) => ({ ...cafe, distanceKm: undefined }))
      expect(await listFoundCafes(db, ids)).toEqual(anywhere)
    }
  })

  test(
    'a search in the middle of everything takes less than two readings of all rows',
    MEASURED,
    async () => {
      const query: CafeQuery = {
        from: now,
        near: { latitude: 46.6, longitude: 2.5, radiusKm: 500 },
        words: 'verite',
        order: 'distance',
      }
      const took = await takeTimeOf(() => searchCafes(db, query))
      const floor = await takeTimeOf(() => db.selectFrom('cafe').selectAll().execute())
      expect(took).toBeLessThan(2 * floor)
    },
  )
})

test('an arrondissement is found in its city', async () => {
  const venue = {
    id: undefined,
    name: 'Bibliothèque de la Part-Dieu',
    streetAddress: undefined,
    postalCode: '69003',
    commune: 'Lyon',
    codeInsee: '69383',
    departement: '69',
    region: '84',
    latitude: 45.76,
    longitude: 4.857,
  }
  const cafe = aCafe({ venue, startsAt: now.add({ hours: 5 }) })
  await saveCafe(db, cafe)
  for (const code of ['c-69383', 'c-69123', 'e-200046977', '69', 'r-84']) {
    const { items } = await searchCafes(db, {
      from: now,
      territory: findTerritory(code),
      limit: 100,
    })
    expect(idsOf(items), code).toContain(cafe.id)
  }
  const other = await searchCafes(db, {
    from: now,
    territory: findTerritory('c-69381'),
    limit: 100,
  })
  expect(idsOf(other.items)).not.toContain(cafe.id)
  await db.deleteFrom('cafe').where('id', '=', cafe.id).execute()
})

test('a peer’s cafés are shown while its word counts and its domain is not blocked', async () => {
  const peer = await upsertPeer(db, {
    actorUri: 'https://www.die.example/actors/instance',
    name: 'Die',
  })
  const uri = 'https://www.die.example/cafes/1'
  const cafe = aCafe({ peerId: peer.id, uri, startsAt: now.add({ hours: 3 }) })
  await saveCafe(db, cafe)
  const isFound = async () => {
    const { items } = await searchCafes(db, { from: now, ids: [cafe.id] })
    expect((await findPublicCafe(db, { uri })) !== undefined).toBe(items.length === 1)
    return items.length === 1
  }
  expect(await isFound()).toBe(false)
  await setMembership(db, peer.id, 'member', now)
  expect(await isFound()).toBe(true)
  await setMembership(db, peer.id, 'left', now)
  expect(await isFound()).toBe(false)
  await setFollowing(db, peer.id, 'accepted', now)
  expect(await isFound()).toBe(true)
  for (const domain of ['die.example', 'www.die.example', 'example']) {
    await saveBlock(db, { target: domain, reason: 'test' }, now)
    expect(await isFound(), domain).toBe(false)
    await deleteBlock(db, domain)
    expect(await isFound()).toBe(true)
  }
  await saveBlock(db, { target: 'ie.example', reason: 'the end of a name is not its domain' }, now)
  expect(await isFound()).toBe(true)
  await db.deleteFrom('cafe').where('id', '=', cafe.id).execute()
})

test('a member on a port of its own is hidden when its address is blocked', async () => {
  const peer = await upsertPeer(db, {
    actorUri: 'http://127.0.0.1:4001/actors/instance',
    name: 'A',
  })
  await setMembership(db, peer.id, 'member', now)
  const cafe = aCafe({ peerId: peer.id, startsAt: now.add({ hours: 3 }) })
  await saveCafe(db, cafe)
  const count = () => countCafes(db, { from: now, ids: [cafe.id] })
  expect(await count()).toBe(1)
  for (const domain of ['127.0.0.1', '127.0.0.1:4001']) {
    await saveBlock(db, { target: domain, reason: '' }, now)
    expect(await count(), domain).toBe(0)
    await deleteBlock(db, domain)
  }
  await saveBlock(db, { target: '127.0.0.1:4002', reason: '' }, now)
  expect(await count()).toBe(1)
  await db.deleteFrom('cafe').where('id', '=', cafe.id).execute()
})

test('no text makes the search fail', async () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      '"',
      '*',
      'NEAR(',
      'a AND NOT b',
      "'; drop table cafe; --",
      '%',
      '_',
      '\\',
      '\0',
      '[',
      '(',
      'x'.repeat(10_000),
    ),
  )
  await fc.assert(
    fc.asyncProperty(nasty, nasty, async (one, other) => {
      const query = {
        from: now,
        words: one,
        format: other,
        audience: one,
        organizer: other,
        structure: one,
      }
      const { items } = await searchCafes(db, { ...query, ids: [one, other] })
      expect(items).toEqual([])
      await searchCafes(db, { from: now, words: one })
    }),
    { numRuns: times(40, 100) },
  )
})

test('a cursor that we did not write is no cursor', () => {
  const forge = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const id = '0197a1c2-0000-7000-8000-000000000000'
  expect(readCursor(forge([31_398_842_695_680]), 'date')).toBeDefined()
  for (const known of [id, shortId(now)])
    expect(readCursor(forge([3.2, known]), 'distance')).toBeDefined()
  for (const wrong of [
    '',
    'x',
    '%',
    forge({}),
    forge([]),
    forge([1, id]),
    forge([1.5]),
    forge([2 ** 60]),
    forge(['2026-12-09']),
    forge(["' or 1"]),
    'a'.repeat(500),
  ])
    expect(readCursor(wrong, 'date'), wrong).toBeUndefined()
  for (const wrong of [
    forge(['2026-12-09T17:30:00Z', id]),
    forge([-1, id]),
    forge([null, id]),
    forge([1]),
    forge([1, id, 2]),
  ])
    expect(readCursor(wrong, 'distance'), wrong).toBeUndefined()
})
