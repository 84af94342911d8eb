import type { Commune } from '../commune-table.ts'
import { readDataFile } from '../data-file.ts'
import { comparableName, withoutArticle } from '../names.ts'
import { lookUpExactPlace } from '../places.ts'

/**
 * Names that people say and that no list of communes has: quarters, islands, massifs and old provinces, each with the
 * town around which it lies (`node/geo/data/spoken-names.txt`).
 */
let known: ReadonlyMap<string, readonly string[]> | undefined

/** Reads the table in about a millisecond, at its first use. */
export function readSpokenNames(): NonNullable<typeof known> {
  if (known) return known
  const made = new Map<string, string[]>()
  for (const line of readDataFile('spoken-names.txt').toString('utf8').trimEnd().split('\n')) {
    const at = line.indexOf(': ')
    const towns = line.slice(0, at).split('|')
    for (const name of line.slice(at + 2).split(', '))
      made.set(withoutArticle(name), [...(made.get(withoutArticle(name)) ?? []), ...towns])
  }
  known = made
  return made
}

/** Finds the towns around which the area or the quarter of this name lies; the likeliest is the first. */
export function listTownsOfSpokenName(text: string): Commune[] {
  const towns = readSpokenNames().get(withoutArticle(comparableName(text))) ?? []
  return towns.flatMap((town) => {
    const place = lookUpExactPlace(town)
    if (place.kind === 'several') return place.choices.slice(0, 1)
    return place.kind === 'commune' ? [place.commune] : []
  })
}
