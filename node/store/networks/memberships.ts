import { countAgreements, listInvitedSubjects } from '../agreements/agreements.ts'
import { saveOwnStatement } from '../agreements/statements.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { ensurePeer } from '../directory/peers.ts'
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
    const key = { kind: 'member-of', subjectUri: structureUri, objectUri: network.uri } as const
    await saveOwnStatement(trx, { ...key, side: 'subject', isYes: true }, now)
  })
}

/** Counts what a structure is asked to answer: requests to join its own networks, and invitations that it was sent. */
export async function countAwaited(
  db: Database,
  { organizationId, structureUri }: { organizationId: string; structureUri: string },
): Promise<number> {
  const own = await db
    .selectFrom('network')
    .select('uri')
    .where('organization_id', '=', organizationId)
    .where('ended_at', 'is', null)
    .execute()
  const kind = 'member-of'
  let awaited = await countAgreements(db, { kind, subjectUri: structureUri }, 'invited')
  for (const { uri } of own) awaited += await countAgreements(db, { kind, objectUri: uri }, 'asked')
  return awaited
}

/** Lists the addresses of all networks that were declared here, ended ones included. */
export async function listOwnNetworkUris(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('network')
    .select('uri')
    .where('organization_id', 'is not', null)
    .execute()
  return rows.map(({ uri }) => uri)
}

/**
 * Lists the actors that speak for the other sides of our memberships: for networks that we know, and for the structures
 * to which one of ours has said yes. A structure that has only asked is not read.
 */
export async function listOtherSenders(db: Database, origin: string): Promise<string[]> {
  const networks = await db
    .selectFrom('network')
    .select('actor_uri as uri')
    .distinct()
    .where('peer_id', 'is not', null)
    .where('ended_at', 'is', null)
    .execute()
  const structures = await listInvitedSubjects(db, await listOwnNetworkUris(db))
  const uris = new Set([...networks.map(({ uri }) => uri), ...structures])
  return [...uris].filter((uri) => !uri.startsWith(`${origin}/`))
}
