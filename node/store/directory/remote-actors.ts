import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import type { RemoteActor, RemoteKey } from '../schema/actors.ts'
import { REMOTE_ACTOR, REMOTE_KEY } from '../schema/actors.ts'

/**
 * Stores an actor of another server as it was fetched at this instant, in place of what was stored before. Its keys are
 * stored apart.
 */
export async function saveRemoteActor(
  db: Database,
  actor: RemoteActor,
  now: Temporal.Instant,
): Promise<void> {
  const { uri, host, ...said } = REMOTE_ACTOR.toRow(actor)
  const row = { ...said, fetched_at: toInstantText(now) }
  await db
    .insertInto('remote_actor')
    .values({ uri, host, ...row })
    .onConflict((oc) => oc.column('uri').doUpdateSet(row))
    .execute()
}

/**
 * Finds what was fetched of an actor of another server, however old it is; undefined where it was never fetched or was
 * deleted.
 */
export async function findRemoteActor(db: Database, uri: string): Promise<RemoteActor | undefined> {
  const [row] = (await selectActor(db, { uri })).rows
  return row && REMOTE_ACTOR.fromRow(row)
}

const selectActor = prepare((db, { uri }: { uri: string }) =>
  db.selectFrom('remote_actor').selectAll().where('uri', '=', uri),
)

/** Finds the id of the account that is known by this name and host; of several the first. */
export async function findUriOfHandle(
  db: Database,
  { name, host }: { name: string; host: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('remote_actor')
    .select('uri')
    .where('host', '=', host)
    .where((eb) => eb(eb.fn<string>('lower', ['preferred_username']), '=', name.toLowerCase()))
    .orderBy('uri')
    .executeTakeFirst()
  return row?.uri
}

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
    .values(keys.map((key) => ({ ...REMOTE_KEY.toRow(key), fetched_at: toInstantText(now) })))
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
  return rows.map(REMOTE_KEY.fromRow)
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
    .where('uri', 'not in', (eb) =>
      eb
        .selectFrom('registration')
        .select('actor_uri')
        .where('actor_uri', 'is not', null)
        .$castTo<{ actor_uri: string }>(),
    )
  await db.deleteFrom('remote_key').where('actor_uri', 'in', stale).execute()
  await db.deleteFrom('remote_actor').where('uri', 'in', stale).execute()
}
