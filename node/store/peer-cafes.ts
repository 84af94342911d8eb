import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'

/** The addresses of a peer's cafés that are not over, as we know them. */
export async function listPeerCafesToCome(
  db: Database,
  peerId: string,
  now: Temporal.Instant,
): Promise<string[]> {
  const rows = await db
    .selectFrom('cafe')
    .select('uri')
    .where('peer_id', '=', peerId)
    .where('ends_at', '>=', toInstantText(now))
    .orderBy('starts_at')
    .execute()
  return rows.map((row) => row.uri)
}
