import { type ActorKey, type KeyDates, NEVER_TRUSTED } from '../../domain/federation/actor-key.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { ACTOR_KEY, KEY_DATES } from '../schema/actors.ts'

/**
 * Lists the dates of all keys that an actor of ours ever had, without the keys; they show whether the keys have
 * changed.
 */
export async function listKeyDates(db: Database, actor: string): Promise<KeyDates[]> {
  return (await selectDates(db, { actor })).rows.map(KEY_DATES.fromRow)
}

const selectDates = prepare((db, { actor }: { actor: string }) =>
  db
    .selectFrom('actor_key')
    .select(['key_id', 'algorithm', 'created_at', 'retired_at'])
    .where('actor', '=', actor)
    .orderBy('key_id'),
)

/** Lists the pairs that are published at `now`. */
export async function listActorKeys(
  db: Database,
  actor: string,
  now: Temporal.Instant,
): Promise<ActorKey[]> {
  const rows = await db
    .selectFrom('actor_key')
    .selectAll()
    .where('actor', '=', actor)
    .where((eb) => eb.or([eb('retired_at', 'is', null), eb('retired_at', '>', toInstantText(now))]))
    .execute()
  return rows.map(ACTOR_KEY.fromRow)
}

/** Returns whether anybody can have asked for this actor, so that it has keys. */
export const hasActorKeys = async (db: Database, actor: string): Promise<boolean> =>
  (await listKeyDates(db, actor)).length > 0

/** Returns whether an account of ours has had other keys than first ones. */
export async function hasLaterKeys(db: Database): Promise<boolean> {
  const row = await db
    .selectFrom('actor_key')
    .select('key_id')
    .where('key_id', 'not like', '%#main-key')
    .where('key_id', 'not like', '%#ed25519-key')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Lists our actors that have keys, including those that are gone and have not yet sent their Delete. */
export async function listKeyHolders(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('actor_key')
    .select('actor')
    .distinct()
    .orderBy('actor')
    .execute()
  return rows.map(({ actor }) => actor)
}

/** Inserts a key. When two processes make a first key at once, the first wins. */
export async function insertActorKey(db: Database, key: ActorKey): Promise<void> {
  await db
    .insertInto('actor_key')
    .values(ACTOR_KEY.toRow(key))
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/**
 * Replaces the keys that an actor has. The former stay published until `retiredAt`. Where somebody else may hold them,
 * they are no longer published and their private halves are deleted: those of all keys that there ever were, since a
 * backup that leaked may hold earlier ones too.
 */
export async function replaceActorKeys(
  trx: Database,
  { actor, keys }: { actor: string; keys: readonly ActorKey[] },
  retiredAt: Temporal.Instant | 'leaked',
): Promise<void> {
  const held = trx.updateTable('actor_key').where('actor', '=', actor)
  if (retiredAt === 'leaked')
    await held.set({ retired_at: toInstantText(NEVER_TRUSTED), private_pem: '' }).execute()
  else
    await held
      .set({ retired_at: toInstantText(retiredAt) })
      .where('retired_at', 'is', null)
      .execute()
  await trx.insertInto('actor_key').values(keys.map(ACTOR_KEY.toRow)).execute()
}

/**
 * Deletes the private halves of keys that were given up; only what verifies is kept, since a deleted key cannot be
 * stolen.
 */
export async function forgetRetiredKeys(db: Database, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('actor_key')
    .set({ private_pem: '' })
    .where('retired_at', '<=', toInstantText(now))
    .where('private_pem', '<>', '')
    .execute()
}
