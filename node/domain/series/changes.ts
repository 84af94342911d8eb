import {
  type Day,
  dayOf,
  findDateFrom,
  listIncluded,
  listRuleDates,
  previousDayOf,
  type Recurrence,
  type WallTime,
} from './recurrence.ts'

/** Leaves out the dates of a day. */
export const skipDay = (recurrence: Recurrence, day: Day): Recurrence =>
  withoutDays(recurrence, day, day)

/** Adds a date, at the hour of the series where it has none of its own; also one that was left out. */
export const addDate = (recurrence: Recurrence, date: Day | WallTime): Recurrence => ({
  ...recurrence,
  exclude: recurrence.exclude.filter((day) => day !== dayOf(date)),
  include: [...new Set([...recurrence.include, date])].sort(),
})

/** Leaves out all dates between two days, both included. */
export function withoutDays(recurrence: Recurrence, from: Day, until: Day): Recurrence {
  const days = listRuleDates(recurrence, from, until).map(dayOf)
  return {
    ...recurrence,
    exclude: [...new Set([...recurrence.exclude, ...days])].sort(),
    include: recurrence.include.filter((date) => dayOf(date) < from || dayOf(date) > until),
  }
}

/** Ends a series before a day: it has no date on it or later. */
export function endBefore(recurrence: Recurrence, day: Day): Recurrence {
  const { rrule, start, exclude, include } = recurrence
  const isBefore = (date: Day | WallTime) => dayOf(date) < day
  return {
    start,
    rrule:
      rrule && [...withoutEnd(rrule), `UNTIL=${previousDayOf(day).replaceAll('-', '')}`].join(';'),
    exclude: [...exclude.filter(isBefore), ...(rrule || isBefore(start) ? [] : [dayOf(start)])],
    include: include.filter(isBefore),
  }
}

const withoutEnd = (rrule: string): string[] =>
  rrule.split(';').filter((part) => !/^(?:COUNT|UNTIL)=/.test(part))

/**
 * Returns a series as it is from a day on: its rule begins with its first date there, and has as many dates as are left.
 * What has no date left stays as it is.
 */
export function cutFrom(recurrence: Recurrence, day: Day): Recurrence {
  const { rrule, start, exclude, include } = recurrence
  const later = {
    exclude: exclude.filter((date) => date >= day),
    include: include.filter((date) => dayOf(date) >= day),
  }
  if (rrule === undefined) return cutList(recurrence, later, day)
  const first = findDateFrom({ start, rrule, exclude: [], include: [] }, day)
  if (first === undefined || first === start) return { ...recurrence, ...(first && later) }
  const left = countFrom({ start, rrule }, day)
  return { start: first, rrule: left === undefined ? rrule : withCount(rrule, left), ...later }
}

function cutList(
  recurrence: Recurrence,
  { exclude, include }: Pick<Recurrence, 'exclude' | 'include'>,
  day: Day,
): Recurrence {
  const { start } = recurrence
  if (dayOf(start) >= day) return { ...recurrence, exclude, include }
  const [first, ...others] = listIncluded({ start, include })
  return first === undefined
    ? recurrence
    : { start: first, rrule: undefined, exclude, include: others }
}

/** Returns how many dates of a rule that has a number of dates are left; undefined for another one. */
function countFrom(rule: { start: WallTime; rrule: string }, day: Day): number | undefined {
  const [, count] = /(?:^|;)COUNT=(\d+)/.exec(rule.rrule) ?? []
  if (count === undefined) return undefined
  return Number(count) - listRuleDates(rule, dayOf(rule.start), previousDayOf(day)).length
}

const withCount = (rrule: string, count: number): string =>
  rrule.replace(/COUNT=\d+/, `COUNT=${count}`)
