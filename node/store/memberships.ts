import { type Block, isWithinDomain } from '../domain/federation/block.ts'
import { blockedText } from '../domain/federation/blocked-text.ts'
import {
  type FollowingState,
  isTracked,
  type Membership,
  type Peer,
} from '../domain/federation/peer.ts'
import { DomainError } from '../domain/values/errors.ts'
import { runAsLongWork } from '../turns/turns.ts'
import { reassignOrphanCafes, takeOverCafes } from './cafes/cafe-announcers.ts'
import { planCafesOfPeers } from './cafes/peer-cafes.ts'
import { orNull, toInstantText } from './database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from './database/database.ts'
import { withParents } from './directory/blocks.ts'
import { deleteFollowerServers } from './directory/follower-servers.ts'
import { findPeer, listPeers } from './directory/peers.ts'
import { eraseFacilitatorsOf } from './facilitators/received-profiles.ts'
import { planPlacesOfPeer } from './feeds/featured-places.ts'
import { appendChange } from './queues/changes.ts'
import { deleteDocumentsOf } from './queues/documents.ts'
import { deleteCafes } from './search-index/write-cafes.ts'

type MembershipWords = {
  /** What it wrote with its request, or the label of the code that admits it; null for nothing. */
  invitation?: string | null | undefined
  requestId?: string
  /** The reason of the team that refuses or ends it. */
  reason?: string | undefined
}

/**
 * Stores what a peer is to this directory. Where it is trusted from now on, it gets the cafés of its own that others
 * announced; where trust begins or ends, its cafés enter or leave the feeds. Undefined words leave the stored
 * invitation and the id of its request as they are, and erase the reason. It is called inside a transaction.
 */
export async function setMembership(
  db: Database,
  id: string,
  membership: Membership,
  now: Temporal.Instant,
  { invitation, requestId, reason }: MembershipWords = {},
): Promise<void> {
  const at = toInstantText(now)
  await withChangedTrust(db, id, now, async () => {
    await db
      .updateTable('peer')
      .set({
        membership,
        reason: orNull(reason),
        ...(membership === 'requested' && { requested_at: at, left_at: null }),
        ...(membership === 'member' && { admitted_at: at, left_at: null }),
        ...((membership === 'left' || membership === 'refused') && { left_at: at }),
        ...(invitation !== undefined && { invitation }),
        ...(requestId !== undefined && { request_id: requestId }),
      })
      .where('id', '=', id)
      .execute()
    if (membership === 'member') await takeOver(db, id, now)
    else {
      await deleteFollowerServers(db, id)
      await deleteDocumentsOf(db, (await findPeer(db, id))?.origin ?? '')
    }
  })
}

/**
 * Stores the state of our following of a peer, with the same effects of trust as `setMembership`. It is called inside a
 * transaction.
 */
export async function setFollowing(
  db: Database,
  id: string,
  following: FollowingState,
  now: Temporal.Instant,
): Promise<void> {
  await withChangedTrust(db, id, now, async () => {
    await db.updateTable('peer').set({ following }).where('id', '=', id).execute()
    if (following === 'accepted') await takeOver(db, id, now)
  })
}

/**
 * Makes a change to a peer. Where the peer is trusted since then, or no longer is, the cafés that it has after the change
 * enter or leave the feeds; where it is a member since then, or no longer is, its places enter or leave the collections.
 */
async function withChangedTrust(
  db: Database,
  id: string,
  now: Temporal.Instant,
  change: () => Promise<void>,
): Promise<void> {
  const before = await findPeer(db, id)
  await change()
  const after = await findPeer(db, id)
  if (isTracked(after) !== isTracked(before)) await planCafesOfPeers(db, [id], now)
  if (isMember(after) !== isMember(before)) await planPlacesOfPeer(db, id, now)
}

const isMember = (peer: Peer | undefined): boolean => peer?.membership === 'member'

/** Stores the team's answer to a request; the network is told of it by a change. */
export async function decideMembership(
  db: OpenDatabase,
  { peerId, seen, admitted, reason = '' }: Decided & { admitted: boolean },
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const peer = await findPeer(trx, peerId)
    if (!peer) throw new DomainError('not_found', 'directory.unknown_site')
    if (seen !== undefined && peer.membership !== seen) return false
    if (admitted) await setMembership(trx, peerId, 'member', now)
    else await setMembership(trx, peerId, 'refused', now, { reason })
    const said = { admitted, ...(reason !== '' && { reason }) }
    await appendChange(trx, { type: 'membership-decided', peerId, ...said }, now)
    return true
  })
}

type Decided = {
  peerId: string
  /** The membership that the page showed; undefined where no page did. */
  seen?: string | undefined
  reason?: string
}

/** Ends a membership for the team: the other side is told, and its upcoming cafés are hidden at once. */
export async function removePeer(
  db: OpenDatabase,
  { peerId, seen, reason = '' }: Decided,
  now: Temporal.Instant,
): Promise<boolean> {
  return runAsLongWork(() =>
    db.transaction().execute(async (trx) => {
      const peer = await findPeer(trx, peerId)
      if (!peer) throw new DomainError('not_found', 'directory.unknown_site')
      if (seen !== undefined && peer.membership !== seen) return false
      await appendChange(trx, { type: 'membership-decided', peerId, admitted: false, reason }, now)
      await markLeft(trx, peer, now, reason)
      return true
    }),
  )
}

/** Cafés that are reassigned in one transaction, for which all other writers wait. */
const PASSED_ON_AT_ONCE = 50

/**
 * Notes that a peer left: it is no longer trusted, and its people are deleted here; what follows from it is undone later.
 * Cafés of other servers that it announced stay where another server announced them too: a few at once, the others
 * within a minute.
 */
export async function markLeft(
  trx: Database,
  peer: Peer,
  now: Temporal.Instant,
  reason?: string,
): Promise<void> {
  await setMembership(trx, peer.id, 'left', now, { reason })
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
  await reassignOrphanCafes(trx, now, { most: PASSED_ON_AT_ONCE })
}

/** What is said of a domain whose block begins or, without a reason, ends. */
type ChangedBlock = Pick<Block, 'target' | 'level'> & { reason: string | undefined }

/**
 * Notes that the team blocks domains or limits them, or no longer does: of those that are blocked the servers that are in
 * this directory, or ask to be, are told. The membership of each stays, for the day when it is unblocked. Its cafés leave
 * or enter the feeds, whatever server they come from, and its places the collections.
 */
export async function announceBlocks(
  trx: Database,
  blocks: readonly ChangedBlock[],
  now: Temporal.Instant,
): Promise<void> {
  const domains = new Map(blocks.map((block) => [block.target, block]))
  const find = (host: string) =>
    withParents(host)
      .map((domain) => domains.get(domain))
      .find(Boolean)
  await planCafesOfPeers(
    trx,
    await listPeersWithCafesOf(trx, (host) => find(host) !== undefined),
    now,
  )
  for (const { id, host, membership } of await listPeers(trx)) {
    const block = find(host)
    if (!block || !isToldOfBlock(membership)) continue
    await planPlacesOfPeer(trx, id, now)
    const { level, reason } = block
    if (level === 'limit' || (reason === undefined && membership !== 'member')) continue
    const said =
      reason === undefined ? { admitted: true } : { admitted: false, reason: blockedText(reason) }
    await appendChange(trx, { type: 'membership-decided', peerId: id, ...said }, now)
  }
}

const isToldOfBlock = (membership: Membership): boolean =>
  membership === 'member' || membership === 'requested'

/** Returns whether this directory tells any server of a domain that it is blocked. */
export async function hasServersToInform(db: Database, domain: string): Promise<boolean> {
  const isWithin = isWithinDomain(domain)
  return (await listPeers(db)).some(
    ({ host, membership }) => isWithin(host) && isToldOfBlock(membership),
  )
}

/** Lists the peers of these hosts, and those from which cafés of these hosts come. */
async function listPeersWithCafesOf(
  trx: Database,
  isMeant: (host: string) => boolean,
): Promise<string[]> {
  const sources = await trx
    .selectFrom('search_source')
    .innerJoin('peer', 'peer.id', 'search_source.peer_id')
    .select(['peer.id', 'peer.host as announcer', 'search_source.host'])
    .execute()
  const meant = sources.filter(({ announcer, host }) => isMeant(announcer) || isMeant(host))
  return [...new Set(meant.map(({ id }) => id))]
}

/** Deletes a peer; by the schema its cafés, structures, profiles and networks go with it. Nobody is told. */
export const deletePeer = (db: Database, id: string): Promise<void> =>
  inTransaction(db, async (trx) => {
    const cafes = await trx.selectFrom('cafe').select('id').where('peer_id', '=', id).execute()
    await deleteCafes(
      trx,
      cafes.map((cafe) => cafe.id),
    )
    await trx.deleteFrom('peer').where('id', '=', id).execute()
  })

/** Assigns to a peer that is trusted from now on the cafés of its own that other servers announced. */
async function takeOver(db: Database, id: string, now: Temporal.Instant): Promise<void> {
  const peer = await findPeer(db, id)
  if (peer) await takeOverCafes(db, peer, now)
}
