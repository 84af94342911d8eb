import type { Context } from '../../node/context.ts'
import { readPart } from '../../node/domain/federation/hidden-object.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  answerFollowing,
  findFollowingOf,
  markAnsweredAgain,
} from '../../node/store/directory/followings.ts'
import {
  deleteHiddenElsewhere,
  type OwnObject,
  saveHiddenElsewhere,
} from '../../node/store/directory/hidden-elsewhere.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { listOwnPublished, markWithdrawal } from '../../node/store/facilitators/recipients.ts'
import { setFollowing } from '../../node/store/memberships.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { count } from '../../node/store/queues/counters.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { findOwnResource } from '../../node/store/resources/resources.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { idOf, isObject, originOf, textOf, toList } from '../wire/json.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import { receiveAgreement } from './agreements.ts'
import { receiveFeatureAnswer } from './featured-places.ts'
import { receiveAppeal } from './flags.ts'
import type { Handler, Received } from './handler.ts'

/** Handlers of what is answered to us: about our Follows, memberships of networks, and what a directory shows of ours. */

/** Handles an Offer between a structure and a network; any other is counted. */
export const onOffer: Handler = async (trx, received, context) => {
  if (!(await receiveAgreement(trx, received, context)))
    await count(trx, 'inbox:other', context.now())
}

/**
 * Applies an Accept: of a membership of a network, of our own Follow, or of what is ours and a directory shows again. An
 * accepted Follow makes the peer trusted; what it had before is read, or, where we asked to join, our profiles are sent
 * to it.
 */
export const onAccept: Handler = async (trx, received, context) => {
  if (await receiveAgreement(trx, received, context)) return
  if (await receiveFeatureAnswer(trx, received, context)) return
  const following = await findAnswered(trx, received, context)
  if (!following && (await receiveJudgement(trx, received, context, { shown: true }))) return
  if (!following) return onForgotten(trx, received, context)
  const peer = await findPeerByActor(trx, received.actorUri)
  if (following.state === 'accepted') {
    const isNews = await markAnsweredAgain(trx, following.id, context.now())
    if (isNews && peer) await enqueueReading(trx, peer, context)
    return
  }
  await answerFollowing(trx, { id: following.id, state: 'accepted' }, context.now())
  if (!peer) return
  await setFollowing(trx, peer.id, 'accepted', context.now())
  if (following.isJoin) {
    await appendChange(trx, { type: 'networks-told', actorUri: received.actorUri }, context.now())
    const told = { type: 'resources-told', actorUri: received.actorUri, after: '' } as const
    await appendChange(trx, told, context.now())
  }
  // A place that asked to join trusts the directory only; a directory or a reader needs what was there before.
  if (!following.isJoin) await enqueueReading(trx, peer, context)
  else await enqueueOwnFacilitators(trx, new URL(received.actorUri).host, context)
}

const enqueueReading = (trx: Database, { id, host }: Peer, { now }: Context): Promise<void> =>
  enqueueTask(trx, { kind: 'backfill', subject: id, requester: `peer:${host}` }, now())

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
 * Applies a Reject: of a membership of a network, of our own Follow with the reason that its team gave, of what is ours
 * and a directory no longer shows, or, at a directory, of what it no longer shows of the sender.
 */
export const onReject: Handler = async (trx, received, context) => {
  if (await receiveAgreement(trx, received, context)) return
  if (await receiveFeatureAnswer(trx, received, context)) return
  const following = await findAnswered(trx, received, context)
  if (!following) {
    if (!(await receiveAppeal(trx, received, context)))
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
 * Handles the statement of a directory that has admitted us that it no longer shows a café, a profile or a resource of
 * ours, or our structure, given by its address, or shows it again. False for anything else.
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
  const object = await findOwnObject(trx, uri, config.origin)
  if (!object || !following?.isJoin || following.state !== 'accepted') return false
  const said = { ...object, directory }
  if (shown) await deleteHiddenElsewhere(trx, said)
  else await saveHiddenElsewhere(trx, { ...said, reason: reasonOf(received) ?? '' }, now())
  return true
}

/** Finds what of ours has this address, as far as a directory shows it by itself. */
async function findOwnObject(
  trx: Database,
  uri: string,
  origin: string,
): Promise<OwnObject | undefined> {
  if (uri === actorUri(origin, CAFES)) {
    const organization = await findSiteStructure(trx)
    return organization && { organizationId: organization.id }
  }
  const part = readPart(uri)
  const cafe = await findCafeByUri(trx, part?.of ?? uri)
  if (cafe?.organizationId) return { cafeId: cafe.id, part: part?.part }
  const person = await findFacilitatorByUri(trx, uri)
  if (person?.organizationId) return { facilitatorId: person.id }
  const resource = await findOwnResource(trx, { uri })
  return resource && { resourceId: resource.id }
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
