import { type ExpressionBuilder, sql } from 'kysely'
import { toInstantText } from '../database/columns.ts'
import { packText, unpackText } from '../database/compressed-text.ts'
import type { Database } from '../database/database.ts'
import { contains } from '../database/dialect.ts'
import type { Schema } from '../schema.ts'

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
 * servers only, and for what is about a café of a structure that is suspended.
 */
export async function findActivity(db: Database, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('activity')
    .select('body')
    .where('id', '=', id)
    .where('actor', '<>', '')
    .where('type', 'in', PUBLIC_TYPES)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('cafe')
            .select('cafe.id')
            .whereRef('cafe.uri', '=', 'activity.object_uri')
            .where('cafe.hidden_reason', '=', 'suspended'),
        ),
      ),
    )
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
 * types. What waits for webhooks about it goes too.
 */
export async function deleteActivitiesAbout(
  db: Database,
  objectUri: string,
  types?: readonly string[],
): Promise<void> {
  await deleteMessagesAbout(db, objectUri)
  await db
    .deleteFrom('activity')
    .where('object_uri', '=', objectUri)
    .$if(types !== undefined, (qb) => qb.where('type', 'in', types ?? []))
    .execute()
}

/** The mark of a webhook that has to tell its program to read all anew. */
const KNOWS_NOTHING = ''

/**
 * Deletes the messages to webhooks that wait with a text about this object, which is not to be said any more: they wait
 * for a week, and for as long as their webhook is stopped. The program is told instead to read all anew.
 */
export async function deleteMessagesAbout(db: Database, objectUri: string): Promise<void> {
  const about = db
    .selectFrom('webhook_message')
    .where('over_at', 'is', null)
    .where('kind', '=', 'changes')
    .where(contains(db, sql.ref('body'), objectUri))
  await db
    .updateTable('webhook')
    .set({ since: KNOWS_NOTHING, upto: null, place: null })
    .where('id', 'in', about.select('webhook_id'))
    .execute()
  await db.deleteFrom('webhook_message').where('id', 'in', about.select('id')).execute()
}

/** Lists the public Announces of an account that are about other cafés than these. */
export async function listPublicAnnounces(
  db: Database,
  { actor, but }: { actor: string; but: ReadonlySet<string> },
): Promise<Pick<StoredActivity, 'id' | 'objectUri' | 'body'>[]> {
  const rows = await db
    .selectFrom('activity')
    .select(['id', 'object_uri as objectUri', 'body'])
    .where('actor', '=', actor)
    .where('type', '=', 'Announce')
    .orderBy('seq')
    .execute()
  return rows
    .filter(({ objectUri }) => !but.has(objectUri))
    .map((row) => ({ ...row, body: unpackText(row.body) }))
}

/** The type of an Announce that was taken back while it was being sent: it is public no more, and deleted at night. */
const TAKEN_BACK = 'private-Announce'

/**
 * Deletes Announces that were taken back, with what still waited to be delivered of them. What is being sent stays in
 * the queue, so that the Undo comes after it.
 */
export async function deleteAnnounces(trx: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const ofThese = trx.selectFrom('activity').select('seq').where('id', 'in', ids)
  await trx
    .deleteFrom('delivery')
    .where('activity_seq', 'in', ofThese)
    .where('lease_until', 'is', null)
    .execute()
  await trx.updateTable('activity').set({ type: TAKEN_BACK }).where('id', 'in', ids).execute()
  await trx.deleteFrom('activity').where('id', 'in', ids).where(isDelivered).execute()
}

const isDelivered = (eb: ExpressionBuilder<Schema, 'activity'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('delivery')
        .select('delivery.id')
        .whereRef('delivery.activity_seq', '=', 'activity.seq'),
    ),
  )

/**
 * Deletes activities to one server, or forwarded for another, once they are delivered or given up. What is in an outbox
 * stays as long as its object.
 */
export async function deleteSpentActivities(db: Database, before: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('activity')
    .where('created_at', '<', toInstantText(before))
    .where((eb) =>
      eb.or([
        eb('type', 'in', ['Follow', 'Accept', 'Reject', TAKEN_BACK]),
        eb('type', 'like', 'forwarded-%'),
      ]),
    )
    .where(isDelivered)
    .execute()
}
