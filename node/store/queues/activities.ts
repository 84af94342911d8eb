import { toInstantText } from '../database/columns.ts'
import { packText, unpackText } from '../database/compressed-text.ts'
import type { Database } from '../database/database.ts'

/** An activity as it is sent, including its signed text. A forwarded one keeps its author's own text. */
export type StoredActivity = {
  id: string
  /** The identifier of our actor, e.g. `cafes`; empty for a peer's activity that we forward. */
  actor: string
  type: string
  objectUri: string
  body: string
}

/**
 * Stores the signed text of an activity and returns its number, by which deliveries name it. Where the id exists
 * already, the text is replaced and the number stays.
 */
export async function insertActivity(
  db: Database,
  activity: StoredActivity,
  now: Temporal.Instant,
): Promise<number> {
  const body = packText(activity.body)
  const { seq } = await db
    .insertInto('activity')
    .values({
      id: activity.id,
      actor: activity.actor,
      type: activity.type,
      object_uri: activity.objectUri,
      body,
      created_at: toInstantText(now),
    })
    .onConflict((oc) => oc.column('id').doUpdateSet({ body }))
    .returning('seq')
    .executeTakeFirstOrThrow()
  return seq
}

/**
 * Finds the text of an activity that is public at its address; undefined for a Follow or an answer, which concern two
 * servers only.
 */
export async function findActivity(db: Database, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('activity')
    .select('body')
    .where('id', '=', id)
    .where('actor', '<>', '')
    .where('type', 'in', PUBLIC_TYPES)
    .executeTakeFirst()
  return row && unpackText(row.body)
}

/**
 * The types of activities in the public outbox, which are about cafés. Follows and their answers are between two
 * servers.
 */
const PUBLIC_TYPES = ['Create', 'Update', 'Delete', 'Announce']

export type OutboxPage = { bodies: string[]; next: number | undefined }

/** Lists activities, the newest first; `before` is the cursor of the page before. */
export async function listOutbox(
  db: Database,
  { actor, before, limit }: { actor: string; before: number | undefined; limit: number },
): Promise<OutboxPage> {
  const rows = await db
    .selectFrom('activity')
    .select(['seq', 'body'])
    .where('actor', '=', actor)
    .where('type', 'in', PUBLIC_TYPES)
    .$if(before !== undefined, (qb) => qb.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return {
    bodies: page.map((row) => unpackText(row.body)),
    next: rows.length > limit ? page.at(-1)?.seq : undefined,
  }
}

/** Counts the public activities of one of our actors, for its outbox. */
export async function countOutbox(db: Database, actor: string): Promise<number> {
  const { total } = await db
    .selectFrom('activity')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('actor', '=', actor)
    .where('type', 'in', PUBLIC_TYPES)
    .executeTakeFirstOrThrow()
  return total
}

/**
 * Deletes the activities about something that is gone, with what still waited to be delivered; or only those of these
 * types.
 */
export async function deleteActivitiesAbout(
  db: Database,
  objectUri: string,
  types?: readonly string[],
): Promise<void> {
  await db
    .deleteFrom('activity')
    .where('object_uri', '=', objectUri)
    .$if(types !== undefined, (qb) => qb.where('type', 'in', types ?? []))
    .execute()
}

/**
 * Deletes activities to one server, or forwarded for another, once they are delivered or given up. What is in an outbox
 * stays as long as its object.
 */
export async function deleteSpentActivities(db: Database, before: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('activity')
    .where('created_at', '<', toInstantText(before))
    .where((eb) =>
      eb.or([eb('type', 'in', ['Follow', 'Accept', 'Reject']), eb('type', 'like', 'forwarded-%')]),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('delivery')
            .select('delivery.id')
            .whereRef('delivery.activity_seq', '=', 'activity.seq'),
        ),
      ),
    )
    .execute()
}
