import { MOST_DATES } from '../../domain/cafes/horizon.ts'
import {
  type ImportedRule,
  type ImportedTime,
  type ImportRow,
  toInstant,
} from '../../domain/cafes/import.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { findLine } from './content-lines.ts'
import { readOwnRule } from './own-rule.ts'
import {
  chooseLatest,
  completeFrom,
  isLaterThanDate,
  isMaster,
  momentOf,
  type Revision,
  rawOf,
  readEnd,
  sequenceOf,
  toRow,
} from './revision.ts'
import {
  type Dated,
  futureChangesOf,
  isForFuture,
  isSeries,
  listSeriesDates,
  moveAlike,
  parseRecurrenceId,
  readPeriodEnds,
  type SeriesDates,
  type Window,
} from './series.ts'
import { type Clock, minutesBetween, moveEnd, toRecurrenceId } from './times.ts'

/** Now, and up to when dates are read: of rules without an end, and of what has one. */
export type Scope = { now: Temporal.Instant } & Omit<Window, 'from'>

type ReadUid = {
  rows: ImportRow[]
  until: Temporal.Instant
  rule?: ImportedRule | 'other' | undefined
}

/**
 * Reads everything of one UID: a single event, several of them, or a series with the dates that differ from it; and up to
 * when all dates are among the rows.
 */
export function readOneUid(revisions: Revision[], scope: Scope): ReadUid {
  const masters = listMasters(revisions.filter(isMaster))
  const [master] = masters
  const isOneSeries = master !== undefined && isSeries(master.event)
  const overrides = new Map<string, Revision>()
  for (const revision of revisions.filter((each) => !isMaster(each))) {
    const recurrence = parseRecurrenceId(revision.event, master?.start, revision.clock)
    const key = recurrence
      ? toRecurrenceId(recurrence, revision.clock.timezone)
      : `row-${revision.row}`
    const kept = chooseLatest([overrides.get(key), { ...revision, recurrence }])
    if (kept) overrides.set(key, kept)
  }
  const counting = new Set([...masters, ...overrides.values()].map(({ row }) => row))
  const superseded = revisions
    .filter(({ row }) => !counting.has(row))
    .map(({ row, uid, words }) => ({ row, uid, aside: 'repeated', title: words.title }) as const)
  const others = [...overrides.values()]
  const read = isOneSeries
    ? readSeries(master, overrides, scope)
    : { rows: [...masters, ...others].map((revision) => toRow(revision)), until: scope.finite }
  return { ...read, rows: [...read.rows, ...superseded] }
}

/**
 * Lists the VEVENTs of one UID that are not dates of a series: usually one, of which others are earlier revisions. Some
 * programs write a VEVENT for each date, all with one UID: then each is a date of its own. One of an earlier moment in
 * another VCALENDAR is an earlier revision.
 */
function listMasters(masters: Revision[]): Revision[] {
  const last = chooseLatest(masters)
  if (!last) return []
  const isNow = (each: Revision) =>
    sequenceOf(each) === sequenceOf(last) && momentOf(each) === momentOf(last)
  const rivals = masters.filter((each) => each.clock === last.clock || isNow(each))
  const areDates = rivals.every(
    (each) => each.start && !isSeries(each.event) && sequenceOf(each) === sequenceOf(last),
  )
  if (!areDates) return [last]
  const byDate = Map.groupBy(rivals, ({ start, clock }) =>
    start ? toRecurrenceId(start, clock.timezone) : '',
  )
  if (byDate.size < 2) return [last]
  return [...byDate.values()].flatMap((sameDate) => {
    const kept = chooseLatest(sameDate)
    return kept ? [{ ...kept, recurrence: kept.start }] : []
  })
}

function readSeries(master: Revision, overrides: Map<string, Revision>, scope: Scope): ReadUid {
  const { now, ...ends } = scope
  const { start, row, uid, clock } = master
  const checked = toRow(master)
  if (checked.problems || !start) return { rows: [checked], until: now }
  const end = readEnd(master.event, start, clock)
  const minutes = end ? minutesBetween(start, end, clock.timezone) : 0
  // An event that has begun and not ended is still of use; a whole day lasts until its evening.
  const from = now.subtract({ minutes: Math.round(start.kind === 'date' ? 24 * 60 : minutes) })
  const { series, problem } = listSeriesDates(master.event, start, { from, ...ends }, clock)
  if (problem)
    return { rows: [{ row, uid, problems: [problem], raw: rawOf(master.event) }], until: now }

  const idOf = (date: ImportedTime) => toRecurrenceId(date, clock.timezone)
  const rule = findRule(master, [...overrides.values()], { ...series, from: now })
  const isRuled = rule !== 'other'
  const periodEnds = readPeriodEnds(master.event, start, clock)
  const findChange = futureChangesOf([...overrides.values()], clock)
  const dates = series.dates.map((date): ImportRow => {
    const override = overrides.get(idOf(date))
    overrides.delete(idOf(date))
    if (override) return toRow(completeFrom(override, master))
    const change = findChange(date)
    if (change) return changeAlike(change, date, master)
    const movedEnd = periodEnds.get(idOf(date)) ?? moveEnd(end, start, date, clock.timezone)
    return toRow({ ...master, start: date, recurrence: date }, movedEnd)
  })
  const withdrawn = series.excluded.map(idOf).flatMap((recurrenceId): ImportRow[] => {
    const override = overrides.get(recurrenceId)
    if (override && !isLaterThanDate(master, override)) return []
    overrides.delete(recurrenceId)
    return [{ row, withdrawn: { uid, recurrenceId } }]
  })
  // These were moved into the window from outside it; of a series of ours the later dates are made without being asked.
  const until = isRuled ? ends.finite : series.until
  const moved = [...overrides.values()]
  const movedIn = moved
    .filter((each) => each.start === undefined || isWithin(each.start, { from, until }, clock))
    .filter((each) => !(isRuled && isCancelledLater(each, series.until)))
    .map((override) => toRow(completeFrom(override, master)))
  const cafes = [...dates, ...movedIn]
  const isMovedLater = moved.some((each) => isHeldAfter(each, until))
  const isWhole = cafes.length === 0 || series.until.equals(ends.finite)
  const isContinued = series.isContinued || (isWhole && isMovedLater)
  const missing = missingOf(master, { ...series, isContinued }, cafes.length)
  return {
    rows: [...cafes, ...withdrawn, ...missing],
    until: series.until,
    rule,
  }
}

/** Returns whether a date is cancelled that begins only then. */
const isCancelledLater = ({ words, recurrence, clock }: Revision, from: Temporal.Instant) =>
  words.status === 'cancelled' &&
  recurrence !== undefined &&
  Temporal.Instant.compare(toInstant(recurrence, clock.timezone), from) > 0

/** Returns whether a date takes place, and begins only then. */
const isHeldAfter = ({ words, start, clock }: Revision, then: Temporal.Instant) =>
  words.status !== 'cancelled' &&
  start !== undefined &&
  Temporal.Instant.compare(toInstant(start, clock.timezone), then) > 0

/** Finds the rule of a series of ours. A date that is cancelled alone is none of the series. */
function findRule(
  master: Revision,
  overrides: readonly Revision[],
  { dates, ...window }: Parameters<typeof readOwnRule>[1],
): ImportedRule | 'other' {
  if (overrides.some(({ event }) => isForFuture(event))) return 'other'
  const cancelled = overrides.flatMap(({ words, recurrence }) =>
    words.status === 'cancelled' && recurrence ? [recurrence] : [],
  )
  const idOf = (date: ImportedTime) => toRecurrenceId(date, master.clock.timezone)
  const off = new Set(cancelled.map(idOf))
  const held = dates.filter((date) => !off.has(idOf(date)))
  return readOwnRule(master, { ...window, dates: held, cancelled })
}

/** Returns the rows that say what of a series is left out. */
function missingOf(
  { row, uid, event, words }: Revision,
  series: SeriesDates,
  found: number,
): ImportRow[] {
  const { capped, isContinued } = series
  const detail = String(MOST_DATES)
  const problems: Problem[] = [{ field: 'recurrence', code: 'number_out_of_range', detail }]
  if (capped) return [{ row, uid, problems, raw: rawOf(event) }]
  if (!isContinued && found > 0) return []
  return [{ row, uid, aside: isContinued ? 'later' : 'no_date', title: words.title }]
}

/** Returns a date as a change of an earlier one and of all following dates has it: its texts, its hour, its length. */
function changeAlike(change: Dated<Revision>, date: ImportedTime, master: Revision): ImportRow {
  const { timezone } = change.clock
  const { row, uid, event, words } = change
  // A calendar that removes dates often gives nothing but their RECURRENCE-ID.
  if (words.status === 'cancelled' && !findLine(event, 'DTSTART'))
    return { row, withdrawn: { uid, recurrenceId: toRecurrenceId(date, timezone) } }
  const start = moveAlike(date, change, timezone)
  const end = moveEnd(readEnd(event, change.start, change.clock), change.start, start, timezone)
  return toRow(completeFrom({ ...change, start, recurrence: date }, master), end)
}

const isWithin = (
  time: ImportedTime,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
  { timezone }: Clock,
): boolean => {
  const at = toInstant(time, timezone)
  return Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, until) <= 0
}
