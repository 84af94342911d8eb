import type { Context } from '../../node/context.ts'
import { listFeaturedPlaces } from '../../node/store/feeds/featured-places.ts'
import { findFeed } from '../../node/store/feeds/feeds.ts'
import { toFeaturedCollection } from '../wire/featured-collection.ts'
import { actorUri, featuredCollectionUri } from '../wire/uris.ts'
import { collectionOf } from './collection-text.ts'

type Known = Pick<Context, 'db' | 'config' | 'isDirectory'>

/** Finds the feed of a département with the places that it lists; undefined for any other account. */
async function findLister({ db, isDirectory }: Known, identifier: string) {
  const feed = isDirectory ? await findFeed(db, identifier) : undefined
  if (feed?.kind !== 'departement' || feed.name !== identifier) return undefined
  const places = await listFeaturedPlaces(db, feed.name)
  return { feed, places, parts: Math.max(1, ...places.map(({ part }) => part)) }
}

/** Returns the text of the list of a département's collections; undefined for any other account. */
export async function featuredCollectionsText(
  context: Known,
  identifier: string,
): Promise<string | undefined> {
  const { origin } = context.config
  const lister = await findLister(context, identifier)
  if (!lister) return undefined
  const numbers = Array.from({ length: lister.parts }, (_, index) => index + 1)
  const uris = numbers.map((part) => featuredCollectionUri(origin, identifier, part))
  return collectionOf(`${actorUri(origin, identifier)}/collections`, {
    totalItems: uris.length,
    orderedItems: JSON.stringify(uris),
  })
}

/** Returns the text of one collection of a département; undefined where there is none. */
export async function featuredCollectionText(
  context: Known,
  { identifier, part }: { identifier: string; part: number },
): Promise<string | undefined> {
  const lister = await findLister(context, identifier)
  if (!lister || !(part >= 1 && part <= lister.parts)) return undefined
  const places = lister.places.filter((place) => place.part === part)
  return JSON.stringify(toFeaturedCollection({ ...lister, part, places }, context.config.origin))
}
