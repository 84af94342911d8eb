import type { Config } from '../../config.ts'
import type { Context } from '../../context.ts'
import { CLOCK } from '../../domain/cafes/edit.ts'
import { horizonOf } from '../../domain/cafes/horizon.ts'
import { findLegalGaps } from '../../routes/workspaces/legal-minimum.ts'
import { organizerOf } from '../../routes/workspaces/organizer.ts'
import { inTransaction } from '../../store/database/database.ts'
import { listDueSeries, planDates, type SeriesHome } from '../../store/series/plan-dates.ts'
import { findSeries } from '../../store/series/series.ts'
import { findOrganization, type Organization } from '../../store/structures/organizations.ts'
import { runForEach } from '../run-for-each.ts'

/**
 * Makes the cafés of the dates that have come within the horizon, of each series in a transaction of its own: what was
 * interrupted goes on where it was. While the law's minimum is missing they wait for it.
 */
export async function planSeries(context: Context): Promise<void> {
  const { config, db, now, wake } = context
  if ((await findLegalGaps(context)).length > 0) return
  const due = await listDueSeries(db, horizonOf(config), now())
  await runForEach(due, ({ id, from }) =>
    inTransaction(db, async (trx) => {
      const series = await findSeries(trx, id)
      const organization = series && (await findOrganization(trx, series.organizationId))
      if (!organization) return
      const home = homeOf(config, organization)
      await planDates(trx, { series, from, home, by: CLOCK }, now())
    }),
  ).finally(wake)
}

/** Returns who announces the cafés of the series of a structure, and how far ahead. */
const homeOf = (config: Config, organization: Organization): SeriesHome => ({
  organizer: organizerOf(config, organization),
  origin: config.origin,
  horizon: horizonOf(config),
})
