import { expect, test } from 'vitest'
import { paceTo } from '../../../node/domain/territories/goal.ts'
import { NO_TOTALS, toStatistics } from '../../../node/domain/territories/statistics.ts'

const countedAt = Temporal.Instant.from('2026-11-25T09:00:00Z')
const count = (
  month: string,
  departement: string | undefined,
  held: number,
  toCome = 0,
  cancelled = 0,
) => ({
  ...NO_TOTALS,
  month,
  departement,
  held,
  toCome,
  cancelled,
})

test('a cancelled café counts as nothing else, and a month without cafés is shown as such', () => {
  const figures = toStatistics(
    [count('2026-08', '75', 1), count('2026-11', '35', 2, 0, 4), count('2026-11', undefined, 0, 3)],
    { organizers: 2, countedAt },
  )
  expect(figures).toMatchObject({ held: 3, toCome: 3, cancelled: 4, placed: 3 })
  expect(figures.departements).toEqual(['35', '75'])
  expect(figures.outsideParis).toBeCloseTo(2 / 3)
  expect(figures.byMonth.map(({ month, held }) => [month.toString(), held])).toEqual([
    ['2026-08', 1],
    ['2026-09', 0],
    ['2026-10', 0],
    ['2026-11', 2],
  ])
})

test('without a café at a place no share is made up', () => {
  const figures = toStatistics([count('2026-11', undefined, 3)], { organizers: 1, countedAt })
  expect(figures.outsideParis).toBeUndefined()
  expect(toStatistics([], { organizers: 0, countedAt }).byMonth).toEqual([])
})

test.each([
  // On the last day one day is left, and the day after none.
  ['2027-12-31', 1_999_000, 1000, 1],
  ['2028-01-01', 1_999_000, undefined, 0],
  ['2027-12-22', 1_999_999, 1, 10],
  ['2027-12-22', 1_999_985, 2, 10],
  ['2027-12-22', 2_000_000, undefined, 10],
  ['2026-12-01', 0, 5051, 396],
])(
  'on %s with %i participations, %s a day are needed for %i days',
  (day, sum, needed, daysLeft) => {
    const today = Temporal.PlainDate.from(day)
    const recent = {
      ...{ from: today.subtract({ days: 30 }), until: today.subtract({ days: 1 }) },
      ...{ held: 30, reported: 20, participations: 600 },
    }
    const pace = paceTo({ participations: sum, recent }, today)
    expect(pace).toMatchObject({ needed, daysLeft, current: 20, share: sum / 2_000_000 })
  },
)
