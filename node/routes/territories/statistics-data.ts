import type { Context } from '../../context.ts'
import {
  ACTIVE_MONTHS,
  type SiteStatistics,
  toStatistics,
} from '../../domain/territories/statistics.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { recountStatistics } from '../../store/territories/recount-statistics.ts'
import {
  countOrganizers,
  findCommunesCount,
  findCountedAt,
  findRecentCount,
  listGroupCounts,
  listMonthlyCounts,
} from '../../store/territories/statistics.ts'
import { ofListedSites } from '../cafes/cards.ts'

/** Figures that are older are counted again. */
const FRESH_S = 60
/** A count that takes longer is made while the visitor reads the former one. */
const QUICK_MS = 300

/**
 * Makes a function that gives the figures as last counted: at most a minute old where counting is quick, otherwise an
 * hour.
 */
export function statisticsOf(context: Context): () => Promise<SiteStatistics> {
  const { db, now } = context
  let tookMs = 0
  let counting: Promise<void> | undefined
  let kept: SiteStatistics | undefined

  const count = () => {
    const began = performance.now()
    counting ??= recountStatistics(db, { now: now(), ...ofListedSites(context) }).finally(() => {
      tookMs = performance.now() - began
      counting = undefined
    })
    return counting
  }

  return async () => {
    const last = await findCountedAt(db)
    const isOld = !last || now().since(last).total('seconds') > FRESH_S
    if (isOld && (!last || tookMs < QUICK_MS)) await count()
    else if (isOld) count().catch(() => undefined)
    // Some thousand rows of counts are added up once for each count, whichever process made it.
    const countedAt = (await findCountedAt(db)) ?? now()
    if (!kept?.countedAt.equals(countedAt)) kept = await findCounted(db, countedAt)
    return kept
  }
}

/** Finds all that was counted last. */
async function findCounted(
  db: Context['db'],
  countedAt: Temporal.Instant,
): Promise<SiteStatistics> {
  const today = dayInParis(countedAt)
  const since = today.toPlainYearMonth().subtract({ months: ACTIVE_MONTHS })
  const recent = await findRecentCount(db)
  return {
    ...toStatistics(await listMonthlyCounts(db), {
      organizers: await countOrganizers(db, since),
      countedAt,
    }),
    recent: recent ?? { from: today, until: today, held: 0, reported: 0, participations: 0 },
    communes: await findCommunesCount(db),
    organizersSince: since,
    groups: await listGroupCounts(db),
  }
}
