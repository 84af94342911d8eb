import type { Commune } from './commune-table.ts'
import { findAreaLabelled, findAreaNamed } from './named-areas.ts'
import { comparableName, withoutArticle } from './names.ts'
import { labelOf, lookUpPlace, type PlaceAnswer } from './places.ts'
import type { Territory } from './territories.ts'
import { mainCommuneOf } from './territory-family.ts'

/** What a person who was asked « Où ? » may have meant, where a département or a région is an answer too. */
export type WhereAnswer =
  | Exclude<PlaceAnswer, { kind: 'several' | 'commune' }>
  | (Extract<PlaceAnswer, { kind: 'commune' }> & {
      /** The other communes of the postcode that was typed; none when it has one. */
      others?: Commune[]
    })
  | { kind: 'area'; area: Territory }
  | { kind: 'several'; area?: Territory; towns: Commune[] }

/**
 * A place as `lookUpPlace` reads it, or the département or région that alone is called so. A postcode of several
 * communes is the most populous of them, since all of them are neighbours. Where both a town and a
 * territory may be meant, as with « Mayenne », they are several; Paris is one with its département.
 */
export function lookUpWhere(text: string): WhereAnswer {
  const place = lookUpPlace(text)
  const towns = townsOf(place)
  const labelled = findAreaLabelled(text)
  if (labelled && !towns.some((town) => isCalled(town, labelled.name)))
    return { kind: 'area', area: labelled }
  const named = findAreaNamed(text)
  if (named && !isTown(place, text)) return { kind: 'area', area: named }
  const main = named && mainCommuneOf(named)?.codeInsee
  const area = towns.some(({ codeInsee }) => codeInsee === main) ? undefined : named
  if (area) return { kind: 'several', area, towns }
  if (place.kind !== 'several') return place
  return place.postcode === undefined
    ? { kind: 'several', towns }
    : mainOf(place.choices, place.postcode)
}

/** @param towns - The most populous first; one at least. */
function mainOf(towns: Commune[], postcode: string): WhereAnswer {
  const [commune, ...others] = towns
  if (!commune) return { kind: 'unknown', text: postcode }
  return { kind: 'commune', commune, label: labelOf(commune), postcode, others }
}

function townsOf(place: PlaceAnswer): Commune[] {
  if (place.kind === 'several') return place.choices
  return place.kind === 'commune' ? [place.commune] : []
}

/** Not those whose names only begin so: Nordhouse is no « Nord ». */
function isTown(place: PlaceAnswer, text: string): boolean {
  if (place.kind !== 'several') return place.kind !== 'unknown'
  return place.choices.some((town) => isCalled(town, text))
}

const isCalled = ({ name }: Commune, text: string): boolean =>
  withoutArticle(comparableName(name)) === withoutArticle(comparableName(text))
