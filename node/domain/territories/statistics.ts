/** Cafés open to everyone that begin in one month in one département; `departement` undefined when online only. */
export type MonthlyCount = {
  month: string
  departement: string | undefined
  /** Over, and not cancelled. */
  held: number
  toCome: number
  cancelled: number
}

type Totals = { held: number; toCome: number; cancelled: number }

export type Statistics = Totals & {
  /** Held or to come, at a place. */
  placed: number
  /** Part of those at a place that is not in Paris, from 0 to 1; undefined without any. */
  outsideParis: number | undefined
  departements: number
  /** Who announced a café that is held or to come within the last twelve months or later. */
  organizers: number
  /** The earliest first, without gaps. */
  byMonth: (Totals & { month: Temporal.PlainYearMonth })[]
  /** By the code of the département; the most cafés first. */
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

/** Puts the monthly counts together. */
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
    departements: byDepartement.filter((each) => placesOf(each) > 0).length,
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
