import { Hono } from 'hono'
import { TransparencyPage } from '../../../ui/flags/transparency-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { countDecisions } from '../../store/flags/count-decisions.ts'
import { withoutParameters } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'

/** « Transparence »: what was flagged here and decided, in numbers. */
export const transparencyRoutes = (context: Context) =>
  new Hono().get(paths.transparency, withoutParameters, async (c) => {
    const counts = await countDecisions(context.db, context.now())
    return c.html(<TransparencyPage site={await findSite(context, c)} {...counts} />)
  })
