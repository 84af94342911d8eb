import type { Context } from '../node/context.ts'
import { countOutbox, listOutbox } from '../node/store/activities.ts'
import {
  countUpcoming,
  listUpcomingDocuments,
  listUpcomingUris,
  type UpcomingCursor,
} from '../node/store/documents.ts'
import { countFollowers } from '../node/store/followers.ts'
import { countFollowings } from '../node/store/followings.ts'
import { ACTIVITY_STREAMS } from './context.ts'
import { actorUri, CAFES, INSTANCE } from './uris.ts'

/** Whole objects, 50 a page: with its own context and proof each, so that a page is enough to check it. */
const PAGE = 50
const FEATURED = 5

/** The names under an actor's address. */
export const COLLECTIONS = ['outbox', 'followers', 'following', 'featured', 'upcoming'] as const
export type CollectionName = (typeof COLLECTIONS)[number]

type Request = { identifier: string; collection: CollectionName; cursor: string | undefined }

/** The collection, or one of its pages when a cursor is given, as JSON text: stored texts go in byte for byte. */
export async function collectionText(context: Context, request: Request): Promise<string> {
  const { identifier, collection } = request
  const id = `${actorUri(context.config.origin, identifier)}/${collection}`
  switch (collection) {
    case 'outbox':
      return outbox(context, { ...request, id })
    case 'upcoming':
      return upcoming(context, { ...request, id })
    case 'featured': {
      const uris = authorsCafes(identifier)
        ? await listUpcomingUris(context.db, context.now(), FEATURED)
        : []
      return collectionOf(id, { totalItems: uris.length, orderedItems: JSON.stringify(uris) })
    }
    case 'followers':
      return collectionOf(id, { totalItems: await countFollowers(context.db, identifier) })
    case 'following':
      return collectionOf(id, { totalItems: await countFollowings(context.db, identifier) })
  }
}

/** `instance` carries all the structures of this server, `cafes` its one feed; a directory's feed only announces. */
const authorsCafes = (identifier: string): boolean =>
  identifier === CAFES || identifier === INSTANCE

async function outbox(
  { db }: Context,
  { identifier, cursor, id }: Request & { id: string },
): Promise<string> {
  // The instance tells of all cafés; their author is the feed.
  const actor = identifier === INSTANCE ? CAFES : identifier
  if (cursor === undefined)
    return collectionOf(id, { totalItems: await countOutbox(db, actor), first: `${id}?page=first` })
  const before = /^\d{1,15}$/.test(cursor) ? Number(cursor) : undefined
  const page = await listOutbox(db, { actor, before, limit: PAGE })
  return pageOf(id, { cursor, items: page.bodies, next: page.next?.toString() })
}

async function upcoming(
  { db, now }: Context,
  { identifier, cursor, id }: Request & { id: string },
): Promise<string> {
  const authors = authorsCafes(identifier)
  if (cursor === undefined)
    return collectionOf(id, {
      totalItems: authors ? await countUpcoming(db, now()) : 0,
      first: `${id}?page=first`,
    })
  const after = fromCursor(cursor)
  const page = authors
    ? await listUpcomingDocuments(db, { now: now(), after, limit: PAGE })
    : { bodies: [], next: undefined }
  return pageOf(id, { cursor, items: page.bodies, next: page.next && toCursor(page.next) })
}

const toCursor = ({ startsAt, id }: UpcomingCursor): string => `${startsAt}_${id}`

function fromCursor(cursor: string): UpcomingCursor | undefined {
  const [startsAt, id] = cursor.split('_')
  return startsAt && id ? { startsAt, id } : undefined
}

const collectionOf = (
  id: string,
  {
    totalItems,
    first,
    orderedItems,
  }: { totalItems: number; first?: string; orderedItems?: string },
): string =>
  `{${[
    `"@context":${JSON.stringify(ACTIVITY_STREAMS)}`,
    `"id":${JSON.stringify(id)}`,
    `"type":"OrderedCollection"`,
    `"totalItems":${totalItems}`,
    ...(first === undefined ? [] : [`"first":${JSON.stringify(first)}`]),
    ...(orderedItems === undefined ? [] : [`"orderedItems":${orderedItems}`]),
  ].join(',')}}`

const pageOf = (
  id: string,
  { cursor, items, next }: { cursor: string; items: readonly string[]; next: string | undefined },
): string =>
  [
    `{"@context":${JSON.stringify(ACTIVITY_STREAMS)}`,
    `"id":${JSON.stringify(`${id}?page=${encodeURIComponent(cursor)}`)}`,
    `"type":"OrderedCollectionPage","partOf":${JSON.stringify(id)}`,
    ...(next === undefined
      ? []
      : [`"next":${JSON.stringify(`${id}?page=${encodeURIComponent(next)}`)}`]),
    `"orderedItems":[${items.join(',')}]}`,
  ].join(',')
