import { dayInParis } from '../values/days.ts'
/** What is known of one hour of a site. */
export type HourMeasure = {
  /** The beginning of the hour. */
  hour: Temporal.Instant
  /** Deliveries that arrived at the first attempt, those that arrived later, and those that were given up. */
  sent: number
  resent: number
  givenUp: number
  /** Requests that failed because of an error of ours. */
  failures: number
  /** What follows is as it was when it was last looked at in this hour; undefined where nobody looked. */
  waiting: number | undefined
  /** How many minutes ago the oldest delivery that waits was due. */
  lateMinutes: number | undefined
  /** The memory of the process that runs the jobs. */
  memoryBytes: number | undefined
  diskUsedBytes: number | undefined
  diskTotalBytes: number | undefined
  /** When the last backup was made that was known then, and whether another place lacked its copy. */
  backupAt: Temporal.Instant | undefined
  isCopyFailing: boolean
}

export type HourCounts = Pick<HourMeasure, 'sent' | 'resent' | 'givenUp' | 'failures'>

/** The days for which hours are kept. */
export const MEASURED_DAYS = 30

/** What is known of one day of Paris. */
export type DayMeasure = HourCounts & {
  day: Temporal.PlainDate
  /** The largest of the day; undefined where nobody looked. */
  diskUsedBytes: number | undefined
  diskTotalBytes: number | undefined
  memoryBytes: number | undefined
  /** `unknown` where no hour of the day was measured, so that nobody knows whether there was a backup. */
  backup: 'made' | 'not-copied' | 'missing' | 'unknown'
}

/** Lists the last days up to today, the oldest first, with what their hours add up to. */
export function listDays(
  hours: readonly HourMeasure[],
  { days, now }: { days: number; now: Temporal.Instant },
): DayMeasure[] {
  const byDay = Map.groupBy(hours, ({ hour }) => dayInParis(hour).toString())
  const made = new Set(
    hours.flatMap(({ backupAt }) => (backupAt ? [dayInParis(backupAt).toString()] : [])),
  )
  const today = dayInParis(now)
  return Array.from({ length: days }, (_, index) => {
    const day = today.subtract({ days: days - 1 - index })
    const of = byDay.get(day.toString()) ?? []
    const total = (name: keyof HourCounts) => of.reduce((sum, each) => sum + each[name], 0)
    const largest = (name: 'diskUsedBytes' | 'diskTotalBytes' | 'memoryBytes') =>
      of.reduce<number | undefined>((most, { [name]: bytes }) => larger(most, bytes), undefined)
    return {
      day,
      ...{ sent: total('sent'), resent: total('resent') },
      ...{ givenUp: total('givenUp'), failures: total('failures') },
      ...{ diskUsedBytes: largest('diskUsedBytes'), diskTotalBytes: largest('diskTotalBytes') },
      memoryBytes: largest('memoryBytes'),
      backup: backupOf(of, { isMade: made.has(day.toString()), isOver: !day.equals(today) }),
    }
  })
}

const larger = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one

function backupOf(
  hours: readonly HourMeasure[],
  { isMade, isOver }: { isMade: boolean; isOver: boolean },
): DayMeasure['backup'] {
  const looked = hours.filter(({ waiting }) => waiting !== undefined)
  if (!isMade) return isOver && looked.length > 0 ? 'missing' : 'unknown'
  return looked.at(-1)?.isCopyFailing ? 'not-copied' : 'made'
}

/** What visitors of a directory may have felt on one day. */
export type Incident = {
  day: Temporal.PlainDate
  kind: 'off' | 'late' | 'failing'
  /** The number of hours in which it was so. */
  hours: number
}

/** The hour before this one may still be measured, at the minute of this site. */
const UNSURE_HOURS = 1
/** Announcements that come later than this are felt. */
const LATE_MINUTES = 30

/**
 * Lists the incidents that the hours show, the newest first: hours in which the site did not run, in which announcements
 * were late by more than half an hour, and in which pages failed.
 */
export function listIncidents(hours: readonly HourMeasure[], now: Temporal.Instant): Incident[] {
  const [first] = hours
  if (!first) return []
  const count = Math.floor(first.hour.until(now).total('hours')) + 1
  const found = listHours(hours, { count, now }).flatMap(({ hour, measure }) => {
    const day = dayInParis(hour)
    const isSure = hour.until(now).total('hours') > UNSURE_HOURS + 1
    return [
      ...(isSure && measure?.waiting === undefined ? [{ day, kind: 'off' as const }] : []),
      ...((measure?.lateMinutes ?? 0) > LATE_MINUTES ? [{ day, kind: 'late' as const }] : []),
      ...((measure?.failures ?? 0) > 0 ? [{ day, kind: 'failing' as const }] : []),
    ]
  })
  const grouped = Map.groupBy(found, ({ day, kind }) => `${day} ${kind}`)
  return [...grouped.values()]
    .flatMap((some) => (some[0] ? [{ ...some[0], hours: some.length }] : []))
    .reverse()
}

/** Lists the last hours up to this one, the oldest first; undefined for one of which nothing is known. */
export function listHours(
  hours: readonly HourMeasure[],
  { count, now }: { count: number; now: Temporal.Instant },
): { hour: Temporal.Instant; measure: HourMeasure | undefined }[] {
  const known = new Map(hours.map((measure) => [measure.hour.epochMilliseconds, measure]))
  const last = toHour(now)
  return Array.from({ length: count }, (_, index) => {
    const hour = last.subtract({ hours: count - 1 - index })
    return { hour, measure: known.get(hour.epochMilliseconds) }
  })
}

/** Returns the beginning of the hour of an instant (UTC), which names it. */
export const toHour = (at: Temporal.Instant): Temporal.Instant =>
  at.round({ smallestUnit: 'hour', roundingMode: 'floor' })

/**
 * Returns the day on which the disk will be nearly full if it goes on as in the days that are known: a week at least.
 * Undefined where it does not grow, or not within half a year.
 */
export function findFullDay(
  days: readonly DayMeasure[],
  limit: number,
): Temporal.PlainDate | undefined {
  const known = days.filter(({ diskUsedBytes }) => diskUsedBytes !== undefined)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return undefined
  const passed = first.day.until(last.day).days
  const grown = (last.diskUsedBytes ?? 0) - (first.diskUsedBytes ?? 0)
  if (passed < 7 || grown <= 0) return undefined
  const left = Math.ceil(
    (limit * (last.diskTotalBytes ?? 0) - (last.diskUsedBytes ?? 0)) / (grown / passed),
  )
  return left > 0 && left <= 180 ? last.day.add({ days: left }) : undefined
}
