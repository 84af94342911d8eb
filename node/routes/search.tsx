import { Hono } from 'hono'
import { type SearchOutcome, SearchPage } from '../../ui/search.tsx'
import { type SearchValues, searchHref } from '../../ui/search-values.ts'
import type { Context } from '../context.ts'
import { labelOf } from '../geo/places.ts'
import { searchCafes } from '../store/search.ts'
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
        site={await findSite(context)}
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
      label: labelOf(commune),
    }))
    return { type: 'several-towns', towns }
  }
  const cursor = cursorText ? readCursor(cursorText, query.order ?? 'date') : undefined
  const { items, next } = await searchCafes(db, { ...query, cursor })
  return {
    type: 'found',
    place: query.place,
    radiusKm: query.near?.radiusKm,
    cafes: await toListed(db, items),
    nextHref: next && withCursor(searchHref(values), next),
    continued: cursor !== undefined,
  }
}

const withCursor = (href: string, cursor: string): string =>
  `${href}${href.includes('?') ? '&' : '?'}curseur=${cursor}`
