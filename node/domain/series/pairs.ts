import { dayOf, type Recurrence, type WallTime } from './recurrence.ts'

/** How far, in days, a date may be from the one that replaces it: within the week, or within the month by a rule of months. */
const WEEKLY_DAYS = 6
const MONTHLY_DAYS = 15

export type Pairs = {
  /** Which new date each of the old ones is now. */
  kept: ReadonlyMap<WallTime, WallTime>
  /** Old dates that are none any more. */
  dropped: WallTime[]
  /** New dates that no old one became. */
  added: WallTime[]
}

/**
 * Decides what becomes of the dates of a series whose rule has changed, so that a café moves and is not cancelled and
 * announced anew: a date stays where the new rule has it too, else it moves within its day, else to the nearest free
 * date around it.
 */
export function pairDates(
  before: readonly WallTime[],
  after: readonly WallTime[],
  { isMonthly }: { isMonthly: boolean },
): Pairs {
  const kept = new Map<WallTime, WallTime>()
  const free = new Set(after)
  const keep = (date: WallTime, found: WallTime | undefined) => {
    if (found === undefined) return
    kept.set(date, found)
    free.delete(found)
  }
  for (const date of before) keep(date, free.has(date) ? date : undefined)
  const left = () => before.filter((date) => !kept.has(date))
  for (const date of left())
    keep(
      date,
      after.find((other) => free.has(other) && dayOf(other) === dayOf(date)),
    )
  const most = isMonthly ? MONTHLY_DAYS : WEEKLY_DAYS
  for (const date of left()) keep(date, findNearest(date, free, most))
  return { kept, dropped: left(), added: after.filter((date) => free.has(date)) }
}

function findNearest(
  date: WallTime,
  free: ReadonlySet<WallTime>,
  most: number,
): WallTime | undefined {
  const near = [...free]
    .map((other) => ({ other, days: Math.abs(daysBetween(date, other)) }))
    .filter(({ days }) => days <= most)
  return near.reduce<(typeof near)[number] | undefined>(
    (best, each) => (best && best.days <= each.days ? best : each),
    undefined,
  )?.other
}

const DAY_MS = 86_400_000

const daysBetween = (one: WallTime, other: WallTime): number =>
  (Date.parse(`${dayOf(other)}T00:00Z`) - Date.parse(`${dayOf(one)}T00:00Z`)) / DAY_MS

/** Returns whether a series repeats by months or years. */
export const isMonthly = ({ rrule }: Pick<Recurrence, 'rrule'>): boolean =>
  rrule !== undefined && /FREQ=(?:MONTHLY|YEARLY)/.test(rrule)
