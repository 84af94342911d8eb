import { Hono } from 'hono'
import { NodeHomePage } from '../../../ui/structures/home-page.tsx'
import type { Context } from '../../context.ts'
import { listNetworksOf } from '../../store/networks/networks.ts'
import { findSiteProfile } from '../../store/structures/profiles.ts'
import { listDirectoryLinks } from '../cafes/cards.ts'
import { listNextCafes } from '../cafes/first-dates.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { structureUriOf } from '../workspaces/organizer.ts'
import { findHelpNearby } from './help-nearby.ts'

/** The maximum number of cafés on the home page, as many as one reads at a glance; the list has the others. */
const NEXT_CAFES = 6

/** The home page of a place: who it is, and its next cafés. */
export const homeRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', async (c) => {
    const { db } = context
    const now = context.now()
    const { cafes } = await listNextCafes(db, { from: now, isOurs: true, limit: NEXT_CAFES })
    const structureUri = structureUriOf(context.config.origin)
    const profile = await findSiteProfile(db)
    const networks = await listNetworksOf(db, { structureUri, isOurs: true })
    return c.html(
      <NodeHomePage
        site={await findSite(context, c)}
        cafes={cafes}
        directories={await listDirectoryLinks(db)}
        networks={networks.map(({ uri, name }) => ({ href: uri, label: name }))}
        profile={profile}
        help={findHelpNearby(profile?.address ?? {})}
        now={now}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    )
  })
