import type { SearchValues } from '../../../ui/search/values.ts'
import type { AskedDay } from '../../geo/asked/day-words.ts'

type Days = Pick<SearchValues, 'quand' | 'du' | 'au'>

const DAYS_IN_A_WEEK = 7

/** Returns the next such day, from today on; undefined for one that no month has. */
function dateOf(
  day: Exclude<AskedDay, { period: string }>,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  if ('inDays' in day) return today.add({ days: day.inDays })
  if ('weekday' in day)
    return today.add({ days: (day.weekday - today.dayOfWeek + DAYS_IN_A_WEEK) % DAYS_IN_A_WEEK })
  const { year } = today
  const dates = [year, year + 1].map((inYear) =>
    Temporal.PlainDate.from({ year: inYear, month: day.month, day: day.day }),
  )
  return dates.find((date) => date.day === day.day && Temporal.PlainDate.compare(date, today) >= 0)
}

/** Returns the days of a search for a day that was typed with the place. */
export function toDays(day: AskedDay, today: Temporal.PlainDate): Days {
  if ('period' in day) return { quand: day.period, du: '', au: '' }
  const date = dateOf(day, today)?.toString() ?? ''
  return { quand: '', du: date, au: date }
}
