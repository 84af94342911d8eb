import type { Database } from '../../node/store/database/database.ts'
import { replaceRemoteKeys, saveRemoteActor } from '../../node/store/directory/remote-actors.ts'
import type { ActorDocument } from '../remote/actor-document.ts'
import { pinProofKeys } from './registry.ts'

/** Stores the actor and exactly the keys that its document lists. */
export async function rememberActor(
  trx: Database,
  { actor, keys, leaked }: ActorDocument,
  now: Temporal.Instant,
): Promise<void> {
  await saveRemoteActor(trx, actor, now)
  await replaceRemoteKeys(trx, actor.uri, keys, now)
  await pinProofKeys(trx, actor.uri, { keys, leaked }, now)
}
