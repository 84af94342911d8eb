import { territoryText } from '../../../ui/locales/french-articles.ts'
import type { SearchValues } from '../../../ui/search/values.ts'
import { isCollectivity } from '../../domain/territories/collectivity.ts'
import type { Problem } from '../../domain/values/problem.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { labelOf, longLabelOf } from '../../geo/places.ts'
import type { Territory } from '../../geo/territories.ts'
import { lookUpWhere, type Meanings, type WhereAnswer } from '../../geo/where.ts'

/** One of the meanings of a typed place. */
export type PlaceChoice = {
  /** Its label in a link: `Saint-Denis (La Réunion, 974)`. */
  label: string
  /** The text to type for this meaning only. */
  text: string
  /** The département or région, when it is one. */
  area?: Territory
}

/** Returns the choices: the territory first, then the towns, the most populous first. */
export function choicesOf({ area, towns }: Meanings): PlaceChoice[] {
  const ofTowns = towns.map(toChoice)
  if (!area) return ofTowns
  const kind = area.kind === 'region' ? 'région' : 'département'
  const label = `${territoryText(area.name)} (${isCollectivity(area.code) ? 'collectivité' : kind})`
  return [{ label, text: label, area }, ...ofTowns]
}

/** Returns a town as a choice: what is shown, and the text that the search understands as this very town. */
export const toChoice = (town: Commune): PlaceChoice => ({
  label: longLabelOf(town),
  text: textForTown(town),
})

/** Returns the parameters that change in a search for this meaning only. */
export const askFor = ({ text, area }: PlaceChoice): Partial<Area> =>
  area ? within(area) : { ou: text, territoire: '' }

type Area = Pick<SearchValues, 'ou' | 'rayon' | 'territoire'>

/** Returns the parameters that change in a search for this territory, which is not a place with a radius. */
export const within = ({ code }: Territory): Area => ({ ou: '', rayon: '', territoire: code })

/** Returns the text to type for this town only: its code alone may be read as another town's postcode. */
function textForTown(commune: Commune): string {
  const [postcode] = commune.postcodes
  const texts = [labelOf(commune), `${postcode} ${commune.name}`, commune.codeInsee]
  const isMeant = (text: string) => {
    const answer = lookUpWhere(text)
    return answer.kind === 'commune' && answer.commune.codeInsee === commune.codeInsee
  }
  return texts.find(isMeant) ?? commune.codeInsee
}

/** Returns the problem of a text that is no place; a Cedex is one without its town. */
export const placeProblem = (
  field: string,
  answer: Extract<WhereAnswer, { kind: 'unknown' }>,
): Problem => ({ field, code: answer.isCedex ? 'cedex_alone' : 'unknown_place' })
