import type { Database } from '../database/database.ts'
import { appendChange } from './changes.ts'

/** Tells the network that what was told of a café of ours is to go, by itself or with the café; before it is deleted. */
export async function appendReportDeletion(
  trx: Database,
  cafeId: string,
  now: Temporal.Instant,
): Promise<void> {
  const row = await trx
    .selectFrom('report')
    .innerJoin('cafe', 'cafe.id', 'report.cafe_id')
    .select(['report.uri', 'cafe.uri as cafeUri'])
    .where('report.cafe_id', '=', cafeId)
    .where('report.organization_id', 'is not', null)
    .executeTakeFirst()
  if (!row?.uri) return
  await appendChange(trx, { type: 'report-deleted', uri: row.uri, cafeUri: row.cafeUri }, now)
}
