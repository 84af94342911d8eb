import { sql } from 'kysely'
import { isReachable, type Peer } from '../../domain/federation/peer.ts'
import { instantOrUndefined } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isTextAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import { isListedPeer } from './trusted.ts'

/** What everybody may know of a server from which cafés come. */
export type PublicPeer = Pick<Peer, 'id' | 'host' | 'origin' | 'name' | 'lastSeenAt'> & {
  reachable: boolean
}

type PeerRow = {
  id: string
  host: string
  origin: string
  name: string
  last_seen_at: string | null
  silent_since: string | null
}

const COLUMNS = [
  'peer.id',
  'peer.host',
  'peer.origin',
  'peer.name',
  'peer.last_seen_at',
  'peer.silent_since',
] as const

/** Finds peers by id, in one query for a whole page of cafés. */
export async function findPeersByIds(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, PublicPeer>> {
  if (ids.length === 0) return new Map()
  const { rows } = await selectPublicPeers(db, { ids: toListParameter(db, ids) })
  return new Map(rows.map((row) => [row.id, toPublicPeer(row)]))
}

const selectPublicPeers = prepare((db, { ids }: { ids: ListParameter }) =>
  db
    .selectFrom('peer')
    .select(COLUMNS)
    .where(isTextAmong(db, sql.ref('peer.id'), ids)),
)

export type ListedPeer = PublicPeer & {
  standing: 'member' | 'followed'
  /** The number of its cafés that everybody may see, past ones included. */
  cafes: number
}

/** Lists members and followed servers, but no requests, refusals, departures or blocked domains. */
export async function listPublicPeers(db: Database): Promise<ListedPeer[]> {
  const rows = await db
    .selectFrom('peer')
    .select([...COLUMNS, 'peer.membership'])
    .where(isListedPeer)
    .orderBy('peer.host')
    .orderBy('peer.id')
    .execute()
  const totals = await countShownByPeer(db)
  return rows.map((row) => ({
    ...toPublicPeer(row),
    standing: row.membership === 'member' ? 'member' : 'followed',
    cafes: totals.get(row.id) ?? 0,
  }))
}

/** Counts in the index of the search, whose rows are short, once for all peers. */
async function countShownByPeer(db: Database): Promise<Map<string, number>> {
  const { rows } = await sql<{ peer_id: string; total: number }>`
    select source.peer_id, count(*) as total
    from search_entry as entry join search_source as source on source.number = entry.source
    where source.shown = 1
      and (source.hidden_since is null or entry.ends_at <= unixepoch(source.hidden_since))
    group by source.peer_id`.execute(db)
  return new Map(rows.map(({ peer_id, total }) => [peer_id, Number(total)]))
}

const toPublicPeer = (row: PeerRow): PublicPeer => ({
  id: row.id,
  host: row.host,
  origin: row.origin,
  name: row.name,
  lastSeenAt: instantOrUndefined(row.last_seen_at),
  reachable: isReachable({ silentSince: instantOrUndefined(row.silent_since) }),
})
