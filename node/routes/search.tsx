import { Hono } from 'hono'
import { type SearchOutcome, SearchPage } from '../../ui/search.tsx'
import { NO_SEARCH, type SearchValues, searchHref } from '../../ui/search-values.ts'
import type { Context } from '../context.ts'
import { longLabelOf } from '../geo/places.ts'
import type { Database } from '../store/database.ts'
import { type CafeQuery, countCafes, type FoundCafe, searchCafes } from '../store/search.ts'
import { readCursor } from '../store/search-cursor.ts'
import { findDesk, type WebEnv } from './access.ts'
import { toListed } from './listed-cafes.ts'
import { readSearch, readSearchValues, textForTown } from './search-query.ts'
import { findSite } from './site.ts'

/** The first page of a directory: « Où ? », and the cafés found. Every search is an address to share. */
export const searchRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', async (c) => {
    const values = readSearchValues((name) => c.req.query(name))
    const outcome = await findOutcome(context, values, c.req.query('curseur'))
    return c.html(
      <SearchPage
        site={await findSite(context, c)}
        values={values}
        outcome={outcome}
        now={context.now()}
        signedIn={(await findDesk(c, context)) !== undefined}
      />,
    )
  })

async function findOutcome(
  { db, now }: Context,
  values: SearchValues,
  cursorText: string | undefined,
): Promise<SearchOutcome> {
  const { query, problems, choices } = readSearch(values, now())
  if (problems) return { type: 'problems', problems }
  if (choices) {
    const towns = choices.map((commune) => ({
      href: searchHref(values, { ou: textForTown(commune) }),
      label: longLabelOf(commune),
    }))
    return { type: 'several-towns', towns }
  }
  const cursor = cursorText ? readCursor(cursorText, query.order ?? 'date') : undefined
  const { items, next } = await searchCafes(db, { ...query, cursor })
  const isAsked = searchHref(values) !== searchHref(NO_SEARCH)
  const nearest = items.length === 0 && !cursor ? await findNearest(db, query) : undefined
  return {
    type: 'found',
    place: query.place,
    radiusKm: query.near?.radiusKm,
    cafes: await toListed(db, items),
    nextHref: next && withCursor(searchHref(values), next),
    continued: cursor !== undefined,
    total: isAsked ? undefined : await countCafes(db, query),
    nearest: nearest && (await toListed(db, [nearest]))[0],
  }
}

const withCursor = (href: string, cursor: string): string =>
  `${href}${href.includes('?') ? '&' : '?'}curseur=${cursor}`

/** Half of the way round: everywhere. */
const EVERYWHERE_KM = 20_040

async function findNearest(db: Database, query: CafeQuery): Promise<FoundCafe | undefined> {
  if (!query.near) return undefined
  const near = { ...query.near, radiusKm: EVERYWHERE_KM }
  const { items } = await searchCafes(db, { ...query, near, order: 'distance', limit: 1 })
  return items[0]
}
