import { organizerNameOf } from '../../domain/cafes/announced-for.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { lookUpWhere } from '../../geo/where.ts'
import type { Database } from '../../store/database/database.ts'
import { searchCafes } from '../../store/search/search.ts'
import { foldWords, searchWords } from '../../store/search-index/fold-words.ts'

/** What can be typed into « Où ? » for the cafés of a structure or of a venue. */
export type SuggestedName = { text: string; kind: 'structure' | 'venue' }

/** The minimum number of letters: words of nearly every café begin with fewer. */
const LETTERS_MIN = 3
/** Number of upcoming cafés that are read; a name that is not among them is found with more letters. */
const READ_MAX = 60

/**
 * Finds the structures and venues of upcoming cafés whose names have words that begin like those of `text`, in the
 * order of their next cafés, without those that would be read as a town.
 */
export async function findNames(
  db: Database,
  { text, limit, now }: { text: string; limit: number; now: Temporal.Instant },
): Promise<SuggestedName[]> {
  const words = searchWords(text)
  if (!words.some((word) => word.length >= LETTERS_MIN && /\p{L}/u.test(word))) return []
  const { items } = await searchCafes(db, {
    words: text,
    from: now,
    limit: READ_MAX,
    isBrief: true,
  })
  const found = new Map<string, SuggestedName>()
  for (const name of items.flatMap(namesOf)) {
    const key = foldWords(name.text)
    if (found.has(key) || !words.every((word) => key.includes(` ${word}`))) continue
    if (lookUpWhere(name.text).kind === 'unknown') found.set(key, name)
    if (found.size === limit) break
  }
  return [...found.values()]
}

/** Returns whether the typed text is the name of a structure or a venue of these cafés. */
export function isNameOf(text: string, cafes: readonly Cafe[]): boolean {
  const key = foldWords(text)
  return cafes.flatMap(namesOf).some((name) => foldWords(name.text) === key)
}

function namesOf(cafe: Cafe): SuggestedName[] {
  const { venue } = cafe
  const structure = { text: organizerNameOf(cafe), kind: 'structure' } as const
  if (!venue?.name || foldWords(venue.name) === foldWords(structure.text)) return [structure]
  const { name, commune } = venue
  const namesTown = commune === undefined || foldWords(name).includes(foldWords(commune))
  return [structure, { text: namesTown ? name : `${name}, ${commune}`, kind: 'venue' }]
}
