import type { Horizon } from '../../domain/cafes/horizon.ts'
import type { ImportedTime, ImportRow, WholeEvent } from '../../domain/cafes/import.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { cleanText } from '../text/clean-text.ts'
import {
  type Component,
  DEPTH_MAX,
  findLine,
  parseComponents,
  unescapeText,
} from './content-lines.ts'
import { countUrls, readEventText, readUid } from './event.ts'
import { readOneUid, type Scope } from './one-uid.ts'
import { isMaster, type Revision } from './revision.ts'
import { type Clock, parseTime } from './times.ts'
import { zoneFinder } from './zones.ts'

export type CalendarReading = {
  now: Temporal.Instant
  horizon: Horizon
  /** The IANA zone of times that name none. */
  defaultTimezone: string
}

export type CalendarContents = {
  rows: ImportRow[]
  wholeEvents: WholeEvent[]
  isCut: boolean
  /** Warnings, which name the unknown time zones. */
  warnings: Problem[]
}

/**
 * The maximum number of VEVENTs, or dates in all, more than any structure announces: what comes after is left out, and
 * reported.
 */
const MOST_EVENTS = 5000

/**
 * Reads the events of an iCalendar file (RFC 5545, RFC 7986) as cafés, one for each date. Of several VEVENTs of one UID
 * and RECURRENCE-ID, in whichever VCALENDAR of the file, the latest revision counts; a series gives its dates from now to
 * the horizon, each as the calendar has it: moved, cancelled, taken out. It reads the calendars of Outlook, Google,
 * Nextcloud, Apple, OpenAgenda, Mobilizon and Gancio; a VEVENT that cannot be a café is a row with its problems. It never
 * throws.
 *
 * The parser of lines is our own: node-ical, which knows the zones of Windows, joins events by UID, gives up the whole
 * file at a doubled DTSTART, knows no RDATE and reads `\\n` as a line break.
 * @param stream - Bytes rather than text where a fold may stand inside a character.
 */
export function readICalendar(
  stream: string | Uint8Array,
  reading: CalendarReading,
): CalendarContents {
  const parsed = parseComponents(stream)
  if (!parsed) return refuse({ field: 'file', code: 'too_many', detail: String(DEPTH_MAX) })
  const { components, isCut } = parsed
  const calendars = components.filter(({ name }) => name === 'VCALENDAR')
  if (calendars.length === 0) return refuse({ field: 'file', code: 'invalid', detail: 'VCALENDAR' })
  const all = calendars.map((calendar) => ({
    calendar,
    events: calendar.components.filter(({ name }) => name === 'VEVENT'),
  }))
  const unknownZones = new Set<string>()
  const revisions: Revision[] = []
  for (const { calendar, events } of all) {
    const read = events.slice(0, MOST_EVENTS - revisions.length)
    revisions.push(...readRevisions(calendar, read, revisions.length, reading, unknownZones))
  }
  const { rows, wholeEvents } = readEvents(revisions, reading)
  const cutShort: Problem[] = isCut ? [{ field: 'file', code: 'too_short' }] : []
  const unknown = [...unknownZones]
    .slice(0, MOST_WARNINGS)
    .map((detail): Problem => ({ field: 'timezone', code: 'not_a_timezone', detail }))
  const warnings = [...cutShort, ...unknown]
  const count = all.reduce((sum, { events }) => sum + events.length, 0)
  if (count <= MOST_EVENTS && rows.length <= MOST_EVENTS)
    return { rows, wholeEvents, isCut, warnings }
  const cut = refuse({ field: 'file', code: 'too_long', detail: String(MOST_EVENTS) })
  return { ...cut, rows: [...rows.slice(0, MOST_EVENTS), ...cut.rows], isCut, warnings }
}

const refuse = (problem: Problem): CalendarContents => ({
  rows: [{ row: 0, problems: [problem], raw: '' }],
  wholeEvents: [],
  isCut: false,
  warnings: [],
})

/** Reads what the events of one VCALENDAR say, before anything is compared; `before` events come first in the file. */
function readRevisions(
  calendar: Component,
  events: Component[],
  before: number,
  { now, defaultTimezone }: CalendarReading,
  unknownZones: Set<string>,
): Revision[] {
  const clock = clockOf(calendar, { now, defaultTimezone }, unknownZones)
  const method = findLine(calendar, 'METHOD')?.value.trim().toUpperCase()
  const prodid = findLine(calendar, 'PRODID')?.value.trim() ?? ''
  const prefix = prodid === 'adamgibbons/ics' ? findCommonPrefix(events) : ''
  const countsByUrl = countUrls(events)
  return events.map((event, index): Revision => {
    const words = readEventText(event, method)
    const title = words.title.slice(words.title.startsWith(prefix) ? prefix.length : 0)
    return {
      row: before + index + 1,
      event,
      clock,
      uid: readUid(event, { prodid, countsByUrl }),
      start: readStart(event, clock),
      recurrence: undefined,
      words: { ...words, title },
    }
  })
}

/** Returns the clock of a VCALENDAR, which notes the names of zones that nobody knows. */
function clockOf(
  calendar: Component,
  { now, defaultTimezone }: Pick<CalendarReading, 'now' | 'defaultTimezone'>,
  unknownZones: Set<string>,
): Clock {
  const findAnyZone = zoneFinder(calendar, defaultTimezone, now)
  const named = unescapeText(findLine(calendar, 'X-WR-TIMEZONE')?.value ?? '')
  const calendarTimezone = named === '' ? undefined : findAnyZone(named)
  const findZone = (tzid: string) => {
    const zone = findAnyZone(tzid)
    if (zone === undefined) unknownZones.add(cleanText(tzid, 100))
    return zone
  }
  const timezone = calendarTimezone ?? defaultTimezone
  return { findZone, timezone, calendarTimezone, floating: calendarTimezone }
}

function readEvents(
  revisions: readonly Revision[],
  { now, horizon }: CalendarReading,
): Pick<CalendarContents, 'rows' | 'wholeEvents'> {
  const inDays = (days: number) => now.add({ hours: 24 * days })
  const scope: Scope = {
    now,
    endless: inDays(horizon.endlessDays),
    finite: inDays(horizon.finiteDays),
  }
  const rows: ImportRow[] = []
  const wholeEvents: WholeEvent[] = []
  for (const [uid, ofOneUid] of Map.groupBy(revisions, ({ uid }) => uid)) {
    if (rows.length > MOST_EVENTS) break
    const read = readOneUid(ofOneUid, scope)
    for (const row of read.rows) rows.push(row)
    const master = ofOneUid.find(isMaster)
    if (master && !read.rows.some(({ problems }) => problems))
      wholeEvents.push({ uid, row: master.row, until: read.until.toString(), rule: read.rule })
  }
  return { rows: rows.sort((a, b) => a.row - b.row), wholeEvents }
}

/** The maximum number of warnings that are given: a calendar has a zone or two, but one may name thousands. */
const MOST_WARNINGS = 5

/**
 * Finds the common prefix of the titles: Gancio writes its own name before each (`[Agenda libre] `), which is no part
 * of a café's title.
 */
function findCommonPrefix(events: Component[]): string {
  const titles = events.map((event) =>
    cleanText(unescapeText(findLine(event, 'SUMMARY')?.value ?? ''), 500),
  )
  const prefix = /^\[[^\]]+\] /.exec(titles[0] ?? '')?.[0] ?? ''
  return titles.length > 1 && titles.every((title) => title.startsWith(prefix)) ? prefix : ''
}

/** Reads the start. Exchange writes a whole day as midnight to midnight with a mark beside it. */
function readStart(event: Component, clock: Clock): ImportedTime | undefined {
  const line = findLine(event, 'DTSTART')
  const start = line && parseTime(line, clock)
  const allDay = findLine(event, 'X-MICROSOFT-CDO-ALLDAYEVENT')?.value.trim().toUpperCase()
  if (start?.kind !== 'local' || allDay !== 'TRUE') return start
  return { kind: 'date', date: start.dateTime.toPlainDate() }
}
