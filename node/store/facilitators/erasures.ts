import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { findDrawnSecret } from '../database/settings.ts'
import { FIRST_OF_CAFES } from '../database/write-log/erased-cafes.ts'
import { flushLog, renewFile } from '../database/write-log/write-log.ts'
import { isHiddenHere } from '../directory/hidden-objects.ts'
import type { Schema } from '../schema.ts'

/**
 * What is kept of a person who was erased: the hash of the address of their profile, so that an old message brings
 * nothing back. What is deleted about people, here and in other tables, is removed from the files of the database by
 * `flushErased`.
 */

/**
 * Returns the HMAC-SHA-256 of the address of a profile or an account, by a secret of this server. Nothing else is kept
 * of one that was withdrawn, and a person who has the hash cannot try addresses against it.
 */
export async function hashOfUri(db: Database, uri: string): Promise<string> {
  return createHmac('sha256', await findErasureSecret(db))
    .update(uri)
    .digest('base64url')
}

const SECRET = 'erasure-secret'

/** Finds the secret by which such addresses are hashed. */
export const findErasureSecret = (db: Database): Promise<string> => findDrawnSecret(db, SECRET)

type GoneKind = 'profile' | 'address'

/** Notes that a profile of another server was erased there; the latest time counts. */
export const insertErased = (db: Database, uri: string, at: Temporal.Instant): Promise<void> =>
  insertGone(db, { kind: 'profile', uri }, at)

/** Finds when the profile at this address was erased; undefined when it never was. */
export const findErasedAt = (db: Database, uri: string): Promise<Temporal.Instant | undefined> =>
  findGone(db, { kind: 'profile', uri })

/** Notes that nothing is any more at an address that was a profile's, random or chosen, or an account's. */
export const insertGoneAddress = (db: Database, uri: string, at: Temporal.Instant): Promise<void> =>
  insertGone(db, { kind: 'address', uri }, at)

/** Finds since when nothing is at an address that was a profile's, random or chosen, or an account's. */
export const findGoneAt = (db: Database, uri: string): Promise<Temporal.Instant | undefined> =>
  findGone(db, { kind: 'address', uri })

async function insertGone(
  db: Database,
  { kind, uri }: { kind: GoneKind; uri: string },
  instant: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(instant)
  await db
    .insertInto('deletion')
    .values({ kind, key: await hashOfUri(db, uri), at })
    .onConflict((oc) =>
      oc.columns(['kind', 'key', 'owner_uri']).doUpdateSet({
        at: sql`case when deletion.at > ${at} then deletion.at else ${at} end`,
      }),
    )
    .execute()
}

async function findGone(
  db: Database,
  { kind, uri }: { kind: GoneKind; uri: string },
): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('deletion')
    .select('at')
    .where('kind', '=', kind)
    .where('key', '=', await hashOfUri(db, uri))
    .executeTakeFirst()
  return row && Temporal.Instant.from(row.at)
}

/**
 * The tables of cafés, whose texts cite people: who speaks, who is told of. PostgreSQL rewrites them where a café cites
 * somebody no more.
 */
const CAFE_TABLES = [
  'cafe',
  'cafe_document',
  'cafe_picture',
  'document',
  'imported',
  'other_version',
  'idempotent_answer',
  'webhook_message',
  'search_entry',
  'series',
] as const satisfies readonly (keyof Schema)[]

/**
 * The tables that hold texts about people; deletions from most of them are counted (`erasure`).
 *
 * @internal
 */
export const PERSONAL_TABLES = [
  'account',
  'session',
  'second_factor',
  'act',
  'team_invitation',
  'network_manager',
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
  'stamp',
  'announced_row',
  'announcer',
  'change',
  'activity',
  'delivery',
  'attestation',
  'held_attestation',
  'hidden_object',
  'hidden_elsewhere',
  'flag_case',
  'flag',
  'appeal',
  'referent',
  'referent_consent',
  'joining_advice',
  'alert',
  'registration',
  'registration_need',
  'registration_answer',
  'report',
  'report_question',
  'asked_question',
  'question_group',
  'question_apart',
  'resource',
  'suggestion',
  'cafe_request_visitor',
  'task',
  'mail',
  ...CAFE_TABLES,
] as const satisfies readonly (keyof Schema)[]

/**
 * If something about a person was deleted or overwritten since the last time, rewrites SQLite's file and empties its
 * log, or makes PostgreSQL rewrite its tables, which locks them meanwhile. Where a reader still needs what was deleted,
 * nothing is marked as done, and the next call tries again; PostgreSQL, which would copy the deleted rows to the new
 * tables, is first given `patience` milliseconds for open transactions to end.
 *
 * @returns Whether nothing is left of what had been deleted before the call.
 */
export async function flushErased(db: OpenDatabase, patience = 20_000): Promise<boolean> {
  // The counts are read before the tables: what is deleted meanwhile waits for the next time.
  const waiting = await db
    .selectFrom('erasure')
    .select(['writer', 'total'])
    .whereRef('total', '>', 'flushed')
    .execute()
  if (waiting.length === 0) return true
  const isFlushed = isPostgres(db)
    ? await flushTables(db, waiting, patience)
    : await flushFile(db, waiting)
  if (!isFlushed) return false
  for (const { writer, total } of waiting)
    await db
      .updateTable('erasure')
      .set({ flushed: total })
      .where('writer', '=', writer)
      .where('flushed', '<', total)
      .execute()
  return true
}

/** The last deletion that a rewritten SQLite file includes, where its log could not be emptied then. */
const rewritten = new WeakMap<OpenDatabase, number>()

async function flushFile(
  db: OpenDatabase,
  [waiting]: readonly { total: number }[],
): Promise<boolean> {
  if (waiting && rewritten.get(db) !== waiting.total) {
    await renewFile(db)
    rewritten.set(db, waiting.total)
  }
  return flushLog(db)
}

async function flushTables(
  db: OpenDatabase,
  waiting: readonly { writer: number }[],
  patience: number,
): Promise<boolean> {
  const { rows } = await sql<{ horizon: string }>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as horizon`.execute(db)
  const horizon = rows[0]?.horizon ?? '0'
  const end = performance.now() + patience
  while (await isNeededBefore(db, horizon)) {
    if (performance.now() > end) return false
    await sleep(100)
  }
  const citesNoMore = waiting.some(({ writer }) => writer >= FIRST_OF_CAFES)
  const isOfCafes = (table: string) => CAFE_TABLES.some((each) => each === table)
  for (const table of PERSONAL_TABLES)
    if (citesNoMore || !isOfCafes(table)) await sql`vacuum full ${sql.table(table)}`.execute(db)
  return true
}

/**
 * Returns whether VACUUM FULL would still copy rows that were deleted before the transaction id `horizon`: it does
 * while a transaction of this database that began earlier may read them, and while one that began earlier writes in any
 * database of the server, since the snapshot of VACUUM FULL itself reaches back to that (PostgreSQL, "Routine
 * Vacuuming", `ComputeXidHorizons`).
 */
async function isNeededBefore(db: OpenDatabase, horizon: string): Promise<boolean> {
  const { rows } = await sql<{ isNeeded: boolean }>`
    select pg_snapshot_xmin(pg_current_snapshot()) < ${horizon}::xid8 or exists (
      select 1 from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and greatest(age(backend_xmin), age(backend_xid)) > age(${horizon}::xid8::xid)
    ) as "isNeeded"`.execute(db)
  return rows[0]?.isNeeded ?? true
}

/** Forgets of a person who was erased all but that the profile at this address stays hidden. */
export async function eraseHiddenProfile(trx: Database, uri: string): Promise<void> {
  if (!(await isHiddenHere(trx, uri))) return
  await trx
    .updateTable('hidden_object')
    .set({ uri: await hashOfUri(trx, uri), reason: '' })
    .where('uri', '=', uri)
    .execute()
}

/** Returns whether the profile at this address is hidden here, also one that was erased and is given again. */
export async function claimHiddenProfile(trx: Database, uri: string): Promise<boolean> {
  const [back] = await trx
    .updateTable('hidden_object')
    .set({ uri })
    .where('uri', '=', await hashOfUri(trx, uri))
    .returning('uri')
    .execute()
  return back !== undefined || (await isHiddenHere(trx, uri))
}
