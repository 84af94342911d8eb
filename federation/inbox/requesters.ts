import type { Requester } from '../../node/domain/federation/reading-shares.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findTrustedPeer } from '../../node/store/directory/peers.ts'

/** In whose line a reading stands that a message from there caused. */
export async function requesterOf(db: Database, origin: string): Promise<Requester> {
  const { host } = new URL(origin)
  return (await findTrustedPeer(db, origin)) ? `peer:${host}` : `stranger:${host}`
}
