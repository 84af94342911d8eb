import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { HomePage } from '../../../ui/search/home-page.tsx'
import type { SearchOutcome } from '../../../ui/search/outcome.ts'
import { SearchPage } from '../../../ui/search/search-page.tsx'
import { type SearchValues, searchHref } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { giveWay } from '../../turns/turns.ts'
import { allowPosition } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { findHome } from './home.ts'
import { withOwnRadius } from './own-radius.ts'
import { parameterOf, readSearch, readSearchValues } from './query.ts'
import { findCafes, linksToClose } from './results.ts'

/** The home page of a directory: « Où ? », and the cafés found. Every search is an address that can be shared. */
export const searchRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', allowPosition, async (c) => {
    const asked = readSearchValues(parameterOf(c), context.now())
    const cursor = c.req.query('curseur')
    // The first look-up of a place takes as long as a page.
    await giveWay()
    const shared = {
      site: await findSite(context, c),
      now: context.now(),
      signedIn: (await findAdmin(c, context)) !== undefined,
    }
    if (searchHref(asked) === paths.home)
      return c.html(<HomePage {...shared} {...(await findHome(context, shared.site.lang))} />)
    const typed = (c.req.query('ou') ?? '').trim()
    const outcome = await findOutcome(context, { asked, typed, lang: shared.site.lang }, cursor)
    return c.html(<SearchPage {...shared} {...outcome} />)
  })

async function findOutcome(
  context: Context,
  { asked, typed, lang }: { asked: SearchValues; typed: string; lang: Lang },
  cursorText: string | undefined,
): Promise<{ values: SearchValues; outcome: SearchOutcome }> {
  const { query: first, problems } = readSearch(asked, context.now())
  if (!first)
    return { values: asked, outcome: { type: 'problems', problems, or: linksToClose(asked) } }
  const values = await withOwnRadius(context.db, asked, first)
  const query = readSearch(values, context.now()).query ?? first
  return { values, outcome: await findCafes(context, { query, values, typed, lang }, cursorText) }
}
