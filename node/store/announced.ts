import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'

/** Whether this feed announces the café for the first time; says so once per feed and café. */
export async function markAnnounced(
  db: Database,
  { actor, objectUri, activityId }: { actor: string; objectUri: string; activityId: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('announced')
    .values({ actor, object_uri: objectUri, activity_id: activityId, at: toInstantText(now) })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** The Announce by which a feed told of this café. */
export async function findAnnounced(
  db: Database,
  actor: string,
  objectUri: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('announced')
    .select('activity_id')
    .where('actor', '=', actor)
    .where('object_uri', '=', objectUri)
    .executeTakeFirst()
  return row?.activity_id
}
