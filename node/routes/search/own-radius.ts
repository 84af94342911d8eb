import type { SearchValues } from '../../../ui/search/values.ts'
import type { Database } from '../../store/database/database.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { countCafes } from '../../store/search/search.ts'

/** The circles in kilometres that are tried before the usual one. */
const NARROWER = [5, 10, 20]

/** Where so many cafés are within a circle, a wider one would push the nearest down the list. */
const ENOUGH = 10

/** Returns the values of a search with the narrowest radius that has enough cafés, where nobody chose one. */
export async function withOwnRadius(
  db: Database,
  values: SearchValues,
  query: CafeQuery,
): Promise<SearchValues> {
  const { near } = query
  if (!near || values.rayon !== '') return values
  for (const radiusKm of NARROWER) {
    const around = { ...query, near: { ...near, radiusKm } }
    if ((await countCafes(db, around, { atMost: ENOUGH })) >= ENOUGH)
      return { ...values, rayon: String(radiusKm) }
  }
  return values
}
