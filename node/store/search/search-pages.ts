import { sizeOf } from '../../domain/cafes/cafe-size.ts'
import { giveWay } from '../../turns/turns.ts'
import type { Database } from '../database/database.ts'
import type { CafeQuery } from './cafe-query.ts'
import { readCursor } from './cursor.ts'
import { type FoundCafe, searchCafes } from './search.ts'

const PAGE_SIZE = 100
/** How many cafés are read before their size is known. */
const FIRST_PAGE = 20
/** The size of a page in characters; for a slow reader it is kept in memory. */
const PAGE_CHARACTERS = 256 * 1024

export type SearchedPage = { cafes: FoundCafe[]; next: string | undefined }

/**
 * Iterates over everything that a search finds, a page at a time from its cursor on, whatever the number. It is never
 * in memory as a whole, and other visitors get their turn between two pages. A page has a hundred cafés at most, fewer
 * where they are large.
 */
export async function* searchPages(db: Database, query: CafeQuery): AsyncGenerator<SearchedPage> {
  const order = query.order ?? 'date'
  let { cursor } = query
  let read = 0
  let limit = FIRST_PAGE
  do {
    await giveWay()
    const { items, next } = await searchCafes(
      db,
      { ...query, limit, cursor },
      { size: PAGE_CHARACTERS },
    )
    yield { cafes: items, next }
    cursor = next === undefined ? undefined : readCursor(next, order)
    read += items.length
    limit = Math.min(fittingOf(items), PAGE_SIZE - (read % PAGE_SIZE))
  } while (cursor)
}

/**
 * Lists what a search finds, about `most` cafés at most, without their descriptions, which are empty: thousands of cafés
 * of the greatest size would not fit in memory.
 */
export async function listWithoutDescriptions(
  db: Database,
  query: CafeQuery,
  most: number,
): Promise<{ cafes: FoundCafe[]; isWhole: boolean }> {
  const cafes: FoundCafe[] = []
  for await (const page of searchPages(db, { ...query, isBrief: true })) {
    cafes.push(...page.cafes)
    if (page.next && cafes.length >= most) return { cafes, isWhole: false }
  }
  return { cafes, isWhole: true }
}

/** Returns how many more cafés of this size make a page. */
function fittingOf(cafes: readonly FoundCafe[]): number {
  const size = cafes.reduce((sum, cafe) => sum + sizeOf(cafe), 0)
  return Math.max(1, Math.floor((PAGE_CHARACTERS * cafes.length) / Math.max(1, size)))
}
