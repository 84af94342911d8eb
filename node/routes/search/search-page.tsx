import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { HomePage } from '../../../ui/search/home-page.tsx'
import type { SearchOutcome } from '../../../ui/search/outcome.ts'
import { SearchPage } from '../../../ui/search/search-page.tsx'
import { type SearchValues, searchHref } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import { giveWay } from '../../turns/turns.ts'
import { allowPosition } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { findHome } from './home.ts'
import { parameterOf, readSearch, readSearchValues } from './query.ts'
import { findCafes } from './results.ts'

/** The home page of a directory: « Où ? », and the cafés found. Every search is an address that can be shared. */
export const searchRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', allowPosition, async (c) => {
    const values = readSearchValues(parameterOf(c))
    const cursor = c.req.query('curseur')
    // The first look-up of a place takes as long as a page.
    await giveWay()
    const shared = {
      site: await findSite(context, c),
      now: context.now(),
      signedIn: (await findAdmin(c, context)) !== undefined,
    }
    if (searchHref(values) === paths.home)
      return c.html(<HomePage {...shared} {...(await findHome(context))} />)
    const outcome = await findOutcome(context, values, cursor)
    return c.html(<SearchPage {...shared} values={values} outcome={outcome} />)
  })

async function findOutcome(
  context: Context,
  values: SearchValues,
  cursorText: string | undefined,
): Promise<SearchOutcome> {
  const { query, problems } = readSearch(values, context.now())
  if (!query) return { type: 'problems', problems }
  return findCafes(context, { query, values }, cursorText)
}
