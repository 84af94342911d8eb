import { type Commune, index } from '../commune-table.ts'
import { findFormerNamed, listRowsBeginning, listRowsCalled, toCommunes } from '../communes.ts'

/** The minimum population of a town that is meant by the beginning of its name although another has just this name. */
const TOWN = 5000
/** How many times as populous it must be. */
const LIKELIER = 4

/**
 * Finds the towns that may be called by this comparable name: those of exactly this name, and those whose longer name
 * begins with these words, « Villefranche » for Villefranche-sur-Saône. The likeliest is the first, then the most
 * populous; the largest town that may be called so is always among them.
 *
 * @param most - At most so many.
 */
export function listTownsCalled(words: string, most: number): Commune[] {
  const { exact, bare } = listRowsCalled(words)
  const longer = words === '' ? [] : listRowsBeginning(`${words} `)
  const { populations } = index()
  const peopleOf = (row: number | undefined) => (row === undefined ? 0 : (populations[row] ?? 0))
  const [largest] = sorted(exact, peopleOf)
  if (largest === undefined) return withFormer(words, toCommunes([...bare, ...longer], most), most)
  const bigger = [...bare, ...longer].filter((row) => peopleOf(row) > peopleOf(largest))
  const isLikelier = (row: number) =>
    peopleOf(row) >= TOWN && peopleOf(row) > LIKELIER * peopleOf(largest)
  const [biggest] = sorted(bigger, peopleOf)
  const first = biggest !== undefined && isLikelier(biggest) ? biggest : largest
  const named = toCommunes(exact, most)
  const longerNamed = toCommunes(bigger, Math.max(SHOWN_BIGGER, most - named.length))
  const meant = first === largest ? named[0] : longerNamed[0]
  const others = [...longerNamed, ...named].filter((town) => town !== meant)
  return meant ? [meant, ...toMostPopulous(others).slice(0, most - 1)] : []
}

/** How many larger towns are offered beside many villages of exactly this name. */
const SHOWN_BIGGER = 4

const toMostPopulous = (towns: readonly Commune[]): Commune[] =>
  towns.toSorted((one, other) => other.population - one.population)

const sorted = (rows: readonly number[], peopleOf: (row: number) => number): number[] =>
  rows.toSorted((one, other) => peopleOf(other) - peopleOf(one))

/**
 * Adds the communes in which former ones of this name lie. They are first where no town of today is called so: it is not
 * known how many people live in the village that gave up its name.
 */
function withFormer(words: string, towns: readonly Commune[], most: number): Commune[] {
  const former = findFormerNamed(words)
  const isTown = (towns[0]?.population ?? 0) >= TOWN
  const all = isTown ? [...towns, ...former] : [...former, ...towns]
  return [...new Set(all)].slice(0, most)
}

/** What is longer than this is a sentence. */
const MOST_WORDS = 10
/** Below this population a name within other words is seldom a town's. */
const KNOWN_TOWN = 2000

/**
 * Lists towns whose whole names stand before or behind other words, « Lyon Part-Dieu », « cinéma Utopia Toulouse », the
 * longest name first.
 */
export function listTownsWithin(words: string): Commune[] {
  const all = words.split(' ')
  if (all.length > MOST_WORDS) return []
  const parts = all.keys().flatMap((left) => [all.slice(0, -left), all.slice(left)])
  const rows = [...parts].flatMap((part) => listRowsCalled(part.join(' ')).exact)
  return [...new Set(rows)]
    .flatMap((row) => toCommunes([row]))
    .filter(({ population }) => population >= KNOWN_TOWN)
}
