import { sql } from 'kysely'
import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import { isVisible } from './search-filters.ts'

/**
 * Cafés to come that are open to everyone, by the code of their département; those online only, under `undefined`.
 * Cancelled ones do not count: nobody would find them open.
 */
export async function countByDepartement(
  db: Database,
  now: Temporal.Instant,
): Promise<Map<string | undefined, number>> {
  const rows = await db
    .selectFrom('cafe')
    .select(['departement', sql<number>`count(*)`.as('total')])
    .where('ends_at', '>', toInstantText(now))
    .where('open_to', '=', 'public')
    .where('status', '<>', 'cancelled')
    .where(isVisible)
    .groupBy('departement')
    .execute()
  return new Map(rows.map((row) => [row.departement ?? undefined, row.total]))
}
