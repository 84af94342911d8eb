import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { OF_ONE_PAGE } from '../api/search/changes.ts'
import { findUnknownSearchParameters, readAnySearch } from '../api/search/export-search.ts'

/**
 * Reads the search of a webhook, in the words of the API or of the pages; undefined where it is none. What concerns one
 * page of it, as `limit`, is no condition and is refused.
 */
export function readWebhookSearch(search: string, now: Temporal.Instant): CafeQuery | undefined {
  const given = Object.groupBy(new URLSearchParams(search), ([name]) => name)
  const asked = Object.fromEntries(
    Object.entries(given).map(([name, pairs = []]) => [name, pairs.map(([, value]) => value)]),
  )
  if (OF_ONE_PAGE.some((name) => name in given) || findUnknownSearchParameters(asked).length > 0)
    return undefined
  const read = readAnySearch(asked, now)
  return 'query' in read ? read.query : undefined
}
