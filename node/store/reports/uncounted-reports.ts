import type { Author } from '../../domain/cafes/edit.ts'
import { appendJournal } from '../accounts/acts.ts'
import type { Database } from '../database/database.ts'
import { saveChangedReport } from './changed-report.ts'

/** A number that another server told, and that is too large to be believed before somebody says that it is right. */
export type UncountedReport = { cafeId: string; title: string; host: string; participants: number }

const selectUncounted = (db: Database) =>
  db
    .selectFrom('report')
    .innerJoin('cafe', 'cafe.id', 'report.cafe_id')
    .select(['cafe.id as cafeId', 'cafe.title', 'cafe.origin_host', 'report.participants'])
    .where('report.organization_id', 'is', null)
    .where('report.is_counted', '=', 0)
    .where('report.hidden_reason', 'is', null)

/** Counts them. */
export async function countUncountedReports(db: Database): Promise<number> {
  const row = await db
    .selectFrom(selectUncounted(db).as('uncounted'))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirst()
  return Number(row?.total ?? 0)
}

/** Lists them, the latest first. */
export async function listUncountedReports(
  db: Database,
  limit: number,
): Promise<UncountedReport[]> {
  const rows = await selectUncounted(db)
    .orderBy('report.updated_at', 'desc')
    .orderBy('report.cafe_id')
    .limit(limit)
    .execute()
  return rows.map(({ origin_host, participants, ...row }) => ({
    ...row,
    host: origin_host ?? '',
    participants: Number(participants ?? 0),
  }))
}

/**
 * Shows and counts the number of a report of another server from now on, until that tells another one; the journal has it.
 * @returns Whether it waited for that, with this number.
 */
export async function saveCounted(
  trx: Database,
  { cafeId, participants, by }: { cafeId: string; participants: number; by: Author },
  now: Temporal.Instant,
): Promise<boolean> {
  const found = await selectUncounted(trx)
    .where('report.cafe_id', '=', cafeId)
    .where('report.participants', '=', participants)
    .executeTakeFirst()
  if (!found) return false
  await trx.updateTable('report').set({ is_counted: 1 }).where('cafe_id', '=', cafeId).execute()
  await saveChangedReport(trx, cafeId)
  const subject = { type: 'report', id: cafeId } as const
  const { title } = found
  await appendJournal(trx, { by, reason: '', act: 'report-counted', subject, title }, now)
  return true
}
