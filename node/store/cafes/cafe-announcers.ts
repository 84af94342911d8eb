import { sql } from 'kysely'
import { isWholeServer, type Peer } from '../../domain/federation/peer.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isTrackedPeer, isTrusted } from '../directory/trusted.ts'
import { appendChange } from '../queues/changes.ts'
import { updateCafes } from '../search-index/write-cafes.ts'
import { moveStructures } from '../structures/descriptions.ts'
import { planCafesOfPeers } from './peer-cafes.ts'

/**
 * A café belongs to the origin of its id. Where its own server is trusted, `cafe.peer_id` is that server; otherwise it is
 * one of the servers that announced it (`cafe_announcer`).
 */

/**
 * Stores that this peer announced a café of another origin, or one of its own origin that is received through
 * another peer.
 */
export async function insertAnnouncer(
  trx: Database,
  { uri, announcer }: { uri: string; announcer: Pick<Peer, 'id' | 'origin'> },
): Promise<void> {
  const isElsewhere = new URL(uri).origin !== announcer.origin
  await trx
    .insertInto('cafe_announcer')
    .columns(['cafe_id', 'peer_id'])
    .expression((eb) =>
      eb
        .selectFrom('cafe')
        .select(['cafe.id', eb.val(announcer.id).as('peer_id')])
        .where('uri', '=', uri)
        .$if(!isElsewhere, (qb) => qb.where('cafe.peer_id', '<>', announcer.id)),
    )
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/**
 * Gives a peer the cafés that it answers for (its own; a whole server's: all of its origin) and that were received
 * through another server, and their structures. If it is a member, its cafés that waited for the team, because their
 * server was not trusted, are shown.
 */
export async function takeOverCafes(
  trx: Database,
  peer: Pick<Peer, 'id' | 'actorUri' | 'host' | 'origin' | 'name' | 'membership'>,
  now: Temporal.Instant,
): Promise<void> {
  const others = await listAnnouncersOf(trx, peer)
  if (others.length === 0) return
  const theirs = (column: string) => sql<boolean>`
    substr(${sql.ref(column)}, 1, ${peer.origin.length + 1}) = ${`${peer.origin}/`}`
  const cafes = await updateCafes(trx, { peer_id: peer.id, organizer_name: peer.name }, (qb) => {
    const those = qb
      .where('peer_id', 'in', others)
      .where('origin_host', '=', peer.host)
      .where(theirs('uri'))
    return isWholeServer(peer) ? those : those.where('organizer_uri', '=', peer.actorUri)
  })
  await moveStructures(trx, { from: others, to: peer })
  if (peer.membership !== 'member') return
  for (const { id, hidden_reason } of cafes) {
    if (hidden_reason !== 'foreign') continue
    await updateCafes(trx, { hidden_reason: null }, (qb) => qb.where('id', '=', id))
    await appendChange(trx, { type: 'cafe-shown', cafeId: id }, now)
  }
}

/**
 * Lists the ids of the peers through which cafés of this origin are received, without the peers of that origin themselves.
 */
async function listAnnouncersOf(
  trx: Database,
  { host, origin }: Pick<Peer, 'host' | 'origin'>,
): Promise<string[]> {
  const rows = await trx
    .selectFrom('search_source')
    .innerJoin('peer', 'peer.id', 'search_source.peer_id')
    .select('peer.id')
    .where('search_source.host', '=', host)
    .where((eb) => eb.or([eb('peer.origin', '<>', origin), eb.not(isTrackedPeer)]))
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Assigns cafés to another peer that announced them, when the one through which they were received has left, was removed
 * or is blocked: `most` at a time, the others by the job of the next minute. The upcoming ones that no feed has any more
 * enter the feeds later.
 */
export async function reassignOrphanCafes(
  trx: Database,
  now: Temporal.Instant,
  { most = 5000 } = {},
): Promise<void> {
  const isUnlisted = sql<number>`case when cafe.ends_at > ${toInstantText(now)} and not exists (
    select 1 from announced where announced.object_uri = cafe.uri) then 1 else 0 end`
  const rows = await trx
    .selectFrom('search_source as source')
    // SQLite keeps the order of a cross join; otherwise it would read every row of `cafe_announcer`.
    .crossJoin('cafe')
    .innerJoin('cafe_announcer', 'cafe_announcer.cafe_id', 'cafe.id')
    .innerJoin('peer', 'peer.id', 'cafe_announcer.peer_id')
    .innerJoin('peer as before', 'before.id', 'cafe.peer_id')
    .select(['cafe.id', 'cafe.organizer_uri', 'cafe.peer_id as from', 'peer.id as to'])
    .select(isUnlisted.as('is_unlisted'))
    .where('source.shown', '=', 0)
    .whereRef('cafe.peer_id', '=', 'source.peer_id')
    .whereRef('cafe.origin_host', '=', 'source.host')
    .whereRef('before.host', '<>', 'cafe.origin_host')
    .where(isTrusted)
    .orderBy('cafe.id')
    .orderBy('peer.id', 'desc')
    .limit(most)
    .execute()
  // Of several peers that announced a café, the last one of its rows has it.
  const reassigned = [...new Map(rows.map((row) => [row.id, row])).values()]
  for (const { id, organizer_uri, from, to } of reassigned) {
    await updateCafes(trx, { peer_id: to }, (qb) => qb.where('id', '=', id))
    await trx
      .updateTable('structure')
      .set({ peer_id: to })
      .where('uri', '=', organizer_uri)
      .where('peer_id', '=', from)
      .execute()
  }
  const unlisted = reassigned.filter(({ is_unlisted }) => Number(is_unlisted) === 1)
  await planCafesOfPeers(trx, [...new Set(unlisted.map(({ to }) => to))], now)
}
