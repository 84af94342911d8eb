import { expect, test } from 'vitest'
import { toStatistics } from '../../../node/domain/territories/statistics.ts'

const countedAt = Temporal.Instant.from('2026-11-25T09:00:00Z')
const count = (
  month: string,
  departement: string | undefined,
  held: number,
  toCome = 0,
  cancelled = 0,
) => ({
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
