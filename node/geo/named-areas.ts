import { comparableName, splitLabel, withoutArticle } from './names.ts'
import { findTerritory, listDepartements, listRegions, type Territory } from './territories.ts'

const CODE = /^(?:\d{2,3}|2[ab])$/i

/**
 * The département or région that is called so, or has this number: `Ille-et-Vilaine`, `35`, `bretagne`. Where both
 * are one and bear one name, as at La Réunion, the département.
 */
export function findAreaNamed(text: string): Territory | undefined {
  const typed = text.trim()
  const code = CODE.test(typed) ? typed : codes().get(withoutArticle(comparableName(typed)))
  return code === undefined ? undefined : findTerritory(code)
}

/** The same with what a page of ours puts behind the name: `La Réunion (974)`, `Bretagne (région)`. */
export function findAreaLabelled(text: string): Territory | undefined {
  const { name, note = '' } = splitLabel(text)
  const area = CODE.test(name) ? undefined : findAreaNamed(name)
  const notes = [area?.code, area?.kind].map((one) => comparableName(one ?? ''))
  return notes.includes(comparableName(note)) ? area : undefined
}

let known: ReadonlyMap<string, string> | undefined

/** By their names; a later entry takes the place of an earlier one. */
function codes(): ReadonlyMap<string, string> {
  known ??= new Map(
    [
      ...listRegions().map(({ code, name }) => ({ code: `r-${code}`, name })),
      ...listDepartements(),
    ].map(({ code, name }) => [withoutArticle(comparableName(name)), code]),
  )
  return known
}
