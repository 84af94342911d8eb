import { RRuleTemporal } from 'rrule-temporal'
import { isEndless, stepsOf } from './rule.ts'

/** A day, `2026-12-10`. */
export type Day = string

/** A date and an hour by the clock of the place, `2026-12-10T18:30`: the order of these texts is that of the times. */
export type WallTime = string

/**
 * When a series takes place, by the clock of its place: by a rule, or on the dates that somebody listed. A date keeps its
 * hour over a change of the clocks.
 */
export type Recurrence = {
  /** Where the rule begins; without a rule, the first of the listed dates. */
  start: WallTime
  /** A rule without its hour (RFC 5545 §3.3.10), whose UNTIL is a day; undefined where the dates are listed. */
  rrule: string | undefined
  /** Days of which the dates are left out. */
  exclude: readonly Day[]
  /** Dates beside the rule; one without an hour has that of `start`. */
  include: readonly (Day | WallTime)[]
}

/**
 * The maximum number of dates of a series that has an end.
 */
export const MOST_SERIES_DATES = 400

/** Returns whether a series goes on until somebody ends it. */
export const isOpenEnded = ({ rrule }: Pick<Recurrence, 'rrule'>): boolean =>
  rrule !== undefined && isEndless(rrule)

const UTC = 'UTC'

/** The hour does not matter to a rule: it is expanded as if the clocks of the place were never changed. */
const ruleOf = ({ start, rrule }: { start: WallTime; rrule: string }): RRuleTemporal =>
  new RRuleTemporal({
    rruleString: `RRULE:${rrule.replace(/UNTIL=(\d{8})(?!T)/, 'UNTIL=$1T235959Z')}`,
    dtstart: Temporal.PlainDateTime.from(start).toZonedDateTime(UTC),
    maxIterations: stepsOf(rrule),
  })

/**
 * Returns the text of a wall time, to the minute.
 */
export const toWallTime = (time: Temporal.PlainDateTime | Temporal.ZonedDateTime): WallTime =>
  ('timeZoneId' in time ? time.toPlainDateTime() : time).toString({ smallestUnit: 'minute' })

/** Returns the day of a wall time. */
export const dayOf = (time: WallTime): Day => time.slice(0, 'YYYY-MM-DD'.length)

/** Returns the day before a day. */
export const previousDayOf = (day: Day): Day =>
  Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/**
 * Returns the hour of a wall time, `18:30`.
 */
export const hourOf = (time: WallTime): string => time.slice('YYYY-MM-DDT'.length)

/** Returns when a date of a series begins; one without an hour has that of the series. */
export const withHour = (date: Day | WallTime, start: WallTime): WallTime =>
  date.includes('T') ? date : `${date}T${hourOf(start)}`

/** Lists the dates beside the rule, each at its hour. */
export const listIncluded = ({
  start,
  include,
}: Pick<Recurrence, 'start' | 'include'>): WallTime[] =>
  include.map((date) => withHour(date, start))

/** Lists the dates of the rule alone between two days, both included. */
export function listRuleDates(
  { start, rrule }: Pick<Recurrence, 'start' | 'rrule'>,
  from: Day,
  until: Day,
): WallTime[] {
  if (rrule === undefined) return dayOf(start) >= from && dayOf(start) <= until ? [start] : []
  const at = (day: Day, time: string) =>
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: UTC, plainTime: time })
  return ruleOf({ start, rrule })
    .between(at(from, '00:00'), at(until, '23:59:59'), true)
    .map((date) => toWallTime(date as Temporal.ZonedDateTime))
}

/**
 * Lists the dates of the rule alone from the first to the last of these days, which are sorted, in each year that has
 * one: the library gives up after so many dates.
 */
export const listRuleDatesAround = (
  rule: Pick<Recurrence, 'start' | 'rrule'>,
  days: readonly Day[],
): WallTime[] =>
  [...Map.groupBy(days, (day) => day.slice(0, 'YYYY'.length)).values()].flatMap((ofYear) => {
    const [first, last] = [ofYear[0], ofYear.at(-1)]
    return first && last ? listRuleDates(rule, first, last) : []
  })

/**
 * Lists the dates of a series between two days of its place, both included, in their order: those of the rule and those
 * that are included, without the excluded ones. What may be asked for is bounded by the caller: a year of an endless
 * rule, or all of one that ends, since that has 400 dates at most.
 */
export function datesOf(recurrence: Recurrence, from: Day, until: Day): WallTime[] {
  const left = new Set(recurrence.exclude)
  const included = listIncluded(recurrence).filter(
    (date) => dayOf(date) >= from && dayOf(date) <= until,
  )
  const dates = new Set([...listRuleDates(recurrence, from, until), ...included])
  return [...dates].filter((date) => !left.has(dayOf(date))).sort()
}

/**
 * Finds the first date of a series on this day or later; undefined where there is none, and where the rule needs more
 * steps than any calendar does.
 */
export function findDateFrom(recurrence: Recurrence, from: Day): WallTime | undefined {
  const { start, rrule, exclude } = recurrence
  const left = new Set(exclude)
  const listed = [...(rrule === undefined ? [start] : []), ...listIncluded(recurrence)].filter(
    (date) => dayOf(date) >= from && !left.has(dayOf(date)),
  )
  const byRule = rrule && findByRule({ start, rrule }, from, left)
  return [...listed, ...(byRule ? [byRule] : [])].sort()[0]
}

function findByRule(
  rule: { start: WallTime; rrule: string },
  from: Day,
  left: ReadonlySet<Day>,
): WallTime | undefined {
  const expander = ruleOf(rule)
  let after = Temporal.PlainDate.from(from).toZonedDateTime(UTC).subtract({ seconds: 1 })
  const find = (dates: WallTime[]) => dates.find((date) => !left.has(dayOf(date)))
  // Each step finds another excluded day, of which there are as many as the series may have dates.
  for (let tried = 0; tried <= left.size; tried++) {
    const next = nextOf(expander, after)
    if (!next) return undefined
    after = next.add({ years: 1 })
    // Each search goes through the rule anew, so the dates of a year are listed together.
    const [first, last] = [toWallTime(next), toWallTime(after)]
    const found = find([first]) ?? find(listRuleDates(rule, dayOf(first), dayOf(last)))
    if (found !== undefined) return found
  }
  return undefined
}

/** The library throws where it gives up. */
function nextOf(
  expander: RRuleTemporal,
  after: Temporal.ZonedDateTime,
): Temporal.ZonedDateTime | undefined {
  try {
    return (expander.next(after) ?? undefined) as Temporal.ZonedDateTime | undefined
  } catch {
    return undefined
  }
}

/**
 * Lists all dates of a series that has an end, at most one more than it may have; of one without an end, the first ones.
 */
export function firstDatesOf(recurrence: Recurrence, most = MOST_SERIES_DATES + 1): WallTime[] {
  const { start, rrule, exclude } = recurrence
  const left = new Set(exclude)
  const byRule = rrule === undefined ? [start] : listFirst({ start, rrule }, most + left.size)
  const all = new Set([...byRule, ...listIncluded(recurrence)])
  return [...all]
    .filter((date) => !left.has(dayOf(date)))
    .sort()
    .slice(0, most)
}

function listFirst(rule: { start: WallTime; rrule: string }, most: number): WallTime[] {
  const found: WallTime[] = []
  try {
    ruleOf(rule).all((date) => {
      found.push(toWallTime(date as Temporal.ZonedDateTime))
      return found.length < most
    })
  } catch {
    // The rule has taken more steps than any calendar does; what was found holds.
  }
  return found.slice(0, most)
}

/**
 * Returns when a date begins. An hour that the clocks of that night leave out is the one after it, as in RFC 5545
 * §3.3.5; of an hour that comes twice, the first.
 */
export const instantOf = (date: WallTime, timezone: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(date).toZonedDateTime(timezone).toInstant()
