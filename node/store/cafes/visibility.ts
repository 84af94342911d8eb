import { type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { isBlockedHost } from '../directory/blocks.ts'
import type { Schema } from '../schema.ts'

/** The condition for a member that left: what took place while it was one is kept for a time, in the archive. */
const tookPlaceBefore = sql<boolean>`exists (
  select 1 from peer
  where peer.id = cafe.peer_id and peer.membership = 'left' and cafe.ends_at <= peer.left_at
    and not ${isBlockedHost('peer.host')} and not ${isBlockedHost('cafe.origin_host')})`

/** The condition that a café is of this server or of one whose word counts now, as the index of the search keeps it. */
export const isBelieved = sql<boolean>`(
  cafe.peer_id is null or exists (
    select 1 from search_source as source
    where source.peer_id = cafe.peer_id and source.host = cafe.origin_host and source.shown = 1))`

/** The same condition, without what was still upcoming when its server had been silent for too long. */
export const isTracked = sql<boolean>`(
  cafe.peer_id is null or exists (
    select 1 from search_source as source
    where source.peer_id = cafe.peer_id and source.host = cafe.origin_host and source.shown = 1
      and (source.hidden_since is null or cafe.ends_at <= source.hidden_since)))`

/**
 * The condition that everybody may see a café: published, not held back for the team, and of a server whose word
 * counts.
 */
export const isVisible = sql<boolean>`
  cafe.publication = 'published' and cafe.hidden_reason is null
  and (${isTracked} or ${tookPlaceBefore})`

/**
 * The condition that everybody who has its address may see a café: also while its server is silent, or another
 * announcement of it is shown.
 */
export const isOpenByAddress = sql<boolean>`(
  ${isVisible} or (cafe.hidden_reason = 'duplicate' and ${isBelieved})
  or (cafe.publication = 'published' and cafe.hidden_reason is null and ${isBelieved}))`

/** Returns whether the cafés of this host that a server passes on are in no list, since either of them is limited. */
export async function isLimitedSource(
  db: Database,
  { peerId, host }: { peerId: string; host: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('search_source')
    .select('number')
    .where('peer_id', '=', peerId)
    .where('host', '=', host)
    .where('hidden_since', '<', '0002')
    .executeTakeFirst()
  return row !== undefined
}

/** Selects the cafés open to everybody, ours alone or those of all servers. */
export const selectOpen = (
  db: Database,
  { isOurs }: { isOurs: boolean },
): SelectQueryBuilder<Schema, 'cafe', object> =>
  db
    .selectFrom('cafe')
    .where(isVisible)
    .where('cafe.open_to', '=', 'public')
    .$if(isOurs, (qb) => qb.where('cafe.organization_id', 'is not', null))
