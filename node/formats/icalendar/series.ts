import { MOST_DATES } from '../../domain/cafes/horizon.ts'
import { type ImportedTime, toInstant } from '../../domain/cafes/import.ts'
import { findRuleFault, isEndless } from '../../domain/series/rule.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { type Component, findLine, listLines } from './content-lines.ts'
import { findNextDate, listRuleDates, type Rule } from './rule.ts'
import {
  addDuration,
  type Clock,
  parseTime,
  parseTimes,
  toRecurrenceId,
  wallDate,
} from './times.ts'

export type SeriesDates = {
  dates: ImportedTime[]
  /** Dates of the rule that EXDATE or EXRULE removes. */
  excluded: ImportedTime[]
  /** Whether there were more than `MOST_DATES`. */
  capped: boolean
  /** Up to when all dates of the series are among `dates`. */
  until: Temporal.Instant
  /** Whether a date is left out for being later; of a rule without end only where no other date is there. */
  isContinued: boolean
}

export type Window = {
  from: Temporal.Instant
  /** The end for rules without an end. */
  endless: Temporal.Instant
  /** The end for rules that have one, and for listed dates. */
  finite: Temporal.Instant
}

type Refused = { problem: Problem; series?: never }

/**
 * Lists the dates of a series within a window, at the same wall time all year round: DTSTART, RRULE and RDATE, without
 * EXDATE (RFC 5545 §3.8.5) and EXRULE (RFC 2445 §4.8.5.2). A rule that cannot be read is a problem of the whole series,
 * with the part of it that is wrong.
 */
export function listSeriesDates(
  event: Component,
  start: ImportedTime,
  window: Window,
  clock: Clock,
): { series: SeriesDates; problem?: never } | Refused {
  const zone = start.kind === 'local' ? (start.timezone ?? clock.timezone) : 'UTC'
  // A date or a floating time of a series with times of its own is in their zone.
  const ownClock = clockOf(start, clock)
  const rules = listRules(event, 'RRULE').map((text): Rule => ({ text, start, zone, clock }))
  const exclusion = readExclusion(event, { start, zone, clock: ownClock }, window)
  if (exclusion.problem) return exclusion
  const { isExcluded } = exclusion
  const hasEnd = rules.every(({ text }) => !isEndless(text))
  const until = hasEnd ? window.finite : window.endless
  const isAfter = (time: ImportedTime, end: Temporal.Instant) =>
    Temporal.Instant.compare(toInstant(time, clock.timezone), end) > 0
  const found = new Map<string, ImportedTime>()
  const keep = (time: ImportedTime, last: Temporal.Instant) => {
    const isPast = Temporal.Instant.compare(toInstant(time, clock.timezone), window.from) < 0
    if (!isPast && !isAfter(time, last)) found.set(toRecurrenceId(time, zone), time)
  }
  keep(start, until)
  for (const rule of rules) {
    const fault = findRuleFault(rule.text)
    const last = isEndless(rule.text) ? window.endless : window.finite
    const times = fault === undefined ? listRuleDates(rule, window.from, last) : undefined
    if (!times) return refuseRule(fault ?? rule.text)
    for (const time of times) keep(time, last)
  }
  const listed = readListedDates(event, start, ownClock)
  if (listed.problem) return listed
  for (const time of listed.times) keep(time, window.finite)

  const entries = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, time]) => time)
  const dates = entries.filter((time) => !isExcluded(time))
  const hasLater = () =>
    [start, ...listed.times].some((time) => isAfter(time, window.finite) && !isExcluded(time)) ||
    rules.some((rule) => hasDateAfter(rule, window, isExcluded))
  return {
    series: {
      dates: dates.slice(0, MOST_DATES),
      excluded: entries.filter(isExcluded).slice(0, MOST_DATES),
      capped: dates.length > MOST_DATES,
      until,
      isContinued: (hasEnd || dates.length === 0) && hasLater(),
    },
  }
}

const refuseRule = (fault: string): Refused => ({
  problem: { field: 'recurrence', code: 'invalid', detail: fault.slice(0, 100) },
})

/** Reads RDATE. A date alone has the hour of the series; one that is none is a problem of the whole series. */
export function readListedDates(
  event: Component,
  start: ImportedTime,
  clock: Clock,
): { times: ImportedTime[]; problem?: never } | Refused {
  const all: ImportedTime[] = []
  for (const line of listLines(event, 'RDATE').filter(({ value }) => value.trim() !== '')) {
    const times = parseTimes(line, clock)
    if (times.length < line.value.split(',').length)
      return {
        problem: { field: 'recurrence', code: 'not_a_date', detail: line.value.slice(0, 100) },
      }
    for (const time of times) all.push(atHourOf(start, time))
  }
  return { times: all }
}

/** Reads the ends of the dates that RDATE lists as periods (RFC 5545 §3.3.9), by the RECURRENCE-ID of each. */
export function readPeriodEnds(
  event: Component,
  start: ImportedTime,
  clock: Clock,
): ReadonlyMap<string, ImportedTime> {
  const ownClock = clockOf(start, clock)
  const ends = listLines(event, 'RDATE').flatMap((line) =>
    line.value.split(',').flatMap((period): [string, ImportedTime][] => {
      const [first = '', last = ''] = period.split('/')
      const begin = last === '' ? undefined : parseTime({ ...line, value: first }, ownClock)
      const end = /^\+?P/i.test(last)
        ? begin && addDuration(begin, last)
        : parseTime({ ...line, value: last }, ownClock)
      return begin && end ? [[toRecurrenceId(begin, clock.timezone), end]] : []
    }),
  )
  return new Map(ends)
}

/** Reads EXDATE and EXRULE. An EXDATE without an hour takes out its whole day. */
function readExclusion(
  event: Component,
  { start, zone, clock }: Omit<Rule, 'text'>,
  { from, finite }: Window,
): { isExcluded: (time: ImportedTime) => boolean; problem?: never } | Refused {
  const exceptions = listLines(event, 'EXDATE').flatMap((line) => parseTimes(line, clock))
  const ids = new Set(exceptions.map((time) => toRecurrenceId(time, zone)))
  const days = new Set(exceptions.map(wholeDay).filter((day) => day !== undefined))
  for (const text of listRules(event, 'EXRULE')) {
    const fault = findRuleFault(text)
    const times =
      fault === undefined ? listRuleDates({ text, start, zone, clock }, from, finite) : undefined
    if (!times) return refuseRule(fault ?? text)
    for (const time of times) ids.add(toRecurrenceId(time, zone))
  }
  const isExcluded = (time: ImportedTime) =>
    ids.has(toRecurrenceId(time, zone)) || days.has(dayOf(time, zone))
  return { isExcluded }
}

/** A rule is asked for so many dates until one is found that is not excluded. */
const MOST_EXCLUDED = 20

/** Returns whether a rule has a date after the window that the series does not exclude. */
function hasDateAfter(
  rule: Rule,
  { endless, finite }: Window,
  isExcluded: (time: ImportedTime) => boolean,
): boolean {
  let after: Temporal.Instant = isEndless(rule.text) ? endless : finite
  for (let tried = 0; tried < MOST_EXCLUDED; tried++) {
    const next = findNextDate(rule, after)
    if (!next) return false
    if (!isExcluded(next)) return true
    after = toInstant(next, rule.zone)
  }
  return false
}

/**
 * Returns whether an event repeats: it has a rule or further dates (RFC 5545, §3.8.5). An RDATE without a value does
 * not count.
 */
export const isSeries = (event: Component): boolean =>
  listRules(event, 'RRULE').length > 0 ||
  listLines(event, 'RDATE').some(({ value }) => value.trim() !== '')

/** Lists rules without the spaces that some programs write between the parts, and without empty ones. */
export const listRules = (event: Component, name: 'RRULE' | 'EXRULE'): string[] =>
  listLines(event, name)
    .map(({ value }) => value.replaceAll(/\s/g, '').replaceAll(/^;+|;+(?=;|$)/g, ''))
    .filter((rule) => rule !== '')

/** Returns the clock of an event, in whose zone a date or a floating time beside its own times is meant. */
const clockOf = (start: ImportedTime | undefined, clock: Clock): Clock =>
  start?.kind === 'local'
    ? { ...clock, timezone: start.timezone ?? clock.timezone, floating: start.timezone }
    : clock

/** Parses RECURRENCE-ID in the terms of the series: a date alone means that day at the series' hour. */
export function parseRecurrenceId(
  event: Component,
  start: ImportedTime | undefined,
  clock: Clock,
): ImportedTime | undefined {
  const line = findLine(event, 'RECURRENCE-ID')
  if (!line) return undefined
  const time = parseTime(line, clockOf(start, clock))
  return time && start ? atHourOf(start, time) : time
}

type Override = {
  event: Component
  start: ImportedTime | undefined
  recurrence: ImportedTime | undefined
}
export type Dated<T> = T & { start: ImportedTime; recurrence: ImportedTime }

/**
 * Finds the change that applies to a date because it applies to all dates from its own on (RFC 5545 §3.2.13); of
 * several, the last.
 */
export function futureChangesOf<T extends Override>(
  overrides: readonly T[],
  { timezone }: Clock,
): (date: ImportedTime) => Dated<T> | undefined {
  const at = (time: ImportedTime) => toInstant(time, timezone).epochMilliseconds
  const changes = overrides
    .flatMap((override) => {
      const { event, recurrence, start = recurrence } = override
      return isForFuture(event) && recurrence && start
        ? [{ from: at(recurrence), change: { ...override, start, recurrence } }]
        : []
    })
    .sort((one, other) => other.from - one.from)
  return (date) => {
    if (changes.length === 0) return undefined
    const dateAt = at(date)
    return changes.find(({ from }) => from <= dateAt)?.change
  }
}

/** Returns whether an event changes all dates of its series from its own on. */
export const isForFuture = (event: Component): boolean =>
  findLine(event, 'RECURRENCE-ID')?.params.get('RANGE')?.toUpperCase() === 'THISANDFUTURE'

/** Moves a date of a series as far as another of its dates was moved, from `recurrence` to `start`. */
export function moveAlike(
  date: ImportedTime,
  { recurrence, start }: { recurrence: ImportedTime; start: ImportedTime },
  timezone: string,
): ImportedTime {
  const zone = start.kind === 'date' ? timezone : (start.timezone ?? timezone)
  const wallOf = (time: ImportedTime) =>
    toInstant(time, zone).toZonedDateTimeISO(zone).toPlainDateTime()
  const moved = wallOf(date).add(wallOf(recurrence).until(wallOf(start)))
  if (start.kind === 'date') return { kind: 'date', date: moved.toPlainDate() }
  return { kind: 'local', dateTime: moved, timezone: zone }
}

/** Gives a date alone among times their hour on that day. */
function atHourOf(start: ImportedTime, time: ImportedTime): ImportedTime {
  if (start.kind === 'date')
    return time.kind === 'date'
      ? time
      : { kind: 'date', date: wallDate(time, time.timezone ?? 'UTC') }
  if (time.kind !== 'date') return time
  if (start.kind === 'local')
    return { ...start, dateTime: time.date.toPlainDateTime(start.dateTime.toPlainTime()) }
  const utc = start.instant.toZonedDateTimeISO('UTC')
  return {
    ...start,
    instant: time.date
      .toZonedDateTime({ timeZone: 'UTC', plainTime: utc.toPlainTime() })
      .toInstant(),
  }
}

/** Returns the day that an exception names when it has no hour, or only midnight as old Exchange servers write it. */
export function wholeDay(time: ImportedTime): string | undefined {
  if (time.kind === 'date') return time.date.toString()
  const isMidnight =
    time.kind === 'local' && time.dateTime.toPlainTime().equals(Temporal.PlainTime.from('00:00'))
  return isMidnight ? time.dateTime.toPlainDate().toString() : undefined
}

const dayOf = (time: ImportedTime, zone: string): string => wallDate(time, zone).toString()
