import { isAbroad, isEverywhere, withoutWordsBefore } from './asked-words.ts'
import type { Commune } from './commune-table.ts'
import { findCommune, mainCommuneOfPostcodes } from './communes.ts'
import { findAreaLabelled, findAreaNamed, findIntercommunalityNamed } from './named-areas.ts'
import { comparableName, withoutArticle } from './names.ts'
import { labelOf, lookUpBeginning, lookUpExactPlace, type PlaceAnswer } from './places.ts'
import { findDepartement, findTerritory, type Territory } from './territories.ts'
import { mainCommuneOf } from './territory-family.ts'
import { listCloseNames } from './typos.ts'

/** Towns, and a territory, that a text may also mean. */
export type Meanings = { area?: Territory; towns: Commune[] }

/** What a person who was asked « Où ? » may have meant, where a territory is an answer too. */
export type WhereAnswer =
  | Extract<PlaceAnswer, { kind: 'point' }>
  | (Extract<PlaceAnswer, { kind: 'commune' }> & {
      /** The other communes of the postcode that was typed; none when it has one. */
      others?: Commune[]
      /** What it may also mean, the most populous first. */
      or?: Meanings
      /** Whether the typed postcode belongs to no commune: it is that of a Cedex of this town. */
      isCedex?: true
    })
  | { kind: 'area'; area: Territory; or?: Meanings }
  | { kind: 'everywhere' }
  /** `close` has the places with similar names. */
  | { kind: 'unknown'; text: string; close: Meanings; isAbroad: boolean }

/** How many times as populous a town must be to be meant when what was typed is only the beginning of its name. */
const SLIP_WINS = 4

const NO_MEANINGS: Meanings = { towns: [] }
const LONGEST_TEXT = 200

/** Answers by text: pages ask several times, and their links again. */
const known = new Map<string, WhereAnswer>()
const MOST_KNOWN = 200

/**
 * Reads a place like `lookUpPlace`, or a territory. A postcode of several communes means the most populous of them,
 * since all of them are neighbours; one of a Cedex means its city. Of a name that several have, the most populous is
 * meant and `or` has the others: Bretagne the région, La Rochelle the port, Saint-Denis the one of La Réunion. It never
 * throws, and takes some milliseconds whatever is typed.
 */
export function lookUpWhere(text: string): WhereAnswer {
  const typed = text.trim().slice(0, LONGEST_TEXT + 1)
  const before = known.get(typed)
  if (before) return before
  const answer = readWhere(typed)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(typed, answer)
  return answer
}

function readWhere(typed: string): WhereAnswer {
  const cedex = lookUpCedex(typed)
  if (cedex) return cedex
  const named = lookUpNamed(typed)
  if (named) return named
  const unknown = (close: Meanings = NO_MEANINGS, abroad = false): WhereAnswer => ({
    ...{ kind: 'unknown', text: typed.slice(0, LONGEST_TEXT) },
    ...{ close, isAbroad: abroad },
  })
  if (typed === '' || typed.length > LONGEST_TEXT) return unknown()
  if (isEverywhere(typed)) return { kind: 'everywhere' }
  const alone = withoutWordsBefore(typed)
  const meant = alone === undefined ? undefined : lookUpNamed(alone)
  if (meant) return meant
  if (alone !== undefined && isEverywhere(alone)) return { kind: 'everywhere' }
  const close = listCloseNames(alone ?? typed)
  if (isAbroad(alone ?? typed)) return unknown(NO_MEANINGS, true)
  const beginning = comparableName(typed).length > 2 ? townsOf(lookUpBeginning(typed)) : []
  const [first, ...others] = beginning
  if (!first || isLikelier(close, first)) return unknown(withTowns(close, beginning))
  return toTown(first, others)
}

/** Returns whether another meaning is likelier: « Renes » is Rennes rather than Renescure. */
const isLikelier = ({ area, towns }: Meanings, { population }: Commune): boolean =>
  area !== undefined || (towns[0]?.population ?? 0) > SLIP_WINS * population

const MOST_CLOSE = 4

function withTowns({ towns, ...close }: Meanings, others: readonly Commune[]): Meanings {
  const codes = new Set(towns.map(({ codeInsee }) => codeInsee))
  const more = others.filter(({ codeInsee }) => !codes.has(codeInsee))
  return { ...close, towns: [...towns, ...more].slice(0, MOST_CLOSE) }
}

/** Looks for a place whose whole name, or whose code, was typed. */
function lookUpNamed(text: string): WhereAnswer | undefined {
  const place = lookUpExactPlace(text)
  const towns = townsOf(place)
  const labelled = findAreaLabelled(text)
  if (labelled && !towns.some((town) => isCalled(town, labelled.name)))
    return { kind: 'area', area: labelled }
  const named = findAreaNamed(text)
  if (named && !isTown(place, text)) return { kind: 'area', area: named }
  const main = named && mainCommuneOf(named)?.codeInsee
  const area = towns.some(({ codeInsee }) => codeInsee === main) ? undefined : named
  if (area) return { kind: 'area', area, or: { towns } }
  if (place.kind === 'unknown') {
    const epci = findIntercommunalityNamed(text)
    return epci && { kind: 'area', area: epci }
  }
  if (place.kind !== 'several') return place
  const [first, ...others] = place.choices
  if (!first || place.postcode === undefined) return first && toTown(first, others)
  return { ...toTown(first), postcode: place.postcode, others }
}

/**
 * Makes the answer for a town.
 * @param others - Other towns of the same name.
 */
const toTown = (commune: Commune, others: Commune[] = []) => ({
  ...{ kind: 'commune' as const, commune, label: labelOf(commune) },
  ...(others.length > 0 && { or: { towns: others } }),
})

/** Cities whose Cedex codes begin unlike their own postcodes. */
const CITY_CODES = [
  { codes: /^75/, city: '75056' },
  { codes: /^69(?:0|[2-4])/, city: '69123' },
  { codes: /^13[023]/, city: '13055' },
  { codes: /^13[56]/, city: '13001' },
]
/**
 * The minimum population of the main town of such postcodes; below it, a Cedex is taken for the largest town of its
 * département.
 */
const CEDEX_POPULATION = 10_000

/**
 * Finds the city of a postcode that no commune has: the one that has those around it. An INSEE code may look like one,
 * and is meant where its commune is no smaller than the city.
 */
function lookUpCedex(text: string): WhereAnswer | undefined {
  const [, start = '', end = ''] = /^(\d{2}) ?(\d{3})$/.exec(text) ?? []
  const postcode = start + end
  if (postcode === '') return undefined
  const place = lookUpExactPlace(text)
  const insee = place.kind === 'commune' ? place.commune : undefined
  if (place.kind === 'several' || insee?.postcodes.includes(postcode)) return undefined
  const city = cityOfCedex(postcode)
  if (!city || city.codeInsee === insee?.codeInsee) return undefined
  return {
    ...{ kind: 'commune', commune: city, label: labelOf(city), isCedex: true },
    ...(insee && { or: { towns: [insee] } }),
  }
}

function cityOfCedex(postcode: string): Commune | undefined {
  const code = /^9[78]/.test(postcode) ? postcode.slice(0, 3) : postcode.slice(0, 2)
  const departement = findDepartement(code === '20' ? '2A' : code)
  if (!departement) return undefined
  const known = CITY_CODES.find(({ codes }) => codes.test(postcode))
  if (known) return findCommune(known.city)
  const near = mainCommuneOfPostcodes(postcode.slice(0, 3))
  if (near && near.population >= CEDEX_POPULATION) return near
  const territory = findTerritory(departement.code)
  return territory && mainCommuneOf(territory)
}

function townsOf(place: PlaceAnswer | undefined): Commune[] {
  if (place?.kind === 'several') return place.choices
  return place?.kind === 'commune' ? [place.commune] : []
}

/**
 * Returns whether the whole name of a town was typed: Nordhouse, whose name only begins in this way, is not meant by «
 * Nord ».
 */
function isTown(place: PlaceAnswer, text: string): boolean {
  if (place.kind !== 'several') return place.kind !== 'unknown'
  return place.choices.some((town) => isCalled(town, text))
}

const isCalled = ({ name }: Commune, text: string): boolean =>
  withoutArticle(comparableName(name)) === withoutArticle(comparableName(text))
