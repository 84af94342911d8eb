import type { Context } from '../../node/context.ts'
import { JOINS_FULL_TEXT } from '../../node/domain/federation/full-text.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  findFollowingOf,
  markAskedAgain,
  saveFollowing,
} from '../../node/store/directory/followings.ts'
import { consumeInvitation } from '../../node/store/directory/invitations.ts'
import { hasRoomForRequest } from '../../node/store/directory/join-requests.ts'
import { findPeer, findPeerByActor, upsertPeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { deleteFollower, saveFollower } from '../../node/store/feeds/followers.ts'
import { setFollowing, setMembership } from '../../node/store/memberships.ts'
import { count } from '../../node/store/queues/counters.ts'
import { isInboxFull } from '../../node/store/queues/deliveries.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import type { RemoteActor } from '../../node/store/schema/actors.ts'
import { enqueue, followJson, privateActivity } from '../wire/activities.ts'
import { actorUri, INSTANCE, newActivityUri } from '../wire/uris.ts'

/**
 * Joining a directory, from `instance` to `instance`: the node's Follow asks, the Accept of the team or of an
 * invitation admits, and the directory follows back. Every function works in the caller's transaction.
 */

export type JoinRequest = {
  follower: RemoteActor
  followId: string
  /** The code that came with the Follow. */
  invitation: string | undefined
  /** The message of the place's team, if there is one. */
  message?: string | undefined
}

/**
 * Admits at once a member that comes back or that has an invitation; otherwise the team sees the request. A request for
 * which there is no room left is refused with the reason, so that the place does not wait for it.
 */
export async function receiveJoinRequest(
  trx: Database,
  context: Context,
  { follower, followId, invitation, message }: JoinRequest,
): Promise<void> {
  const now = context.now()
  const label =
    invitation === undefined
      ? undefined
      : await consumeInvitation(trx, { code: invitation, usedBy: follower.uri }, now)
  const known = await findPeerByActor(trx, follower.uri)
  const waits = label === undefined && known?.membership !== 'member'
  if (waits && !(await hasRoomForRequest(trx, follower.uri, context.config.shares, now))) {
    await count(trx, 'inbox:join-full', now)
    if (await isInboxFull(trx, follower.inbox)) return
    const asker = { actorUri: follower.uri, requestId: followId }
    return answer(trx, context, asker, 'Reject', JOINS_FULL_TEXT)
  }
  const peer = await upsertPeer(trx, { actorUri: follower.uri, name: follower.name })
  if (peer.membership === 'member' || label !== undefined) {
    await setMembership(trx, peer.id, 'member', now, { invitation: label, requestId: followId })
    // A place that asks repeatedly and accepts no answer gets no further one.
    const isAnswered = !(await isInboxFull(trx, follower.inbox))
    await admit(trx, context, { ...peer, requestId: followId }, { isAnswered })
    return
  }
  // A request counts as it is now, whatever an earlier one said.
  const asked = { requestId: followId, invitation: message ?? null }
  await setMembership(trx, peer.id, 'requested', now, asked)
  const requester = `stranger:${peer.host}` as const
  await enqueueTask(trx, { kind: 'visit', subject: peer.origin, requester }, now)
}

/** Sends the team's decision, however many other answers wait for the same inbox. */
export async function enqueueDecision(
  trx: Database,
  context: Context,
  { peerId, admitted, reason }: { peerId: string; admitted: boolean; reason?: string | undefined },
): Promise<void> {
  const peer = await findPeer(trx, peerId)
  if (!peer) return
  if (admitted) return admit(trx, context, peer)
  await deleteFollower(trx, INSTANCE, peer.actorUri)
  await answer(trx, context, peer, 'Reject', reason)
}

async function admit(
  trx: Database,
  context: Context,
  peer: Peer,
  { isAnswered = true } = {},
): Promise<void> {
  const now = context.now()
  const actor = await findRemoteActor(trx, peer.actorUri)
  if (!actor) return
  const { uri, inbox, sharedInbox } = actor
  const followId = peer.requestId ?? ''
  await saveFollower(trx, { actor: INSTANCE, uri, inbox, sharedInbox, followId }, now)
  if (isAnswered) await answer(trx, context, peer, 'Accept')
  await followBack(trx, context, peer, inbox)
}

async function answer(
  trx: Database,
  { config, now }: Context,
  peer: Pick<Peer, 'actorUri' | 'requestId'>,
  type: 'Accept' | 'Reject',
  reason?: string,
): Promise<void> {
  const actor = await findRemoteActor(trx, peer.actorUri)
  if (!actor || !peer.requestId) return
  const us = actorUri(config.origin, INSTANCE)
  const object = followJson(peer.requestId, peer.actorUri, us)
  const said = { type, actor: INSTANCE, object, to: actor.uri, summary: reason || undefined }
  const activity = privateActivity(config.origin, said)
  await enqueue(trx, { activity, actor: INSTANCE, inboxes: [actor.inbox] }, now())
}

/** Follows the new member, and plans to read what it had before, once it has accepted. */
async function followBack(
  trx: Database,
  context: Context,
  peer: Peer,
  inbox: string,
): Promise<void> {
  const now = context.now()
  const existing = await findFollowingOf(trx, peer.actorUri)
  if (existing?.state === 'accepted') {
    await setFollowing(trx, peer.id, 'accepted', now)
    const requester = `peer:${peer.host}` as const
    await enqueueTask(trx, { kind: 'backfill', subject: peer.id, requester }, now)
    // A place that lost everything and asks anew has forgotten our Follow; any other has seen this one. What it announces
    // before it has this one again reaches nobody, so its answer has it read once more.
    await markAskedAgain(trx, existing.id)
    const activity = privateActivity(context.config.origin, {
      id: existing.followId,
      type: 'Follow',
      actor: INSTANCE,
      object: peer.actorUri,
      to: peer.actorUri,
    })
    await enqueue(trx, { activity, actor: INSTANCE, inboxes: [inbox] }, now)
    return
  }
  await sendFollow(trx, context, {
    target: peer.actorUri,
    inbox,
    address: peer.origin,
    isJoin: false,
    invitation: undefined,
  })
  await setFollowing(trx, peer.id, 'asked', now)
}

export type FollowRequest = {
  target: string
  inbox: string
  /** The address that the person or the setting gave. */
  address: string
  isJoin: boolean
  invitation: string | undefined
  message?: string | undefined
}

/** Sends a Follow as `instance`; with `isJoin` it asks to join the directory. */
export async function sendFollow(
  trx: Database,
  { config, now }: Context,
  { target, inbox, address, isJoin, invitation, message }: FollowRequest,
): Promise<void> {
  const followId = newActivityUri(config.origin)
  const activity = privateActivity(config.origin, {
    id: followId,
    type: 'Follow',
    actor: INSTANCE,
    object: target,
    to: target,
    invitation: isJoin ? (invitation ?? '') : undefined,
    summary: isJoin ? message : undefined,
  })
  await saveFollowing(
    trx,
    {
      actor: INSTANCE,
      address,
      targetUri: target,
      followId,
      isJoin,
      invitation,
      message,
      state: 'asked',
      error: undefined,
    },
    now(),
  )
  await enqueue(trx, { activity, actor: INSTANCE, inboxes: [inbox] }, now())
}
