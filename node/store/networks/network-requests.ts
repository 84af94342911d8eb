import { type Database, inTransaction } from '../database/database.ts'
import { ensurePeer } from '../directory/peers.ts'
import { sayMembership } from './membership.ts'
import { findKnownNetwork, type HeardNetwork, hearNetwork } from './networks.ts'

/** A network as it was just read where it lives. */
export type FoundNetwork = Omit<HeardNetwork, 'peerId' | 'updatedAt'>

/** Our structure asks to belong to a network, which is known here from now on. */
export async function askToBelong(
  db: Database,
  { network, structureUri }: { network: FoundNetwork; structureUri: string },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const known = await findKnownNetwork(trx, network.uri)
    if (!known || known.peerId) {
      const peer = await ensurePeer(trx, network.actorUri)
      await hearNetwork(trx, { ...network, peerId: peer.id, updatedAt: now }, now)
    }
    const pair = { networkUri: network.uri, structureUri }
    await sayMembership(trx, { ...pair, side: 'structure', isYes: true }, now)
  })
}
