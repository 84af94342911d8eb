import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'

/**
 * Whether this actor's activity comes for the first time. Called inside the transaction of its effect, so that the
 * effect and its acknowledgement are one (architecture, invariant 3).
 */
export async function markSeen(
  db: Database,
  { actor, activityId }: { actor: string; activityId: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('seen')
    .values({ actor, activity_id: activityId, at: toInstantText(now) })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function isSeen(db: Database, actor: string, activityId: string): Promise<boolean> {
  const row = await db
    .selectFrom('seen')
    .select('at')
    .where('actor', '=', actor)
    .where('activity_id', '=', activityId)
    .executeTakeFirst()
  return row !== undefined
}

/** Signatures expire after an hour: 30 days are far beyond any replay that the gate lets in. */
export async function deleteSeenBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('seen').where('at', '<', toInstantText(before)).execute()
}
