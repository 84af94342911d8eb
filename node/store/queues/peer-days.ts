import { sql } from 'kysely'
import { NOTHING_SPENT, type ReachedLimit, type Spent } from '../../domain/limits/reading-budget.ts'
import { toDayText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'

/** What was read of each peer in a day (UTC), for its budgets. */

/** Finds what was read of a peer in the day of `now`. */
export async function findSpent(
  db: Database,
  peerId: string,
  now: Temporal.Instant,
): Promise<Spent> {
  const row = await db
    .selectFrom('peer_day')
    .select(['pages', 'items', 'bytes', 'seconds'])
    .where('peer_id', '=', peerId)
    .where('day', '=', toDayText(now))
    .executeTakeFirst()
  return row ?? NOTHING_SPENT
}

export type Reading = { peerId: string; spent: Spent; stoppedBy: ReachedLimit | undefined }

/** Adds what a reading has used, and why it stopped if it did; a peer that no longer exists is ignored. */
export async function addReading(
  db: Database,
  { peerId, spent, stoppedBy }: Reading,
  now: Temporal.Instant,
): Promise<void> {
  const { pages, items, bytes } = spent
  const seconds = Math.ceil(spent.seconds)
  const number = (value: number) => sql`cast(${value} as bigint)`
  await sql`
    insert into peer_day (peer_id, day, pages, items, bytes, seconds, stopped_by)
    select id, cast(${toDayText(now)} as text), ${number(pages)}, ${number(items)}, ${number(bytes)}, ${number(seconds)},
      cast(${stoppedBy ?? null} as text) from peer where id = ${peerId}
    on conflict (peer_id, day) do update set
      pages = peer_day.pages + excluded.pages, items = peer_day.items + excluded.items,
      bytes = peer_day.bytes + excluded.bytes, seconds = peer_day.seconds + excluded.seconds,
      stopped_by = coalesce(excluded.stopped_by, peer_day.stopped_by)`.execute(db)
}

/**
 * Returns whether one more new or changed café of this peer is taken in today; otherwise the day is marked, for the
 * team to see.
 */
export async function takeCafeOfDay(
  db: Database,
  { peerId, limit }: { peerId: string; limit: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const day = toDayText(now)
  if ((await addCafe(db, { peerId, day, limit })).numAffectedRows === 1n) return true
  await db
    .updateTable('peer_day')
    .set({ stopped_by: 'cafes' })
    .where('peer_id', '=', peerId)
    .where('day', '=', day)
    .execute()
  return false
}

const addCafe = prepare(
  (db, { peerId, day, limit }: { peerId: string; day: string; limit: number }) =>
    db
      .insertInto('peer_day')
      .values({ peer_id: peerId, day, cafes: 1, stopped_by: null })
      .onConflict((oc) =>
        oc
          .columns(['peer_id', 'day'])
          .doUpdateSet((eb) => ({ cafes: eb('peer_day.cafes', '+', 1) }))
          .where('peer_day.cafes', '<', limit),
      ),
)

/** Lists the peers whose limits were reached today, with the limit of each. */
export async function listStoppedToday(
  db: Database,
  now: Temporal.Instant,
): Promise<Map<string, ReachedLimit>> {
  const rows = await db
    .selectFrom('peer_day')
    .select(['peer_id', 'stopped_by'])
    .where('day', '=', toDayText(now))
    .where('stopped_by', 'is not', null)
    .execute()
  return new Map(rows.flatMap((row) => (row.stopped_by ? [[row.peer_id, row.stopped_by]] : [])))
}

/** Deletes what peers had of us on the days before the one of this instant (UTC). */
export async function deletePeerDaysBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('peer_day').where('day', '<', toDayText(before)).execute()
}
