import { NEVER_TRUSTED } from '../../domain/federation/actor-key.ts'
import { fromInstantText, instantOrUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import type { RemoteKey } from '../schema/actors.ts'

/** A key that signs what somebody publishes, and its owner. */
export type PublisherKey = {
  keyId: string
  actorUri: string
  publicPem: string
  name: string
  firstSeenAt: Temporal.Instant
  retiredAt: Temporal.Instant | undefined
}

/**
 * Pins exactly these as the keys of an actor. A key that is no longer listed is given up as of now. Another key under
 * the id of an old one does not replace it: what was pinned first counts. A key that the actor says has leaked counts
 * for nothing that it ever signed, whatever is said of it later.
 */
export async function pinKeys(
  trx: Database,
  actorUri: string,
  { keys, leaked }: { keys: readonly RemoteKey[]; leaked: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  const never = toInstantText(NEVER_TRUSTED)
  const ids = keys.map(({ keyId }) => keyId)
  if (ids.length > 0) {
    await trx
      .insertInto('pinned_key')
      .values(
        keys.map(({ keyId, pem }) => ({
          key_id: keyId,
          actor_uri: actorUri,
          public_pem: pem,
          first_seen_at: toInstantText(now),
          retired_at: null,
        })),
      )
      .onConflict((oc) => oc.doNothing())
      .execute()
    await trx
      .updateTable('pinned_key')
      .set({ retired_at: null })
      .where('actor_uri', '=', actorUri)
      .where('key_id', 'in', ids)
      .where('retired_at', '<>', never)
      .execute()
  }
  if (leaked.length > 0)
    await trx
      .updateTable('pinned_key')
      .set({ retired_at: never })
      .where('actor_uri', '=', actorUri)
      .where('key_id', 'in', leaked)
      .execute()
  await trx
    .updateTable('pinned_key')
    .set({ retired_at: toInstantText(now) })
    .where('actor_uri', '=', actorUri)
    .where('retired_at', 'is', null)
    .$if(ids.length > 0, (query) => query.where('key_id', 'not in', ids))
    .execute()
}

/**
 * Finds a key that its actor has given up since `since`; none that leaked, whose date of being given up is before all
 * time.
 */
export async function findRetiredKey(
  db: Database,
  { keyId, actorUri }: { keyId: string; actorUri: string },
  since: Temporal.Instant,
): Promise<{ publicPem: string; retiredAt: Temporal.Instant } | undefined> {
  const row = await db
    .selectFrom('pinned_key')
    .select(['public_pem', 'retired_at'])
    .where('key_id', '=', keyId)
    .where('actor_uri', '=', actorUri)
    .where('retired_at', '>=', toInstantText(since))
    .executeTakeFirst()
  return row?.retired_at
    ? { publicPem: row.public_pem, retiredAt: fromInstantText(row.retired_at) }
    : undefined
}

/** Lists the keys of others, under the names that the directory shows for them. */
export async function listPinnedKeys(db: Database): Promise<PublisherKey[]> {
  const rows = await db
    .selectFrom('pinned_key')
    .leftJoin('structure', 'structure.uri', 'pinned_key.actor_uri')
    .leftJoin('peer', 'peer.actor_uri', 'pinned_key.actor_uri')
    .select(['key_id', 'pinned_key.actor_uri', 'public_pem', 'first_seen_at', 'retired_at'])
    .select((eb) => eb.fn.coalesce('structure.name', 'peer.name').as('name'))
    .orderBy('pinned_key.actor_uri')
    .orderBy('key_id')
    .execute()
  return rows.map((row) => ({
    keyId: row.key_id,
    actorUri: row.actor_uri,
    publicPem: row.public_pem,
    name: row.name ?? new URL(row.actor_uri).host,
    firstSeenAt: fromInstantText(row.first_seen_at),
    retiredAt: instantOrUndefined(row.retired_at),
  }))
}

/** Lists our own keys that make proofs, given up or not. */
export async function listProofKeys(
  db: Database,
): Promise<Omit<PublisherKey, 'actorUri' | 'name'>[]> {
  const rows = await db
    .selectFrom('actor_key')
    .select(['key_id', 'public_pem', 'created_at', 'retired_at'])
    .where('algorithm', '=', 'ed25519')
    .orderBy('key_id')
    .execute()
  return rows.map((row) => ({
    keyId: row.key_id,
    publicPem: row.public_pem,
    firstSeenAt: fromInstantText(row.created_at),
    retiredAt: instantOrUndefined(row.retired_at),
  }))
}
