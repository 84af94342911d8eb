import { type Commune, communeAt, index } from './commune-table.ts'
import { listAreaNames } from './named-areas.ts'
import { comparableName, withoutArticle } from './names.ts'
import { findTerritory, type Territory } from './territories.ts'

/** Shorter texts are near everything; longer ones are not compared. */
const SHORTEST = 4
const LONGEST = 40
const MOST = 4
/** A village that is two letters away is seldom meant. */
const FAR_POPULATION = 2000
/** A hamlet beside a city is not meant either. */
const LEAST_SHARE = 0.01

/** One wrong letter is two letters that differ, one in each text. */
const BITS_AN_EDIT = 2

export type CloseNames = { area?: Territory; towns: Commune[] }

/**
 * Finds the territory and the towns whose names are one edit away from what was typed, or two where it is long: the
 * nearest first, then the most populous. The sets of letters are compared before the names, so that the time does not
 * depend on what was typed.
 */
export function listCloseNames(text: string): CloseNames {
  const typed = comparableName(text.slice(0, LONGEST + 1))
  if (typed.length < SHORTEST || typed.length > LONGEST) return { towns: [] }
  const most = typed.length < 7 ? 1 : 2
  const towns = closeTowns(typed, most)
  const area = closeArea(typed, most)
  return area ? { area, towns } : { towns }
}

function closeTowns(typed: string, most: number): Commune[] {
  const letters = lettersOf(typed)
  const found: { commune: Commune; slips: number }[] = []
  const { names } = index()
  const known = alphabetsOfNames()
  for (let row = 0; row < names.length; row++) {
    const differing = letters ^ (known[row] ?? 0)
    if (countBits(differing) > most * BITS_AN_EDIT) continue
    const name = names[row] ?? ''
    if (Math.abs(name.length - typed.length) > most) continue
    const slips = countSlips(typed, name, most)
    if (slips > most) continue
    found.push({ commune: communeAt(row), slips })
  }
  found.push(...listShortClose(typed, most))
  const largest = Math.max(0, ...found.map(({ commune }) => commune.population))
  return found
    .filter(({ commune, slips }) => slips < 2 || commune.population >= FAR_POPULATION)
    .filter(({ commune }) => commune.population >= largest * LEAST_SHARE)
    .sort((a, b) => a.slips - b.slips || b.commune.population - a.commune.population)
    .map(({ commune }) => commune)
    .filter((commune, at, all) => all.indexOf(commune) === at)
    .slice(0, MOST)
}

/** Below this population a town is not known by the beginning of its name. */
const KNOWN_SHORT = 5000

/** Finds the towns of which the first words are close: « Villefranhe » for Villefranche-sur-Saône. */
function listShortClose(typed: string, most: number): { commune: Commune; slips: number }[] {
  const { names, populations } = index()
  const found: { commune: Commune; slips: number }[] = []
  for (let row = 0; row < names.length; row++) {
    if ((populations[row] ?? 0) < KNOWN_SHORT) continue
    const name = names[row] ?? ''
    if (name.endsWith(' arrondissement')) continue
    for (let end = name.indexOf(' '); end !== -1; end = name.indexOf(' ', end + 1)) {
      if (Math.abs(end - typed.length) > most) continue
      const slips = countSlips(typed, name.slice(0, end), most)
      if (slips <= most) found.push({ commune: communeAt(row), slips })
    }
  }
  return found
}

function closeArea(typed: string, most: number): Territory | undefined {
  let best: { code: string; slips: number } | undefined
  for (const [name, code] of listAreaNames()) {
    const slips = countSlips(withoutArticle(typed), name, most)
    if (slips <= most && slips < (best?.slips ?? Number.POSITIVE_INFINITY)) best = { code, slips }
  }
  return best && findTerritory(best.code)
}

let knownLetters: Uint32Array | undefined

/** Returns the letters of each name, by row: 140 kB. */
export function alphabetsOfNames(): Uint32Array {
  knownLetters ??= Uint32Array.from(index().names, lettersOf)
  return knownLetters
}

function lettersOf(name: string): number {
  let letters = 0
  for (let at = 0; at < name.length; at++) {
    const letter = name.charCodeAt(at) - 97
    if (letter >= 0 && letter < 26) letters |= 1 << letter
  }
  return letters
}

/** Counts the bits of a word by halves (Hacker's Delight, §5-1). */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/**
 * Returns the number of edits: letters to add, leave out, change, or exchange with the next (Damerau and Levenshtein,
 * restricted), spaces included; `most + 1` where there are more.
 */
function countSlips(one: string, other: string, most: number): number {
  const tooMany = most + 1
  if (Math.abs(one.length - other.length) > most) return tooMany
  let [before, last, row] = ROWS
  for (let j = 0; j <= other.length; j++) last[j] = j
  for (let i = 1; i <= one.length; i++) {
    row[0] = i
    let least = i
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      let slips = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
      )
      const isTurned = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (isTurned) slips = Math.min(slips, (before[j - 2] ?? 0) + 1)
      row[j] = slips
      least = Math.min(least, slips)
    }
    if (least > most) return tooMany
    ;[before, last, row] = [last, row, before]
  }
  return Math.min(tooMany, last[other.length] ?? tooMany)
}

/** Three rows of the table of edits, written anew for each pair of names; none is as long. */
const newRow = () => new Uint8Array(LONGEST + 4)
const ROWS: [Uint8Array, Uint8Array, Uint8Array] = [newRow(), newRow(), newRow()]
