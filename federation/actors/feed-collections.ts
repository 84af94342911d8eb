import type { Context } from '../../node/context.ts'
import type { Feed } from '../../node/domain/territories/feed.ts'
import { countFeedCafes, listFeedCafes, listFeedUris } from '../../node/store/feeds/cafes.ts'
import {
  countFeedOutbox,
  listFeedOutbox,
  type OutboxCursor,
} from '../../node/store/feeds/outbox.ts'
import {
  collectionOf,
  collectionPageOf,
  FEATURED,
  fromCursor,
  PAGE,
  toCursor,
} from './collection-text.ts'

/** The collections of a directory's feed. They hold ids only, since each café is given by its own server. */

type Request = { id: string; cursor: string | undefined }

/**
 * Returns the outbox of a feed, as JSON: the collection without a cursor, otherwise one page of it, with the addresses
 * of its activities.
 */
export async function feedOutbox(
  { db }: Context,
  feed: Feed,
  { id, cursor }: Request,
): Promise<string> {
  if (cursor === undefined)
    return collectionOf(id, {
      totalItems: await countFeedOutbox(db, feed.name),
      first: `${id}?page=first`,
    })
  const page = await listFeedOutbox(db, { feed: feed.name, after: placeOf(cursor), limit: PAGE })
  const next = page.next && toCursor({ startsAt: page.next.at.toString(), id: page.next.id })
  return collectionPageOf(id, { cursor, items: page.ids.map((uri) => JSON.stringify(uri)), next })
}

/** Returns the place that a cursor means. A cursor that holds no instant is none of ours, and means the first page. */
function placeOf(cursor: string): OutboxCursor | undefined {
  const place = fromCursor(cursor)
  try {
    return place && { at: Temporal.Instant.from(place.startsAt), id: place.id }
  } catch {
    return undefined
  }
}

/**
 * Returns the cafés to come of a feed, as JSON: the collection without a cursor, otherwise one page of it, with the
 * addresses of the Events.
 */
export async function feedUpcoming(
  { db, now }: Context,
  feed: Feed,
  { id, cursor }: Request,
): Promise<string> {
  if (cursor === undefined)
    return collectionOf(id, {
      totalItems: await countFeedCafes(db, feed, now()),
      first: `${id}?page=first`,
    })
  const page = await listFeedUris(db, feed, { now: now(), after: fromCursor(cursor), limit: PAGE })
  const next = page.next && toCursor(page.next)
  return collectionPageOf(id, { cursor, items: page.uris.map((uri) => JSON.stringify(uri)), next })
}

/** Returns the next cafés of a feed as JSON, as the collection that Mastodon shows as pinned posts. */
export async function feedFeatured({ db, now }: Context, feed: Feed, id: string): Promise<string> {
  const cafes = await listFeedCafes(db, feed, { now: now(), limit: FEATURED })
  const uris = cafes.map(({ uri }) => uri)
  return collectionOf(id, { totalItems: uris.length, orderedItems: JSON.stringify(uris) })
}
