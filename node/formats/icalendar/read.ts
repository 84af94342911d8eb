import {
  type ImportedTime,
  type ImportRow,
  toInstant,
  type WholeEvent,
} from '../../domain/cafes/import.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { readPrice } from '../csv/price.ts'
import { cleanLines, cleanText } from '../text/clean-text.ts'
import {
  type Component,
  DEPTH_MAX,
  findLine,
  parseComponents,
  unescapeText,
} from './content-lines.ts'
import { countUrls, type EventText, readCost, readEventText, readUid } from './event.ts'
import { isSeries, listSeriesDates, MOST_DATES, parseRecurrenceId, type Window } from './series.ts'
import {
  addDuration,
  type Clock,
  minutesBetween,
  moveEnd,
  parseTime,
  toRecurrenceId,
} from './times.ts'
import { zoneFinder } from './zones.ts'

export type CalendarReading = {
  now: Temporal.Instant
  /** How far ahead the dates of a series are read; single dates are read however far they are. */
  horizonDays: number
  /** IANA zone of times that name none. */
  defaultTimezone: string
}

export type CalendarContents = {
  rows: ImportRow[]
  wholeEvents: WholeEvent[]
  isCut: boolean
  /** Zones that nobody knows. */
  warnings: Problem[]
}

/** More VEVENTs, or more dates in all, than any structure announces: what comes after is left out, and said. */
const MOST_EVENTS = 5000

/**
 * The events of an iCalendar file (RFC 5545, RFC 7986) as cafés, one per date. Of several VEVENTs of one UID and
 * RECURRENCE-ID the latest revision counts; a series gives its dates from now to the horizon, each as the calendar
 * has it: moved, cancelled, taken out. What calendars of Outlook, Google, Nextcloud, Apple, OpenAgenda, Mobilizon and
 * Gancio write is read; a VEVENT that cannot be a café is a row with its problems. Never throws.
 *
 * The lines are ours: node-ical, which knows the zones of Windows, joins events by UID, gives up the whole file at a doubled
 * DTSTART, knows no RDATE and reads `\\n` as a line break.
 * @param stream bytes rather than text where a fold may stand inside a character
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

type Revision = {
  row: number
  event: Component
  uid: string
  start: ImportedTime | undefined
  recurrence: ImportedTime | undefined
  words: EventText
}

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

/** A calendar has a zone or two; of one that names thousands, a few are told. */
const MOST_WARNINGS = 5

/** Not one date of a series (RFC 5545 §3.8.4.4). */
const isMaster = ({ event }: Revision): boolean => !findLine(event, 'RECURRENCE-ID')

/** `[Agenda libre] ` before each title: Gancio writes its own name there, which is no part of the café's. */
function findCommonPrefix(events: Component[]): string {
  const titles = events.map((event) =>
    cleanText(unescapeText(findLine(event, 'SUMMARY')?.value ?? ''), 500),
  )
  const prefix = /^\[[^\]]+\] /.exec(titles[0] ?? '')?.[0] ?? ''
  return titles.length > 1 && titles.every((title) => title.startsWith(prefix)) ? prefix : ''
}

/** Exchange writes a whole day as midnight to midnight with a mark beside. */
function readStart(event: Component, clock: Clock): ImportedTime | undefined {
  const line = findLine(event, 'DTSTART')
  const start = line && parseTime(line, clock)
  const allDay = findLine(event, 'X-MICROSOFT-CDO-ALLDAYEVENT')?.value.trim().toUpperCase()
  if (start?.kind !== 'local' || allDay !== 'TRUE') return start
  return { kind: 'date', date: start.dateTime.toPlainDate() }
}

type Scope = { now: Temporal.Instant; until: Temporal.Instant; clock: Clock }

/** All that one UID says: a single event, several of them, or a series with the dates that differ from it. */
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
    const kept = latest([overrides.get(key), { ...revision, recurrence }])
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
 * The VEVENTs of one UID that are not dates of a series: usually one, of which others are earlier revisions. Some programs
 * write a single VEVENT for each date, all with one UID: then each is a date of its own.
 */
function listMasters(masters: Revision[], { clock }: Scope): Revision[] {
  const last = latest(masters)
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
    const kept = latest(sameDate)
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
  // What has begun and not ended still is of use to someone; a day alone lasts until its evening.
  const from = now.subtract({ minutes: Math.round(start.kind === 'date' ? 24 * 60 : minutes) })
  const window: Window = { from, until }
  const { series, problem } = listSeriesDates(master.event, start, window, clock)
  if (problem) return [{ row, uid, problems: [problem], raw: rawOf(master.event) }]

  const rows = series.dates.map((date): ImportRow => {
    const id = toRecurrenceId(date, clock.timezone)
    const override = overrides.get(id)
    overrides.delete(id)
    if (override) return toRow(completed(override, master), scope)
    const movedEnd = moveEnd(end, start, date, clock.timezone)
    return toRow({ ...master, start: date, recurrence: date }, scope, movedEnd)
  })
  const withdrawn = series.excluded
    .map((date) => toRecurrenceId(date, clock.timezone))
    .filter((recurrenceId) => !overrides.has(recurrenceId))
    .map((recurrenceId): ImportRow => ({ row, withdrawn: { uid, recurrenceId } }))
  // Moved into the window from outside it.
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
    ...movedIn.map((override) => toRow(completed(override, master), scope)),
    ...(series.capped ? [tooMany] : []),
  ]
}

/** A cancelled date often says no more than that (Google, invitations): the rest is the series'. */
function completed(override: Revision, master: Revision): Revision {
  const { status, sequence, updatedAt } = override.words
  if (status !== 'cancelled') return override
  return { ...override, words: { ...master.words, status, sequence, updatedAt } }
}

const isWithin = (time: ImportedTime, { from, until }: Window, { timezone }: Clock): boolean => {
  const at = toInstant(time, timezone)
  return Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, until) <= 0
}

/** `end` when it is known already (a date of a series); else what the event says. */
function toRow(
  { row, event, uid, start, recurrence, words }: Revision,
  { clock }: Scope,
  end?: ImportedTime,
): ImportRow {
  const recurrenceId = recurrence && toRecurrenceId(recurrence, clock.timezone)
  if (words.status === 'cancelled' && (words.title === '' || !start))
    return { row, withdrawn: { uid, recurrenceId } }
  const problems: Problem[] = []
  const problem = (field: string, code: Problem['code'], detail?: string) =>
    problems.push(detail === undefined ? { field, code } : { field, code, detail })
  const dtstart = findLine(event, 'DTSTART')?.value
  if (words.title === '') problem('title', 'required', 'SUMMARY')
  if (dtstart === undefined) problem('startsAt', 'required', 'DTSTART')
  else if (!start) problem('startsAt', 'not_a_date', cleanText(`DTSTART: ${dtstart}`, 100))
  const endsAt = end ?? (start && readEnd(event, start, clock))
  if (start && endsAt && minutesBetween(start, endsAt, clock.timezone) < 0)
    problem('endsAt', 'ends_before_start', 'DTEND')
  const visibility = findLine(event, 'CLASS')?.value.trim().toUpperCase()
  if (visibility === 'PRIVATE' || visibility === 'CONFIDENTIAL')
    return {
      row,
      uid,
      problems: [{ field: 'class', code: 'invalid', detail: visibility }],
      raw: '',
    }
  const price = readPrice(readCost(event))
  if (price.outcome === 'priced') problem('price', 'price_refused', `X-COST: ${price.text}`)
  if (problems.length > 0 || !start) return { row, uid, problems, raw: rawOf(event) }

  const hasLength = endsAt && minutesBetween(start, endsAt, clock.timezone) > 0
  const times = {
    start,
    end: hasLength ? endsAt : undefined,
    durationMinutes: undefined,
    allDay: start.kind === 'date',
  }
  const series = recurrenceId === undefined ? undefined : uid
  return { row, cafe: { ...words, row, uid, recurrenceId, series, ...times } }
}

/** DTEND, or DTSTART and DURATION; a DTEND that is no time is none. */
function readEnd(event: Component, start: ImportedTime, clock: Clock): ImportedTime | undefined {
  const dtend = findLine(event, 'DTEND')
  const end = dtend && parseTime(dtend, clock)
  if (end?.kind === 'local' && start.kind === 'date')
    return { kind: 'date', date: end.dateTime.toPlainDate() }
  if (dtend) return end
  const duration = findLine(event, 'DURATION')
  return duration && addDuration(start, duration.value)
}

/** RFC 5545 §3.8.7.4: the higher SEQUENCE, then the later LAST-MODIFIED, then the later in the file. */
function latest(revisions: (Revision | undefined)[]): Revision | undefined {
  return revisions
    .filter((revision) => revision !== undefined)
    .reduce<Revision | undefined>((kept, next) => {
      if (!kept) return next
      const bySequence = (next.words.sequence ?? 0) - (kept.words.sequence ?? 0)
      if (bySequence !== 0) return bySequence > 0 ? next : kept
      const [keptAt, nextAt] = [kept.words.updatedAt, next.words.updatedAt]
      return keptAt && nextAt && Temporal.Instant.compare(nextAt, keptAt) < 0 ? kept : next
    }, undefined)
}

/** What the person needs to find the event again in their own calendar; nobody's address. */
const SHOWN = ['SUMMARY', 'DTSTART', 'DTEND', 'DURATION', 'LOCATION', 'RRULE', 'UID']
const rawOf = (event: Component): string =>
  cleanLines(
    event.lines
      .filter(({ name }) => SHOWN.includes(name))
      .map(({ name, value }) => `${name}: ${cleanText(unescapeText(value), 200)}`)
      .join('\n'),
    1000,
  )
