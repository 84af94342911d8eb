import { type Database, inTransaction } from '../database/database.ts'
import { ensurePeer } from '../directory/peers.ts'
import { saveOwnStatement } from './membership.ts'
import { findKnownNetwork, type ReceivedNetwork, receiveNetwork } from './networks.ts'

/** A network as it was just read on its own server. */
export type FoundNetwork = Omit<ReceivedNetwork, 'peerId' | 'updatedAt'>

/** Requests membership of a network for our structure; the network is known here from now on. */
export async function requestMembership(
  db: Database,
  { network, structureUri }: { network: FoundNetwork; structureUri: string },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const known = await findKnownNetwork(trx, network.uri)
    if (!known || known.peerId) {
      const peer = await ensurePeer(trx, network.actorUri)
      await receiveNetwork(trx, { ...network, peerId: peer.id, updatedAt: now }, now)
    }
    const pair = { networkUri: network.uri, structureUri }
    await saveOwnStatement(trx, { ...pair, side: 'structure', isYes: true }, now)
  })
}
