import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import { ensurePeer } from '../../node/store/directory/peers.ts'
import { endNetwork, findKnownNetwork, receiveNetwork } from '../../node/store/networks/networks.ts'
import { count } from '../../node/store/queues/counters.ts'
import { takeShare } from '../../node/store/queues/shares.ts'
import { findSpeaker } from '../actors/owners.ts'
import { isObject, type Json, toList } from '../wire/json.ts'
import { fromOrganization, type ReadNetwork } from '../wire/network.ts'
import type { Received } from './handler.ts'
import { saveSignedText } from './signed-texts.ts'

/** What others tell us about networks of theirs. */

/** Returns when a network was last changed; a time that is to come counts as now, or no later change would ever count. */
function datedBy(
  { updatedAt }: ReadNetwork,
  now: Temporal.Instant,
): { updatedAt: Temporal.Instant } {
  const isPast = updatedAt !== undefined && Temporal.Instant.compare(updatedAt, now) <= 0
  return { updatedAt: isPast ? updatedAt : now }
}

/** Takes one of the networks that a domain may have here, ended ones included; false when there are too many. */
const takeRoomForNetwork = (trx: Database, { config }: Context, actorUri: string) =>
  takeShare(trx, 'network', { host: new URL(actorUri).host, max: config.shares.networks })

/**
 * Returns whether an actor of a network's server speaks for it: by the network that is embedded in what it says, which
 * is stored, or as the one that spoke for it first.
 */
export async function receiveNetworkOf(
  trx: Database,
  { written, objectUri, from }: { written: unknown; objectUri: string; from: string },
  context: Context,
): Promise<boolean> {
  const known = await findKnownNetwork(trx, objectUri)
  if (known && known.actorUri !== from) return false
  const network = fromOrganization(written)
  if (!network || network.actorUri !== from) return known !== undefined
  if (!known && !(await takeRoomForNetwork(trx, context, from))) return false
  const { id: peerId } = (await findSpeaker(trx, from)) ?? (await ensurePeer(trx, from))
  const dated = datedBy(network, context.now())
  await receiveNetwork(trx, { ...network, ...dated, peerId }, context.now())
  return true
}

/** Stores what a trusted server says about a network of its own (Create or Update of an Organization). */
export async function receiveOrganization(
  trx: Database,
  { activity, written, actorUri: from }: Pick<Received, 'activity' | 'written' | 'actorUri'>,
  context: Context,
): Promise<void> {
  const { now } = context
  const [object] = toList(activity.object)
  const network = fromOrganization(object)
  const [document] = toList(written.object)
  const peer = await findSpeaker(trx, from)
  if (!network || !peer || network.actorUri !== from) return count(trx, 'inbox:refused', now())
  const known = await findKnownNetwork(trx, network.uri)
  if (!known && !(await takeRoomForNetwork(trx, context, from)))
    return count(trx, 'inbox:too-many', now())
  const { uri } = network
  const word = { uri, actorUri: from, document: isObject(document) ? document : {} }
  if (await saveSignedText(trx, context, word))
    await receiveNetwork(trx, { ...network, ...datedBy(network, now()), peerId: peer.id }, now())
}

/**
 * Ends a network that its own actor deletes.
 * @returns Whether the address was that of another server's network.
 */
export async function removeNetwork(
  trx: Database,
  { uri, from, written }: { uri: string; from: string; written?: Json | undefined },
  context: Pick<Context, 'isDirectory' | 'now'>,
): Promise<boolean> {
  const network = await findKnownNetwork(trx, uri)
  if (!network?.peerId) return false
  if (network.actorUri !== from) return true
  if (written) await saveSignedText(trx, context, { uri, actorUri: from, document: written })
  await endNetwork(trx, uri, context.now())
  return true
}
