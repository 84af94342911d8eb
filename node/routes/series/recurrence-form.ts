import { answerName, ENDS, REPEATS } from '../../../ui/cafes/series/several-dates.tsx'
import {
  type Day,
  firstDatesOf,
  isOpenEnded,
  MOST_SERIES_DATES,
  type Recurrence,
} from '../../domain/series/recurrence.ts'
import { nthOfMonth } from '../../domain/series/words.ts'
import { readDay } from '../../domain/values/days.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { textOf, textsOf } from '../http/forms.ts'

/** Returns whether the form of a new café plans several dates. */
export const isSeveralDates = (form: FormData): boolean => textOf(form, 'dates') === 'several'

/**
 * Reads how the dates of a form repeat. `start` is the first day and hour that were typed, by the clock of the place.
 * The recurrence begins with its first date, and leaves no day out yet.
 */
export function readRecurrence(
  form: FormData,
  start: string,
): { recurrence: Recurrence; problems?: never } | { problems: Problem[]; recurrence?: never } {
  const repeats = REPEATS.find((each) => each === textOf(form, 'repeats'))
  if (!repeats) return { problems: [{ field: 'repeats', code: 'required' }] }
  const read = repeats === 'listed' ? readListed(form, start) : readRule(form, start, repeats)
  if (!read.recurrence) return read
  const [first] = firstDatesOf(read.recurrence, 1)
  if (!first) return { problems: [{ field: endFieldOf(form), code: 'no_date' }] }
  if (firstDatesOf(read.recurrence).length > MOST_SERIES_DATES && !isOpenEnded(read.recurrence))
    return { problems: [tooMany(repeats === 'listed' ? 'listed' : endFieldOf(form))] }
  return { recurrence: { ...read.recurrence, start: first } }
}

const tooMany = (field: string): Problem => ({
  ...{ field, code: 'too_many_dates', detail: String(MOST_SERIES_DATES) },
})

type Read = ReturnType<typeof readRecurrence>

function readListed(form: FormData, start: string): Read {
  const typed = textsOf(form, 'listed[]').filter((text) => text !== '')
  if (typed.length === 0) return { problems: [{ field: 'listed', code: 'required' }] }
  if (typed.length > MOST_SERIES_DATES) return { problems: [tooMany('listed')] }
  const wrong = typed.find((text) => !readDay(text))
  if (wrong !== undefined) return { problems: [{ field: 'listed', code: 'not_a_date' }] }
  const [first = start, ...others] = [...new Set([start.slice(0, 10), ...typed])].sort()
  const hour = start.slice('YYYY-MM-DD'.length)
  return { recurrence: { start: first + hour, rrule: undefined, exclude: [], include: others } }
}

const endFieldOf = (form: FormData): string =>
  ({ date: 'lastDay', count: 'count' })[textOf(form, 'ends')] ?? 'ends'

type Rule = Exclude<(typeof REPEATS)[number], 'listed'>

function readRule(form: FormData, start: string, repeats: Rule): Read {
  const day = Temporal.PlainDate.from(start.slice(0, 'YYYY-MM-DD'.length))
  const end = readEnd(form, day)
  const months = readMonths(form)
  if (!end.part || !months.part)
    return { problems: [...(end.problems ?? []), ...(months.problems ?? [])] }
  const rrule = [ruleOf(repeats, day), ...months.part, ...end.part].join(';')
  return { recurrence: { start, rrule, exclude: [], include: [] } }
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

function ruleOf(repeats: Rule, day: Temporal.PlainDate): string {
  const weekday = WEEKDAYS[day.dayOfWeek - 1]
  return {
    weekly: `FREQ=WEEKLY;BYDAY=${weekday}`,
    fortnightly: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${weekday}`,
    monthly: `FREQ=MONTHLY;BYDAY=${nthOfMonth(day)}${weekday}`,
    last: `FREQ=MONTHLY;BYDAY=-1${weekday}`,
  }[repeats]
}

type Part = { part: string[]; problems?: never } | { problems: Problem[]; part?: never }

function readEnd(form: FormData, start: Temporal.PlainDate): Part {
  const ends = ENDS.find((each) => each === textOf(form, 'ends'))
  if (ends === 'open') return { part: [] }
  const text = textOf(form, ends === 'count' ? 'count' : 'lastDay')
  const field = ends === 'count' ? 'count' : 'lastDay'
  if (text === '') return { problems: [{ field, code: 'required' }] }
  if (ends === 'count') {
    const count = /^\d{1,9}$/.test(text) ? Number(text) : 0
    if (count > MOST_SERIES_DATES) return { problems: [tooMany(field)] }
    return count > 0 ? { part: [`COUNT=${count}`] } : { problems: [{ field, code: 'invalid' }] }
  }
  const last = readDay(text)
  if (!last) return { problems: [{ field, code: 'not_a_date' }] }
  return Temporal.PlainDate.compare(last, start) < 0
    ? { problems: [{ field, code: 'ends_before_start' }] }
    : { part: [`UNTIL=${text.replaceAll('-', '')}`] }
}

const MONTHS = Array.from({ length: 12 }, (_, at) => String(at + 1))

function readMonths(form: FormData): Part {
  const skipped = textsOf(form, 'skipMonths')
  const left = MONTHS.filter((month) => !skipped.includes(month))
  if (left.length === 0) return { problems: [{ field: 'skipMonths', code: 'no_date' }] }
  return { part: left.length === MONTHS.length ? [] : [`BYMONTH=${left.join(',')}`] }
}

/** Returns the days that the form leaves out, of those that somebody should look at; one without an answer is. */
export const readSkipped = (form: FormData, flagged: readonly Day[]): Day[] =>
  flagged.filter((day) => textOf(form, answerName(day)) !== 'keep')
