import type { Database } from '../database/database.ts'

/** Replaces the moderators that an actor of another server lists; they speak of its cafés as it does. */
export async function replaceModerators(
  db: Database,
  peerId: string,
  actorUris: readonly string[],
): Promise<void> {
  await db.deleteFrom('moderator').where('peer_id', '=', peerId).execute()
  if (actorUris.length === 0) return
  await db
    .insertInto('moderator')
    .values(actorUris.map((actor_uri) => ({ peer_id: peerId, actor_uri })))
    .onConflict((oc) => oc.doNothing())
    .execute()
}
