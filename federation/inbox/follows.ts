import type { Context } from '../../node/context.ts'
import { JOIN_MESSAGE_MAX } from '../../node/domain/federation/follow-address.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { deleteReceivedCafe } from '../../node/store/cafes/received-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { answerFollowing, findFollowingOf } from '../../node/store/directory/followings.ts'
import {
  deleteHiddenElsewhere,
  saveHiddenElsewhere,
} from '../../node/store/directory/hidden-elsewhere.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import {
  deleteRemoteActor,
  findRemoteActor,
  type RemoteActor,
} from '../../node/store/directory/remote-actors.ts'
import { requesterOf } from '../../node/store/directory/requesters.ts'
import {
  listOwnPublished,
  markWithdrawal,
  saveReached,
} from '../../node/store/facilitators/recipients.ts'
import { ensureFeed, findFeed } from '../../node/store/feeds/feeds.ts'
import {
  deleteFollower,
  deleteFollowerByFollow,
  deleteFollowerEverywhere,
  findFollowedBy,
  hasRoomForFollower,
  isFollower,
  saveFollower,
} from '../../node/store/feeds/followers.ts'
import { markLeft, setFollowing } from '../../node/store/memberships.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { count } from '../../node/store/queues/counters.ts'
import { deleteUnfollowedDeliveries, isInboxFull } from '../../node/store/queues/deliveries.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { deleteHeldAttestation } from '../../node/store/referents/attestations.ts'
import { findOwnActor } from '../actors/actors.ts'
import { isFacilitatorActor } from '../actors/facilitator-actor.ts'
import { deleteFromPeer, findDeleter, findPassedOnCafe } from '../actors/owners.ts'
import { enqueue, followJson, privateActivity } from '../wire/activities.ts'
import { idOf, isObject, originOf, textOf, toList } from '../wire/json.ts'
import { actorUri, INSTANCE, identifierOf } from '../wire/uris.ts'
import { receiveJoinRequest } from './admissions.ts'
import { isFacilitatorProfileUri, onFacilitatorProfileDelete } from './facilitators.ts'
import type { Handler, Received } from './handler.ts'
import { receiveMembership, removeNetwork } from './networks.ts'

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

/** Handles an Offer between a structure and a network; any other is counted. */
export const onOffer: Handler = async (trx, received, context) => {
  if (!(await receiveMembership(trx, received, context)))
    await count(trx, 'inbox:other', context.now())
}

/**
 * Applies an Accept: of a membership of a network, of our own Follow, or of a café that a directory shows again. An
 * accepted Follow makes the peer trusted; what it had before is read, or, where we asked to join, our profiles are sent
 * to it.
 */
export const onAccept: Handler = async (trx, received, context) => {
  if (await receiveMembership(trx, received, context)) return
  const following = await findAnswered(trx, received, context)
  if (!following && (await receiveJudgement(trx, received, context, { shown: true }))) return
  if (!following) return onForgotten(trx, received, context)
  if (following.state === 'accepted') return
  await answerFollowing(trx, { id: following.id, state: 'accepted' }, context.now())
  const peer = await findPeerByActor(trx, received.actorUri)
  if (!peer) return
  await setFollowing(trx, peer.id, 'accepted', context.now())
  if (following.isJoin)
    await appendChange(trx, { type: 'networks-told', actorUri: received.actorUri }, context.now())
  // A place that asked to join trusts the directory only; a directory or a reader needs what was there before.
  if (!following.isJoin)
    await enqueueTask(
      trx,
      { kind: 'backfill', subject: peer.id, requester: `peer:${peer.host}` },
      context.now(),
    )
  else await enqueueOwnFacilitators(trx, new URL(received.actorUri).host, context)
}

/**
 * Tells a directory that admits the site again about those who agreed to be in that very one. Everybody else is asked
 * about it first (`node/jobs/renew-consents.ts`).
 */
async function enqueueOwnFacilitators(
  trx: Database,
  host: string,
  { now }: Context,
): Promise<void> {
  for (const { id, directories } of await listOwnPublished(trx))
    if (directories.includes(host))
      await appendChange(trx, { type: 'facilitator-published', facilitatorId: id }, now())
}

/**
 * Handles a directory's confirmation that it has erased a profile, which is noted in the report that the person sees.
 */
const onForgotten: Handler = async (trx, { activity, actorUri: from }, { now }) => {
  const activityId = textOf(toList(activity.object)[0])
  if (!activityId) return
  const { host } = new URL(from)
  await markWithdrawal(trx, { activityId, host, state: 'confirmed' }, now())
}

/**
 * Applies a Reject: of a membership of a network, of our own Follow with the reason that its team gave, or of a café
 * that a directory no longer shows.
 */
export const onReject: Handler = async (trx, received, context) => {
  if (await receiveMembership(trx, received, context)) return
  const following = await findAnswered(trx, received, context)
  if (!following) {
    await receiveJudgement(trx, received, context, { shown: false })
    return
  }
  const reason = reasonOf(received)
  await answerFollowing(trx, { id: following.id, state: 'refused', reason }, context.now())
  const peer = await findPeerByActor(trx, received.actorUri)
  if (peer) await setFollowing(trx, peer.id, 'refused', context.now())
}

/** The maximum number of characters of the reason of an answer. */
const REASON_MAX = 500

const reasonOf = ({ activity }: Received): string | undefined =>
  cleanText(textOf(activity.summary) ?? '', REASON_MAX) || undefined

/**
 * Handles the statement of a directory that has admitted us that it no longer shows a café of ours, given by its
 * address, or shows it again. False for anything else.
 */
async function receiveJudgement(
  trx: Database,
  received: Received,
  { config, now }: Context,
  { shown }: { shown: boolean },
): Promise<boolean> {
  const { activity, actorUri: directory } = received
  const uri = textOf(toList(activity.object)[0])
  if (!uri || originOf(uri) !== config.origin) return false
  const following = await findFollowingOf(trx, directory)
  const cafe = await findCafeByUri(trx, uri)
  if (!cafe?.organizationId || !following?.isJoin || following.state !== 'accepted') return false
  const said = { cafeId: cafe.id, directory }
  if (shown) await deleteHiddenElsewhere(trx, said)
  else await saveHiddenElsewhere(trx, { ...said, reason: reasonOf(received) ?? '' }, now())
  return true
}

/** Finds our Follow of the sender, if that is what the activity answers. */
async function findAnswered(trx: Database, { activity, actorUri }: Received, { config }: Context) {
  const following = await findFollowingOf(trx, actorUri)
  const object = toList(activity.object)[0]
  if (!following || object === undefined) return undefined
  const isOurFollow =
    idOf(object) === following.followId ||
    (isObject(object) &&
      idOf(object.object) === actorUri &&
      originOf(idOf(object.actor)) === config.origin)
  return isOurFollow ? following : undefined
}

/**
 * Handles an Undo, which undoes only what the same actor did. snac2 names our actor where its Follow was never
 * confirmed, and embeds its whole self as the Follow's actor where it was.
 */
export const onUndo: Handler = async (trx, received, context) => {
  if (await receiveMembership(trx, received, context)) return
  const { actorUri: from } = received
  const undone = readUndoneFollow(received, context)
  if (!undone) return
  const { identifier, followId } = undone
  if (identifier) await deleteFollower(trx, identifier, from)
  else await deleteFollowerByFollow(trx, from, followId)
  await dropUnfollowed(trx, from)
  const peer = await findPeerByActor(trx, from)
  const isLeaving = identifier ? identifier === INSTANCE : peer?.requestId === followId
  if (peer && isLeaving && ['member', 'requested'].includes(peer.membership))
    await markLeft(trx, peer, context.now())
}

/** Deletes what is on its way to an actor that follows nobody here any more. */
async function dropUnfollowed(trx: Database, from: string): Promise<void> {
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
  if (isObject(object) && (textOf(object.type) ?? 'Follow') !== 'Follow') return undefined
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

/**
 * Handles a Delete of what the sender owns: a café, a network, a profile, an attestation, or the sending actor itself.
 */
export const onDelete: Handler = async (trx, received, context) => {
  const { activity, actorUri: from, readText } = received
  const uri = idOf(activity.object)
  if (!uri) return
  if (uri === from) {
    await deleteFollowerEverywhere(trx, from)
    await dropUnfollowed(trx, from)
    await deleteRemoteActor(trx, from)
    const peer = await findPeerByActor(trx, from)
    if (peer) await markLeft(trx, peer, context.now())
    return
  }
  if (await removeNetwork(trx, { uri, from }, context.now())) return
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

/** Handles a Join, which is always answered; one signs up on the café's own page. */
export const onJoin: Handler = async (trx, { activity, actorUri: from, id }, context) => {
  const sender = await findRemoteActor(trx, from)
  const uri = idOf(activity.object)
  if (!sender || !uri || originOf(uri) !== context.config.origin) return
  if (await isInboxFull(trx, sender.inbox)) return
  const answer = privateActivity(context.config.origin, {
    type: 'Reject',
    actor: 'cafes',
    object: { id, type: 'Join', actor: from, object: uri },
    to: from,
  })
  await enqueue(trx, { activity: answer, actor: 'cafes', inboxes: [sender.inbox] }, context.now())
}
