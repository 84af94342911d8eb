import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** A key pair of one of our actors. The private half is read here and nowhere else. */
export type ActorKey = {
  keyId: string
  actor: string
  algorithm: 'rsa' | 'ed25519'
  privatePem: string
  publicPem: string
}

export async function listActorKeys(db: Database, actor: string): Promise<ActorKey[]> {
  const rows = await db
    .selectFrom('actor_key')
    .selectAll()
    .where('actor', '=', actor)
    .where('retired_at', 'is', null)
    .execute()
  return rows.map((row) => ({
    keyId: row.key_id,
    actor: row.actor,
    algorithm: row.algorithm,
    privatePem: row.private_pem,
    publicPem: row.public_pem,
  }))
}

/** Of two processes that make a first key at once, the first wins. */
export async function insertActorKey(
  db: Database,
  key: ActorKey,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('actor_key')
    .values({
      key_id: key.keyId,
      actor: key.actor,
      algorithm: key.algorithm,
      private_pem: key.privatePem,
      public_pem: key.publicPem,
      created_at: toInstantText(now),
      retired_at: null,
    })
    .onConflict((oc) => oc.doNothing())
    .execute()
}
