import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { AboutPage } from '../../../ui/site/about-page.tsx'
import type { Context } from '../../context.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

/** « C’est quoi, un café IA ? », on every site. */
export const aboutRoutes = (context: Context) =>
  new Hono<WebEnv>().get(paths.about, async (c) =>
    c.html(
      <AboutPage
        site={await findSite(context, c)}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    ),
  )
