import type { DateOfSeries } from '../../node/domain/series/date-of-series.ts'
import type { Day, Recurrence, WallTime } from '../../node/domain/series/recurrence.ts'
import { findRuleFault } from '../../node/domain/series/rule.ts'
import { idOf, isPlainlySpelled, type Json, originOf, textOf } from './json.ts'

/**
 * A series on the wire: each Event of it says all of it, in the properties of iCalendar (RFC 5545 §3.8.5) by the clock
 * of the place. So there is no second object that could come too late, and what one Event says, its proof covers.
 */

/** Returns what an Event says of its series. */
export const toSeriesTerms = ({ uri, recurrence, date }: DateOfSeries): Json => ({
  series: uri,
  ...(recurrence && { recurrence: toRecurrenceText(recurrence, date) }),
})

function toRecurrenceText(recurrence: Recurrence, date: WallTime | undefined): string {
  const { start, rrule, exclude, include } = recurrence
  return [
    `DTSTART:${compact(start)}`,
    ...(rrule === undefined ? [] : [`RRULE:${rrule}`]),
    ...(exclude.length > 0 ? [`EXDATE:${exclude.map(compact).join(',')}`] : []),
    ...(include.length > 0 ? [`RDATE:${include.map(compact).join(',')}`] : []),
    ...(date === undefined ? [] : [`RECURRENCE-ID:${compact(date)}`]),
  ].join('\n')
}

/** Returns `2027-01-07T18:30` as `20270107T183000`, and a day as `20270107`. */
const compact = (date: Day | WallTime): string => {
  const digits = date.replaceAll(/[-:]/g, '')
  return date.includes('T') ? `${digits}00` : digits
}

/** A series has 400 dates at most, of 16 characters. */
const LONGEST = 16_384

/** The maximum number of dates that are left out or added, and the length of a rule. */
const MOST_LISTED = 400
const RULE_MAX = 300

/**
 * Reads which series an Event is of. An address of another origin is none: nobody may put a café among somebody else's
 * dates. A rule that cannot be read is left out.
 */
export function readSeries(event: Json, eventUri: string): DateOfSeries | undefined {
  const uri = idOf(event.series)
  if (!uri || uri.length > 255 || !isPlainlySpelled(uri)) return undefined
  if (originOf(uri) === undefined || originOf(uri) !== originOf(eventUri)) return undefined
  const lines = linesOf((textOf(event.recurrence) ?? '').slice(0, LONGEST))
  return { uri, recurrence: readRecurrence(lines), date: readTime(lines.get('RECURRENCE-ID')) }
}

const linesOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\n').map((line): [string, string] => {
      const [name = '', value = ''] = line.split(':', 2)
      return [name, value]
    }),
  )

function readRecurrence(lines: ReadonlyMap<string, string>): Recurrence | undefined {
  const start = readTime(lines.get('DTSTART'))
  const exclude = readList(lines.get('EXDATE'), readDay)
  const include = readList(lines.get('RDATE'), (date) => readTime(date) ?? readDay(date))
  const rrule = lines.get('RRULE')?.toUpperCase()
  if (!start || !exclude || !include) return undefined
  if (rrule !== undefined && !isRule(rrule)) return undefined
  return { start, rrule, exclude, include }
}

function isRule(rrule: string): boolean {
  if (rrule.length > RULE_MAX || findRuleFault(rrule) !== undefined) return false
  const until = /(?:^|;)UNTIL=(\d{8})/.exec(rrule)?.[1]
  return until === undefined || readDay(until) !== undefined
}

function readList<T>(text: string | undefined, read: (item: string) => T | undefined) {
  const items = text ? text.split(',', MOST_LISTED + 1) : []
  const dates = items.map(read).filter((date) => date !== undefined)
  return items.length <= MOST_LISTED && dates.length === items.length ? dates : undefined
}

function readDay(text: string): Day | undefined {
  const day = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  return isReal(day, 10) ? day : undefined
}

function readTime(text = ''): WallTime | undefined {
  const time = text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})00$/, '$1-$2-$3T$4:$5')
  return isReal(time, 16) ? time : undefined
}

/** Returns whether it is a date in this form, such as no 30th of February, of the years that a café may have. */
function isReal(text: string, length: number): boolean {
  if (text.length !== length || !/^20\d\d-/.test(text)) return false
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toString().startsWith(text)
  } catch {
    return false
  }
}
