import type { Context } from '../../../node/context.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import type { Database } from '../../../node/store/database/database.ts'
import { findTombstone, rememberDeletion } from '../../../node/store/directory/deletions.ts'
import { count } from '../../../node/store/queues/counters.ts'
import { takeShare } from '../../../node/store/queues/shares.ts'
import {
  deleteReceivedResource,
  findReceivedResource,
  receiveResource,
} from '../../../node/store/resources/received-resources.ts'
import { answersFor, findDeleter, findSpeaker } from '../../actors/owners.ts'
import { isPublic } from '../../wire/addressing.ts'
import { isObject, type Json, toList } from '../../wire/json.ts'
import { fromResourceArticle } from '../../wire/resources/resource-article.ts'
import type { Received } from '../handler.ts'

/** What other servers tell of their resources. */

/**
 * Stores a resource (Create or Update) of whoever answers for its owner. Of two revisions the later holds, one that was
 * deleted does not come back, and its owner does not change.
 */
export async function receiveResourceArticle(
  trx: Database,
  { activity, actorUri: from }: Pick<Received, 'activity' | 'actorUri'>,
  { now, config }: Context,
): Promise<void> {
  const [object] = toList(activity.object)
  const refuse = () => count(trx, 'inbox:refused', now())
  if (!isObject(object)) return
  const peer = await findSpeaker(trx, from)
  const resource = fromResourceArticle(object, now())
  if (!peer || !resource || !isPublic(object, activity)) return refuse()
  const { uri, ownerUri } = resource
  const known = await findReceivedResource(trx, uri)
  // The deletion of a resource must not be that of a café.
  const isOfCafe = (await findCafeByUri(trx, uri)) !== undefined
  if (!answersFor(peer, ownerUri) || isOfCafe) return refuse()
  if (known ? known.owner.uri !== ownerUri : (await findTombstone(trx, uri)) !== undefined)
    return refuse()
  const room = { host: peer.host, max: config.shares.resources }
  if (!known && !(await takeShare(trx, 'resource', room)))
    return count(trx, 'inbox:too-many', now())
  await receiveResource(trx, { ...resource, peer, known }, config)
}

/**
 * Deletes a resource that its own server deletes; an Update that comes after it is not believed.
 * @returns Whether the address was that of a resource of another server.
 */
export async function removeResource(
  trx: Database,
  { uri, from }: { uri: string; from: string; written: Json },
  { config, now }: Context,
): Promise<boolean> {
  const known = await findReceivedResource(trx, uri)
  if (!known) return false
  const peer = await findDeleter(trx, from)
  if (!peer || !answersFor(peer, known.owner.uri)) {
    await count(trx, 'inbox:refused', now())
    return true
  }
  await deleteReceivedResource(trx, uri)
  await rememberDeletion(trx, {
    ...{ uri, cafeId: undefined, deletedAt: now(), most: config.shares.deletions },
  })
  return true
}
