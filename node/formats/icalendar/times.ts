import { type ImportedTime, toInstant } from '../../domain/cafes/import.ts'
import type { ContentLine } from './content-lines.ts'
import type { ZoneFinder } from './zones.ts'

/** How the times of one calendar are read. */
export type Clock = {
  findZone: ZoneFinder
  /** The zone by which times without a zone, and those of an unknown zone, are ordered; they mean the venue's. */
  timezone: string
  /** The zone of the calendar's times in UTC, as it says itself (X-WR-TIMEZONE). */
  calendarTimezone: string | undefined
  /** The zone of times that name none; undefined where only the venue tells. */
  floating: string | undefined
}

const TIME = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})(?::?(\d{2}))?(Z)?)?$/i

/** Parses a DATE or DATE-TIME (RFC 5545 §3.3.4–5); undefined when it is invalid or does not exist (31 February). */
export function parseTime(line: ContentLine, clock: Clock): ImportedTime | undefined {
  const { value, tzid } = splitScheme(line)
  const match = TIME.exec(value.trim())
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = '00', utc] = match
  try {
    const date = Temporal.PlainDate.from(`${year}-${month}-${day}`)
    if (date.year < 1900 || date.year > 2200) return undefined
    if (hour === undefined) return { kind: 'date', date }
    const dateTime = date.toPlainDateTime(`${hour}:${minute}:${second}`)
    const zone = tzid === undefined ? undefined : clock.findZone(tzid)
    if (utc || zone === 'UTC') {
      const instant = dateTime.toZonedDateTime('UTC').toInstant()
      return { kind: 'instant', instant, timezone: clock.calendarTimezone }
    }
    const isUnknown = tzid !== undefined && zone === undefined
    return { kind: 'local', dateTime, timezone: isUnknown ? undefined : (zone ?? clock.floating) }
  } catch {
    return undefined
  }
}

/**
 * Splits a value like `TZID=tzone://Microsoft/Utc:20261203T173000`: Outlook.com once wrote zones whose colon is not
 * protected by quotes.
 */
function splitScheme({ params, value }: ContentLine): { value: string; tzid: string | undefined } {
  const tzid = params.get('TZID')
  const colon = value.lastIndexOf(':')
  if (tzid !== 'tzone' || !value.startsWith('//')) return { value, tzid }
  return { value: value.slice(colon + 1), tzid: `tzone:${value.slice(0, colon)}` }
}

/** Returns the times of a list such as EXDATE; of a PERIOD its start. */
export const parseTimes = (line: ContentLine, clock: Clock): ImportedTime[] =>
  line.value
    .split(',')
    .map((value) => parseTime({ ...line, value: value.split('/')[0] ?? '' }, clock))
    .filter((time) => time !== undefined)

/** Adds a DURATION (RFC 5545 §3.3.6) to `start`; undefined when it is invalid, or not positive. */
export function addDuration(start: ImportedTime, value: string): ImportedTime | undefined {
  try {
    const duration = Temporal.Duration.from(value.trim())
    if (duration.sign <= 0) return undefined
    if (start.kind === 'date') return { kind: 'date', date: start.date.add(duration) }
    if (start.kind === 'local') return { ...start, dateTime: start.dateTime.add(duration) }
    const instant = start.instant.toZonedDateTimeISO('UTC').add(duration).toInstant()
    return { ...start, instant }
  } catch {
    return undefined
  }
}

/** Returns the minutes from one to the other; negative when `end` comes first. */
export const minutesBetween = (start: ImportedTime, end: ImportedTime, timezone: string): number =>
  toInstant(start, timezone).until(toInstant(end, timezone)).total('minutes')

/** Returns the end that is as far from `start` as `end` was from `from`: in days for dates, otherwise in minutes. */
export function moveEnd(
  end: ImportedTime | undefined,
  from: ImportedTime,
  start: ImportedTime,
  timezone: string,
): ImportedTime | undefined {
  if (!end) return undefined
  if (start.kind === 'date') {
    if (end.kind !== 'date' || from.kind !== 'date') return undefined
    return { kind: 'date', date: start.date.add(from.date.until(end.date)) }
  }
  const minutes = Math.round(minutesBetween(from, end, timezone))
  return minutes === 0 ? start : addDuration(start, `PT${minutes}M`)
}

/** Writes a RECURRENCE-ID in its one spelling: `20261203` for a date, `20261203T123000Z` for a time. */
export function toRecurrenceId(time: ImportedTime, timezone: string): string {
  const text =
    time.kind === 'date'
      ? time.date.toString()
      : toInstant(time, timezone).toString({ smallestUnit: 'second' })
  return text.replaceAll(/[-:]/g, '')
}

/** Returns the day of a time by the clock of a zone; a date alone is that day everywhere. */
export const wallDate = (time: ImportedTime, timezone: string): Temporal.PlainDate =>
  time.kind === 'date'
    ? time.date
    : toInstant(time, timezone).toZonedDateTimeISO(timezone).toPlainDate()
