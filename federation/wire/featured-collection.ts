import type { FeaturedPlace } from '../../node/domain/federation/featured-place.ts'
import type { Feed } from '../../node/domain/territories/feed.ts'
import type { Activity } from './activities.ts'
import { toOpenPolicy } from './consent.ts'
import { FEATURED_CONTEXT, PUBLIC } from './context.ts'
import type { Json } from './json.ts'
import { actorUri, featuredCollectionUri, followersUri, newActivityUri } from './uris.ts'

type Listed = FeaturedPlace & { type: string }

/**
 * Returns the collection by which all places of a département are followed at once (FEP-7aa9), one for each 150 of
 * them. Each place is listed with the stamp by which its own server says that it agreed.
 */
export function toFeaturedCollection(
  { feed, part, parts, places }: { feed: Feed; part: number; parts: number; places: Listed[] },
  origin: string,
): Json {
  const id = featuredCollectionUri(origin, feed.name, part)
  const times = places.flatMap(({ answeredAt }) => answeredAt ?? []).map(String)
  const [published] = times
  return {
    '@context': FEATURED_CONTEXT,
    id,
    type: 'FeaturedCollection',
    name: `Lieux de cafés IA – ${feed.title} (${feed.code})${parts > 1 ? `, ${part} sur ${parts}` : ''}`,
    summary: `Les lieux où l’on parle d’intelligence artificielle, à suivre d’un coup : ${feed.title}.`,
    attributedTo: actorUri(origin, feed.name),
    url: id,
    sensitive: false,
    discoverable: true,
    ...toOpenPolicy('feature'),
    topic: { type: 'Hashtag', name: '#CafeIA', href: `${origin}/cafes` },
    ...(published !== undefined && { published, updated: times.at(-1) }),
    totalItems: places.length,
    orderedItems: places.map((place) => itemOf(id, place)),
  }
}

const itemOf = (collection: string, { actorUri: place, type, stampUri, answeredAt }: Listed) => ({
  ...namedItem(collection, place),
  featuredObject: place,
  featuredObjectType: type,
  featureAuthorization: stampUri,
  published: String(answeredAt),
})

const namedItem = (collection: string, place: string) => ({
  id: `${collection}#${encodeURIComponent(place)}`,
  type: 'FeaturedItem',
})

/** Makes the Add by which those who follow a feed hear of a new place in its collection, or the Remove of one. */
export function toListingActivity(
  origin: string,
  { type, place }: { type: 'Add'; place: Listed } | { type: 'Remove'; place: FeaturedPlace },
): Activity {
  const { feed, part, actorUri: placeUri } = place
  const id = newActivityUri(origin)
  const target = featuredCollectionUri(origin, feed, part)
  const object = type === 'Add' ? itemOf(target, place) : namedItem(target, placeUri)
  const actor = actorUri(origin, feed)
  const to = { to: [PUBLIC], cc: [followersUri(origin, feed)] }
  const body = JSON.stringify({
    '@context': FEATURED_CONTEXT,
    id,
    type,
    actor,
    ...to,
    object,
    target,
  })
  return { id, type, objectUri: object.id, body }
}
