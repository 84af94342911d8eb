import type { Horizon } from '../../domain/cafes/horizon.ts'
import { NOTE_MAX } from '../../domain/cafes/status-change.ts'
import { addDate, endBefore, skipDay, withoutDays } from '../../domain/series/changes.ts'
import { findOpenDay, lastDayOf, listDatesToMake } from '../../domain/series/edit.ts'
import {
  firstDatesOf,
  isOpenEnded,
  MOST_SERIES_DATES,
  type Recurrence,
  type WallTime,
} from '../../domain/series/recurrence.ts'
import type { Series } from '../../domain/series/series.ts'
import { readDay } from '../../domain/values/days.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { readDayAndTime } from '../cafes/day-and-time.ts'
import { textOf } from '../http/forms.ts'

export type SeriesAct =
  /** The series as it is then; undefined where it is deleted. */
  | { value: Series | undefined; reason?: string | undefined; problems?: never }
  | { problems: Problem[]; value?: never; reason?: never }

type Read =
  | { recurrence: Recurrence; problems?: never }
  | { problems: Problem[]; recurrence?: never }

/** Decides what a form of the page of a series does to it. */
export function decideAct(series: Series, form: FormData, now: Temporal.Instant): SeriesAct {
  const { recurrence } = series
  switch (textOf(form, 'act')) {
    case 'publish':
      return { value: { ...series, publication: 'published' } }
    case 'delete':
      return { value: undefined }
    case 'cancel':
      return cancelAll(series, form, now)
    case 'skip':
      return withRecurrence(
        series,
        onDay(form, 'day', (day) => skipDay(recurrence, day)),
      )
    case 'restore':
      return withRecurrence(
        series,
        onDay(form, 'day', (day) => restoreDay(recurrence, day)),
      )
    case 'add':
      return withRecurrence(series, readAdded(series, form, now))
    case 'pause':
      return withRecurrence(series, readPause(recurrence, form))
    case 'end':
      return withRecurrence(
        series,
        onDay(form, 'lastDay', (day) => endBefore(recurrence, dayAfter(day))),
      )
    default:
      return { problems: [{ field: 'act', code: 'required' }] }
  }
}

function withRecurrence(series: Series, read: Read): SeriesAct {
  return read.problems ? read : { value: { ...series, recurrence: read.recurrence } }
}

const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString()

function readTypedDay(form: FormData, field: string): { day: string } | { problems: Problem[] } {
  const text = textOf(form, field)
  if (text === '') return { problems: [{ field, code: 'required' }] }
  return readDay(text) ? { day: text } : { problems: [{ field, code: 'not_a_date' }] }
}

function onDay(form: FormData, field: string, change: (day: string) => Recurrence): Read {
  const read = readTypedDay(form, field)
  return 'problems' in read ? read : { recurrence: change(read.day) }
}

const restoreDay = (recurrence: Recurrence, day: string): Recurrence => ({
  ...recurrence,
  exclude: recurrence.exclude.filter((each) => each !== day),
})

function readAdded(series: Series, form: FormData, now: Temporal.Instant): Read {
  const { recurrence, timezone } = series
  const hour = recurrence.start.slice('YYYY-MM-DDT'.length)
  const { day, time, local } = readDayAndTime(
    textOf(form, 'added'),
    textOf(form, 'addedTime') || hour,
  )
  if (day === '' || day === 'wrong')
    return { problems: [{ field: 'added', code: day === '' ? 'required' : 'not_a_date' }] }
  if (!local)
    return { problems: [{ field: 'addedTime', code: time === '' ? 'required' : 'not_a_time' }] }
  const begins = Temporal.PlainDateTime.from(local).toZonedDateTime(timezone).toInstant()
  if (Temporal.Instant.compare(begins, now) < 0)
    return { problems: [{ field: 'added', code: 'in_the_past' }] }
  const added = addDate(recurrence, local)
  const isTooMany = !isOpenEnded(added) && firstDatesOf(added).length > MOST_SERIES_DATES
  return isTooMany
    ? { problems: [{ field: 'added', code: 'too_many_dates', detail: String(MOST_SERIES_DATES) }] }
    : { recurrence: added }
}

function readPause(recurrence: Recurrence, form: FormData): Read {
  const [from, until] = [readTypedDay(form, 'pauseFrom'), readTypedDay(form, 'pauseUntil')]
  if ('problems' in from || 'problems' in until)
    return {
      problems: [from, until].flatMap((read) => ('problems' in read ? read.problems : [])),
    }
  if (until.day < from.day)
    return { problems: [{ field: 'pauseUntil', code: 'ends_before_start' }] }
  const longest = Temporal.PlainDate.from(from.day).add({ years: 1 }).toString()
  return until.day > longest
    ? { problems: [{ field: 'pauseUntil', code: 'too_long_pause' }] }
    : { recurrence: withoutDays(recurrence, from.day, until.day) }
}

function cancelAll(series: Series, form: FormData, now: Temporal.Instant): SeriesAct {
  const reason = textOf(form, 'reason').trim() || undefined
  if (reason && reason.length > NOTE_MAX)
    return { problems: [{ field: 'reason', code: 'too_long', detail: String(NOTE_MAX) }] }
  const day = findOpenDay(series, undefined, now)
  return { value: { ...series, recurrence: endBefore(series.recurrence, day) }, reason }
}

/** Lists the dates that an act makes now, and those that stay. */
export function listAdded(
  before: Series,
  after: Series | undefined,
  { horizon, now }: { horizon: Horizon; now: Temporal.Instant },
): { added: WallTime[]; kept: ReadonlySet<WallTime> } {
  const datesOf = (series: Series | undefined) =>
    series?.publication === 'published'
      ? listDatesToMake(series, { last: lastDayOf(series, horizon, now) }, now)
      : []
  const [were, are] = [new Set(datesOf(before)), datesOf(after)]
  return { added: are.filter((date) => !were.has(date)), kept: new Set(are) }
}
