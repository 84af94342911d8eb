import { findIntercommunalityNamed } from '../../geo/named-areas.ts'
import { comparableName, splitLabel } from '../../geo/names.ts'
import { findTerritory, searchTerritories, type Territory } from '../../geo/territories.ts'
import { parentsOf } from '../../geo/territory-family.ts'

const CHOICES = 8

/**
 * Reads a code, a postcode or a name, with or without the code that our pages put behind it; several territories where
 * it could be one of them.
 */
export function readTerritoryText(typed: string): {
  territory: Territory | undefined
  choices: Territory[]
} {
  if (typed === '') return { territory: undefined, choices: [] }
  const byCode = findTerritory(typed)
  if (byCode) return { territory: byCode, choices: [] }
  const { name, note: code } = splitLabel(typed, /^\w{2,3}$/)
  // The text may be the name as our pages print it: « Communauté de communes du Diois ».
  const called = code === undefined ? findIntercommunalityNamed(name) : undefined
  if (called) return { territory: called, choices: [] }
  const found = searchTerritories(name, CHOICES).filter(
    (one) => code === undefined || codesWithin(one).includes(code.toUpperCase()),
  )
  const wanted = comparableName(name)
  const exact = found.filter((one) => comparableName(one.name) === wanted)
  const meant = exact.length > 0 ? exact : found
  return meant.length === 1
    ? { territory: meant[0], choices: [] }
    : { territory: undefined, choices: meant }
}

const codesWithin = (territory: Territory): string[] => [
  territory.code,
  ...parentsOf(territory).map(({ code }) => code),
]
