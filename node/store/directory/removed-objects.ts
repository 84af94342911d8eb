import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isForEverybody } from './tombstones.ts'

export type Removed = { uri: string; deletedAt: Temporal.Instant }

/** The last one that was read. */
export type RemovedCursor = { deletedAt: string; uri: string }

/**
 * Deleted cafés, ours and others', in the order of their deletion; a page at a time. One whose address is another actor's
 * café by now is left out.
 */
export async function listRemoved(
  db: Database,
  {
    since,
    after,
    limit,
  }: { since: Temporal.Instant | undefined; after: RemovedCursor | undefined; limit: number },
): Promise<{ items: Removed[]; next: RemovedCursor | undefined }> {
  const rows = await db
    .selectFrom('tombstone')
    .select(['uri', 'deleted_at'])
    .where(isForEverybody)
    .where('uri', 'not in', (eb) =>
      eb.selectFrom('cafe').select('cafe.uri').whereRef('cafe.uri', '=', 'tombstone.uri'),
    )
    .$if(since !== undefined, (qb) =>
      qb.where('deleted_at', '>=', since ? toInstantText(since) : ''),
    )
    .$if(after !== undefined, (qb) =>
      qb.where((eb) =>
        eb(
          eb.refTuple('deleted_at', 'uri'),
          '>',
          eb.tuple(after?.deletedAt ?? '', after?.uri ?? ''),
        ),
      ),
    )
    .orderBy('deleted_at')
    .orderBy('uri')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => ({ uri: row.uri, deletedAt: fromInstantText(row.deleted_at) })),
    next: last && { deletedAt: last.deleted_at, uri: last.uri },
  }
}
