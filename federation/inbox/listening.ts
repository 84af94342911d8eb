import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findFollowingOf } from '../../node/store/directory/followings.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { isFollowerOfAny } from '../../node/store/feeds/followers.ts'
import { isOwnNetwork } from '../../node/store/networks/networks.ts'
import { hasJoined } from '../../node/store/registrations/registrations.ts'
import { findDeleter, findPassedOnCafe, findSpeaker } from '../actors/owners.ts'
import type { GateMessage } from '../gate/gate.ts'
import { idOf, isObject, isOfType, originOf, toList } from '../wire/json.ts'
import { actorUri, CAFES } from '../wire/uris.ts'

/**
 * Whether an activity is read at all. This is decided from the plain JSON that the gate has checked and a few look-ups
 * by index, because reading takes up to twenty milliseconds of JSON-LD, and cleaning a stranger's text takes longer.
 * What is read is judged again by its handler, inside the transaction.
 */
export type ListeningRule = (message: GateMessage, context: Context) => Promise<boolean>

/** The longest activity of a stranger, in characters. A Follow has half a kilobyte, an Offer with its network four. */
const STRANGER_MAX = 16 * 1024

/** Allows anybody: the activity is about an actor or object of ours (Follow, Join, Leave). */
export const isAboutOurs: ListeningRule = async (message, context) => {
  const uri = idOf(toList(message.activity.object)[0])
  return uri !== undefined && originOf(uri) === context.config.origin && isShort(message)
}

/**
 * Allows those who tell about cafés, people and networks, or about themselves: followed actors and members, and any
 * peer for its own name.
 */
export const isFromTracked: ListeningRule = async (message, { db }) =>
  (await findSpeaker(db, message.actorUri)) !== undefined ||
  (isShort(message) &&
    ((await findPeerByActor(db, message.actorUri)) !== undefined ||
      (await isOfKnownCafe(message, db))))

/** Allows a deletion by the actor itself, or of something that we may have from it. */
export const mayDelete: ListeningRule = async (message, context) => {
  const { activity, actorUri } = message
  return (
    (await findDeleter(context.db, actorUri)) !== undefined ||
    (isShort(message) &&
      (idOf(toList(activity.object)[0]) === actorUri ||
        (await isParty(message, context)) ||
        (await isOfKnownCafe(message, context.db))))
  )
}

/** Returns whether it is about a café of the sender's own server that is here because somebody else announced it. */
async function isOfKnownCafe({ activity, actorUri }: GateMessage, db: Database): Promise<boolean> {
  const uri = idOf(toList(activity.object)[0])
  return (await findPassedOnCafe(db, { uri, actorUri })) !== undefined
}

/** Allows an answer or a change of mind, from somebody with whom we have a relation, or about a membership of ours. */
export const mayAnswer: ListeningRule = async (message, context) =>
  (await findDeleter(context.db, message.actorUri)) !== undefined ||
  (isShort(message) && ((await isParty(message, context)) || isOurMembership(message, context)))

const isShort = ({ readText }: GateMessage): boolean => readText().length <= STRANGER_MAX

const isParty = async ({ actorUri }: GateMessage, { db }: Context): Promise<boolean> =>
  (await findPeerByActor(db, actorUri)) !== undefined ||
  (await findFollowingOf(db, actorUri)) !== undefined ||
  (await isFollowerOfAny(db, actorUri)) ||
  (await hasJoined(db, actorUri)) ||
  (await isOwnNetwork(db, actorUri))

/**
 * Returns whether a stranger asks to join a network of ours, or invites our structure into its own: a Relationship in
 * plain ActivityStreams terms, alone or in the Offer that it is about.
 */
function isOurMembership({ activity, actorUri: from }: GateMessage, { config }: Context): boolean {
  const [said] = toList(activity.object)
  if (!isObject(said)) return false
  const [relation] = isOfType(said, 'Offer') ? toList(said.object) : [said]
  if (!isObject(relation) || !isOfType(relation, 'Relationship')) return false
  const structure = idOf(toList(relation.subject)[0])
  const networkOrigin = originOf(idOf(toList(relation.object)[0]))
  return structure === from
    ? networkOrigin === config.origin
    : structure === actorUri(config.origin, CAFES) && networkOrigin === originOf(from)
}
