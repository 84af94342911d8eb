import type { Context } from '../../context.ts'
import { type Statistics, toStatistics } from '../../domain/territories/statistics.ts'
import {
  countOrganizers,
  findCountedAt,
  listMonthlyCounts,
  recountStatistics,
} from '../../store/territories/statistics.ts'

/** Figures that are older are counted again. */
const FRESH_S = 60
/** A count that takes longer is made while the visitor reads the former one. */
const QUICK_MS = 300

/**
 * Makes a function that gives the figures as last counted: at most a minute old where counting is quick, otherwise an
 * hour.
 */
export function statisticsOf(context: Context): () => Promise<Statistics> {
  const { db, now } = context
  let tookMs = 0
  let counting: Promise<void> | undefined

  const count = () => {
    const began = performance.now()
    counting ??= recountStatistics(db, now()).finally(() => {
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
    const countedAt = (await findCountedAt(db)) ?? now()
    const zoned = now().toZonedDateTimeISO('Europe/Paris')
    const since = zoned.toPlainDate().toPlainYearMonth().subtract({ months: 12 })
    return toStatistics(await listMonthlyCounts(db), {
      organizers: await countOrganizers(db, since),
      countedAt,
    })
  }
}
