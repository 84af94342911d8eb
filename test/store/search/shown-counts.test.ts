import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { findTerritory } from '../../../node/geo/territories.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { countShown, countShownByPlace } from '../../../node/store/search/shown-counts.ts'
import { isOnPostgres } from '../../support/database.ts'
import { watchPlans } from '../../support/query-plans.ts'
import { openWithCafes, someCafes } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>
let shown: Cafe[]

beforeAll(async () => {
  const cafes = someCafes(1300, now).map(
    (cafe, index): Cafe => (index % 7 === 0 ? { ...cafe, status: 'cancelled' } : cafe),
  )
  ;({ db, close } = await openWithCafes(cafes, now))
  shown = cafes
    .filter(
      ({ publication, hiddenReason, openTo }) =>
        publication === 'published' && !hiddenReason && openTo === 'public',
    )
    .sort((one, other) => Temporal.Instant.compare(one.startsAt, other.startsAt))
})
afterAll(() => close())

const isCancelled = ({ status }: Cafe): boolean => status === 'cancelled'

function countsOf(cafes: readonly Cafe[]) {
  const counted = cafes.slice(0, 1000)
  const cancelled = counted.filter(isCancelled).length
  return { total: counted.length - cancelled, cancelled, isCapped: cafes.length > 1000 }
}

test('those that take place and the cancelled ones are counted apart', async () => {
  const coming = shown.filter(({ endsAt }) => Temporal.Instant.compare(endsAt, now) > 0)
  expect(countsOf(coming)).toMatchObject({ isCapped: false })
  expect(await countShown(db, { from: now })).toEqual(countsOf(coming))
})

test('of more than a thousand, the soonest thousand are counted', async () => {
  expect(countsOf(shown)).toMatchObject({ isCapped: true })
  expect(await countShown(db, { from: undefined })).toEqual(countsOf(shown))
})

test('and whether the next one is cancelled does not matter', async () => {
  const beyond = new Set<boolean>()
  const more = shown.slice(0, shown.length - 1001).filter((_, at) => at % 8 === 0)
  for (const { endsAt: from } of more) {
    const left = shown.filter(({ endsAt }) => Temporal.Instant.compare(endsAt, from) > 0)
    const next = left[1000]
    if (next) beyond.add(isCancelled(next))
    expect(await countShown(db, { from })).toEqual(countsOf(left))
  }
  expect(beyond.size).toBe(2)
})

test('a word counts alike, whether very many cafés have it or not', async () => {
  const coming = shown.filter(({ endsAt }) => Temporal.Instant.compare(endsAt, now) > 0)
  const query = { from: now, words: 'chatbot' }
  const expected = countsOf(coming.filter(({ title }) => title.includes('chatbot')))
  expect(expected.cancelled).toBeGreaterThan(0)
  expect(await countShown(db, query)).toEqual(expected)
})

test('départements and towns have the cafés of their venues, cancelled ones apart', async () => {
  const inBrittany = shown.filter(({ venue }) => venue?.region === '53')
  const { counts, towns, total, isCapped } = await countShownByPlace(db, {
    from: undefined,
    territory: findTerritory('r-53'),
  })
  const held = inBrittany.filter((cafe) => !isCancelled(cafe))
  const expected = Object.groupBy(held, ({ venue }) => venue?.departement ?? '')
  expect(Object.fromEntries(counts)).toEqual(
    Object.fromEntries(Object.entries(expected).map(([code, cafes = []]) => [code, cafes.length])),
  )
  expect({ total, isCapped }).toEqual({ total: held.length, isCapped: false })
  for (const { codeInsee, ...count } of towns) {
    const there = inBrittany.filter(({ venue }) => venue?.codeInsee === codeInsee)
    const cancelled = there.filter(isCancelled).length
    expect([codeInsee, count]).toEqual([codeInsee, { held: there.length - cancelled, cancelled }])
  }
  expect(towns.length).toBe(new Set(inBrittany.flatMap(({ venue }) => venue?.codeInsee ?? [])).size)
  const { towns: off } = await countShownByPlace(db, {
    from: undefined,
    territory: findTerritory('r-53'),
    isCancelled: true,
  })
  const sum = off.reduce(
    (all, { held: one, cancelled }) => [(all[0] ?? 0) + one, (all[1] ?? 0) + cancelled],
    [0, 0],
  )
  expect(sum).toEqual([0, inBrittany.length - held.length])
})

test.skipIf(isOnPostgres)('what is to come is counted in an index of its own', async () => {
  const territory = findTerritory('35')
  const { watched, explain } = watchPlans(db)
  await countShown(watched, { from: now, territory, isHeld: true })
  expect(await explain()).toContainEqual(
    expect.stringMatching(/^SEARCH entry USING INDEX search_entry_coming \(position=\?/),
  )
})
