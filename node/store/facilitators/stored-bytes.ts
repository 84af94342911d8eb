import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { addToShare } from '../queues/shares.ts'

/**
 * Does something to a person of another server, and charges what is then stored beyond the short profile, the copy of
 * the photo and the addresses of cafés, to the domain of that server.
 * @returns What `work` returns.
 */
export async function countFacilitatorBytesAround<T>(
  trx: Database,
  uri: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = await measureFacilitator(trx, uri)
  const done = await work()
  const amount = (await measureFacilitator(trx, uri)) - before
  if (amount !== 0) await addToShare(trx, 'bytes', { host: new URL(uri).host, amount })
  return done
}

async function measureFacilitator(db: Database, uri: string): Promise<number> {
  const row = await db
    .selectFrom('facilitator')
    .select(
      sql<number>`coalesce((select octet_length(bytes) from facilitator_picture where facilitator_id = facilitator.id), 0)
        + coalesce((select sum(octet_length(cafe_uri)) from facilitates where facilitator_id = facilitator.id), 0)`.as(
        'bytes',
      ),
    )
    .where('uri', '=', uri)
    .executeTakeFirst()
  return Number(row?.bytes ?? 0)
}
