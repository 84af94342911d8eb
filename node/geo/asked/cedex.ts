import type { Commune } from '../commune-table.ts'
import {
  communesOfPostcode,
  findCommune,
  listLargestOf,
  listTownsOfPostcodes,
} from '../communes.ts'
import { comparableName } from '../names.ts'
import { departementOfPostcode, lookUpExactPlace } from '../places.ts'
import { findDepartement } from '../territories.ts'

/** What people type for a whole city; all codes of Paris are its own. */
const CITIES = [
  { codes: /^75/, city: '75056' },
  { codes: /^69000$/, city: '69123' },
  { codes: /^13000$/, city: '13055' },
]
/** How many towns are offered for a Cedex: those around its digits, and the largest of its département. */
const NEAR = 3
const MOST = 6

export type Cedex =
  | { kind: 'town'; city: Commune; insee: Commune | undefined }
  | { kind: 'unknown'; towns: Commune[] }

/**
 * Reads a postcode that no commune has as a Cedex. La Poste's table of them is not published, and the digits do not
 * tell the town: 59059 is Roubaix beside Lille's 59000, 89094 Sens beside Auxerre's 89000. So only Paris, which has all
 * codes of its département, is an answer; otherwise the likely towns are offered. An INSEE code may look like a Cedex:
 * its commune is offered too.
 */
export function readCedex(text: string): Cedex | undefined {
  const [, start = '', end = ''] =
    /^(?:cedex )?(\d{2}) ?(\d{3})(?: cedex(?: \d{1,2})?)?$/.exec(comparableName(text)) ?? []
  const postcode = start + end
  if (postcode === '' || communesOfPostcode(postcode).length > 0) return undefined
  const place = lookUpExactPlace(postcode)
  const insee = place.kind === 'commune' ? place.commune : undefined
  const known = CITIES.find(({ codes }) => codes.test(postcode))
  const city = known && findCommune(known.city)
  if (city) return city === insee ? undefined : { kind: 'town', city, insee }
  const departement = departementOfPostcode(postcode)
  if (!findDepartement(departement)) return undefined
  const near = listTownsOfPostcodes(postcode.slice(0, 3)).slice(0, NEAR)
  const towns = [...new Set([...near, ...listLargestOf(departement, MOST)])]
    .slice(0, MOST - 1)
    .sort((one, other) => other.population - one.population)
  return { kind: 'unknown', towns: insee ? [...new Set([...towns, insee])] : towns }
}
