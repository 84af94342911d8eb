import type { Cafe } from '../../domain/cafes/cafe.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { toCafe } from './cafes.ts'
import { isVisible } from './visibility.ts'

/** Lists past cafés of one organizer that were open to everybody, the latest first. */
export async function listHeldCafesOf(
  db: Database,
  { organizerUri, now, limit }: { organizerUri: string; now: Temporal.Instant; limit: number },
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll('cafe')
    .where('cafe.organizer_uri', '=', organizerUri)
    .where('cafe.ends_at', '<=', toInstantText(now))
    .where('cafe.open_to', '=', 'public')
    .where(isVisible)
    .orderBy('cafe.ends_at', 'desc')
    .orderBy('cafe.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}
