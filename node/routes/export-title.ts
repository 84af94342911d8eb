import type { Context as HonoContext } from 'hono'
import { searchTitle } from '../../ui/search-title.ts'
import { NO_SEARCH, searchHref } from '../../ui/search-values.ts'
import { stringsFor } from '../../ui/strings.ts'
import { parameterOf, readSearch, readSearchValues } from './search-query.ts'
import { labelOfTerritory } from './territory-links.ts'

/**
 * What a file of a search is called where it is subscribed to, in French as all files: two searches of one site must
 * be told apart. Undefined for all cafés, and for conditions that only the API has words for.
 */
export function titleOfExport(c: HonoContext, now: Temporal.Instant): string | undefined {
  const read = parameterOf(c)
  const values = readSearchValues((name) =>
    name === 'territoire' ? (read(name) ?? read('territory')) : read(name),
  )
  if (searchHref(values) === searchHref(NO_SEARCH)) return undefined
  const { query } = readSearch(values, now)
  if (!query) return undefined
  const { place, near, territory } = query
  return searchTitle(
    values,
    {
      place,
      radiusKm: near?.radiusKm,
      territory: territory && labelOfTerritory(territory),
      organizer: undefined,
    },
    stringsFor('fr'),
  )
}
