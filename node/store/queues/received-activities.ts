import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

type Sighting = { actor: string; activityId: string }

/**
 * Returns those of these activities that come for the first time. It is called inside the transaction of their effects,
 * so that effect and acknowledgement are one (architecture, invariant 3). One that is given twice is returned once.
 */
export async function markSeen<T extends Sighting>(
  db: Database,
  sightings: readonly T[],
  now: Temporal.Instant,
): Promise<T[]> {
  const at = toInstantText(now)
  const rows = await db
    .insertInto('seen')
    .values(sightings.map(({ actor, activityId }) => ({ actor, activity_id: activityId, at })))
    .onConflict((oc) => oc.doNothing())
    .returning(['actor', 'activity_id'])
    .execute()
  const isNew = new Set(rows.map((row) => keyOf(row.actor, row.activity_id)))
  return sightings.filter(({ actor, activityId }) => isNew.delete(keyOf(actor, activityId)))
}

/** Returns the key of an activity; neither part can contain a space. */
const keyOf = (actor: string, activityId: string): string => `${actor} ${activityId}`

/**
 * Returns whether an activity was already received from this actor in the last 30 days. `markSeen` decides it for good,
 * in the transaction of the effects.
 */
export async function isSeen(db: Database, actor: string, activityId: string): Promise<boolean> {
  const row = await db
    .selectFrom('seen')
    .select('at')
    .where('actor', '=', actor)
    .where('activity_id', '=', activityId)
    .executeTakeFirst()
  return row !== undefined
}

/** Deletes old entries. Signatures expire after an hour, so 30 days are far beyond any replay that the gate lets in. */
export async function deleteSeenBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('seen').where('at', '<', toInstantText(before)).execute()
}
