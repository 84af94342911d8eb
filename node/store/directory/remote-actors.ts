import type { Selectable } from 'kysely'
import { orNull, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import type { Schema } from '../schema.ts'

/** What we keep of another server's actor: its inboxes and its public keys. */
export type RemoteActor = {
  uri: string
  type: string
  name: string
  preferredUsername: string | undefined
  inbox: string
  sharedInbox: string | undefined
}

export type RemoteKey = { keyId: string; actorUri: string; pem: string }

/**
 * Stores an actor of another server as it was fetched at this instant, in place of what was stored before. Its keys are
 * stored apart.
 */
export async function saveRemoteActor(
  db: Database,
  actor: RemoteActor,
  now: Temporal.Instant,
): Promise<void> {
  const row = {
    type: actor.type,
    name: actor.name,
    preferred_username: orNull(actor.preferredUsername),
    inbox: actor.inbox,
    shared_inbox: orNull(actor.sharedInbox),
    fetched_at: toInstantText(now),
  }
  await db
    .insertInto('remote_actor')
    .values({ uri: actor.uri, host: new URL(actor.uri).host, ...row })
    .onConflict((oc) => oc.column('uri').doUpdateSet(row))
    .execute()
}

/**
 * Finds what was fetched of an actor of another server, however old it is; undefined where it was never fetched or was
 * deleted.
 */
export async function findRemoteActor(db: Database, uri: string): Promise<RemoteActor | undefined> {
  const [row] = (await selectActor(db, { uri })).rows
  return row && toRemoteActor(row)
}

const selectActor = prepare((db, { uri }: { uri: string }) =>
  db.selectFrom('remote_actor').selectAll().where('uri', '=', uri),
)

/** Replaces the keys of an actor by all that its document lists now; those that it no longer lists are deleted. */
export async function replaceRemoteKeys(
  db: Database,
  actorUri: string,
  keys: readonly RemoteKey[],
  now: Temporal.Instant,
): Promise<void> {
  await db.deleteFrom('remote_key').where('actor_uri', '=', actorUri).execute()
  if (keys.length === 0) return
  await db
    .insertInto('remote_key')
    .values(
      keys.map((key) => ({
        key_id: key.keyId,
        actor_uri: key.actorUri,
        pem: key.pem,
        fetched_at: toInstantText(now),
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** Lists the public keys that an actor of another server had when it was last fetched, in no particular order. */
export async function listRemoteKeys(db: Database, actorUri: string): Promise<RemoteKey[]> {
  const rows = await db
    .selectFrom('remote_key')
    .selectAll()
    .where('actor_uri', '=', actorUri)
    .execute()
  return rows.map((row) => ({ keyId: row.key_id, actorUri: row.actor_uri, pem: row.pem }))
}

/**
 * Deletes an actor of another server and its keys, so that its next message is fetched for anew. What it sent stays.
 */
export async function deleteRemoteActor(db: Database, uri: string): Promise<void> {
  await db.deleteFrom('remote_key').where('actor_uri', '=', uri).execute()
  await db.deleteFrom('remote_actor').where('uri', '=', uri).execute()
}

/** Deletes strangers that were met once, so that nobody can make these tables grow without end. */
export async function deleteStaleRemoteActors(
  db: Database,
  before: Temporal.Instant,
): Promise<void> {
  const stale = db
    .selectFrom('remote_actor')
    .select('uri')
    .where('fetched_at', '<', toInstantText(before))
    .where('uri', 'not in', db.selectFrom('follower').select('uri'))
    .where('uri', 'not in', db.selectFrom('peer').select('actor_uri'))
  await db.deleteFrom('remote_key').where('actor_uri', 'in', stale).execute()
  await db.deleteFrom('remote_actor').where('uri', 'in', stale).execute()
}

const toRemoteActor = (row: Selectable<Schema['remote_actor']>): RemoteActor => ({
  uri: row.uri,
  type: row.type,
  name: row.name,
  preferredUsername: orUndefined(row.preferred_username),
  inbox: row.inbox,
  sharedInbox: orUndefined(row.shared_inbox),
})
