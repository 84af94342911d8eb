import type { Context } from '../../node/context.ts'
import { countFollowings } from '../../node/store/directory/followings.ts'
import { findOwnByActor, listLedCafes } from '../../node/store/facilitators/recipients.ts'
import { findFeed } from '../../node/store/feeds/feeds.ts'
import { countFollowers } from '../../node/store/feeds/followers.ts'
import {
  countUpcoming,
  listUpcomingDocuments,
  listUpcomingUris,
} from '../../node/store/feeds/upcoming-documents.ts'
import { countOutbox, listOutbox } from '../../node/store/queues/activities.ts'
import { findHosted } from '../../node/store/structures/hosted.ts'
import { actorUri, CAFES, INSTANCE } from '../wire/uris.ts'
import {
  collectionOf,
  collectionPageOf,
  FEATURED,
  fromCursor,
  PAGE,
  toCursor,
} from './collection-text.ts'
import { feedFeatured, feedOutbox, feedUpcoming } from './feed-collections.ts'

/**
 * The collections of our actors. They hold whole objects, each with its own context and proof, so that reading a page
 * is enough to check it. Those of a feed and of a person hold ids only.
 */

/** The names of the collections, each the last segment of its address under the actor's. */
export const COLLECTIONS = ['outbox', 'followers', 'following', 'featured', 'upcoming'] as const
export type CollectionName = (typeof COLLECTIONS)[number]

type Request = { identifier: string; collection: CollectionName; cursor: string | undefined }

/**
 * Returns the collection as JSON text, or one of its pages when a cursor is given. Stored texts are included byte for
 * byte.
 */
export async function collectionText(context: Context, request: Request): Promise<string> {
  const { identifier, collection } = request
  const id = `${actorUri(context.config.origin, identifier)}/${collection}`
  const hosted = authorsCafes(identifier)
    ? undefined
    : await findHosted(context.db, { slug: identifier })
  const isAuthor = authorsCafes(identifier) || hosted !== undefined
  const feed = isAuthor ? undefined : await findFeed(context.db, identifier)
  if (!feed && !isAuthor && (collection === 'upcoming' || collection === 'featured'))
    return ledBy(context, { ...request, id })
  switch (collection) {
    case 'outbox':
      return feed
        ? feedOutbox(context, feed, { ...request, id })
        : outbox(context, { ...request, id })
    case 'upcoming':
      return feed
        ? feedUpcoming(context, feed, { ...request, id })
        : upcoming(context, { ...request, id, organizationId: hosted?.id })
    case 'featured': {
      if (feed) return feedFeatured(context, feed, id)
      const uris = await listUpcomingUris(context.db, context.now(), {
        ...{ limit: FEATURED, organizationId: hosted?.id },
      })
      return collectionOf(id, { totalItems: uris.length, orderedItems: JSON.stringify(uris) })
    }
    case 'followers':
      return collectionOf(id, { totalItems: await countFollowers(context.db, identifier) })
    case 'following':
      return collectionOf(id, { totalItems: await countFollowings(context.db, identifier) })
  }
}

/**
 * Returns whether the actor lists our own cafés of all structures: `instance` stands for this server, and `cafes` is its
 * feed. The account of a hosted structure lists those of that one.
 */
const authorsCafes = (identifier: string): boolean =>
  identifier === CAFES || identifier === INSTANCE

/** Returns the cafés that a person leads, soonest first, as ids only, since each object is given by its author. */
async function ledBy(
  { db, config, now }: Context,
  { identifier, collection, id }: Request & { id: string },
): Promise<string> {
  const person = await findOwnByActor(db, actorUri(config.origin, identifier))
  const cafes = person ? await listLedCafes(db, person.id, now()) : []
  const uris = cafes
    .map(({ uri }) => uri)
    .slice(0, collection === 'featured' ? FEATURED : undefined)
  return collectionOf(id, { totalItems: uris.length, orderedItems: JSON.stringify(uris) })
}

async function outbox(
  { db }: Context,
  { identifier, cursor, id }: Request & { id: string },
): Promise<string> {
  // `instance` lists all cafés, but their author is `cafes`.
  const actor = identifier === INSTANCE ? CAFES : identifier
  if (cursor === undefined)
    return collectionOf(id, { totalItems: await countOutbox(db, actor), first: `${id}?page=first` })
  const before = /^\d{1,15}$/.test(cursor) ? Number(cursor) : undefined
  const page = await listOutbox(db, { actor, before, limit: PAGE })
  return collectionPageOf(id, { cursor, items: page.bodies, next: page.next?.toString() })
}

async function upcoming(
  { db, now }: Context,
  { cursor, id, organizationId }: Request & { id: string; organizationId: string | undefined },
): Promise<string> {
  if (cursor === undefined)
    return collectionOf(id, {
      totalItems: await countUpcoming(db, now(), organizationId),
      first: `${id}?page=first`,
    })
  const page = await listUpcomingDocuments(db, {
    ...{ now: now(), organizationId },
    after: fromCursor(cursor),
    limit: PAGE,
  })
  return collectionPageOf(id, {
    cursor,
    items: page.bodies,
    next: page.next && toCursor(page.next),
  })
}
