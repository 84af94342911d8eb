import type { ImportedTime, ImportRow } from '../../domain/cafes/import.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { readPrice } from '../csv/price.ts'
import { cleanLines, cleanText } from '../text/clean-text.ts'
import { type Component, findLine, unescapeText } from './content-lines.ts'
import { type EventText, readCost, toUtcInstant } from './event.ts'
import { addDuration, type Clock, minutesBetween, parseTime, toRecurrenceId } from './times.ts'

/** A VEVENT with what was read of it; `recurrence` is the date of a series for which it stands. */
export type Revision = {
  row: number
  event: Component
  /** The clock of its VCALENDAR, of which a file may have several. */
  clock: Clock
  uid: string
  start: ImportedTime | undefined
  recurrence: ImportedTime | undefined
  words: EventText
}

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
  { row, event, uid, start, recurrence, words, clock }: Revision,
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
 * Chooses the latest revision (RFC 5545 §3.8.7.4): the higher SEQUENCE, then the later LAST-MODIFIED or DTSTAMP. Of two
 * that say nothing of it one is chosen by its text, always the same, whichever comes first in the file.
 */
export function chooseLatest(revisions: (Revision | undefined)[]): Revision | undefined {
  return revisions
    .filter((revision) => revision !== undefined)
    .reduce<Revision | undefined>(
      (kept, next) => (kept && compareRevisions(next, kept) < 0 ? kept : next),
      undefined,
    )
}

function compareRevisions(one: Revision, other: Revision): number {
  const bySequence = sequenceOf(one) - sequenceOf(other) || momentOf(one) - momentOf(other)
  if (bySequence !== 0) return bySequence
  const [text, otherText] = [one, other].map(({ event }) => JSON.stringify(event.lines))
  return text === otherText ? 0 : (text ?? '') < (otherText ?? '') ? -1 : 1
}

export const sequenceOf = ({ words }: Revision): number => words.sequence ?? 0

/** Returns when an event was last changed, as it says itself, in milliseconds; 0 where it does not. */
export function momentOf({ event, words }: Revision): number {
  const said = words.updatedAt ?? toUtcInstant(findLine(event, 'DTSTAMP')?.value ?? '')
  return said?.epochMilliseconds ?? 0
}

/**
 * Returns whether a series was changed after one of its dates was, which it now excludes. Their SEQUENCEs are counted
 * apart, so that the moment counts first. Some programs write an EXDATE for each date that they changed: then neither is
 * later, and the date stands.
 */
export const isLaterThanDate = (series: Revision, date: Revision): boolean =>
  (momentOf(series) - momentOf(date) || sequenceOf(series) - sequenceOf(date)) > 0

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
