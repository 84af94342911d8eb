import type { Requester } from '../../domain/federation/reading-shares.ts'
import type { Database } from '../database/database.ts'
import { findTrustedPeer } from './peers.ts'

/** Finds on whose account a reading is planned that a message from this origin caused, or that asks for its objects. */
export async function requesterOf(db: Database, origin: string): Promise<Requester> {
  const { host } = new URL(origin)
  return (await findTrustedPeer(db, origin)) ? `peer:${host}` : `stranger:${host}`
}
