import {
  type ImportedTime,
  type ImportRow,
  toInstant,
  type WholeEvent,
} from '../../domain/cafes/import.ts'
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
import {
  chooseLatest,
  completeFrom,
  isMaster,
  type Revision,
  rawOf,
  readEnd,
  type Scope,
  toRow,
} from './revision.ts'
import {
  type Dated,
  futureChangesOf,
  isSeries,
  listSeriesDates,
  MOST_DATES,
  moveAlike,
  parseRecurrenceId,
  type Window,
} from './series.ts'
import { type Clock, minutesBetween, moveEnd, parseTime, toRecurrenceId } from './times.ts'
import { zoneFinder } from './zones.ts'

export type CalendarReading = {
  now: Temporal.Instant
  /** How many days ahead the dates of a series are read; single dates are read however far they are. */
  horizonDays: number
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
 * and RECURRENCE-ID the latest revision counts; a series gives its dates from now to the horizon, each as the calendar
 * has it: moved, cancelled, taken out. It reads the calendars of Outlook, Google, Nextcloud, Apple, OpenAgenda,
 * Mobilizon and Gancio; a VEVENT that cannot be a café is a row with its problems. It never throws.
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
  let before = 0
  const contents = calendars.map((calendar) => {
    const events = calendar.components.filter(({ name }) => name === 'VEVENT')
    const first = before + 1
    before += events.length
    return readEvents(calendar, events.slice(0, MOST_EVENTS), first, reading)
  })
  const rows = contents.flatMap((calendar) => calendar.rows)
  const cutShort: Problem[] = isCut ? [{ field: 'file', code: 'too_short' }] : []
  const warnings = [...cutShort, ...contents.flatMap((calendar) => calendar.warnings)]
  if (before <= MOST_EVENTS && rows.length <= MOST_EVENTS)
    return {
      rows,
      wholeEvents: contents.flatMap((calendar) => calendar.wholeEvents),
      isCut,
      warnings,
    }
  const cut = refuse({ field: 'file', code: 'too_long', detail: String(MOST_EVENTS) })
  return { ...cut, rows: [...rows.slice(0, MOST_EVENTS), ...cut.rows], isCut, warnings }
}

const refuse = (problem: Problem): CalendarContents => ({
  rows: [{ row: 0, problems: [problem], raw: '' }],
  wholeEvents: [],
  isCut: false,
  warnings: [],
})

function readEvents(
  calendar: Component,
  events: Component[],
  firstRow: number,
  { now, horizonDays, defaultTimezone }: CalendarReading,
): Omit<CalendarContents, 'isCut'> {
  const findAnyZone = zoneFinder(calendar, defaultTimezone, now)
  const named = unescapeText(findLine(calendar, 'X-WR-TIMEZONE')?.value ?? '')
  const calendarTimezone = named === '' ? undefined : findAnyZone(named)
  const unknown = new Set<string>()
  const findZone = (tzid: string) => {
    const zone = findAnyZone(tzid)
    if (zone === undefined) unknown.add(cleanText(tzid, 100))
    return zone
  }
  const timezone = calendarTimezone ?? defaultTimezone
  const clock = { findZone, timezone, calendarTimezone, floating: calendarTimezone }
  const method = findLine(calendar, 'METHOD')?.value.trim().toUpperCase()
  const until = now.add({ hours: 24 * horizonDays })

  const prodid = findLine(calendar, 'PRODID')?.value.trim() ?? ''
  const prefix = prodid === 'adamgibbons/ics' ? findCommonPrefix(events) : ''
  const countsByUrl = countUrls(events)
  const revisions = events.map((event, index): Revision => {
    const words = readEventText(event, method)
    return {
      row: firstRow + index,
      event,
      uid: readUid(event, { prodid, countsByUrl }),
      start: readStart(event, clock),
      recurrence: undefined,
      words: {
        ...words,
        title: words.title.slice(words.title.startsWith(prefix) ? prefix.length : 0),
      },
    }
  })
  const rows: ImportRow[] = []
  const wholeEvents: WholeEvent[] = []
  for (const [uid, ofOneUid] of Map.groupBy(revisions, ({ uid }) => uid)) {
    if (rows.length > MOST_EVENTS) break
    const read = readOneUid(ofOneUid, { now, until, clock })
    rows.push(...read)
    const master = ofOneUid.find(isMaster)
    if (master && !read.some(({ problems }) => problems)) wholeEvents.push({ uid, row: master.row })
  }
  const warnings = [...unknown]
    .slice(0, MOST_WARNINGS)
    .map((detail): Problem => ({ field: 'timezone', code: 'not_a_timezone', detail }))
  return { rows: rows.sort((a, b) => a.row - b.row), wholeEvents, warnings }
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

/** Reads everything of one UID: a single event, several of them, or a series with the dates that differ from it. */
function readOneUid(revisions: Revision[], scope: Scope): ImportRow[] {
  const masters = listMasters(revisions.filter(isMaster), scope)
  const [master] = masters
  const isOneSeries = master !== undefined && isSeries(master.event)
  const overrides = new Map<string, Revision>()
  for (const revision of revisions.filter((each) => !isMaster(each))) {
    const recurrence = parseRecurrenceId(revision.event, master?.start, scope.clock)
    const key = recurrence
      ? toRecurrenceId(recurrence, scope.clock.timezone)
      : `row-${revision.row}`
    const kept = chooseLatest([overrides.get(key), { ...revision, recurrence }])
    if (kept) overrides.set(key, kept)
  }
  const counting = new Set([...masters, ...overrides.values()].map(({ row }) => row))
  const superseded = revisions
    .filter(({ row }) => !counting.has(row))
    .map(({ row, uid, words }) => ({ row, uid, aside: 'repeated', title: words.title }) as const)
  const others = [...overrides.values()]
  const rows = isOneSeries
    ? readSeries(master, overrides, scope)
    : [...masters, ...others].map((revision) => toRow(revision, scope))
  return [...rows, ...superseded]
}

/**
 * Lists the VEVENTs of one UID that are not dates of a series: usually one, of which others are earlier revisions. Some
 * programs write a VEVENT for each date, all with one UID: then each is a date of its own.
 */
function listMasters(masters: Revision[], { clock }: Scope): Revision[] {
  const last = chooseLatest(masters)
  if (!last) return []
  const ofOneRevision = masters.filter(
    ({ event, start, words }) =>
      start && !isSeries(event) && (words.sequence ?? 0) === (last.words.sequence ?? 0),
  )
  if (ofOneRevision.length < masters.length) return [last]
  const byDate = Map.groupBy(ofOneRevision, ({ start }) =>
    start ? toRecurrenceId(start, clock.timezone) : '',
  )
  if (byDate.size < 2) return [last]
  return [...byDate.values()].flatMap((sameDate) => {
    const kept = chooseLatest(sameDate)
    return kept ? [{ ...kept, recurrence: kept.start }] : []
  })
}

function readSeries(master: Revision, overrides: Map<string, Revision>, scope: Scope): ImportRow[] {
  const { clock, now, until } = scope
  const { start, row, uid } = master
  const checked = toRow(master, scope)
  if (checked.problems || !start) return [checked]
  const end = readEnd(master.event, start, clock)
  const minutes = end ? minutesBetween(start, end, clock.timezone) : 0
  // An event that has begun and not ended is still of use; a whole day lasts until its evening.
  const from = now.subtract({ minutes: Math.round(start.kind === 'date' ? 24 * 60 : minutes) })
  const window: Window = { from, until }
  const { series, problem } = listSeriesDates(master.event, start, window, clock)
  if (problem) return [{ row, uid, problems: [problem], raw: rawOf(master.event) }]

  const findChange = futureChangesOf([...overrides.values()], clock)
  const rows = series.dates.map((date): ImportRow => {
    const id = toRecurrenceId(date, clock.timezone)
    const override = overrides.get(id)
    overrides.delete(id)
    if (override) return toRow(completeFrom(override, master), scope)
    const change = findChange(date)
    if (change) return changeAlike(change, date, master, scope)
    const movedEnd = moveEnd(end, start, date, clock.timezone)
    return toRow({ ...master, start: date, recurrence: date }, scope, movedEnd)
  })
  const withdrawn = series.excluded
    .map((date) => toRecurrenceId(date, clock.timezone))
    .filter((recurrenceId) => !overrides.has(recurrenceId))
    .map((recurrenceId): ImportRow => ({ row, withdrawn: { uid, recurrenceId } }))
  // These were moved into the window from outside it.
  const movedIn = [...overrides.values()].filter(
    (override) => override.start === undefined || isWithin(override.start, window, clock),
  )
  if (rows.length + withdrawn.length + movedIn.length === 0)
    return [{ row, uid, aside: 'no_date', title: master.words.title }]
  const tooMany: ImportRow = {
    row,
    uid,
    problems: [{ field: 'recurrence', code: 'number_out_of_range', detail: String(MOST_DATES) }],
    raw: rawOf(master.event),
  }
  return [
    ...rows,
    ...withdrawn,
    ...movedIn.map((override) => toRow(completeFrom(override, master), scope)),
    ...(series.capped ? [tooMany] : []),
  ]
}

/** Returns a date as a change of an earlier one and of all following dates has it: its texts, its hour, its length. */
function changeAlike(
  change: Dated<Revision>,
  date: ImportedTime,
  master: Revision,
  scope: Scope,
): ImportRow {
  const { timezone } = scope.clock
  const { row, uid, event, words } = change
  // A calendar that removes dates often gives nothing but their RECURRENCE-ID.
  if (words.status === 'cancelled' && !findLine(event, 'DTSTART'))
    return { row, withdrawn: { uid, recurrenceId: toRecurrenceId(date, timezone) } }
  const start = moveAlike(date, change, timezone)
  const end = moveEnd(readEnd(event, change.start, scope.clock), change.start, start, timezone)
  return toRow(completeFrom({ ...change, start, recurrence: date }, master), scope, end)
}

const isWithin = (time: ImportedTime, { from, until }: Window, { timezone }: Clock): boolean => {
  const at = toInstant(time, timezone)
  return Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, until) <= 0
}
