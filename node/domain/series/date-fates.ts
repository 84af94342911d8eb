import type { Horizon } from '../cafes/horizon.ts'
import { lastDayOf, listDatesToMake } from './edit.ts'
import { isMonthly, pairDates } from './pairs.ts'
import { type Day, datesOf, dayOf, hourOf, type WallTime } from './recurrence.ts'
import type { DateField, Series } from './series.ts'

export type DateFates = {
  /** Which date each of those that stay is now. */
  kept: ReadonlyMap<WallTime, WallTime>
  /** Those of them that are before the rule begins: an earlier edit left them as they were. */
  apart: ReadonlySet<WallTime>
  /** Dates of the rule as it was that the rule as it is has not. */
  dropped: ReadonlySet<WallTime>
  /** Dates that are to be made. */
  added: WallTime[]
  /** The last day of which the dates are made. */
  last: Day
}

/**
 * Decides what becomes of the dates of a series that are to come when it is edited. Dates that an earlier edit left
 * before its rule (« celle-ci et les suivantes ») stay, and take over a new hour.
 */
export function decideDates(
  {
    before,
    after,
    dates,
    taken,
    from,
    fields,
    horizon,
  }: {
    before: Series
    after: Series
    /** The dates that are edited. */
    dates: readonly WallTime[]
    /** Others, whose place is taken. */
    taken: readonly WallTime[]
    from: Day
    /** The fields that were edited; undefined for all. */
    fields: readonly DateField[] | undefined
    horizon: Horizon
  },
  now: Temporal.Instant,
): DateFates {
  const last = [lastDayOf(after, horizon, now), ...dates.map(dayOf)].sort().at(-1) as Day
  const others = new Set(taken)
  const wanted = listDatesToMake(after, { from, last }, now).filter((date) => !others.has(date))
  const [first, final] = [dates[0], dates.at(-1)]
  const ruled = new Set(
    first && final ? datesOf(before.recurrence, dayOf(first), dayOf(final)) : [],
  )
  const begin = dayOf(after.recurrence.start)
  const isApart = (date: WallTime) => !ruled.has(date) && dayOf(date) < begin
  const apart = dates.filter(isApart)
  const months = isMonthly(before.recurrence) && isMonthly(after.recurrence)
  const pairs = pairDates(
    dates.filter((date) => !isApart(date)),
    wanted,
    { isMonthly: months },
  )
  const hour = hourOf(after.recurrence.start)
  const isHourNew = fields === undefined || fields.includes('startsAt')
  return {
    kept: new Map([
      ...pairs.kept,
      ...apart.map((date) => [date, isHourNew ? `${dayOf(date)}T${hour}` : date] as const),
    ]),
    apart: new Set(apart),
    dropped: new Set(pairs.dropped.filter((date) => ruled.has(date))),
    ...{ added: pairs.added, last },
  }
}
