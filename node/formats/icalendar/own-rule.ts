import { MOST_DATES } from '../../domain/cafes/horizon.ts'
import { type ImportedRule, type ImportedTime, toInstant } from '../../domain/cafes/import.ts'
import {
  type Day,
  datesOf,
  dayOf,
  hourOf,
  instantOf,
  listRuleDates,
  type Recurrence,
  toWallTime,
  type WallTime,
} from '../../domain/series/recurrence.ts'
import { parseRecurrence } from '../../domain/series/recurrence-input.ts'
import { listLines } from './content-lines.ts'
import type { Revision } from './revision.ts'
import { listRules, readListedDates, wholeDay } from './series.ts'
import { parseTimes } from './times.ts'

type Known = {
  dates: readonly ImportedTime[]
  /** Dates that are cancelled, each by an event of its own. */
  cancelled?: readonly ImportedTime[]
  from: Temporal.Instant
  until: Temporal.Instant
}

/**
 * Reads the rule of an event as a series of ours has it: one rule, at one hour by the clock of a zone, with the days
 * that the event leaves out or has besides.
 * @param known - The dates that were read within a window.
 * @returns `other` where ours would not give these dates.
 */
export function readOwnRule(
  { event, start, clock }: Pick<Revision, 'event' | 'start' | 'clock'>,
  known: Known,
): ImportedRule | 'other' {
  const [rrule, ...others] = listRules(event, 'RRULE')
  const isOdd = others.length > 0 || listRules(event, 'EXRULE').length > 0
  if (start?.kind !== 'local' || rrule === undefined || isOdd) return 'other'
  // A rule that has no date takes the most steps.
  if (known.dates.length === 0) return 'other'
  const zone = start.timezone ?? clock.timezone
  const begin = toWallTime(start.dateTime)
  const ruled = parseRecurrence({ rrule }, { start: begin, timezone: zone }).recurrence
  const ownClock = { ...clock, timezone: zone, floating: start.timezone }
  const listed = readListedDates(event, start, ownClock)
  if (!ruled || listed.problem) return 'other'
  const wallOf = (time: ImportedTime): WallTime =>
    toWallTime(toInstant(time, zone).toZonedDateTimeISO(zone))
  const excluded = listLines(event, 'EXDATE').flatMap((line) => parseTimes(line, ownClock))
  const left = [
    ...excluded.flatMap((time) => wholeDay(time) ?? dayAtHour(wallOf(time), hourOf(begin))),
    ...(known.cancelled ?? []).map((time) => dayOf(wallOf(time))),
  ]
  const recurrence: Recurrence = {
    ...ruled,
    exclude: inOrder(left),
    include: inOrder([...listBeginning(ruled), ...listed.times.map(wallOf)]),
  }
  const dates = known.dates.map(wallOf)
  return isFaithful(recurrence, { ...known, dates, zone })
    ? { recurrence, timezone: start.timezone, idZone: zone }
    : 'other'
}

const inOrder = (texts: readonly string[]): string[] => [...new Set(texts)].sort()

/** An exception at another hour than that of the series takes nothing out. */
const dayAtHour = (time: WallTime, hour: string): Day[] =>
  hourOf(time) === hour ? [dayOf(time)] : []

/** Lists the first date where the rule does not have it: calendars hold it all the same. */
function listBeginning({ start, rrule }: Recurrence): WallTime[] {
  const day = dayOf(start)
  return listRuleDates({ start, rrule }, day, day).length > 0 ? [] : [start]
}

type Read = Pick<Known, 'from' | 'until'> & { dates: readonly WallTime[]; zone: string }

/** Returns whether a series of ours has the same dates to come as those that were read. */
function isFaithful(recurrence: Recurrence, { dates, from, until, zone }: Read): boolean {
  const { exclude, include } = recurrence
  if (exclude.length > MOST_DATES || include.length > MOST_DATES) return false
  const isWithin = (date: WallTime) => {
    const at = instantOf(date, zone)
    return Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, until) <= 0
  }
  const [first, last] = [from, until].map((at) => dayOf(toWallTime(at.toZonedDateTimeISO(zone))))
  const ours = datesOf(recurrence, first ?? '', last ?? '').filter(isWithin)
  return ours.slice(0, MOST_DATES).join() === inOrder(dates.filter(isWithin)).join()
}
