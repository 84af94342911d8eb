import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { OrganisePage } from '../../../ui/structures/organise-page.tsx'
import type { Context } from '../../context.ts'
import { findSettings } from '../../store/structures/site-settings.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

/** « Organiser » : three ways to announce a café. */
export const organiseRoutes = (context: Context) =>
  new Hono<WebEnv>().get(paths.organise, async (c) =>
    c.html(
      <OrganisePage
        site={await findSite(context, c)}
        sourceUrl={(await findSettings(context.db)).sourceUrl}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    ),
  )
