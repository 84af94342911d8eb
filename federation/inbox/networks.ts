import type { Context } from '../../node/context.ts'
import type { Side } from '../../node/domain/structures/network.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import type { Database } from '../../node/store/database/database.ts'
import { ensurePeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import {
  countPending,
  countPendingFrom,
  findMembership,
} from '../../node/store/networks/members.ts'
import { saveStatement } from '../../node/store/networks/membership.ts'
import { endNetwork, findKnownNetwork, receiveNetwork } from '../../node/store/networks/networks.ts'
import { count } from '../../node/store/queues/counters.ts'
import { takeShare } from '../../node/store/queues/shares.ts'
import { findSpeaker } from '../actors/owners.ts'
import { MEMBER_OF } from '../wire/context.ts'
import { idOf, isObject, isStorable, type Json, originOf, textOf, toList } from '../wire/json.ts'
import { fromOrganization, type ReadNetwork } from '../wire/network.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import type { Received } from './handler.ts'

/**
 * What others tell us about networks. Each side says only its own word, Offer or Accept (yes), Reject or Undo (no),
 * about a Relationship: the structure by its own actor, the network by the actor that spoke for it first. Other actors
 * are refused. A directory is told by both sides and keeps the words of both.
 */

/** The most invitations of our structure, and requests to one of our networks, that may wait for an answer. */
const PENDING_MAX = { structure: 50, network: 1_000 }

/** The most of these from one registrable domain, so that a domain that fills its own part shuts nobody else out. */
const PENDING_OF_DOMAIN = { structure: 10, network: 100 }

/** A statement about a membership, received in the inbox or read in its speaker's list of memberships. */
export type ReceivedStatement = Pick<Received, 'id' | 'type' | 'actorUri' | 'activity'>

/** A Relationship of a structure to a network, given on its own or within the Offer that is answered. */
type Relation = {
  structureUri: string
  structureName: string | undefined
  networkUri: string
  network: ReadNetwork | undefined
}

function readRelation({ object }: Json): Relation | undefined {
  const [said] = toList(object)
  if (!isObject(said)) return undefined
  const [relation] = said.type === 'Offer' ? toList(said.object) : [said]
  if (!isObject(relation) || relation.type !== 'Relationship') return undefined
  const kind = idOf(toList(relation.relationship)[0])
  if (kind !== MEMBER_OF && kind !== 'cafeia:memberOf') return undefined
  const [subject] = toList(relation.subject)
  const [target] = toList(relation.object)
  const structureUri = idOf(subject)
  const networkUri = idOf(target)
  if (!structureUri || !networkUri || !originOf(structureUri) || !originOf(networkUri))
    return undefined
  if (!isStorable(structureUri) || !isStorable(networkUri)) return undefined
  const name = isObject(subject) ? cleanText(textOf(subject.name) ?? '', 200) : ''
  return {
    structureUri,
    structureName: name || undefined,
    networkUri,
    network: fromOrganization(target),
  }
}

/**
 * Applies an activity about a membership, or refuses and counts it.
 * @returns false when it is about something else.
 */
export async function receiveMembership(
  trx: Database,
  received: ReceivedStatement,
  context: Context,
): Promise<boolean> {
  const relation = readRelation(received.activity)
  if (!relation) return false
  const side: Side = relation.structureUri === received.actorUri ? 'structure' : 'network'
  const isYes = received.type === 'Offer' || received.type === 'Accept'
  // This is checked before anything of it is stored.
  if (await isTooMuch(trx, context, relation, { side, isYes })) {
    await count(trx, 'inbox:too-many', context.now())
    return true
  }
  const isTracked =
    side === 'structure'
      ? await isOurBusiness(trx, context, relation, received)
      : await isFromNetwork(trx, context, relation, received)
  if (!isTracked) {
    await count(trx, 'inbox:refused', context.now())
    return true
  }
  const { structureUri, networkUri } = relation
  if (!(await takeRoomForPair(trx, context, { structureUri, networkUri }, received))) return true
  await saveStatement(
    trx,
    {
      structureUri,
      networkUri,
      side,
      isYes,
      structureName: side === 'structure' ? await nameOf(trx, relation) : undefined,
      offerId: received.type === 'Offer' ? received.id : undefined,
      at: statedAt(received.activity, context.now()),
    },
    context.now(),
  )
  return true
}

/**
 * Returns whether a structure's statement is for us: it is about a network of ours, or we are a directory that trusts
 * its server.
 */
async function isOurBusiness(
  trx: Database,
  { isDirectory, config }: Context,
  { networkUri }: Relation,
  { actorUri: from }: ReceivedStatement,
): Promise<boolean> {
  const network = await findKnownNetwork(trx, networkUri)
  if (originOf(networkUri) === config.origin) return network !== undefined
  return isDirectory && (await findSpeaker(trx, from)) !== undefined
}

/**
 * Returns whether a network's statement counts: it comes from the network's own server, by the actor that spoke for it
 * first. Our structure accepts an offer of any network; a directory accepts them only from servers that it trusts.
 */
async function isFromNetwork(
  trx: Database,
  context: Context,
  { structureUri, networkUri, network }: Relation,
  { actorUri: from }: ReceivedStatement,
): Promise<boolean> {
  const origin = originOf(networkUri) ?? ''
  if (origin !== originOf(from) || origin === context.config.origin) return false
  const known = await findKnownNetwork(trx, networkUri)
  if (known && known.actorUri !== from) return false
  const isToUs = structureUri === actorUri(context.config.origin, CAFES)
  const peer = await findSpeaker(trx, from)
  if (!isToUs && !(context.isDirectory && peer)) return false
  if (!network || network.actorUri !== from) return known !== undefined
  if (!known && !(await takeRoomForNetwork(trx, context, from))) return false
  const sender = peer ?? (await ensurePeer(trx, from))
  await receiveNetwork(
    trx,
    { ...network, peerId: sender.id, updatedAt: context.now() },
    context.now(),
  )
  return true
}

/** Takes one of the networks that a domain may have here, ended ones included; false when there are too many. */
const takeRoomForNetwork = (trx: Database, { config }: Context, actorUri: string) =>
  takeShare(trx, 'network', { host: new URL(actorUri).host, max: config.shares.networks })

/**
 * Takes one of the memberships that a domain may have here, unless the pair is known; false when there are too many.
 */
async function takeRoomForPair(
  trx: Database,
  { config, now }: Context,
  pair: Pick<Relation, 'structureUri' | 'networkUri'>,
  { actorUri: from }: ReceivedStatement,
): Promise<boolean> {
  if (await findMembership(trx, pair)) return true
  const taking = { host: new URL(from).host, max: config.shares.memberships }
  if (await takeShare(trx, 'membership', taking)) return true
  await count(trx, 'inbox:too-many', now())
  return false
}

/**
 * Returns whether too many requests or invitations wait for our team already. A no, and a known pair, are never too
 * many.
 */
async function isTooMuch(
  trx: Database,
  { config }: Context,
  { structureUri, networkUri }: Relation,
  { side, isYes }: { side: Side; isYes: boolean },
): Promise<boolean> {
  if (!isYes) return false
  if (await findMembership(trx, { structureUri, networkUri })) return false
  const [ours, ourUri, theirUri] =
    side === 'structure'
      ? (['network', networkUri, structureUri] as const)
      : (['structure', structureUri, networkUri] as const)
  if (originOf(ourUri) !== config.origin) return false
  const pair = ours === 'network' ? { networkUri } : { structureUri }
  if ((await countPending(trx, pair)) >= PENDING_MAX[ours]) return true
  const { host } = new URL(theirUri)
  return (await countPendingFrom(trx, pair, host)) >= PENDING_OF_DOMAIN[ours]
}

const nameOf = async (trx: Database, relation: Relation): Promise<string | undefined> =>
  relation.structureName ?? (await findRemoteActor(trx, relation.structureUri))?.name

/** How far a time may be ahead of our clock: clocks differ, and `nextStatementAt` dates statements a second apart. */
const AHEAD_MINUTES = 10

/** Returns when it was said. A time too far ahead counts as now; otherwise no later statement would ever count. */
function statedAt({ published }: Json, now: Temporal.Instant): Temporal.Instant {
  try {
    const said = Temporal.Instant.from(String(published))
    const latest = now.add({ minutes: AHEAD_MINUTES })
    return Temporal.Instant.compare(said, latest) > 0 ? now : said
  } catch {
    return now
  }
}

/** Stores what a trusted server says about a network of its own (Create or Update of an Organization). */
export async function receiveOrganization(
  trx: Database,
  { activity, actorUri: from }: Pick<ReceivedStatement, 'activity' | 'actorUri'>,
  context: Context,
): Promise<void> {
  const { now } = context
  const [object] = toList(activity.object)
  const network = fromOrganization(object)
  const peer = await findSpeaker(trx, from)
  if (!network || !peer || network.actorUri !== from) return count(trx, 'inbox:refused', now())
  const known = await findKnownNetwork(trx, network.uri)
  if (!known && !(await takeRoomForNetwork(trx, context, from)))
    return count(trx, 'inbox:too-many', now())
  await receiveNetwork(trx, { ...network, peerId: peer.id, updatedAt: now() }, now())
}

/**
 * Ends a network that its own actor deletes.
 * @returns Whether the address was that of another server's network.
 */
export async function removeNetwork(
  trx: Database,
  { uri, from }: { uri: string; from: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const network = await findKnownNetwork(trx, uri)
  if (!network?.peerId) return false
  if (network.actorUri === from) await endNetwork(trx, uri, now)
  return true
}
