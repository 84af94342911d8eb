/** The number of cafés of one structure on one day from which they are shown as one, with a link to the others. */
const FOLDED_FROM = 4

export type Folded<T> = {
  cafe: T
  /** How many more of the same structure begin on the same day at their place. */
  others: number
}

/** The organizer of a café, the day on which it begins at its place (`2026-12-03`), and whether it is cancelled. */
type Key = { organizerUri: string; day: string; isCancelled: boolean }

/**
 * Folds a list and keeps its order: of a structure’s many cafés on one day only the first stays, with the number of the
 * others. Those that take place and those that are cancelled are folded apart.
 */
export function foldCafes<T extends Key>(cafes: readonly T[]): Folded<T>[] {
  const keyOf = ({ day, isCancelled, organizerUri }: Key) => `${day} ${isCancelled} ${organizerUri}`
  const groups = Map.groupBy(cafes, keyOf)
  return cafes.flatMap((cafe) => {
    const group = groups.get(keyOf(cafe)) ?? []
    if (group.length < FOLDED_FROM) return [{ cafe, others: 0 }]
    return group[0] === cafe ? [{ cafe, others: group.length - 1 }] : []
  })
}
