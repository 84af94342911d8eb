import { afterEach, beforeEach, expect, test } from 'vitest'
import { startsAtPlace } from '../../../node/domain/cafes/cafe.ts'
import { CLOCK } from '../../../node/domain/cafes/edit.ts'
import type { Series } from '../../../node/domain/series/series.ts'
import { deleteCafe } from '../../../node/store/cafes/cafes.ts'
import { findSeriesDate } from '../../../node/store/cafes/series/series-dates.ts'
import { inTransaction, type OpenDatabase } from '../../../node/store/database/database.ts'
import { createSeries, listDueSeries, planDates } from '../../../node/store/series/plan-dates.ts'
import {
  findSeries,
  findSeriesByUri,
  listMadeDates,
  listSeries,
} from '../../../node/store/series/series.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aSeries, HOME, insertHome } from '../../support/some-series.ts'

const now = Temporal.Instant.from('2026-12-01T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>

beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
  await insertHome(db, now)
})
afterEach(() => close())

const create = (series: Series) => createSeries(db, { series, home: HOME, by: CLOCK }, now)
const plan = (series: Series, at: Temporal.Instant) =>
  inTransaction(db, (trx) => planDates(trx, { series, home: HOME, by: CLOCK }, at))
const madeOf = async ({ id }: Series) => (await listMadeDates(db, id)).map(({ date }) => date)
const due = async (at: Temporal.Instant) =>
  (await listDueSeries(db, HOME.horizon, at)).map(({ id }) => id)

test('a rule without an end gives the dates of sixty days, and the next ones as they come near, once', async () => {
  const series = await create(aSeries(now))
  const first = await madeOf(series)
  expect(first).toHaveLength(8)
  expect([first[0], first.at(-1)]).toEqual(['2026-12-10T18:30', '2027-01-28T18:30'])
  expect(await due(now)).toEqual([])
  const later = now.add({ hours: 24 * 31 })
  expect(await due(later)).toEqual([series.id])
  await Promise.all([plan(series, later), plan(series, later)])
  expect(await madeOf(series)).toHaveLength(12)
  expect(await due(later)).toEqual([])
})

test('one that ends is made whole, a year ahead', async () => {
  const ten = await create(aSeries(now, { rrule: 'FREQ=WEEKLY;COUNT=10' }))
  expect(await madeOf(ten)).toHaveLength(10)
  const monthly = await create(aSeries(now, { rrule: 'FREQ=MONTHLY;BYDAY=1TU;COUNT=20' }))
  expect(await madeOf(monthly)).toHaveLength(11)
  expect(await due(now.add({ hours: 24 * 400 }))).toEqual([monthly.id])
})

test('a date keeps its hour by the clock of its place over both changes', async () => {
  const series = await create(
    aSeries(
      now,
      { rrule: 'FREQ=WEEKLY;BYDAY=TH;UNTIL=20271115' },
      { timezone: 'America/Miquelon' },
    ),
  )
  const made = await listMadeDates(db, series.id)
  const hours = made.flatMap(({ cafe }) =>
    cafe ? [startsAtPlace(cafe).toPlainTime().toString()] : [],
  )
  expect([...new Set(hours)]).toEqual(['18:30:00'])
  expect(new Set(made.map(({ cafe }) => cafe && startsAtPlace(cafe).offset))).toEqual(
    new Set(['-03:00', '-02:00']),
  )
})

test('a date whose café was deleted is not made again, and a past one never', async () => {
  const series = await create(aSeries(now))
  const [first] = await listMadeDates(db, series.id)
  await deleteCafe(db, first?.cafe?.id ?? '')
  const later = now.add({ hours: 24 * 15 })
  await plan(series, later)
  const made = await listMadeDates(db, series.id)
  expect(made[0]).toEqual({ date: '2026-12-10T18:30', own: {}, cafe: undefined })
  const other = await create(aSeries(now, { start: '2026-11-05T18:30' }))
  expect((await madeOf(other))[0]).toBe('2026-12-03T18:30')
})

test('a draft has no cafés, and a series is found by what it is called', async () => {
  const draft = await create(aSeries(now, {}, { publication: 'draft' }))
  expect(await madeOf(draft)).toEqual([])
  expect(await findSeries(db, draft.id)).toEqual(draft)
  expect(await findSeriesByUri(db, draft.uri)).toEqual(draft)
  expect(await listSeries(db, 'canal', { limit: 5 })).toEqual([draft])
})

test('what was changed by hand on one date is known, with what the series says there', async () => {
  const series = await create(aSeries(now))
  const [, second] = await listMadeDates(db, series.id)
  expect(await findSeriesDate(db, second?.cafe?.id ?? '')).toEqual({
    ...{ seriesId: series.id, date: '2026-12-17T18:30', cafeId: second?.cafe?.id, own: {} },
  })
})
