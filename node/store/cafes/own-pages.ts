import { fromInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isVisible } from './visibility.ts'

/**
 * The pages of the cafés of this server that everyone may find, the latest first: what a directory shows of others has
 * its page at its origin.
 */
export async function listOwnPages(
  db: Database,
  limit: number,
): Promise<{ id: string; updatedAt: Temporal.Instant }[]> {
  const rows = await db
    .selectFrom('cafe')
    .select(['cafe.id', 'cafe.updated_at'])
    // Along the index of each structure of this server: nobody else's cafés are read.
    .where('cafe.organization_id', 'in', (eb) =>
      eb.selectFrom('organization').select('organization.id'),
    )
    .where('cafe.open_to', '=', 'public')
    .where(isVisible)
    .orderBy('cafe.starts_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id, updated_at }) => ({ id, updatedAt: fromInstantText(updated_at) }))
}
