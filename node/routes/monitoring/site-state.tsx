import { Hono } from 'hono'
import { StatePage } from '../../../ui/monitoring/state-page.tsx'
import type { Context } from '../../context.ts'
import { listDays, listHours, MEASURED_DAYS } from '../../domain/monitoring/measure.ts'
import { listAlerts } from '../../store/monitoring/alerts.ts'
import { listMeasures } from '../../store/monitoring/hour-measures.ts'
import { countWaitingDeliveries } from '../../store/queues/deliveries.ts'
import { listAdministratorEmails } from '../../store/structures/team-addresses.ts'
import { findSiteState } from '../http/site-state.ts'
import { needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/** The hours that are shown one by one. */
const HOURS = 24

/** « État du site »: how the site is, what to do where something is wrong, and how it was in the last days. */
export const siteStateRoutes = (context: Context) =>
  new Hono<WebEnv>().use(needsAdministrator).get('/', async (c) => {
    const { db, config } = context
    const now = context.now()
    const measures = await listMeasures(db, now)
    const told = (await listAlerts(db)).filter(({ toldAt }) => toldAt)
    return c.html(
      <StatePage
        {...(await adminPropsFor(context, c))}
        state={await findSiteState(context)}
        waiting={await countWaitingDeliveries(db)}
        days={listDays(measures, { days: MEASURED_DAYS, now })}
        hours={listHours(measures, { count: HOURS, now })}
        since={measures[0]?.hour}
        areBackupsDaily={config.backups.areDaily}
        alertsTo={config.mail ? await listAdministratorEmails(db) : []}
        lastAlert={told.toSorted((a, b) => Temporal.Instant.compare(a.since, b.since)).at(-1)}
        now={now}
      />,
    )
  })
