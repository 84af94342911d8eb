import type { Context } from '../../context.ts'
import { CLOCK } from '../../domain/cafes/edit.ts'
import { horizonOf } from '../../domain/cafes/horizon.ts'
import { homeOf } from '../../routes/series/series-home.ts'
import { findLegalGaps } from '../../routes/workspaces/legal-minimum.ts'
import { inTransaction } from '../../store/database/database.ts'
import { gatherRows } from '../../store/database/gathered-rows.ts'
import { listDueSeries, planDates } from '../../store/series/plan-dates.ts'
import { findSeries } from '../../store/series/series.ts'
import { findOrganization } from '../../store/structures/organizations.ts'
import { runForEach } from '../run-for-each.ts'

/** The number of series that are planned in one transaction. */
const TOGETHER = 20

/**
 * Makes the cafés of the dates that have come within the horizon, some series in a transaction: what was interrupted
 * goes on where it was. While the law's minimum is missing they wait for it.
 */
export async function planSeries(context: Context): Promise<void> {
  const { config, db, now, wake } = context
  if ((await findLegalGaps(context)).length > 0) return
  const due = await listDueSeries(db, horizonOf(config), now())
  const groups = Array.from({ length: Math.ceil(due.length / TOGETHER) }, (_, at) =>
    due.slice(at * TOGETHER, (at + 1) * TOGETHER),
  )
  const plan = (group: typeof due) => planTogether(context, group)
  // One series that fails rolls back its whole group, so each is planned alone and the others are made.
  await runForEach(groups, (group) =>
    plan(group).catch(() => runForEach(group, (one) => plan([one]))),
  ).finally(wake)
}

const planTogether = (
  { config, db, now }: Context,
  group: Awaited<ReturnType<typeof listDueSeries>>,
): Promise<void> =>
  inTransaction(db, (trx) =>
    gatherRows(trx, async () => {
      for (const { id, from } of group) {
        const series = await findSeries(trx, id)
        const organization = series && (await findOrganization(trx, series.organizationId))
        if (!organization) continue
        const home = homeOf({ config, organization })
        await planDates(trx, { series, from, home, by: CLOCK }, now())
      }
    }),
  )
