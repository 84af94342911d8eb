import { sql } from 'kysely'
import { toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { hashSecret } from '../database/secrets.ts'
import type { Schema } from '../schema.ts'

/**
 * What is kept of somebody who was forgotten: the hash of the address of their profile, so that an old message brings
 * nothing back. Deleted rows are overwritten at once (`secure_delete`); the file of what was written lately, which may
 * still hold them, is emptied by `flushErased`.
 */

/** Of the address of a profile or of an account; nothing else is ever kept of one that was taken away. */
export const hashOfUri = (uri: string): string => hashSecret(uri)

/** Remembers that it is to be forgotten; the latest time counts. */
export async function insertErased(db: Database, uri: string, at: Temporal.Instant): Promise<void> {
  const text = toInstantText(at)
  await db
    .insertInto('erased_profile')
    .values({ uri_hash: hashOfUri(uri), at: text, flushed_at: null })
    .onConflict((oc) =>
      oc.column('uri_hash').doUpdateSet({
        at: sql`case when erased_profile.at > ${text} then erased_profile.at else ${text} end`,
        flushed_at: null,
      }),
    )
    .execute()
}

/** A consent lasts a year: what was forgotten longer ago, no message can bring back. */
export async function deleteErasedBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('erased_profile').where('at', '<', toInstantText(before)).execute()
}

/** When the profile at this address was forgotten; undefined when it never was. */
export async function findErasedAt(
  db: Database,
  uri: string,
): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('erased_profile')
    .select('at')
    .where('uri_hash', '=', hashOfUri(uri))
    .executeTakeFirst()
  return row && Temporal.Instant.from(row.at)
}

/** Where words about people pass through. */
const TABLES = [
  'facilitator',
  'facilitator_entry',
  'facilitator_contact',
  'facilitator_draft',
  'link',
  'facilitator_picture',
  'facilitates',
  'contact_message',
  'consent',
  'kept_file',
  'actor_key',
  'remote_actor',
  'follower',
  'announced_row',
  'announcer',
  'change',
  'activity',
  'delivery',
  'attestation',
  'held_attestation',
  'referent',
  'journal',
  'task',
  'mail',
] as const satisfies readonly (keyof Schema)[]

/**
 * Since the last time somebody was forgotten: empties SQLite's log of what was written lately, or has PostgreSQL write
 * its tables anew, which locks them meanwhile. Does nothing when nobody was; asks again the next time where a reader is
 * in the way.
 */
export async function flushErased(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  const waiting = await db
    .selectFrom('erased_profile')
    .select('uri_hash as id')
    .where('flushed_at', 'is', null)
    .unionAll(db.selectFrom('withdrawal').select('id').where('flushed_at', 'is', null))
    .limit(1)
    .executeTakeFirst()
  if (!waiting) return
  const at = toInstantText(now)
  if (isPostgres(db))
    for (const table of TABLES) await sql`vacuum full ${sql.table(table)}`.execute(db)
  else if (!(await truncateLog(db))) return
  await db.updateTable('erased_profile').set({ flushed_at: at }).where('at', '<=', at).execute()
  await db.updateTable('withdrawal').set({ flushed_at: at }).where('at', '<=', at).execute()
}

async function truncateLog(db: OpenDatabase): Promise<boolean> {
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db)
  return rows[0]?.busy === 0
}
