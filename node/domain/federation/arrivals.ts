import { dayInParis } from '../values/days.ts'
/** Something that came from outside and waits for the team, as one of several that are chosen at once. */
export type Arrival = {
  id: string
  version?: string | undefined
  /** The registrable domain that it comes from, or the hosting service below which its name is. */
  source: string
  at: Temporal.Instant | undefined
  /** Whether it comes from somebody who is known here or recommended: it is answered by itself. */
  isKnown: boolean
}

/** All strangers' arrivals of one source, or of one day; the day is that of Paris, as `2026-12-01`. */
export type ArrivalGroup = { kind: 'source' | 'day'; name: string; total: number }

/** How many groups of each kind are offered: the largest. */
const MOST = 5

/** Returns the groups of two and more, by which many are answered at once; the largest come first. */
export function listArrivalGroups(arrivals: readonly Arrival[]): ArrivalGroup[] {
  const strangers = arrivals.filter(({ isKnown }) => !isKnown)
  return (['source', 'day'] as const).flatMap((kind) => {
    const totals = new Map<string, number>()
    for (const one of strangers) {
      const name = nameOf(kind, one)
      if (name) totals.set(name, (totals.get(name) ?? 0) + 1)
    }
    return [...totals]
      .map(([name, total]) => ({ kind, name, total }))
      .filter(({ total }) => total > 1)
      .sort((one, other) => other.total - one.total)
      .slice(0, MOST)
  })
}

const nameOf = (kind: ArrivalGroup['kind'], { source, at }: Arrival): string | undefined =>
  kind === 'source' ? source : at && dayInParis(at).toString()

/** Returns a group as a form sends it. */
export const groupText = ({ kind, name }: Pick<ArrivalGroup, 'kind' | 'name'>): string =>
  `${kind}:${name}`

/** Returns the strangers' arrivals of a group that a form sent; undefined where it is none. */
export function arrivalsOf(text: string, arrivals: readonly Arrival[]): Arrival[] | undefined {
  const [, kind, name] = /^(source|day):(.+)$/.exec(text) ?? []
  if (kind !== 'source' && kind !== 'day') return undefined
  return arrivals.filter((one) => !one.isKnown && nameOf(kind, one) === name)
}
