import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { deleteReceivedCafe } from '../../node/store/cafes/received-cafes.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { deleteRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { requesterOf } from '../../node/store/directory/requesters.ts'
import { deleteFollowerEverywhere } from '../../node/store/feeds/followers.ts'
import { deleteStampsFor } from '../../node/store/feeds/stamps.ts'
import { markLeft } from '../../node/store/memberships.ts'
import { count } from '../../node/store/queues/counters.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { deleteHeldAttestation } from '../../node/store/referents/attestations.ts'
import { deleteFromPeer, findDeleter, findPassedOnCafe } from '../actors/owners.ts'
import { idOf, toList } from '../wire/json.ts'
import { actorUri, INSTANCE } from '../wire/uris.ts'
import { isFacilitatorProfileUri, onFacilitatorProfileDelete } from './facilitators.ts'
import { receiveStampDelete } from './featured-places.ts'
import { deleteUnfollowed } from './follows.ts'
import type { Handler } from './handler.ts'
import { eraseJoinsOf } from './joins.ts'
import { removeObject } from './objects.ts'

/**
 * Handles a Delete of what the sender owns: a café, a network, a profile, an attestation, or the sending actor itself.
 */
export const onDelete: Handler = async (trx, received, context) => {
  const { activity, written, actorUri: from, readText } = received
  const uri = idOf(activity.object)
  if (!uri) return
  if (uri === from) {
    await deleteFollowerEverywhere(trx, from)
    await deleteUnfollowed(trx, from)
    await deleteRemoteActor(trx, from)
    await deleteStampsFor(trx, from)
    await eraseJoinsOf(trx, from, context)
    const peer = await findPeerByActor(trx, from)
    if (peer) await markLeft(trx, peer, context.now())
    return
  }
  const isStamp = await receiveStampDelete(trx, { uri, actorUri: from }, context)
  // A place may give as its stamp the address of a café of its own, which goes as well.
  if (isStamp && !(await findCafeByUri(trx, uri))) return
  if (await removeObject(trx, { uri, from, written }, context)) return
  // On another server, the address of a café may have the form of a profile's address here.
  if (isFacilitatorProfileUri(uri) && !(await findCafeByUri(trx, uri)))
    return onFacilitatorProfileDelete(trx, received, context)
  const { origin } = new URL(from)
  if (from === actorUri(origin, INSTANCE)) await deleteHeldAttestation(trx, { uri, issuer: origin })
  const peer = await findDeleter(trx, from)
  if (!peer) return onStrangersDelete(trx, received, context)
  const most = context.config.shares.deletions
  const isEntitled = await deleteFromPeer(
    trx,
    { uri, peer, activity: readText(), most },
    context.now(),
  )
  if (!isEntitled) await count(trx, 'inbox:refused', context.now())
}

/**
 * Handles a Delete of a café that is here because somebody else announced it, by an actor of the café's own server. The
 * word of its organizer and of the server's `instance` counts at once; for another actor the café's address is read
 * again.
 */
const onStrangersDelete: Handler = async (trx, { activity, actorUri: from, readText }, context) => {
  const { origin } = new URL(from)
  const uri = idOf(toList(activity.object)[0])
  const current = await findPassedOnCafe(trx, { uri, actorUri: from })
  if (!current) return count(trx, 'inbox:Delete', context.now())
  const isServer = from === actorUri(origin, INSTANCE)
  if (isServer || from === current.organizer.uri) {
    await deleteReceivedCafe(trx, {
      uri: current.uri,
      activity: readText(),
      ownerUri: isServer ? undefined : from,
      now: context.now(),
      most: context.config.shares.deletions,
    })
    return
  }
  const requester = await requesterOf(trx, origin)
  await enqueueTask(trx, { kind: 'fetch', subject: current.uri, requester }, context.now())
}
