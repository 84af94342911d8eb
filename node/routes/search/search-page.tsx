import { Hono } from 'hono'
import { type SearchOutcome, SearchPage } from '../../../ui/search/search-page.tsx'
import { NO_SEARCH, type SearchValues, searchHref } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import { countByDepartement } from '../../store/territories/departement-counts.ts'
import { findAdmin, type WebEnv } from '../http/access.ts'
import { allowPosition } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { parameterOf, readSearch, readSearchValues } from './query.ts'
import { findCafes, linksTo } from './results.ts'

/** The first page of a directory: « Où ? », and the cafés found. Every search is an address to share. */
export const searchRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', allowPosition, async (c) => {
    const values = readSearchValues(parameterOf(c))
    const outcome = await findOutcome(context, values, c.req.query('curseur'))
    return c.html(
      <SearchPage
        site={await findSite(context, c)}
        values={values}
        outcome={outcome}
        now={context.now()}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    )
  })

async function findOutcome(
  context: Context,
  values: SearchValues,
  cursorText: string | undefined,
): Promise<SearchOutcome> {
  const { query, choices, problems = [] } = readSearch(values, context.now())
  if (choices) return { type: 'several-towns', towns: linksTo(choices, values) }
  if (!query) return { type: 'problems', problems }
  const outcome = await findCafes(context, { query, values }, cursorText)
  const isHome = !cursorText && searchHref(values) === searchHref(NO_SEARCH)
  return isHome && outcome.type === 'found'
    ? { ...outcome, total: await countToCome(context) }
    : outcome
}

/** As the map and the figures count them, without the cancelled ones. */
async function countToCome({ db, now }: Context): Promise<number> {
  const counts = await countByDepartement(db, now())
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}
