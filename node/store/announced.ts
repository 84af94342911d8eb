import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'

/**
 * Which of our accounts has told of which café: `posted` to its followers, `waiting` for the day's digest, `told` in a
 * digest, or `listed` in its outbox only.
 */
type AnnouncedState = 'posted' | 'waiting' | 'told' | 'listed'

export type Announced = {
  actor: string
  objectUri: string
  /** The id of the Announce. */
  activityId: string
  at: Temporal.Instant
  state: AnnouncedState
}

/** Whether this account takes the café up for the first time, or again after it was taken back. */
export async function markAnnounced(
  db: Database,
  { actor, objectUri, activityId, at, state }: Announced,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('announced')
    .values({ actor, object_uri: objectUri, activity_id: activityId, at: toInstantText(at), state })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Every account that has the café, with what it did of it. */
export async function listAnnounced(db: Database, objectUri: string): Promise<Announced[]> {
  const rows = await db
    .selectFrom('announced')
    .selectAll()
    .where('object_uri', '=', objectUri)
    .execute()
  return rows.map((row) => ({
    actor: row.actor,
    objectUri: row.object_uri,
    activityId: row.activity_id,
    at: Temporal.Instant.from(row.at),
    state: row.state,
  }))
}

export async function deleteAnnounced(
  db: Database,
  { actor, objectUri }: Pick<Announced, 'actor' | 'objectUri'>,
): Promise<void> {
  await db
    .deleteFrom('announced')
    .where('object_uri', '=', objectUri)
    .where('actor', '=', actor)
    .execute()
}

/** Feeds in which some café was too much for its day. */
export async function listFeedsInWait(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('announced')
    .select('actor')
    .distinct()
    .where('state', '=', 'waiting')
    .execute()
  return rows.map((row) => row.actor)
}

/** In the order in which they came. */
export async function listWaiting(db: Database, actor: string): Promise<string[]> {
  const rows = await db
    .selectFrom('announced')
    .select('object_uri')
    .where('actor', '=', actor)
    .where('state', '=', 'waiting')
    .orderBy('at')
    .orderBy('object_uri')
    .execute()
  return rows.map((row) => row.object_uri)
}

/** A digest has left: it told of these, and nothing waits any more. */
export async function markTold(
  db: Database,
  { actor, objectUris }: { actor: string; objectUris: readonly string[] },
): Promise<void> {
  if (objectUris.length > 0)
    await db
      .updateTable('announced')
      .set({ state: 'told' })
      .where('actor', '=', actor)
      .where('object_uri', 'in', objectUris)
      .where('state', 'in', ['waiting', 'listed'])
      .execute()
}

export async function endWaiting(db: Database, actor: string): Promise<void> {
  await db
    .updateTable('announced')
    .set({ state: 'listed' })
    .where('actor', '=', actor)
    .where('state', '=', 'waiting')
    .execute()
}

/** What was announced so long ago that nobody needs to hear of its end. */
export async function deleteAnnouncedBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('announced').where('at', '<', toInstantText(before)).execute()
}
