import { Hono } from 'hono'
import { ApiPage } from '../../ui/api.tsx'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import { findDesk, type WebEnv } from './access.ts'
import { findSite } from './site.ts'

/** The API and the exports in a page that a person can read. */
export const apiPageRoutes = (context: Context) =>
  new Hono<WebEnv>().get(paths.api, async (c) =>
    c.html(
      <ApiPage
        site={await findSite(context, c)}
        signedIn={(await findDesk(c, context)) !== undefined}
      />,
    ),
  )
