import { gunzipSync } from 'node:zlib'
import {
  CITIES_WITH_ARRONDISSEMENTS,
  type Commune,
  communeAt,
  index,
  isMunicipalArrondissement,
  rowOfCode,
  toVector,
} from './commune-table.ts'
import { readDataFile } from './data-file.ts'
import { distanceKm, type Point } from './distance.ts'
import { comparableName, withoutArticle } from './names.ts'

const inCodeOrder = (one: Commune, other: Commune): number =>
  one.codeInsee < other.codeInsee ? -1 : 1

const byPopulation = (one: Commune, other: Commune): number => other.population - one.population

/**
 * Finds a commune by INSEE code, municipal arrondissements included; a former commune's code gives the current commune.
 */
export function findCommune(codeInsee: string): Commune | undefined {
  const code = codeInsee.trim().toUpperCase()
  const row = rowOfCode(code)
  if (row !== undefined) return communeAt(row)
  const former = readFormerCommunes().find((commune) => commune.codeInsee === code)
  const current = former && rowOfCode(former.nowIn)
  return current === undefined ? undefined : communeAt(current)
}

type FormerCommune = { codeInsee: string; comparable: string; nowIn: string }

let loadedFormerCommunes: FormerCommune[] | undefined

/** Reads the former communes; the table is made at its first use, in about 5 milliseconds. */
export function readFormerCommunes(): FormerCommune[] {
  loadedFormerCommunes ??= gunzipSync(readDataFile('former-communes.tsv.gz'))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([codeInsee = '', name = '', nowIn = '']) => ({
      codeInsee,
      comparable: comparableName(name),
      nowIn,
    }))
  return loadedFormerCommunes
}

/** Returns the commune of which an arrondissement is part: Lyon for its 3rd; any other commune is returned as it is. */
export function wholeCommune(commune: Commune): Commune {
  if (!isMunicipalArrondissement(commune.codeInsee)) return commune
  const city = CITIES_WITH_ARRONDISSEMENTS.find((code) => code.startsWith(commune.departement))
  return (city && findCommune(city)) || commune
}

/** Finds the nth municipal arrondissement of a city of this comparable name. */
export function findArrondissement(city: string, number: number): Commune | undefined {
  const first = new Map([
    ['paris', 75100],
    ['lyon', 69380],
    ['marseille', 13200],
  ]).get(city)
  const code = String((first ?? 0) + number)
  return first !== undefined && isMunicipalArrondissement(code) ? findCommune(code) : undefined
}

/** Returns the communes of a postcode, the most populous first; of Paris, Lyon and Marseille the arrondissement. */
export const communesOfPostcode = (postcode: string): Commune[] =>
  (index().postcodes.get(postcode) ?? []).map(communeAt).sort(byPopulation)

/**
 * Returns the communes of exactly this comparable name, if necessary without its article, current or former; the most
 * populous first.
 */
export function communesNamed(comparable: string): Commune[] {
  const { exact, bare } = listRowsCalled(comparable)
  if (exact.length > 0) return toCommunes(exact)
  const former = findFormerNamed(comparable)
  return former.length > 0 ? former : toCommunes(bare)
}

/** Finds the communes of which the former communes of exactly this comparable name are part. */
export function findFormerNamed(comparable: string): Commune[] {
  const named = readFormerCommunes().filter((commune) => commune.comparable === comparable)
  return [...new Set(named.map(({ nowIn }) => nowIn))]
    .flatMap((code) => findCommune(code) ?? [])
    .sort(byPopulation)
}

/** Returns the rows of exactly this name, and those of this name but for its article. */
export function listRowsCalled(comparable: string): { exact: number[]; bare: number[] } {
  if (comparable === '') return { exact: [], bare: [] }
  const wanted = withoutArticle(comparable)
  const { names } = index()
  const same = rowsFrom(wanted).filter((row) => withoutArticle(names[row] ?? '') === wanted)
  const exact = same.filter((row) => names[row] === comparable)
  return { exact, bare: same.filter((row) => names[row] !== comparable) }
}

/**
 * Returns the rows whose names begin in this way, with or without their article; a city stands for its arrondissements.
 */
export function listRowsBeginning(beginning: string): number[] {
  const { names } = index()
  const isArticle = ARTICLES.some((article) => article.startsWith(beginning))
  const wanted = withoutArticle(beginning)
  const found = isArticle
    ? [...names.keys()].filter((row) => names[row]?.startsWith(beginning))
    : wanted === beginning
      ? rowsFrom(wanted)
      : rowsFrom(wanted).filter((row) => names[row]?.startsWith(beginning))
  return found.filter((row) => !names[row]?.endsWith(' arrondissement'))
}

const ARTICLES = ['le ', 'la ', 'les ', 'l ']

/** Returns the rows whose names without article begin in this way, by bisection of their order. */
function rowsFrom(bare: string): number[] {
  const { names, byName } = index()
  const nameAt = (at: number) => withoutArticle(names[byName[at] ?? 0] ?? '')
  let low = 0
  let high = byName.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (nameAt(middle) < bare) low = middle + 1
    else high = middle
  }
  const rows: number[] = []
  while (low < byName.length && nameAt(low).startsWith(bare)) rows.push(byName[low++] ?? 0)
  return rows
}

/** Returns the communes of these rows, the most populous first; only those that are asked for are read. */
export function toCommunes(rows: readonly number[], most = rows.length): Commune[] {
  const { populations } = index()
  return [...rows]
    .sort((one, other) => (populations[other] ?? 0) - (populations[one] ?? 0) || one - other)
    .slice(0, most)
    .map(communeAt)
}

/** Returns the communes of the postcodes that begin with these digits, the most populous first; a city is whole. */
export const listTownsOfPostcodes = (digits: string): Commune[] => [
  ...new Set(communesOfPostcodesFrom(digits).map(wholeCommune).sort(byPopulation)),
]

/** Returns the most populous communes of a département, at most so many; cities are whole. */
export function listLargestOf(departement: string, most: number): Commune[] {
  const { names, departements, departementOf } = index()
  const place = departements.indexOf(departement)
  const rows = names.keys().filter((row) => departementOf[row] === place)
  return toCommunes(
    [...rows].filter((row) => !names[row]?.endsWith(' arrondissement')),
    most,
  )
}

function rowsWhere(isWanted: (comparable: string) => boolean): number[] {
  const found: number[] = []
  index().names.forEach((name, row) => {
    if (isWanted(name)) found.push(row)
  })
  return found
}

/**
 * Suggests communes for the beginning of a name or of a postcode: names that begin in this way first, then names with a
 * later word that does, the most populous first.
 */
export function suggestCommunes(text: string, limit: number): Commune[] {
  const typed = comparableName(text.slice(0, 100))
  if (typed === '') return []
  if (/^\d{1,5}$/.test(typed)) return communesOfPostcodesFrom(typed).slice(0, limit)
  const namesCity = ['paris', 'lyon', 'marseille'].some((city) => typed.startsWith(`${city} `))
  if (namesCity)
    return rowsWhere((name) => name.startsWith(typed))
      .map(communeAt)
      .sort(inCodeOrder)
      .slice(0, limit)
  const isTown = (name: string) => !name.endsWith(' arrondissement')
  const first = toCommunes(
    rowsWhere((name) => name.startsWith(typed) && isTown(name)),
    limit,
  )
  if (first.length >= limit) return first
  const later = rowsWithLater(typed).filter((row) => !index().names[row]?.startsWith(typed))
  return [...first, ...toCommunes(later, limit - first.length)]
}

/** Finds the most populous communes with exactly this later word or words: « Escoublac » in La Baule-Escoublac. */
export function listCommunesWithWord(text: string, limit: number): Commune[] {
  const words = comparableName(text.slice(0, 100))
  if (words.length < LEAST_WORD) return []
  const isWhole = (name: string) => name.endsWith(` ${words}`) || name.includes(` ${words} `)
  return toCommunes(
    rowsWithLater(words).filter((row) => isWhole(index().names[row] ?? '')),
    limit,
  )
}

/** A shorter word is a preposition. */
const LEAST_WORD = 4

let joinedNames: { text: string; starts: Uint32Array } | undefined

/** Joins all names in one text, which is searched ten times as fast as one after the other (0.7 MB). */
export function joinNames(): NonNullable<typeof joinedNames> {
  if (joinedNames) return joinedNames
  const { names } = index()
  const starts = new Uint32Array(names.length)
  let at = 0
  for (const [row, name] of names.entries()) {
    starts[row] = at
    at += name.length + 1
  }
  joinedNames = { text: names.join('\n'), starts }
  return joinedNames
}

/** Returns the rows of towns with a word, not the first, that begins in this way. */
function rowsWithLater(beginning: string): number[] {
  const { text, starts } = joinNames()
  const rows: number[] = []
  let row = 0
  for (let at = text.indexOf(` ${beginning}`); at !== -1; at = text.indexOf(` ${beginning}`, at)) {
    while ((starts[row + 1] ?? text.length) <= at) row++
    if (!index().names[row]?.endsWith(' arrondissement')) rows.push(row)
    at = starts[row + 1] ?? text.length
  }
  return rows
}

function communesOfPostcodesFrom(digits: string): Commune[] {
  const rows = new Set<number>()
  for (const [postcode, served] of index().postcodes) {
    if (postcode.startsWith(digits)) for (const row of served) rows.add(row)
  }
  return [...rows].map(communeAt).sort(byPopulation)
}

/**
 * Finds the commune whose own point is nearest. Only exactly known points count, so in the country it may be the
 * neighbouring small town; of Paris, Lyon and Marseille it is an arrondissement.
 */
export function nearestCommune(
  latitude: number,
  longitude: number,
): { commune: Commune; distanceKm: number } {
  const { exactRows, vectors } = index()
  const [x, y, z] = toVector(latitude, longitude)
  let best = 0
  let bestCosine = -2
  for (let at = 0; at < exactRows.length; at++) {
    const cosine =
      x * (vectors[3 * at] ?? 0) + y * (vectors[3 * at + 1] ?? 0) + z * (vectors[3 * at + 2] ?? 0)
    if (cosine > bestCosine) {
      best = at
      bestCosine = cosine
    }
  }
  const commune = communeAt(exactRows[best] ?? 0)
  const here: Point = { latitude, longitude }
  return { commune, distanceKm: distanceKm(here, commune) }
}
