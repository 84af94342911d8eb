import {
  listSuggestions,
  type Suggestion,
  toSuggestedSearch,
} from '../../../ui/search/suggestions.ts'
import type { SearchValues } from '../../../ui/search/values.ts'
import type { Database } from '../../store/database/database.ts'
import { searchCafes } from '../../store/search/search.ts'
import { readSearch } from './query.ts'

/**
 * Limits of the ways that are shown, since more would be a list to choose from, and of those that are tried, since each
 * is a search.
 */
const WAYS_MAX = 5
const TRIED_MAX = 8

/**
 * Finds, for a search without results, which condition to drop so that it finds a café; a suggestion always leads to
 * one.
 */
export async function findSuggestions(
  db: Database,
  values: SearchValues,
  now: Temporal.Instant,
): Promise<Suggestion[]> {
  const found: Suggestion[] = []
  for (const way of listSuggestions(values).slice(0, TRIED_MAX)) {
    const { query } = readSearch(toSuggestedSearch(values, way), now)
    const { items } = query
      ? await searchCafes(db, { ...query, limit: 1, isBrief: true })
      : { items: [] }
    if (items.length > 0) found.push(way)
    if (found.length === WAYS_MAX) break
  }
  return found
}
