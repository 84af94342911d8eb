import { toInstantText } from '../database/columns.ts'
import { inTransaction, type OpenDatabase } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { toCafe } from './cafes.ts'
import { updateDuplicates } from './duplicates.ts'

/**
 * The setting that says how far cafés were judged by the current rule; `RULE` is its number, which is raised when the
 * rule changes.
 */
const JUDGED = 'alike-judged'
const RULE = 2
const AT_ONCE = 100

/**
 * Looks for duplicates among upcoming cafés that were received under an older rule, a hundred at a time; returns how
 * many it examined. Once all are judged, it costs one read.
 */
export async function judgeAgain(db: OpenDatabase, now: Temporal.Instant): Promise<number> {
  const [rule, after] = ((await findSetting(db, JUDGED)) ?? '').split(' ')
  const from = rule === String(RULE) ? after : ''
  if (from === undefined) return 0
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('id', '>', from)
    .where('ends_at', '>', toInstantText(now))
    .where('publication', '=', 'published')
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
  await inTransaction(db, async (trx) => {
    for (const row of rows) await updateDuplicates(trx, toCafe(row), now)
    const last = rows.length < AT_ONCE ? '' : ` ${rows.at(-1)?.id}`
    await saveSetting(trx, JUDGED, `${RULE}${last}`)
  })
  return rows.length
}
