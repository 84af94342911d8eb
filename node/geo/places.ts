import { listTownsCalled } from './asked/towns-called.ts'
import { type Commune, index } from './commune-table.ts'
import {
  communesNamed,
  communesOfPostcode,
  findArrondissement,
  findCommune,
  listRowsBeginning,
  toCommunes,
} from './communes.ts'
import { isOnEarth, type Point } from './distance.ts'
import { comparableName, withoutArticle } from './names.ts'
import { findDepartement, territoryFilter } from './territories.ts'

/** What a person who was asked "Où ?" may have meant. `choices` begin with the most populous. */
export type PlaceAnswer =
  | { kind: 'point'; latitude: number; longitude: number; label: string }
  | { kind: 'commune'; commune: Commune; label: string; postcode?: string }
  /** `postcode` is that of all of them, when it is what was typed. */
  | { kind: 'several'; choices: Commune[]; postcode?: string }
  | { kind: 'unknown'; text: string }

/** A longer text than any town with its postcode is no place, and is not searched. */
const LONGEST_TEXT = 200
const MOST_CHOICES = 8

/**
 * Reads a postcode, a town, both, an INSEE code or a point, as people type them: `35000`, `rennes (35)`,
 * `L'Haÿ-les-Roses`, `35042 Rennes Cedex`, `Paris 11e`, `Saint-Denis de La Réunion`, `48.11,-1.68`, `48,11 ; -1,68`. A
 * postcode of several communes gives all of them; a name gives eight at most. It never throws.
 */
export function lookUpPlace(text: string): PlaceAnswer {
  const exact = lookUpExactPlace(text)
  if (exact.kind !== 'unknown') return exact
  return lookUpBeginning(text) ?? exact
}

/** Finds the towns whose names begin with what was typed; undefined where none does. */
export function lookUpBeginning(text: string): PlaceAnswer | undefined {
  const typed = text.trim()
  const words = typed.length > LONGEST_TEXT ? '' : withoutPostalNotes(comparableName(typed))
  return words === '' ? undefined : answer(toCommunes(listRowsBeginning(words), MOST_CHOICES))
}

/** Reads a place like `lookUpPlace`, but finds whole names only. */
export function lookUpExactPlace(text: string): PlaceAnswer {
  const typed = text.trim()
  const unknown: PlaceAnswer = { kind: 'unknown', text: typed.slice(0, LONGEST_TEXT) }
  if (typed === '' || typed.length > LONGEST_TEXT) return unknown
  const point = parsePoint(typed)
  if (point) return isOnEarth(point) ? toAnswer(point) : unknown
  const words = withoutPostalNotes(comparableName(typed))
  if (words === '') return unknown
  const isDepartement = /\(\s*\w{2,3}\s*\)$/.test(typed)
  return (
    answerForCode(words) ??
    answerForPostcodeAndTown(words) ??
    (isDepartement ? undefined : answerForArrondissement(words)) ??
    answerForTownInDepartement(words) ??
    answerForName(words) ??
    answerForTownInTerritory(words) ??
    unknown
  )
}

/**
 * Returns the label of a commune as it is printed: `Rennes (35)`, `L’Haÿ-les-Roses (94)`, `Paris 11e arrondissement`.
 */
export const labelOf = (commune: Commune): string =>
  / Arrondissement$/.test(commune.name)
    ? shortLabelOf(commune)
    : `${shortLabelOf(commune)} (${commune.departement})`

/** Returns the name of a town alone, where its département is plain: on a map. */
export const shortLabelOf = ({ name }: Pick<Commune, 'name'>): string =>
  name.replace(/ Arrondissement$/, ' arrondissement').replaceAll("'", '’')

/** Returns the longer label, where a number alone would make people guess: `Saint-Denis (La Réunion, 974)`. */
export const longLabelOf = (commune: Commune): string => {
  const name = findDepartement(commune.departement)?.name.replaceAll("'", '’')
  return labelOf(commune).replace(` (${commune.departement})`, ` (${name}, ${commune.departement})`)
}

/** Returns the towns that one text may mean as the choices of a form. */
export const townChoicesOf = (towns: readonly Commune[]): { codeInsee: string; label: string }[] =>
  towns.map((town) => ({ codeInsee: town.codeInsee, label: longLabelOf(town) }))

function answer(communes: Commune[], postcode?: string): PlaceAnswer | undefined {
  const [commune] = communes
  if (!commune) return undefined
  if (communes.length > 1) {
    return postcode
      ? { kind: 'several', choices: communes, postcode }
      : { kind: 'several', choices: communes.slice(0, MOST_CHOICES) }
  }
  const label = labelOf(commune)
  return { kind: 'commune', commune, label, ...(postcode ? { postcode } : {}) }
}

/**
 * Reads two numbers, latitude first. With points as decimal marks they are separated by a comma, semicolon or space;
 * with commas, by any of these too, since four numbers in a row can be read in one way only.
 */
function parsePoint(text: string): Point | undefined {
  const typed = text.replace(/[−–]/g, '-').replace(/\s+/g, ' ')
  const withPoints = /^(-?\d{1,3}(?:\.\d{1,15})?) ?[,;] ?(-?\d{1,3}(?:\.\d{1,15})?)$/.exec(typed)
  const spaced = /^(-?\d{1,3}\.\d{1,15})\s+(-?\d{1,3}\.\d{1,15})$/.exec(typed)
  const withCommas = /^(-?\d{1,3},\d{1,15}) ?[,; ] ?(-?\d{1,3},\d{1,15})$/.exec(typed)
  const [, latitude, longitude] = withPoints ?? spaced ?? withCommas ?? []
  if (latitude === undefined || longitude === undefined) return undefined
  return { latitude: toNumber(latitude), longitude: toNumber(longitude) }
}

/** Adding zero turns -0 into 0. */
const toNumber = (digits: string): number => Number(digits.replace(',', '.')) + 0

/** Makes the answer; its label can be typed again, and five decimals are a metre. */
const toAnswer = ({ latitude, longitude }: Point): PlaceAnswer => ({
  kind: 'point',
  latitude,
  longitude,
  label: `${Number(latitude.toFixed(5))}, ${Number(longitude.toFixed(5))}`,
})

/**
 * Removes "Cedex 7", "CS 30814", "BP 12" and a final "France", which do not say where the town is; in the three cities
 * with arrondissements, the number of the Cedex is the arrondissement's.
 */
const withoutPostalNotes = (words: string): string =>
  words
    .replace(/\b(?:bp|cs|tsa) \d+\b/g, '')
    .replace(/\b(paris|lyon|marseille) cedex 0?(\d{1,2})\b/, (_, city: string, number: string) =>
      findArrondissement(city, Number(number)) ? `${city} ${number}` : city,
    )
    .replace(/\bcedex(?: \d{1,2})?\b/g, '')
    .replace(/ france *$/, '')
    .replace(/ +/g, ' ')
    .trim()

function answerForCode(words: string): PlaceAnswer | undefined {
  const code = words.replace(/^(\d{2}) (\d{3})$/, '$1$2')
  if (!/^(?:\d{5}|2[ab]\d{3})$/.test(code)) return undefined
  const served = answer(communesOfPostcode(code), code)
  if (served) return served
  const commune = findCommune(code)
  return commune && answer([commune])
}

/**
 * Answers for a postcode with words around it: the matching town among those of the postcode, or all of them when the
 * words are a hamlet's. A Cedex postcode belongs to no commune: its town is looked up by name. When the two contradict
 * each other, the towns of both are offered.
 */
function answerForPostcodeAndTown(words: string): PlaceAnswer | undefined {
  const match = /\b\d{5}\b/.exec(words)
  const postcode = match?.[0]
  const town = match
    ? words.slice(match.index + 5).trim() || words.slice(0, match.index).trim()
    : ''
  if (postcode === undefined || town === '') return undefined
  const served = communesOfPostcode(postcode)
  if (served.length === 0) {
    const departement = departementOfPostcode(postcode)
    const near = townsNamed(town, (code) => code === departement)
    return answerForArrondissement(town) ?? answer(near) ?? answerForName(town)
  }
  const exact = served.filter((commune) => comparableName(commune.name) === town)
  const agreeing = served.filter((commune) => namesAgree(comparableName(commune.name), town))
  const meant = exact.length > 0 ? exact : agreeing
  if (meant.length > 0) return answer(meant, postcode)
  const elsewhere = communesNamed(town)
  const both = served.filter(({ codeInsee }) =>
    elsewhere.some((commune) => commune.codeInsee === codeInsee),
  )
  if (both.length > 0) return answer(both, postcode)
  if (elsewhere.length === 0) return answer(served, postcode)
  const either = [...served, ...elsewhere.slice(0, MOST_CHOICES)]
  return {
    kind: 'several',
    choices: either.sort((one, other) => other.population - one.population),
  }
}

/** Returns whether two names may be one town: `Saint-Ouen` for Saint-Ouen-sur-Seine, `Rennes Villejean` for Rennes. */
const namesAgree = (name: string, town: string): boolean =>
  withoutArticle(name) === withoutArticle(town) ||
  name.startsWith(`${town} `) ||
  town.startsWith(`${name} `)

/** Returns the code of the département of a postcode, which need not be one. */
export function departementOfPostcode(postcode: string): string {
  if (/^9[78]/.test(postcode)) return postcode.slice(0, 3)
  if (/^20[01]/.test(postcode)) return '2A'
  return postcode.startsWith('20') ? '2B' : postcode.slice(0, 2)
}

const ROMAN = ' i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx'.split(' ')

/**
 * Answers for an arrondissement: `Paris 11`, `Paris XI`, `Lyon 3ème`, `Marseille 1er arrondissement`, `11e
 * arrondissement de Paris`.
 */
function answerForArrondissement(words: string): PlaceAnswer | undefined {
  const [, romanCity = '', roman = ''] =
    /^(paris|lyon|marseille) ([ivx]{1,5}) ?(?:er|e|eme)?$/.exec(words) ?? []
  const at = ROMAN.indexOf(roman)
  const counted = at > 0 ? findArrondissement(romanCity, at) : undefined
  if (counted) return answer([counted])
  const [, city, number] =
    /^(paris|lyon|marseille) (\d{1,2})(?: ?(?:er|e|nd|nde|eme))?(?: arr[a-z]*)?$/.exec(words) ?? []
  const [, otherNumber, otherCity] =
    /^(\d{1,2}) ?(?:er|e|nd|nde|eme) arr[a-z]* (?:de |a )?(paris|lyon|marseille)$/.exec(words) ?? []
  const commune = findArrondissement(
    city ?? otherCity ?? '',
    Number(number ?? otherNumber ?? Number.NaN),
  )
  return commune && answer([commune])
}

/** Answers for a town with the number of its département: `Rennes (35)`, `Ajaccio 2A`. */
function answerForTownInDepartement(words: string): PlaceAnswer | undefined {
  const [, town, departement] = /^(.+) (\d{2,3}|2[ab])$/.exec(words) ?? []
  if (town === undefined || departement === undefined) return undefined
  return answer(townsNamed(town, (code) => code === departement.toUpperCase()))
}

/** The longest name of a territory in words: `provence alpes cote d azur`. */
const LONGEST_TERRITORY_WORDS = 6

/** Answers for a town whose last words are a département or a région: `Saint-Denis de La Réunion`, `Die, Drôme`. */
function answerForTownInTerritory(words: string): PlaceAnswer | undefined {
  const parts = words.split(' ')
  const fewest = Math.max(1, parts.length - LONGEST_TERRITORY_WORDS)
  for (let count = parts.length - 1; count >= fewest; count--) {
    const territory = parts
      .slice(count)
      .join(' ')
      .replace(/^(?:de|du|des|d|en|a|au) /, '')
    const isThere = territoryFilter(territory)
    const towns = isThere ? townsNamed(parts.slice(0, count).join(' '), isThere) : []
    if (towns.length > 0) return answer(towns)
  }
  return undefined
}

/** A shorter beginning is not searched: « à La Réunion » is no town whose name begins with an A. */
const SHORTEST_BEGINNING = 3

/**
 * Finds the towns of exactly this name in the wanted départements, otherwise those whose name begins with it.
 */
function townsNamed(town: string, isWanted: (departement: string) => boolean): Commune[] {
  const named = communesNamed(town).filter(({ departement }) => isWanted(departement))
  if (named.length > 0 || town.length < SHORTEST_BEGINNING) return named
  const { departements, departementOf } = index()
  const isThere = (row: number) => isWanted(departements[departementOf[row] ?? 0] ?? '')
  return toCommunes(listRowsBeginning(town).filter(isThere), MOST_CHOICES)
}

/** Answers for the towns that may be called so: who types "Évry" or "Aix" seldom means the village. */
const answerForName = (words: string): PlaceAnswer | undefined =>
  answer(listTownsCalled(words, MOST_CHOICES))
