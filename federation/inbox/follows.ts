import type { Context } from '../../node/context.ts'
import { JOIN_MESSAGE_MAX } from '../../node/domain/federation/follow-address.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findFollowingOf } from '../../node/store/directory/followings.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { requesterOf } from '../../node/store/directory/requesters.ts'
import { saveReached } from '../../node/store/facilitators/recipients.ts'
import { ensureFeed, findFeed } from '../../node/store/feeds/feeds.ts'
import {
  deleteFollower,
  deleteFollowerByFollow,
  findFollowedBy,
  hasRoomForFollower,
  isFollower,
  saveFollower,
} from '../../node/store/feeds/followers.ts'
import { markLeft } from '../../node/store/memberships.ts'
import { deleteUnfollowedDeliveries, isInboxFull } from '../../node/store/queues/deliveries.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import type { RemoteActor } from '../../node/store/schema/actors.ts'
import { findOwnActor } from '../actors/actors.ts'
import { isFacilitatorActor } from '../actors/facilitator-actor.ts'
import { enqueue, followJson, privateActivity } from '../wire/activities.ts'
import { idOf, isObject, isOfType, textOf, toList } from '../wire/json.ts'
import { actorUri, INSTANCE, identifierOf } from '../wire/uris.ts'
import { receiveJoinRequest } from './admissions.ts'
import { receiveAgreement } from './agreements.ts'
import type { Handler, Received } from './handler.ts'
import { receiveUndoOfJoin } from './joins.ts'

/** Handlers of who follows whom. Objects are matched in our own tables by (actor, object), and never fetched. */

/** Handles a Follow of one of our actors; at a directory one of `instance` may ask to join. */
export const onFollow: Handler = async (trx, { activity, actorUri: from, id }, context) => {
  const identifier = identifierOf(context.config.origin, idOf(activity.object) ?? '')
  const follower = await findRemoteActor(trx, from)
  if (!identifier || !follower || !(await findOwnActor(context, identifier, trx))) return
  const isJoin = identifier === INSTANCE && (await isJoinRequest(trx, activity, follower))
  if (context.isDirectory && isJoin)
    return receiveJoinRequest(trx, context, {
      follower,
      followId: id,
      invitation: textOf(activity.invitation),
      message: cleanText(textOf(activity.summary) ?? '', JOIN_MESSAGE_MAX) || undefined,
    })
  const { uri, inbox, sharedInbox } = follower
  const kept = { actor: identifier, uri, inbox, sharedInbox, followId: id }
  if (!(await hasRoomForFollower(trx, kept, context.config.shares)))
    return answerFollow(trx, context, { type: 'Reject', identifier, follower, followId: id })
  await saveFollower(trx, kept, context.now())
  await saveFeedFollower(trx, identifier, context)
  await noteFollowerOfPerson(trx, { identifier, follower }, context)
  const { origin } = new URL(uri)
  const requester = await requesterOf(trx, origin)
  await enqueueTask(trx, { kind: 'visit', subject: origin, requester }, context.now())
  await answerFollow(trx, context, { type: 'Accept', identifier, follower, followId: id })
}

/** Records that this server has had the person's account, so that it is told when the person withdraws. */
async function noteFollowerOfPerson(
  trx: Database,
  { identifier, follower }: { identifier: string; follower: RemoteActor },
  { config, now }: Context,
): Promise<void> {
  const uri = actorUri(config.origin, identifier)
  if (!(await isFacilitatorActor(trx, uri))) return
  const inboxes = [follower.sharedInbox ?? follower.inbox]
  await saveReached(trx, { uri, kind: 'account', inboxes }, now())
}

/** Saves a follower of a feed. From its first follower on a feed has a row, in which the weekly digest looks for it. */
async function saveFeedFollower(
  trx: Database,
  identifier: string,
  { isDirectory, now }: Context,
): Promise<void> {
  const feed = isDirectory ? await findFeed(trx, identifier) : undefined
  if (feed) await ensureFeed(trx, feed, now())
}

/**
 * Returns whether a Follow asks to join: one `instance` follows another, unless we asked it first and it follows back.
 * Mobilizon's relay only asks to hear.
 */
async function isJoinRequest(
  trx: Database,
  activity: Received['activity'],
  follower: RemoteActor,
): Promise<boolean> {
  if (activity.invitation !== undefined) return true
  if (!isInstance(follower)) return false
  return (await findFollowingOf(trx, follower.uri))?.isJoin !== true
}

async function answerFollow(
  trx: Database,
  { config, now }: Context,
  {
    type,
    identifier,
    follower,
    followId,
  }: {
    type: 'Accept' | 'Reject'
    identifier: string
    follower: RemoteActor
    followId: string
  },
): Promise<void> {
  if (await isInboxFull(trx, follower.inbox)) return
  const object = followJson(followId, follower.uri, actorUri(config.origin, identifier))
  const activity = privateActivity(config.origin, {
    type,
    actor: identifier,
    object,
    to: follower.uri,
  })
  await enqueue(trx, { activity, actor: identifier, inboxes: [follower.inbox] }, now())
}

/**
 * Handles an Undo, which undoes only what the same actor did. snac2 names our actor where its Follow was never
 * confirmed, and embeds its whole self as the Follow's actor where it was.
 */
export const onUndo: Handler = async (trx, received, context) => {
  if (await receiveAgreement(trx, received, context)) return
  if (await receiveUndoOfJoin(trx, received, context)) return
  const { actorUri: from } = received
  const undone = readUndoneFollow(received, context)
  if (!undone) return
  const { identifier, followId } = undone
  if (identifier) await deleteFollower(trx, identifier, from)
  else await deleteFollowerByFollow(trx, from, followId)
  await deleteUnfollowed(trx, from)
  const peer = await findPeerByActor(trx, from)
  const isLeaving = identifier ? identifier === INSTANCE : peer?.requestId === followId
  if (peer && isLeaving && ['member', 'requested'].includes(peer.membership))
    await markLeft(trx, peer, context.now())
}

/** Deletes what is on its way to an actor that follows nobody here any more. */
export async function deleteUnfollowed(trx: Database, from: string): Promise<void> {
  const actor = await findRemoteActor(trx, from)
  if (actor) await deleteUnfollowedDeliveries(trx, actor.sharedInbox ?? actor.inbox)
}

/**
 * Returns the Follow that an Undo takes back, and which of our actors it names, if any; undefined for an Undo of
 * something else.
 */
function readUndoneFollow(
  { activity }: Pick<Received, 'activity'>,
  { config }: Context,
): { identifier: string | undefined; followId: string } | undefined {
  const object = toList(activity.object)[0]
  if (isObject(object) && object.type !== undefined && !isOfType(object, 'Follow')) return undefined
  const target = isObject(object) ? (idOf(object.object) ?? idOf(object)) : textOf(object)
  return { identifier: identifierOf(config.origin, target ?? ''), followId: idOf(object) ?? '' }
}

/**
 * Returns whether a Follow or an Undo changes who follows us although its id was seen before: Gancio gives each Follow
 * of the same account, and each Undo of it, the same id. Between two `instance` actors ids are told apart, since they
 * decide about joining and leaving; a Mobilizon that follows the whole site is no `instance`.
 */
export async function isChangeOfFollowers(
  trx: Database,
  received: Pick<Received, 'type' | 'activity' | 'actorUri'>,
  context: Context,
): Promise<boolean> {
  const { type, activity, actorUri: from } = received
  if (type === 'Follow') {
    const identifier = identifierOf(context.config.origin, idOf(activity.object) ?? '')
    if (identifier === undefined || activity.invitation !== undefined) return false
    return (
      !(await isBetweenSites(trx, identifier, from)) && !(await isFollower(trx, identifier, from))
    )
  }
  if (type !== 'Undo') return false
  const undone = readUndoneFollow(received, context)
  const identifier = undone?.identifier ?? (await findFollowedBy(trx, from, undone?.followId ?? ''))
  if (identifier === undefined || (await isBetweenSites(trx, identifier, from))) return false
  return isFollower(trx, identifier, from)
}

async function isBetweenSites(trx: Database, identifier: string, from: string): Promise<boolean> {
  if (identifier !== INSTANCE) return false
  const peer = await findPeerByActor(trx, from)
  const isMember = peer !== undefined && peer.membership !== 'none'
  return isMember || isInstance(await findRemoteActor(trx, from))
}

const isInstance = (actor: RemoteActor | undefined): boolean =>
  actor?.type === 'Application' && actor.preferredUsername === INSTANCE
