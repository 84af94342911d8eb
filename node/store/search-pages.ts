import { giveWay } from '../turns.ts'
import type { Database } from './database.ts'
import { type CafeQuery, type FoundCafe, searchCafes } from './search.ts'
import { readCursor } from './search-cursor.ts'

const PAGE_SIZE = 100

export type SearchedPage = { cafes: FoundCafe[]; next: string | undefined }

/**
 * All that a search finds, a page at a time from its cursor on, whatever their number: never whole in memory, and
 * other visitors get their turn between two pages.
 */
export async function* searchPages(db: Database, query: CafeQuery): AsyncGenerator<SearchedPage> {
  const order = query.order ?? 'date'
  let { cursor } = query
  do {
    const { items, next } = await searchCafes(db, { ...query, limit: PAGE_SIZE, cursor })
    yield { cafes: items, next }
    cursor = next === undefined ? undefined : readCursor(next, order)
    await giveWay()
  } while (cursor)
}
