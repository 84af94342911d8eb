import type { Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { searchedAreaText, searchTitle } from '../../../ui/search/title.ts'
import { NO_SEARCH, searchHref } from '../../../ui/search/values.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { parameterOf, readSearch, readSearchValues } from '../search/query.ts'

/**
 * Returns the title of a file of a search, under which it is subscribed to, in French like all files: two searches of
 * one site must be told apart. The title is undefined for all cafés, and for conditions that only the API has words
 * for. The page shows the same to people.
 */
export function describeExport(
  c: HonoContext,
  now: Temporal.Instant,
): { title: string | undefined; page: string } {
  const read = parameterOf(c)
  const values = readSearchValues(
    (name) => (name === 'territoire' ? (read(name) ?? read('territory')) : read(name)),
    now,
  )
  const page = searchHref(values)
  const { query } = readSearch(values, now)
  if (page === searchHref(NO_SEARCH) || !query) return { title: undefined, page }
  const { near, territory } = query
  const names = {
    place: searchedAreaText(query, messagesFor('fr')),
    radiusKm: near?.radiusKm,
    territory: territory && labelOfTerritory(territory),
    organizer: undefined,
  }
  return { title: searchTitle(values, names, messagesFor('fr')), page }
}
