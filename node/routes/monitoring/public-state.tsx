import { Hono } from 'hono'
import { PublicStatePage } from '../../../ui/monitoring/public-state-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { listIncidents } from '../../domain/monitoring/measure.ts'
import { listPublicPeers } from '../../store/directory/public-peers.ts'
import { listMeasures } from '../../store/monitoring/hour-measures.ts'
import { withoutParameters } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findSiteState } from '../http/site-state.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

/** A delivery is sent within seconds; what is late by less is not felt. */
const LATE_MINUTES = 15
const FRESH_HOURS = 24
/** The maximum number of silent sites that are named. */
const MOST_SILENT = 100

/** The public page about how a directory is. */
export const publicStateRoutes = (context: Context) =>
  new Hono<WebEnv>().get(paths.publicState, withoutParameters, async (c) => {
    const { db } = context
    const now = context.now()
    const { troubles, lateMinutes } = await findSiteState(context)
    const members = (await listPublicPeers(db)).filter(({ standing }) => standing === 'member')
    const measures = await listMeasures(db, now)
    const isFresh = (at: Temporal.Instant | undefined) =>
      at !== undefined && at.until(now).total('hours') <= FRESH_HOURS
    return c.html(
      <PublicStatePage
        site={await findSite(context, c)}
        // That a member is silent is said of the member.
        isWell={troubles.every((trouble) => trouble === 'members-silent')}
        lateMinutes={lateMinutes > LATE_MINUTES ? lateMinutes : 0}
        members={members.length}
        heard={members.filter(({ lastSeenAt }) => isFresh(lastSeenAt)).length}
        silent={members.filter(({ reachable }) => !reachable).slice(0, MOST_SILENT)}
        incidents={measures.length > 0 ? listIncidents(measures, now) : undefined}
        signedIn={(await findAdmin(c, context)) !== undefined}
        now={now}
      />,
    )
  })
