import type { ImportedTime, ImportRow } from '../../domain/cafes/import.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { readPrice } from '../csv/price.ts'
import { cleanLines, cleanText } from '../text/clean-text.ts'
import { type Component, findLine, unescapeText } from './content-lines.ts'
import { type EventText, readCost } from './event.ts'
import { addDuration, type Clock, minutesBetween, parseTime, toRecurrenceId } from './times.ts'

/** A VEVENT with what was read of it; `recurrence` is the date of a series for which it stands. */
export type Revision = {
  row: number
  event: Component
  uid: string
  start: ImportedTime | undefined
  recurrence: ImportedTime | undefined
  words: EventText
}

export type Scope = { now: Temporal.Instant; until: Temporal.Instant; clock: Clock }

/** Returns whether it is not one date of a series (RFC 5545 §3.8.4.4). */
export const isMaster = ({ event }: Revision): boolean => !findLine(event, 'RECURRENCE-ID')

/** Completes a cancelled date, which often says only that (Google, invitations), with the values of the series. */
export function completeFrom(override: Revision, master: Revision): Revision {
  const { status, sequence, updatedAt } = override.words
  if (status !== 'cancelled') return override
  return { ...override, words: { ...master.words, status, sequence, updatedAt } }
}

/** Makes a row. `end` is given when it is known already (a date of a series); otherwise the event gives it. */
export function toRow(
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

/** Reads DTEND, or DTSTART and DURATION; an invalid DTEND is ignored. */
export function readEnd(
  event: Component,
  start: ImportedTime,
  clock: Clock,
): ImportedTime | undefined {
  const dtend = findLine(event, 'DTEND')
  const end = dtend && parseTime(dtend, clock)
  if (end?.kind === 'local' && start.kind === 'date')
    return { kind: 'date', date: end.dateTime.toPlainDate() }
  if (dtend) return end
  const duration = findLine(event, 'DURATION')
  return duration && addDuration(start, duration.value)
}

/**
 * Chooses the latest revision (RFC 5545 §3.8.7.4): the higher SEQUENCE, then the later LAST-MODIFIED, then the later in
 * the file.
 */
export function chooseLatest(revisions: (Revision | undefined)[]): Revision | undefined {
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

/** The properties by which the person finds the event again in their own calendar, without anybody's address. */
const SHOWN = ['SUMMARY', 'DTSTART', 'DTEND', 'DURATION', 'LOCATION', 'RRULE', 'UID']

/**
 * Returns the properties of an event by which its person finds it again, one in each line, cleaned and cut: 200
 * characters each, 1,000 in all. It holds nobody's address.
 */
export const rawOf = (event: Component): string =>
  cleanLines(
    event.lines
      .filter(({ name }) => SHOWN.includes(name))
      .map(({ name, value }) => `${name}: ${cleanText(unescapeText(value), 200)}`)
      .join('\n'),
    1000,
  )
