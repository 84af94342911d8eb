import { z } from 'zod'
import { limitOf, type Problem, type ProblemCode, toProblemCode } from '../values/problem.ts'
import {
  type Day,
  dayOf,
  findDateFrom,
  firstDatesOf,
  hourOf,
  instantOf,
  isOpenEnded,
  listIncluded,
  listRuleDatesAround,
  MOST_SERIES_DATES,
  previousDayOf,
  type Recurrence,
  toWallTime,
  type WallTime,
  withHour,
} from './recurrence.ts'
import { findRuleFault } from './rule.ts'

const RULE_MAX = 500
const DATE_MAX = 80

const dates = z
  .array(z.string('not_a_date').trim().max(DATE_MAX, 'not_a_date'), 'invalid')
  .max(MOST_SERIES_DATES, 'too_many')
  .nullish()

/** When a series takes place, as a form or a program says it. */
export const RecurrenceInput = z.strictObject(
  {
    rrule: z
      .string('invalid')
      .max(RULE_MAX, 'too_long')
      .nullish()
      .describe(
        'RFC 5545 §3.3.10, by days, weeks, months or years; its hour is that of `startsAt`. Without it, `startsAt` and `include` are the dates',
      ),
    exclude: dates.describe('Days that are left out, `2027-01-07`'),
    include: dates.describe(
      'More dates: a day, at the hour of `startsAt`, or a day and an hour of the place',
    ),
  },
  'invalid',
)

type Asked = {
  /** When it begins, by the clock of the place. */
  start: WallTime
  timezone: string
  /** Now, for a new series, of which no date may be past. */
  now?: Temporal.Instant | undefined
}

type Read =
  | { recurrence: Recurrence; problems?: never }
  | { problems: Problem[]; recurrence?: never }

/**
 * Parses when a series takes place. A rule that is not understood, never has a date, or has more than 400, a date that
 * is past, and a day that is left out without being one of its dates are problems of their field.
 */
export function parseRecurrence(body: unknown, asked: Asked): Read {
  const parsed = RecurrenceInput.safeParse(body ?? {})
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map((issue) => ({
        field: ['recurrence', ...issue.path].join('.'),
        code: issue.code === 'unrecognized_keys' ? 'unknown_field' : toProblemCode(issue.message),
        ...limitOf(issue),
      })),
    }
  const { rrule, exclude, include } = parsed.data
  const problems: Problem[] = []
  const problem = (field: string, code: ProblemCode, detail?: string) =>
    problems.push({ field: `recurrence.${field}`, code, ...(detail && { detail }) })
  const rule = rrule ? readRule(rrule, asked) : undefined
  if (rule?.fault) problem('rrule', 'invalid', rule.fault.slice(0, 100))
  const read = (field: string, all: string[] | null | undefined, isDay: boolean) =>
    (all ?? []).flatMap((text) => {
      const date = readDate(text, asked.timezone)
      if (date === undefined) problem(field, 'not_a_date', text)
      return date === undefined ? [] : [isDay ? dayOf(date) : date]
    })
  const recurrence = {
    ...{ start: asked.start, rrule: rule?.text },
    exclude: [...new Set(read('exclude', exclude, true))].sort(),
    include: [...new Set(read('include', include, false))].sort(),
  }
  if (problems.length === 0) problems.push(...findProblems(recurrence, asked))
  return problems.length > 0 ? { problems } : { recurrence }
}

function findProblems(recurrence: Recurrence, { timezone, now }: Asked): Problem[] {
  const { start, rrule, include } = recurrence
  const first = findDateFrom(recurrence, previousDayOf(dayOf(start)))
  const isRuled = rrule !== undefined
  const most = String(MOST_SERIES_DATES)
  if (first === undefined && include.length === 0)
    return [{ field: 'recurrence.rrule', code: 'no_date' }]
  if (!isOpenEnded(recurrence) && firstDatesOf(recurrence).length > MOST_SERIES_DATES)
    return [
      {
        field: `recurrence.${isRuled ? 'rrule' : 'include'}`,
        code: 'too_many_dates',
        detail: most,
      },
    ]
  const past = now && include.find((date) => isPast(date, { start, timezone, now }))
  const none = findDayOfNone(recurrence)
  return [
    ...(past ? [{ field: 'recurrence.include', code: 'in_the_past', detail: past } as const] : []),
    ...(none
      ? [{ field: 'recurrence.exclude', code: 'not_of_series', detail: none } as const]
      : []),
  ]
}

/** Finds a day that is left out without being one of the dates. */
function findDayOfNone(recurrence: Recurrence): Day | undefined {
  const { exclude } = recurrence
  const dates = [...listRuleDatesAround(recurrence, exclude), ...listIncluded(recurrence)]
  const days = new Set(dates.map(dayOf))
  return exclude.find((day) => !days.has(day))
}

function isPast(
  date: Day | WallTime,
  { start, timezone, now }: { start: WallTime; timezone: string; now: Temporal.Instant },
): boolean {
  return Temporal.Instant.compare(instantOf(withHour(date, start), timezone), now) < 0
}

/** Reads a day, or a time by the clock of the place; one with an offset is in its zone. */
function readDate(text: string, timezone: string): Day | WallTime | undefined {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return inReach(Temporal.PlainDate.from(text).toString())
    if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) return undefined
    return inReach(
      /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)
        ? toWallTime(Temporal.Instant.from(text).toZonedDateTimeISO(timezone))
        : toWallTime(Temporal.PlainDateTime.from(text)),
    )
  } catch {
    return undefined
  }
}

const inReach = (date: string): string | undefined =>
  date >= '2000' && date < '2100' ? date : undefined

/** The parts that a series of ours may have; the hour of all of its dates is that of its start. */
const PARTS =
  /^(?:FREQ|COUNT|UNTIL|INTERVAL|BYDAY|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYSETPOS|BYMONTH|WKST)=/

/** Reads a rule, whose last day is a day of the place afterwards; `fault` is the part that is not understood. */
function readRule(
  text: string,
  { start, timezone }: Asked,
): { text: string; fault?: never } | { fault: string; text?: never } {
  const plain = text
    .toUpperCase()
    .replace(/^\s*RRULE:/, '')
    .replaceAll(/\s/g, '')
  const parts = plain.split(';').filter((part) => part !== '')
  const fault = findRuleFault(parts.join(';')) ?? parts.find((part) => !PARTS.test(part))
  if (fault !== undefined) return { fault: fault === '' ? text : fault }
  const [count, until] = ['COUNT=', 'UNTIL='].map((name) =>
    parts.find((part) => part.startsWith(name)),
  )
  if (count && until) return { fault: `${count};${until}` }
  if (!until) return { text: parts.join(';') }
  const day = readLastDay(until.slice('UNTIL='.length), hourOf(start), timezone)
  if (day === undefined) return { fault: until }
  const last = `UNTIL=${day.replaceAll('-', '')}`
  return { text: parts.map((part) => (part === until ? last : part)).join(';') }
}

/** Reads UNTIL, a day or a time, of which the day counts where the series still begins before it. */
function readLastDay(text: string, hour: string, timezone: string): Day | undefined {
  const [, year, month, day, clock, zulu] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{6})(Z?))?$/.exec(text) ?? []
  const date = `${year}-${month}-${day}`
  const at = clock?.replace(/(\d{2})(\d{2})(\d{2})/, '$1:$2:$3')
  const last = readDate(at ? `${date}T${at}${zulu}` : date, timezone)
  if (last === undefined || !last.includes('T')) return last
  return hourOf(last) >= hour ? dayOf(last) : previousDayOf(dayOf(last))
}
