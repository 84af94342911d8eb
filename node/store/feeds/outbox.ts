import { fromInstantText, fromSeconds, toInstantText, toSeconds } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { announcerOf } from './announced.ts'

/** The position in a feed's outbox after which the next page begins. */
export type OutboxCursor = { at: Temporal.Instant; id: string }

export type FeedOutboxPage = { ids: string[]; next: OutboxCursor | undefined }

/** The rows that are no Announce: a date of a series that is told of later, and the series itself. */
const UNSENT = ['later', 'series'] as const

/** Lists the ids of the activities of a feed, the newest first: its Announces and its own Notes. */
export async function listFeedOutbox(
  db: Database,
  { feed, after, limit }: { feed: string; after: OutboxCursor | undefined; limit: number },
): Promise<FeedOutboxPage> {
  const announces = await db
    .selectFrom('announced')
    .select(['activity_id as id', 'at'])
    .where('announcer', '=', announcerOf(db, feed))
    .where('state', 'not in', UNSENT)
    .$call((qb) => {
      if (!after) return qb
      const at = toSeconds(after.at)
      return qb
        .where('at', '<=', at)
        .where((eb) => eb.or([eb('at', '<', at), eb('activity_id', '<', after.id)]))
    })
    .orderBy('at', 'desc')
    .orderBy('activity_id', 'desc')
    .limit(limit + 1)
    .execute()
  const notes = await db
    .selectFrom('activity')
    .select(['id', 'created_at as at'])
    .where('actor', '=', feed)
    .where('type', '=', 'Create')
    .$call((qb) => {
      if (!after) return qb
      const at = toInstantText(after.at)
      return qb.where((eb) => eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(at, after.id)))
    })
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const rows = [
    ...announces.map(({ id, at }) => ({ id, at: fromSeconds(at) })),
    ...notes.map(({ id, at }) => ({ id, at: fromInstantText(at) })),
  ].sort(newestFirst)
  const last = rows[limit - 1]
  return {
    ids: rows.slice(0, limit).map(({ id }) => id),
    next: rows.length > limit && last ? { at: last.at, id: last.id } : undefined,
  }
}

const newestFirst = (one: OutboxCursor, other: OutboxCursor): number =>
  Temporal.Instant.compare(other.at, one.at) || (one.id < other.id ? 1 : -1)

/** Counts what the outbox of a feed holds: the cafés that it announces and the Notes that it sent. */
export async function countFeedOutbox(db: Database, feed: string): Promise<number> {
  const announces = await db
    .selectFrom('announced_row')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('announcer', '=', announcerOf(db, feed))
    .where('state', 'not in', UNSENT)
    .executeTakeFirstOrThrow()
  const notes = await db
    .selectFrom('activity')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('actor', '=', feed)
    .where('type', '=', 'Create')
    .executeTakeFirstOrThrow()
  return announces.total + notes.total
}

/** Finds the café and the instant of an Announce of this feed, by the id that it has in the café's own row. */
export async function findAnnounce(
  db: Database,
  { feed, cafeId, activityId }: { feed: string; cafeId: string; activityId: string },
): Promise<{ uri: string; at: Temporal.Instant } | undefined> {
  const row = await db
    .selectFrom('announced')
    .innerJoin('cafe', 'cafe.uri', 'announced.object_uri')
    .select(['announced.object_uri', 'announced.at'])
    .where('cafe.id', '=', cafeId)
    .where('announced.actor', '=', feed)
    .where('announced.activity_id', '=', activityId)
    .executeTakeFirst()
  return row && { uri: row.object_uri, at: fromSeconds(row.at) }
}
