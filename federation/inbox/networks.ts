import type { Context } from '../../node/context.ts'
import type { Side } from '../../node/domain/structures/network.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import type { Database } from '../../node/store/database/database.ts'
import { ensurePeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { countPending, findMembership } from '../../node/store/networks/members.ts'
import { keepWord } from '../../node/store/networks/membership.ts'
import { endNetwork, findKnownNetwork, hearNetwork } from '../../node/store/networks/networks.ts'
import { count } from '../../node/store/queues/counters.ts'
import { takeShare } from '../../node/store/queues/shares.ts'
import { findSpeaker } from '../actors/owners.ts'
import { MEMBER_OF } from '../wire/context.ts'
import { idOf, isObject, type Json, originOf, textOf, toList } from '../wire/json.ts'
import { fromOrganization, type ReadNetwork } from '../wire/network.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import type { Received } from './handler.ts'

/**
 * What we hear of networks. Each side speaks for itself, with Offer or Accept (a yes), Reject or Undo (a no) of a
 * Relationship: the structure as its own actor, the network as the actor that spoke for it first. Who is neither of
 * them is not heard. A directory is told by both sides, and keeps both words.
 */

/** Open invitations of our structure, and open requests to one of our networks: more is no use to anybody. */
const PENDING_MAX = { structure: 50, network: 1_000 }

/** As it came to us, or as it stands in a list of its speaker's. */
export type Said = Pick<Received, 'id' | 'type' | 'actorUri' | 'activity'>

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
  const name = isObject(subject) ? cleanText(textOf(subject.name) ?? '', 200) : ''
  return {
    structureUri,
    structureName: name || undefined,
    networkUri,
    network: fromOrganization(target),
  }
}

/** Whether an activity was about a membership; what it says then counts or was refused. */
export async function hearMembership(
  trx: Database,
  received: Said,
  context: Context,
): Promise<boolean> {
  const relation = readRelation(received.activity)
  if (!relation) return false
  const side: Side = relation.structureUri === received.actorUri ? 'structure' : 'network'
  const isYes = received.type === 'Offer' || received.type === 'Accept'
  // Before anything of it is kept.
  if (await isTooMuch(trx, context, relation, { side, isYes })) {
    await count(trx, 'inbox:too-many', context.now())
    return true
  }
  const isHeard =
    side === 'structure'
      ? await isOurBusiness(trx, context, relation, received)
      : await isNetworksWord(trx, context, relation, received)
  if (!isHeard) {
    await count(trx, 'inbox:refused', context.now())
    return true
  }
  const { structureUri, networkUri } = relation
  if (!(await hasRoomForPair(trx, context, { structureUri, networkUri }, received))) return true
  await keepWord(
    trx,
    {
      structureUri,
      networkUri,
      side,
      isYes,
      structureName: side === 'structure' ? await nameOf(trx, relation) : undefined,
      offerId: received.type === 'Offer' ? received.id : undefined,
      at: saidAt(received.activity, context.now()),
    },
    context.now(),
  )
  return true
}

/** Of our own network, or told to a directory by a server that it hears. */
async function isOurBusiness(
  trx: Database,
  { isDirectory, config }: Context,
  { networkUri }: Relation,
  { actorUri: from }: Said,
): Promise<boolean> {
  const network = await findKnownNetwork(trx, networkUri)
  if (originOf(networkUri) === config.origin) return network !== undefined
  return isDirectory && (await findSpeaker(trx, from)) !== undefined
}

/**
 * The network's own server speaks, and the actor that does is the one that spoke for it first. To our structure anybody
 * may offer; to a directory those whom it hears.
 */
async function isNetworksWord(
  trx: Database,
  context: Context,
  { structureUri, networkUri, network }: Relation,
  { actorUri: from }: Said,
): Promise<boolean> {
  const origin = originOf(networkUri) ?? ''
  if (origin !== originOf(from) || origin === context.config.origin) return false
  const known = await findKnownNetwork(trx, networkUri)
  if (known && known.actorUri !== from) return false
  const isToUs = structureUri === actorUri(context.config.origin, CAFES)
  const peer = await findSpeaker(trx, from)
  if (!isToUs && !(context.isDirectory && peer)) return false
  if (!network || network.actorUri !== from) return known !== undefined
  if (!known && !(await hasRoomForNetwork(trx, context, from))) return false
  const sender = peer ?? (await ensurePeer(trx, from))
  await hearNetwork(trx, { ...network, peerId: sender.id, updatedAt: context.now() }, context.now())
  return true
}

/** A server may have so many networks, ended ones included. */
const hasRoomForNetwork = (trx: Database, { config }: Context, actorUri: string) =>
  takeShare(trx, 'network', { host: new URL(actorUri).host, max: config.shares.networks })

/** A pair that is known costs nothing more. */
async function hasRoomForPair(
  trx: Database,
  { config, now }: Context,
  pair: Pick<Relation, 'structureUri' | 'networkUri'>,
  { actorUri: from }: Said,
): Promise<boolean> {
  if (await findMembership(trx, pair)) return true
  const taking = { host: new URL(from).host, max: config.shares.memberships }
  if (await takeShare(trx, 'membership', taking)) return true
  await count(trx, 'inbox:too-many', now())
  return false
}

/** Of ours, what is open is for our team to answer; a no to what was never said says nothing. */
async function isTooMuch(
  trx: Database,
  { config }: Context,
  { structureUri, networkUri }: Relation,
  { side, isYes }: { side: Side; isYes: boolean },
): Promise<boolean> {
  if (!isYes) return false
  if (await findMembership(trx, { structureUri, networkUri })) return false
  const isOurs = originOf(side === 'structure' ? networkUri : structureUri) === config.origin
  if (!isOurs) return false
  const pending = await countPending(trx, side === 'structure' ? { networkUri } : { structureUri })
  return pending >= PENDING_MAX[side === 'structure' ? 'network' : 'structure']
}

const nameOf = async (trx: Database, relation: Relation): Promise<string | undefined> =>
  relation.structureName ?? (await findRemoteActor(trx, relation.structureUri))?.name

/** Clocks differ, and words that follow each other within a second are a second apart (`nextWordAt`). */
const AHEAD_MINUTES = 10

/** A clock that is far ahead must not outlast every later word. */
function saidAt({ published }: Json, now: Temporal.Instant): Temporal.Instant {
  try {
    const said = Temporal.Instant.from(String(published))
    const latest = now.add({ minutes: AHEAD_MINUTES })
    return Temporal.Instant.compare(said, latest) > 0 ? now : said
  } catch {
    return now
  }
}

/** A network as its server describes it, to a directory or to whoever else hears that server. */
export async function hearOrganization(
  trx: Database,
  { activity, actorUri: from }: Pick<Said, 'activity' | 'actorUri'>,
  context: Context,
): Promise<void> {
  const { now } = context
  const [object] = toList(activity.object)
  const network = fromOrganization(object)
  const peer = await findSpeaker(trx, from)
  if (!network || !peer || network.actorUri !== from) return count(trx, 'inbox:refused', now())
  const known = await findKnownNetwork(trx, network.uri)
  if (!known && !(await hasRoomForNetwork(trx, context, from)))
    return count(trx, 'inbox:too-many', now())
  await hearNetwork(trx, { ...network, peerId: peer.id, updatedAt: now() }, now())
}

/** Whether this was a network, which has then ended. */
export async function forgetNetwork(
  trx: Database,
  { uri, from }: { uri: string; from: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const network = await findKnownNetwork(trx, uri)
  if (!network?.peerId) return false
  if (network.actorUri === from) await endNetwork(trx, uri, now)
  return true
}
