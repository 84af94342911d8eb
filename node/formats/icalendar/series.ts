import { RRuleTemporal } from 'rrule-temporal'
import { type ImportedTime, toInstant } from '../../domain/cafes/import.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { type Component, findLine, listLines } from './content-lines.ts'
import { type Clock, parseTime, parseTimes, toRecurrenceId } from './times.ts'

/**
 * The maximum number of dates of one series within a few weeks; a person's calendar has fewer, and a malicious one may
 * have more.
 */
export const MOST_DATES = 200

export type SeriesDates = {
  dates: ImportedTime[]
  /** Dates of the rule that EXDATE or EXRULE removes. */
  excluded: ImportedTime[]
  /** Whether there were more than `MOST_DATES`. */
  capped: boolean
}

export type Window = { from: Temporal.Instant; until: Temporal.Instant }

/**
 * Lists the dates of a series within a window, at the same wall time all year round: DTSTART, RRULE and RDATE, without
 * EXDATE (RFC 5545 §3.8.5) and EXRULE (RFC 2445 §4.8.5.2). Rules that repeat more often than daily are refused, since
 * no café does.
 */
export function listSeriesDates(
  event: Component,
  start: ImportedTime,
  window: Window,
  clock: Clock,
): { series: SeriesDates; problem?: never } | { problem: Problem; series?: never } {
  const zone = start.kind === 'local' ? (start.timezone ?? clock.timezone) : 'UTC'
  // A date or a floating time of a series with times of its own is in their zone.
  const ownClock = clockOf(start, clock)
  const found = new Map<string, ImportedTime>()
  const keep = (time: ImportedTime) => {
    const at = toInstant(time, clock.timezone)
    if (Temporal.Instant.compare(at, window.from) < 0) return
    if (Temporal.Instant.compare(at, window.until) <= 0) found.set(toRecurrenceId(time, zone), time)
  }
  keep(start)
  for (const value of listRules(event, 'RRULE')) {
    const times = expandRule(value, start, zone, window, clock)
    if (!times)
      return { problem: { field: 'recurrence', code: 'invalid', detail: value.slice(0, 100) } }
    times.forEach(keep)
  }
  for (const line of listLines(event, 'RDATE').filter(({ value }) => value.trim() !== '')) {
    const times = parseTimes(line, ownClock)
    if (times.length < line.value.split(',').length)
      return {
        problem: { field: 'recurrence', code: 'not_a_date', detail: line.value.slice(0, 100) },
      }
    for (const time of times) keep(atHourOf(start, time))
  }

  const exceptions = listLines(event, 'EXDATE').flatMap((line) => parseTimes(line, ownClock))
  const excludedIds = new Set(exceptions.map((time) => toRecurrenceId(time, zone)))
  for (const value of listRules(event, 'EXRULE')) {
    const times = expandRule(value, start, zone, window, clock)
    if (!times)
      return { problem: { field: 'recurrence', code: 'invalid', detail: value.slice(0, 100) } }
    for (const time of times) excludedIds.add(toRecurrenceId(time, zone))
  }
  const excludedDays = new Set(exceptions.map(wholeDay).filter((day) => day !== undefined))
  const isExcluded = (id: string, time: ImportedTime) =>
    excludedIds.has(id) || excludedDays.has(dayOf(time, zone))
  const entries = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  const dates = entries.filter(([id, time]) => !isExcluded(id, time)).map(([, time]) => time)
  return {
    series: {
      dates: dates.slice(0, MOST_DATES),
      excluded: entries
        .filter(([id, time]) => isExcluded(id, time))
        .map(([, time]) => time)
        .slice(0, MOST_DATES),
      capped: dates.length > MOST_DATES,
    },
  }
}

/**
 * Returns whether an event repeats: it has a rule or further dates (RFC 5545, §3.8.5). An RDATE without a value does
 * not count.
 */
export const isSeries = (event: Component): boolean =>
  listRules(event, 'RRULE').length > 0 ||
  listLines(event, 'RDATE').some(({ value }) => value.trim() !== '')

/** Lists rules without the spaces that some programs write between the parts, and without empty ones. */
const listRules = (event: Component, name: 'RRULE' | 'EXRULE'): string[] =>
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

const isForFuture = (event: Component): boolean =>
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

function expandRule(
  rule: string,
  start: ImportedTime,
  zone: string,
  { from, until }: Window,
  clock: Clock,
): ImportedTime[] | undefined {
  const parts = rule.toUpperCase().split(';')
  if (!parts.some((part) => /^FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(part))) return undefined
  const timesADay = parts
    .filter((part) => /^BY(?:HOUR|MINUTE|SECOND)=/.test(part))
    .reduce((product, part) => product * part.split(',').length, 1)
  if (timesADay > 24) return undefined
  try {
    const expander = new RRuleTemporal({
      rruleString: `RRULE:${parts.map((part) => inRuleTerms(part, start, zone, clock)).join(';')}`,
      dtstart: toZoned(start, zone),
      maxIterations: 20_000,
    })
    return expander
      .between(
        from.toZonedDateTimeISO(zone).subtract({ days: 1 }),
        until.toZonedDateTimeISO(zone),
        true,
      )
      .map((zoned) => fromZoned(zoned as Temporal.ZonedDateTime, start))
  } catch {
    return undefined
  }
}

/**
 * Rewrites UNTIL as the rule needs it: a date for dates, otherwise UTC; Outlook writes UTC for dates, others wall time.
 */
function inRuleTerms(part: string, start: ImportedTime, zone: string, clock: Clock): string {
  if (!part.startsWith('UNTIL=')) return part
  const value = part.slice('UNTIL='.length)
  const until = parseTime(
    { name: 'UNTIL', params: new Map(), value },
    { ...clock, floating: start.kind === 'local' ? zone : clock.floating },
  )
  if (!until) return part
  if (start.kind === 'date') {
    const date = until.kind === 'date' ? until.date : wallDate(until, clock.timezone)
    return `UNTIL=${date.toString().replaceAll('-', '')}T000000Z`
  }
  if (until.kind !== 'date') return `UNTIL=${toRecurrenceId(until, zone)}`
  const lastMoment = until.date.toZonedDateTime({ timeZone: zone, plainTime: '23:59:59' })
  return `UNTIL=${toRecurrenceId({ kind: 'instant', instant: lastMoment.toInstant(), timezone: zone }, zone)}`
}

const wallDate = (time: ImportedTime, timezone: string): Temporal.PlainDate =>
  time.kind === 'date'
    ? time.date
    : toInstant(time, timezone).toZonedDateTimeISO(timezone).toPlainDate()

const toZoned = (time: ImportedTime, zone: string): Temporal.ZonedDateTime =>
  time.kind === 'date'
    ? time.date.toZonedDateTime('UTC')
    : toInstant(time, zone).toZonedDateTimeISO(zone)

function fromZoned(zoned: Temporal.ZonedDateTime, like: ImportedTime): ImportedTime {
  if (like.kind === 'date') return { kind: 'date', date: zoned.toPlainDate() }
  if (like.kind === 'instant') return { ...like, instant: zoned.toInstant() }
  return { ...like, dateTime: zoned.toPlainDateTime() }
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
function wholeDay(time: ImportedTime): string | undefined {
  if (time.kind === 'date') return time.date.toString()
  const isMidnight =
    time.kind === 'local' && time.dateTime.toPlainTime().equals(Temporal.PlainTime.from('00:00'))
  return isMidnight ? time.dateTime.toPlainDate().toString() : undefined
}

const dayOf = (time: ImportedTime, zone: string): string => wallDate(time, zone).toString()
