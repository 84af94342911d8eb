import { type ImportedTime, toInstant } from '../../domain/cafes/import.ts'
import type { ContentLine } from './content-lines.ts'
import type { ZoneFinder } from './zones.ts'

/** How the times of one calendar are read. */
export type Clock = {
  findZone: ZoneFinder
  /** Where times without a zone, and those whose zone nobody knows, are put in order; they are meant at the venue. */
  timezone: string
  /** What the calendar says of itself (X-WR-TIMEZONE): the zone of its times in UTC. */
  calendarTimezone: string | undefined
  /** Of times that name no zone; undefined where only the venue tells. */
  floating: string | undefined
}

const TIME = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})(?::?(\d{2}))?(Z)?)?$/i

/** DATE or DATE-TIME of RFC 5545 §3.3.4–5; undefined when it is none or does not exist (31 February). */
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

/** `TZID=tzone://Microsoft/Utc:20261203T173000`: Outlook.com once wrote zones whose colon no quotes protect. */
function splitScheme({ params, value }: ContentLine): { value: string; tzid: string | undefined } {
  const tzid = params.get('TZID')
  const colon = value.lastIndexOf(':')
  if (tzid !== 'tzone' || !value.startsWith('//')) return { value, tzid }
  return { value: value.slice(colon + 1), tzid: `tzone:${value.slice(0, colon)}` }
}

/** The times of a list such as EXDATE; of a PERIOD its start. */
export const parseTimes = (line: ContentLine, clock: Clock): ImportedTime[] =>
  line.value
    .split(',')
    .map((value) => parseTime({ ...line, value: value.split('/')[0] ?? '' }, clock))
    .filter((time) => time !== undefined)

/** `start` and a DURATION of RFC 5545 §3.3.6; undefined when it is none, or not forward. */
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

/** Minutes from one to the other; negative when `end` comes first. */
export const minutesBetween = (start: ImportedTime, end: ImportedTime, timezone: string): number =>
  toInstant(start, timezone).until(toInstant(end, timezone)).total('minutes')

/** The end that is as far from `start` as `end` was from `from`: in days for dates, else in minutes. */
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

/** The one spelling of a RECURRENCE-ID: `20261203` for a date, `20261203T123000Z` for a time. */
export function toRecurrenceId(time: ImportedTime, timezone: string): string {
  const text =
    time.kind === 'date'
      ? time.date.toString()
      : toInstant(time, timezone).toString({ smallestUnit: 'second' })
  return text.replaceAll(/[-:]/g, '')
}
