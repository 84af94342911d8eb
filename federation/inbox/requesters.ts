import type { Requester } from '../../node/domain/federation/reading-shares.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findTrustedPeer } from '../../node/store/directory/peers.ts'

/** On whose account a reading is planned that a message from this origin caused. */
export async function requesterOf(db: Database, origin: string): Promise<Requester> {
  const { host } = new URL(origin)
  return (await findTrustedPeer(db, origin)) ? `peer:${host}` : `stranger:${host}`
}
