/**
 * The number of cafés open to everybody that begin in one month in one département; `departement` is undefined for
 * those that are only online.
 */
export type MonthlyCount = {
  month: string
  departement: string | undefined
  /** Cafés that are over, and were neither cancelled nor postponed without a new date. */
  held: number
  toCome: number
  cancelled: number
}

type Totals = { held: number; toCome: number; cancelled: number }

export type Statistics = Totals & {
  /** Cafés at a place that were held or are to come. */
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

const NOTHING: Totals = { held: 0, toCome: 0, cancelled: 0 }

const add = (one: Totals, other: Totals): Totals => ({
  held: one.held + other.held,
  toCome: one.toCome + other.toCome,
  cancelled: one.cancelled + other.cancelled,
})

const sum = (counts: readonly Totals[]): Totals => counts.reduce(add, NOTHING)

const placesOf = ({ held, toCome }: Totals): number => held + toCome

/** Adds the monthly counts up. */
export function toStatistics(
  counts: readonly MonthlyCount[],
  { organizers, countedAt }: Pick<Statistics, 'organizers' | 'countedAt'>,
): Statistics {
  const placed = counts.filter(({ departement }) => departement !== undefined)
  const outside = placed.filter(({ departement }) => departement !== '75')
  const total = placesOf(sum(placed))
  const byDepartement = [...Map.groupBy(placed, ({ departement }) => departement ?? '')]
    .map(([departement, group]) => ({ departement, ...sum(group) }))
    .toSorted((one, other) => placesOf(other) - placesOf(one))
  return {
    ...sum(counts),
    placed: total,
    outsideParis: total === 0 ? undefined : placesOf(sum(outside)) / total,
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
    months.push({ month, ...sum(groups.get(month.toString()) ?? []) })
  return months
}
