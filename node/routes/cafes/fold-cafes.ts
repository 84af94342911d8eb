import { type Cafe, startsAtPlace } from '../../domain/cafes/cafe.ts'

/** So many cafés of one structure on one day are shown as one, with a link to the others. */
const FOLDED_FROM = 4

export type Folded<T> = {
  cafe: T
  /** How many more of the same structure begin on the same day at their place. */
  others: number
}

/** The day on which it begins, at its place. */
export const dayOf = (cafe: Cafe): string => startsAtPlace(cafe).toPlainDate().toString()

/** A page asks again for the same cafés as it reads on, and a day in a time zone takes longer than all the rest. */
const keys = new WeakMap<Cafe, string>()

function keyOf(cafe: Cafe): string {
  const known = keys.get(cafe)
  if (known !== undefined) return known
  const key = `${dayOf(cafe)} ${cafe.organizer.uri}`
  keys.set(cafe, key)
  return key
}

/** The same cafés in the same order; those of a structure that has many on one day stand behind its first. */
export function foldCafes<T extends Cafe>(cafes: readonly T[]): Folded<T>[] {
  const groups = Map.groupBy(cafes, keyOf)
  return cafes.flatMap((cafe) => {
    const group = groups.get(keyOf(cafe)) ?? []
    if (group.length < FOLDED_FROM) return [{ cafe, others: 0 }]
    return group[0] === cafe ? [{ cafe, others: group.length - 1 }] : []
  })
}
