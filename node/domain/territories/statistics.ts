/** What is counted of some cafés. */
export type Totals = {
  /** Cafés open to everybody that are over: not cancelled, not postponed, nor told to have fallen through. */
  held: number
  /** Cafés for a particular audience (a school, a company) of which the same is true; they are in no other number of cafés. */
  reserved: number
  /** Cafés open to everybody that are not over, and not cancelled. */
  toCome: number
  cancelled: number
  /** How many of those held, or held for a particular audience, a shown report tells of. */
  reported: number
  /** The sum of the participants of these reports: whoever came three times counts three times. */
  participations: number
  /** Those of them who were at a café for the first time, in the reports that say so. */
  firstTimers: number
  /** The participations of the reports that say how many were there for the first time. */
  askedFirst: number
}

/**
 * The counts of the cafés that begin in one month in one département; `departement` is undefined for those that are only
 * online.
 */
export type MonthlyCount = Totals & { month: string; departement: string | undefined }

export type Statistics = Totals & {
  /** Cafés open to everybody at a place that were held or are to come. */
  placed: number
  /** The share of those at a place that is not in Paris, from 0 to 1; undefined when there is none. */
  outsideParis: number | undefined
  /** The codes of the départements with a café that was held or is to come. */
  departements: readonly string[]
  /** The number of organizers who announced a café that was held within the last twelve months or is to come. */
  organizers: number
  /** The months, the earliest first and without gaps. */
  byMonth: (Totals & { month: Temporal.PlainYearMonth })[]
  /** The départements by code, the one with the most cafés first. */
  byDepartement: (Totals & { departement: string })[]
  countedAt: Temporal.Instant
}

/** By what cafés are put together: the structure's kind, the format, or a network of its structure. */
export const GROUPINGS = ['type', 'format', 'reseau'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** What is counted of the cafés of one group, those for a particular audience included. */
export type GroupCount = {
  grouping: Grouping
  /** The code of the kind, the text of the format, the slug of the network. */
  key: string
  label: string
  held: number
  reported: number
  participations: number
}

/** The days of the recent count, which end yesterday. */
export const RECENT_DAYS = 30
/** The months, before this one, in which a structure must have held a café to be counted. */
export const ACTIVE_MONTHS = 12

/** What is counted of the cafés that began on these days, both included. */
export type RecentCount = Pick<GroupCount, 'held' | 'reported' | 'participations'> & {
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}

/** All that a site counts. */
export type SiteStatistics = Statistics & {
  /** The last days that are over. */
  recent: RecentCount
  /** The communes in which a café was held, and in how many of them a report tells of the first one. */
  communes: { total: number; reported: number }
  /** The month from which on structures are counted. */
  organizersSince: Temporal.PlainYearMonth
  groups: readonly GroupCount[]
}

/** What nothing adds up to. */
export const NO_TOTALS: Totals = {
  ...{ held: 0, reserved: 0, toCome: 0, cancelled: 0 },
  ...{ reported: 0, participations: 0, firstTimers: 0, askedFirst: 0 },
}

const KEYS = Object.keys(NO_TOTALS) as (keyof Totals)[]

/** Adds counts up. */
export const sumOf = (counts: readonly Totals[]): Totals => {
  const sum = { ...NO_TOTALS }
  for (const count of counts) for (const key of KEYS) sum[key] += count[key]
  return sum
}

const placesOf = ({ held, toCome }: Totals): number => held + toCome

/** Returns the cafés that took place, whoever was invited: those of which a team could tell. */
export const allHeldOf = ({ held, reserved }: Pick<Totals, 'held' | 'reserved'>): number =>
  held + reserved

/** Adds the monthly counts up. */
export function toStatistics(
  counts: readonly MonthlyCount[],
  { organizers, countedAt }: Pick<Statistics, 'organizers' | 'countedAt'>,
): Statistics {
  const placed = counts.filter(({ departement }) => departement !== undefined)
  const outside = placed.filter(({ departement }) => departement !== '75')
  const total = placesOf(sumOf(placed))
  const byDepartement = [...Map.groupBy(placed, ({ departement }) => departement ?? '')]
    .map(([departement, group]) => ({ departement, ...sumOf(group) }))
    .toSorted((one, other) => placesOf(other) - placesOf(one))
  return {
    ...sumOf(counts),
    placed: total,
    outsideParis: total === 0 ? undefined : placesOf(sumOf(outside)) / total,
    departements: byDepartement
      .filter((each) => placesOf(each) > 0)
      .map(({ departement }) => departement),
    byMonth: toMonths(counts),
    byDepartement,
    organizers,
    countedAt,
  }
}

function toMonths(counts: readonly MonthlyCount[]): Statistics['byMonth'] {
  const groups = Map.groupBy(counts, ({ month }) => month)
  const names = [...groups.keys()].toSorted()
  const [first] = names
  const last = names.at(-1)
  if (!first || !last) return []
  const months: Statistics['byMonth'] = []
  const end = Temporal.PlainYearMonth.from(last)
  for (
    let month = Temporal.PlainYearMonth.from(first);
    Temporal.PlainYearMonth.compare(month, end) <= 0;
    month = month.add({ months: 1 })
  )
    months.push({ month, ...sumOf(groups.get(month.toString()) ?? []) })
  return months
}
