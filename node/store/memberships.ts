import type { FollowingState, Membership, Peer } from '../domain/federation/peer.ts'
import { DomainError } from '../domain/values/errors.ts'
import { runAsLongWork } from '../turns.ts'
import { reassignOrphanCafes, takeOverCafes } from './cafes/cafe-homes.ts'
import { toInstantText } from './database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from './database/database.ts'
import { findPeer } from './directory/peers.ts'
import { eraseFacilitatorsOf } from './facilitators/received-profiles.ts'
import { appendChange } from './queues/changes.ts'

export async function setMembership(
  db: Database,
  id: string,
  membership: Membership,
  now: Temporal.Instant,
  { invitation, requestId }: { invitation?: string | undefined; requestId?: string } = {},
): Promise<void> {
  const at = toInstantText(now)
  await db
    .updateTable('peer')
    .set({
      membership,
      ...(membership === 'requested' && { requested_at: at, left_at: null }),
      ...(membership === 'member' && { admitted_at: at, left_at: null }),
      ...(membership === 'left' && { left_at: at }),
      ...(invitation !== undefined && { invitation }),
      ...(requestId !== undefined && { request_id: requestId }),
    })
    .where('id', '=', id)
    .execute()
  if (membership === 'member') await takeOver(db, id, now)
}

export async function setFollowing(
  db: Database,
  id: string,
  following: FollowingState,
  now: Temporal.Instant,
): Promise<void> {
  await db.updateTable('peer').set({ following }).where('id', '=', id).execute()
  if (following === 'accepted') await takeOver(db, id, now)
}

/** The team's answer to a request; the network hears of it as a change. */
export async function decideMembership(
  db: OpenDatabase,
  { peerId, admitted }: { peerId: string; admitted: boolean },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const peer = await findPeer(trx, peerId)
    if (!peer) throw new DomainError('not_found', 'directory.unknown_site')
    await setMembership(trx, peerId, admitted ? 'member' : 'refused', now)
    await appendChange(trx, { type: 'membership-decided', peerId, admitted }, now)
  })
}

/** The team ends a membership: told to the other side; its cafés to come are hidden at once. */
export async function removePeer(
  db: OpenDatabase,
  peerId: string,
  now: Temporal.Instant,
): Promise<void> {
  await runAsLongWork(() =>
    db.transaction().execute(async (trx) => {
      const peer = await findPeer(trx, peerId)
      if (!peer) throw new DomainError('not_found', 'directory.unknown_site')
      await appendChange(trx, { type: 'membership-decided', peerId, admitted: false }, now)
      await markLeft(trx, peer, now)
    }),
  )
}

/** Whoever else writes waits for them. */
const PASSED_ON_AT_ONCE = 50

/**
 * It is no longer heard, and its people are no longer here; what follows it is undone later. Cafés of other servers that
 * it announced stay where another server announced them too: a few at once, the others within a minute.
 */
export async function markLeft(trx: Database, peer: Peer, now: Temporal.Instant): Promise<void> {
  await setMembership(trx, peer.id, 'left', now)
  await eraseFacilitatorsOf(trx, peer.id, now)
  const following = await trx
    .selectFrom('following')
    .select('id')
    .where('target_uri', '=', peer.actorUri)
    .executeTakeFirst()
  if (following) {
    await setFollowing(trx, peer.id, 'none', now)
    await appendChange(trx, { type: 'unfollow-asked', followingId: following.id }, now)
  }
  await reassignOrphanCafes(trx, { most: PASSED_ON_AT_ONCE })
}

export async function deletePeer(db: Database, id: string): Promise<void> {
  await db.deleteFrom('peer').where('id', '=', id).execute()
}

/** It is heard from now on: what others told of its cafés is its own to tell. */
async function takeOver(db: Database, id: string, now: Temporal.Instant): Promise<void> {
  const peer = await findPeer(db, id)
  if (peer) await takeOverCafes(db, peer, now)
}
