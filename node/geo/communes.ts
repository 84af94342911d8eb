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
  if (comparable === '') return []
  const exact = communesWhere((name) => name === comparable)
  if (exact.length > 0) return exact
  const bare = withoutArticle(comparable)
  const former = readFormerCommunes().filter((commune) => commune.comparable === comparable)
  const today = [...new Set(former.map(({ nowIn }) => nowIn))].flatMap(
    (code) => findCommune(code) ?? [],
  )
  if (today.length > 0) return today.sort(byPopulation)
  return communesWhere((name) => withoutArticle(name) === bare)
}

/**
 * Returns the communes whose names begin in this way, the most populous first; a city stands for its arrondissements.
 */
export const communesNamedFrom = (beginning: string): Commune[] =>
  communesWhere(
    (name) =>
      name.startsWith(beginning) ||
      // Every article begins with an l, so other names need not be cut.
      (name.startsWith('l') && withoutArticle(name).startsWith(beginning)),
  ).filter((commune) => !isMunicipalArrondissement(commune.codeInsee))

/** Returns the most populous commune of the postcodes that begin with these digits; a city counts as a whole. */
export function mainCommuneOfPostcodes(digits: string): Commune | undefined {
  const [first] = communesOfPostcodesFrom(digits).map(wholeCommune).sort(byPopulation)
  return first
}

function communesWhere(isWanted: (comparable: string) => boolean): Commune[] {
  const found: Commune[] = []
  index().names.forEach((name, row) => {
    if (isWanted(name)) found.push(communeAt(row))
  })
  return found.sort(byPopulation)
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
    return communesWhere((name) => name.startsWith(typed))
      .sort(inCodeOrder)
      .slice(0, limit)
  const wanted = (commune: Commune) => !isMunicipalArrondissement(commune.codeInsee)
  const first = communesWhere((name) => name.startsWith(typed)).filter(wanted)
  if (first.length >= limit) return first.slice(0, limit)
  const later = communesWhere((name) => !name.startsWith(typed) && name.includes(` ${typed}`))
  return [...first, ...later.filter(wanted)].slice(0, limit)
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
