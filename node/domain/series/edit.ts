import type { Horizon } from '../cafes/horizon.ts'
import type { Problem } from '../values/problem.ts'
import { cutFrom } from './changes.ts'
import {
  type Day,
  datesOf,
  dayOf,
  instantOf,
  isOpenEnded,
  previousDayOf,
  type Recurrence,
  type WallTime,
} from './recurrence.ts'
import type { Series } from './series.ts'

/** Returns the last day of which the dates are made now. */
export const lastDayOf = (
  { recurrence, timezone }: Pick<Series, 'recurrence' | 'timezone'>,
  { endlessDays, finiteDays }: Horizon,
  now: Temporal.Instant,
): Day =>
  todayAt(timezone, now)
    .add({ days: isOpenEnded(recurrence) ? endlessDays : finiteDays })
    .toString()

const todayAt = (timezone: string, now: Temporal.Instant): Temporal.PlainDate =>
  now.toZonedDateTimeISO(timezone).toPlainDate()

/** Lists the dates of a series from this day on that have not begun, up to the last day of which the dates are made. */
export function listDatesToMake(
  series: Pick<Series, 'recurrence' | 'timezone'>,
  { from = '', last }: { from?: Day | undefined; last: Day },
  now: Temporal.Instant,
): WallTime[] {
  const { recurrence, timezone } = series
  const today = todayAt(timezone, now).toString()
  const begin = from > today ? from : today
  if (begin > last) return []
  return datesOf(recurrence, begin, last).filter(
    (date) => Temporal.Instant.compare(instantOf(date, timezone), now) >= 0,
  )
}

/**
 * Decides a series as it is after an edit of its dates from a day on: where the new rule would have other dates before
 * that day than there were, it begins with its first date from there on, since what was before stays as it was.
 */
export function decideSeries(
  before: Series,
  after: Series,
  { from, now }: { from: Day | undefined; now: Temporal.Instant },
): Series {
  const today = todayAt(before.timezone, now).toString()
  const begin = from !== undefined && from > today ? from : today
  const earlier = (recurrence: Recurrence) => listBefore(recurrence, begin).join()
  const isCut = earlier(before.recurrence) !== earlier(after.recurrence)
  return {
    ...after,
    ...(isCut && { recurrence: cutFrom(after.recurrence, begin) }),
  }
}

const YEARS_BACK = 1

/** The dates of the year before a day are enough to tell two rules apart. */
function listBefore(recurrence: Recurrence, day: Day): WallTime[] {
  const from = Temporal.PlainDate.from(day).subtract({ years: YEARS_BACK }).toString()
  return datesOf(recurrence, from, previousDayOf(day))
}

/** Returns what is wrong with the day from which dates are edited: the dates before it must be made first. */
export const findFromProblem = (
  series: Series,
  { from, horizon, now }: { from: Day | undefined; horizon: Horizon; now: Temporal.Instant },
): Problem | undefined =>
  from !== undefined &&
  from > todayAt(series.timezone, now).add({ days: horizon.finiteDays }).toString()
    ? { field: 'from', code: 'invalid', detail: from }
    : undefined

/** Finds the first day from this one on that has a date of a series that has not begun; that day or today without one. */
export function findOpenDay(
  series: Pick<Series, 'recurrence' | 'timezone'>,
  from: Day | undefined,
  now: Temporal.Instant,
): Day {
  const today = todayAt(series.timezone, now)
  const begin = from !== undefined && from > today.toString() ? from : today.toString()
  const last = Temporal.PlainDate.from(begin).add({ years: 1 }).toString()
  const [first] = listDatesToMake(series, { from: begin, last }, now)
  return first === undefined ? begin : dayOf(first)
}
