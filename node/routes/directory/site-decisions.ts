import type { PeerAction } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import type { Peer } from '../../domain/federation/peer.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { applyBlocks } from '../../store/blocking.ts'
import { findPeer } from '../../store/directory/peers.ts'
import { decideMembership, removePeer } from '../../store/memberships.ts'
import { retryDeliveries } from '../../store/queues/failed-deliveries.ts'
import { enqueueTask } from '../../store/queues/tasks.ts'

/** Finds a site that the team decides about. */
export async function peerOf({ db }: Pick<Context, 'db'>, id: string): Promise<Peer> {
  const peer = await findPeer(db, id)
  if (!peer) throw new DomainError('not_found', 'directory.unknown_site')
  return peer
}

type Decision = { peer: Peer; seen: string; reason: string; by: Author }

/**
 * Does what the team decides about a site; `reason` is sent to it where it ends something.
 * @returns False where somebody else answered since the page that the team saw; then nothing is done.
 */
export async function applyDecision(
  context: Context,
  action: PeerAction,
  { peer: { id: peerId, host }, seen, reason, by }: Decision,
): Promise<boolean> {
  const { db, now, isDirectory } = context
  switch (action) {
    case 'accepter':
      return decideMembership(db, { peerId, seen, admitted: true }, now())
    case 'refuser':
      return decideMembership(db, { peerId, seen, admitted: false, reason }, now())
    case 'arreter':
      return removePeer(db, { peerId, seen, reason }, now())
    case 'bloquer':
      await applyBlocks(db, { blocks: [{ target: host, reason: '' }], by, isDirectory }, now())
      return true
    case 'reessayer':
      await retryDeliveries(db, host, now())
      await enqueueTask(db, { kind: 'reconcile', subject: peerId, requester: 'team' }, now())
      return true
  }
}
