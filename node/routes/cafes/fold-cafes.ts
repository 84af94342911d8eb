/** The number of cafés of one structure on one day from which they are shown as one, with a link to the others. */
const FOLDED_FROM = 4

export type Folded<T> = {
  cafe: T
  /** How many more of the same structure begin on the same day at their place. */
  others: number
}

/**
 * The organizer of a café, the day on which it begins at its place (`2026-12-03`), whether it is cancelled, and how far
 * it is from the place that was searched.
 */
type Key = {
  organizerUri: string
  day: string
  isCancelled: boolean
  distanceKm?: number | undefined
}

/**
 * Folds a list and keeps its order: of a structure’s many cafés on one day only the nearest stays, or the first where
 * no place was searched, with the number of the others. Those that take place and those that are cancelled are folded
 * apart.
 */
export function foldCafes<T extends Key>(cafes: readonly T[]): Folded<T>[] {
  const keyOf = ({ day, isCancelled, organizerUri }: Key) => `${day} ${isCancelled} ${organizerUri}`
  const groups = Map.groupBy(cafes, keyOf)
  return cafes.flatMap((cafe) => {
    const group = groups.get(keyOf(cafe)) ?? []
    if (group.length < FOLDED_FROM) return [{ cafe, others: 0 }]
    return nearestOf(group) === cafe ? [{ cafe, others: group.length - 1 }] : []
  })
}

/** Returns the nearest of them, the first of those that are as near. */
const nearestOf = <T extends Key>(group: readonly T[]): T | undefined =>
  group.reduce<T | undefined>(
    (nearest, cafe) =>
      nearest && (nearest.distanceKm ?? 0) <= (cafe.distanceKm ?? 0) ? nearest : cafe,
    undefined,
  )
