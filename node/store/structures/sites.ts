import { type RawBuilder, sql } from 'kysely'
import { type Peer, SITE_STATES, type SiteState } from '../../domain/federation/peer.ts'
import type { ReachedLimit } from '../../domain/limits/reading-budget.ts'
import type { Territory } from '../../geo/territories.ts'
import { takesPlace, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { contains, isAmong } from '../database/dialect.ts'
import { type ListPage, placePage } from '../database/list-page.ts'
import { isBlockedHost } from '../directory/blocks.ts'
import { selectPeers, toPeer } from '../directory/peers.ts'
import { listStoppedToday } from '../queues/peer-days.ts'
import { searchWords } from '../search-index/fold-words.ts'
import { selectPeersWithin } from './structures.ts'

/** A site as the list of a directory's team shows it. */
export type ListedSite = Peer & {
  isBlocked: boolean
  /** The number of its cafés to come. */
  toCome: number
  /** Where its structure is, as far as it said. */
  commune: string | undefined
  departement: string | undefined
  /** Which limit of reading it has reached today. */
  stoppedBy: ReachedLimit | undefined
}

export type SiteQuery = {
  state: SiteState
  /** Words in any order, without regard to accents and capitals, in the name or the host. */
  words: string
  /** The territory that the words may name as well: sites of it are found too. */
  territory: Territory | undefined
}

const isBlocked = isBlockedHost('peer.host')

const HAS_MEMBERSHIP: Record<Exclude<SiteState, 'blocked'>, RawBuilder<boolean>> = {
  requested: sql`peer.membership = 'requested'`,
  members: sql`peer.membership = 'member'`,
  silent: sql`peer.membership = 'member' and peer.silent_since is not null`,
  left: sql`peer.membership = 'left'`,
  refused: sql`peer.membership = 'refused'`,
}

/** Returns the condition of a state. A blocked site is in that state alone, whatever else it is. */
const isInState = (state: SiteState): RawBuilder<boolean> =>
  state === 'blocked'
    ? sql<boolean>`peer.membership <> 'none' and ${isBlocked}`
    : sql<boolean>`${HAS_MEMBERSHIP[state]} and not ${isBlocked}`

/** Counts the sites in each state; the silent ones are counted among the members as well. */
export async function countSites(db: Database): Promise<Record<SiteState, number>> {
  const total = (state: SiteState) =>
    sql<number>`coalesce(sum(case when ${isInState(state)} then 1 else 0 end), 0)`.as(state)
  const row = await db
    .selectFrom('peer')
    .select(SITE_STATES.map(total))
    .where('membership', '<>', 'none')
    .executeTakeFirstOrThrow()
  return Object.fromEntries(SITE_STATES.map((state) => [state, Number(row[state])])) as Record<
    SiteState,
    number
  >
}

/** What the sites of a state are sorted by: what waits or is silent for the longest comes first, else it goes by name. */
const ORDER: Record<SiteState, RawBuilder<unknown>> = {
  requested: sql`peer.requested_at`,
  members: sql`peer.search_text`,
  silent: sql`peer.silent_since`,
  left: sql`peer.left_at desc`,
  refused: sql`peer.left_at desc`,
  blocked: sql`peer.search_text`,
}

function selectSites(db: Database, { state, words, territory }: SiteQuery) {
  const named = searchWords(words).map((word) =>
    contains(db, sql.ref('peer.search_text'), ` ${word}`),
  )
  const sites = selectPeers(db).where(isInState(state))
  if (named.length === 0) return sites
  return sites.where((eb) =>
    eb.or([
      eb.and(named),
      ...(territory ? [eb('peer.id', 'in', selectPeersWithin(db, territory))] : []),
    ]),
  )
}

/** Lists the sites that fit, at most 1,000, without what their cafés say of them. */
export async function listSites(db: Database, query: SiteQuery): Promise<Peer[]> {
  const rows = await selectSites(db, query)
    .orderBy(ORDER[query.state])
    .orderBy('peer.id')
    .limit(1000)
    .execute()
  return rows.map(toPeer)
}

/** Finds one page of the sites that fit; the last one where the page that was asked for is behind it. */
export async function findSitePage(
  db: Database,
  { size, now, ...query }: SiteQuery & { page: number; size: number; now: Temporal.Instant },
): Promise<ListPage<ListedSite>> {
  const sites = selectSites(db, query)
  const { total } = await sites
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const { offset, ...placed } = placePage(Number(total), { page: query.page, size })
  const rows = await sites
    .orderBy(ORDER[query.state])
    .orderBy('peer.id')
    .limit(size)
    .offset(offset)
    .execute()
  const peers = rows.map(toPeer)
  const isBlocked = query.state === 'blocked'
  return { ...placed, rows: await describe(db, peers, { isBlocked, now }) }
}

/** Adds to the sites of one page what is known of their cafés, their places and their readings of today. */
async function describe(
  db: Database,
  peers: readonly Peer[],
  { isBlocked, now }: { isBlocked: boolean; now: Temporal.Instant },
): Promise<ListedSite[]> {
  const ids = peers.map(({ id }) => id)
  if (ids.length === 0) return []
  const totals = await db
    .selectFrom('cafe')
    .select((eb) => ['peer_id', eb.fn.countAll<number>().as('total')])
    .where(isAmong(db, sql.ref('peer_id'), ids))
    .where('starts_at', '>', toInstantText(now))
    .where(takesPlace)
    .groupBy('peer_id')
    .execute()
  const places = await db
    .selectFrom('structure')
    .select(['peer_id', 'commune', 'departement'])
    .where(isAmong(db, sql.ref('peer_id'), ids))
    .where('commune', 'is not', null)
    .orderBy('uri', 'desc')
    .execute()
  const toCome = new Map(totals.map(({ peer_id, total }) => [peer_id, Number(total)]))
  const placeOf = new Map(places.map((place) => [place.peer_id, place]))
  const stopped = await listStoppedToday(db, now)
  return peers.map((peer) => ({
    ...peer,
    isBlocked,
    toCome: toCome.get(peer.id) ?? 0,
    commune: placeOf.get(peer.id)?.commune ?? undefined,
    departement: placeOf.get(peer.id)?.departement ?? undefined,
    stoppedBy: stopped.get(peer.id),
  }))
}
