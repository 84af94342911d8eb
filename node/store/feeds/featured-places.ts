import type { FeaturedPlace } from '../../domain/federation/featured-place.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isBlockedHost } from '../directory/blocks.ts'
import { appendChangesOnce } from '../queues/changes.ts'
import { FEATURED_PLACE } from '../schema/feeds.ts'
import { isShownStructure } from '../structures/structures.ts'

/** How many places one collection lists at most: Mastodon reads no more (`ITEMS_LIMIT`). */
const PLACES_OF_PART = 150

/** Finds what is known of a place and the collections of départements; undefined when it was never asked. */
export async function findFeaturedPlace(
  db: Database,
  actorUri: string,
): Promise<FeaturedPlace | undefined> {
  const row = await selectPlaces(db).where('actor_uri', '=', actorUri).executeTakeFirst()
  return row && FEATURED_PLACE.fromRow(row)
}

/** Finds the place of which a collection asked by this request. */
export async function findPlaceOfRequest(
  db: Database,
  requestUri: string,
): Promise<FeaturedPlace | undefined> {
  const row = await selectPlaces(db).where('request_uri', '=', requestUri).executeTakeFirst()
  return row && FEATURED_PLACE.fromRow(row)
}

/** Finds the place that is listed by this stamp. */
export async function findPlaceOfStamp(
  db: Database,
  stampUri: string,
): Promise<FeaturedPlace | undefined> {
  const row = await selectPlaces(db).where('stamp_uri', '=', stampUri).executeTakeFirst()
  return row && FEATURED_PLACE.fromRow(row)
}

/** Saves a place, in place of what was known of it. */
export async function saveFeaturedPlace(trx: Database, place: FeaturedPlace): Promise<void> {
  const row = FEATURED_PLACE.toRow(place)
  await trx
    .insertInto('featured_place')
    .values(row)
    .onConflict((oc) => oc.column('actor_uri').doUpdateSet(row))
    .execute()
}

/** Deletes a place that is of no département, or wants to be in no collection. */
export async function deleteFeaturedPlace(trx: Database, actorUri: string): Promise<void> {
  await trx.deleteFrom('featured_place').where('actor_uri', '=', actorUri).execute()
}

/** Returns the number of the feed's collection that has room for one more place, from 1. */
export async function findPartWithRoom(trx: Database, feed: string): Promise<number> {
  const parts = await trx
    .selectFrom('featured_place')
    .select((eb) => ['part', eb.fn.countAll<number>().as('total')])
    .where('feed', '=', feed)
    .groupBy('part')
    .execute()
  const full = new Set(
    parts.filter(({ total }) => Number(total) >= PLACES_OF_PART).map(({ part }) => part),
  )
  let part = 1
  while (full.has(part)) part++
  return part
}

/** A place that a collection lists, with the type of its account. */
export type ListedPlace = FeaturedPlace & { type: string }

/** Lists the places of members, none of a blocked domain, that agreed to be listed by a feed, by the time at which they did. */
export async function listFeaturedPlaces(db: Database, feed: string): Promise<ListedPlace[]> {
  const rows = await selectListed(db)
    .where('featured_place.feed', '=', feed)
    .orderBy('featured_place.answered_at')
    .orderBy('featured_place.actor_uri')
    .execute()
  return rows.map(toListed)
}

/** Finds a place as its collection lists it; undefined for one that is in none. */
export async function findListedPlace(
  db: Database,
  actorUri: string,
): Promise<ListedPlace | undefined> {
  const row = await selectListed(db)
    .where('featured_place.actor_uri', '=', actorUri)
    .executeTakeFirst()
  return row && toListed(row)
}

/** Plans that those who follow feeds hear which places of a server are in collections now, where any was asked. */
export async function planPlacesOfPeer(
  trx: Database,
  peerId: string,
  now: Temporal.Instant,
): Promise<void> {
  if ((await listPlacesOfPeer(trx, peerId)).length > 0)
    await appendChangesOnce(trx, [{ type: 'peer-places', peerId }], now)
}

/** Lists the addresses of the places of a server that were asked. */
export async function listPlacesOfPeer(db: Database, peerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('featured_place')
    .innerJoin('structure', 'structure.uri', 'featured_place.actor_uri')
    .select('featured_place.actor_uri')
    .where('structure.peer_id', '=', peerId)
    .orderBy('featured_place.actor_uri')
    .execute()
  return rows.map(({ actor_uri }) => actor_uri)
}

const selectListed = (db: Database) =>
  selectPlaces(db)
    .innerJoin('structure', 'structure.uri', 'featured_place.actor_uri')
    .innerJoin('peer', 'peer.id', 'structure.peer_id')
    .innerJoin('remote_actor', 'remote_actor.uri', 'featured_place.actor_uri')
    .select('remote_actor.type')
    .where('featured_place.stamp_uri', 'is not', null)
    .where(isShownStructure)
    .where('peer.membership', '=', 'member')
    .where((eb) => eb.not(isBlockedHost('peer.host')))

const toListed = ({
  type,
  ...row
}: Parameters<typeof FEATURED_PLACE.fromRow>[0] & { type: string }): ListedPlace => ({
  ...FEATURED_PLACE.fromRow(row),
  type,
})

/** Finds the département of a place that is known here, by its code. */
export async function findDepartementOfPlace(
  db: Database,
  actorUri: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('structure')
    .select('departement')
    .where('uri', '=', actorUri)
    .executeTakeFirst()
  return row?.departement ?? undefined
}

/** Notes what a place answered: its stamp, or undefined when it does not agree, or no longer. */
export async function markFeatureAnswered(
  trx: Database,
  { actorUri, stampUri }: { actorUri: string; stampUri: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('featured_place')
    .set({ stamp_uri: stampUri ?? null, answered_at: toInstantText(now) })
    .where('actor_uri', '=', actorUri)
    .execute()
}

const selectPlaces = (db: Database) => db.selectFrom('featured_place').select(PLACE_COLUMNS)

const PLACE_COLUMNS = FEATURED_PLACE.columns.map((column) => `featured_place.${column}` as const)
