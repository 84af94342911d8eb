import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/**
 * Lists the addresses of a peer's cafés that are not over, as we know them, without the missing ones, which are asked
 * for at times of their own.
 */
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
    .where('id', 'not in', (eb) => eb.selectFrom('missing_cafe').select('cafe_id'))
    .orderBy('starts_at')
    .execute()
  return rows.map((row) => row.uri)
}

/** Counts the cafés of each peer, past and upcoming, by its id; a peer without any is left out. */
export async function countCafesByPeer(db: Database): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('cafe')
    .select((eb) => ['peer_id', eb.fn.countAll<number>().as('total')])
    .where('peer_id', 'is not', null)
    .groupBy('peer_id')
    .execute()
  return new Map(rows.map(({ peer_id, total }) => [peer_id ?? '', total]))
}

export async function countCafesOfPeer(db: Database, peerId: string): Promise<number> {
  const { total } = await db
    .selectFrom('cafe')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('peer_id', '=', peerId)
    .executeTakeFirstOrThrow()
  return total
}
