import { toInstantText } from '../database/columns.ts'
import { packText, unpackText } from '../database/compressed-text.ts'
import type { Database } from '../database/database.ts'

/** An activity as it goes over the wire, signed text included. A forwarded one keeps its author's own text. */
export type StoredActivity = {
  id: string
  /** The identifier of our actor, e.g. `cafes`; empty for a peer's activity that we carry on. */
  actor: string
  type: string
  objectUri: string
  body: string
}

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

/** What the public outbox holds: what was said of cafés. Follows and their answers are between two servers. */
const PUBLIC_TYPES = ['Create', 'Update', 'Delete', 'Announce']

export type OutboxPage = { bodies: string[]; next: number | undefined }

/** Newest first; `before` is the cursor of the page before. */
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
 * What was said of something that is gone: its words go with it, and so does what still waited to be delivered; or what
 * was said by activities of these types alone.
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
 * What was said to one server, or carried on for another, once it is delivered or given up. What is in an outbox stays
 * as long as what it is about.
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
