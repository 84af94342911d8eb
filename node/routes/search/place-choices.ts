import { territoryText } from '../../../ui/locales/french-articles.ts'
import type { SearchValues } from '../../../ui/search/values.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { labelOf, longLabelOf } from '../../geo/places.ts'
import type { Territory } from '../../geo/territories.ts'
import { lookUpWhere, type Meanings } from '../../geo/where.ts'

/** One of the things that a typed place may be. */
export type PlaceChoice = {
  /** As a link says it: `Saint-Denis (La Réunion, 974)`. */
  label: string
  /** What to type for this one and no other. */
  text: string
  /** The département or région that it is. */
  area?: Territory
}

/** The territory first, then the towns, the most populous before the others. */
export function choicesOf({ area, towns }: Meanings): PlaceChoice[] {
  const ofTowns = towns.map(toChoice)
  if (!area) return ofTowns
  const label = `${territoryText(area.name)} (${area.kind === 'region' ? 'région' : 'département'})`
  return [{ label, text: label, area }, ...ofTowns]
}

export const toChoice = (town: Commune): PlaceChoice => ({
  label: longLabelOf(town),
  text: textForTown(town),
})

/** What changes in a search for this one and no other. */
export const askFor = ({ text, area }: PlaceChoice): Partial<Area> =>
  area ? within(area) : { ou: text, territoire: '' }

type Area = Pick<SearchValues, 'ou' | 'rayon' | 'territoire'>

/** What changes in a search for this territory: it is no place to go around. */
export const within = ({ code }: Territory): Area => ({ ou: '', rayon: '', territoire: code })

/** What to type for this town and no other: by its code alone a town may be read as another one's postcode. */
export function textForTown(commune: Commune): string {
  const [postcode] = commune.postcodes
  const texts = [labelOf(commune), `${postcode} ${commune.name}`, commune.codeInsee]
  const isMeant = (text: string) => {
    const answer = lookUpWhere(text)
    return answer.kind === 'commune' && answer.commune.codeInsee === commune.codeInsee
  }
  return texts.find(isMeant) ?? commune.codeInsee
}
