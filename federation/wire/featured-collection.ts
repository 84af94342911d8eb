import type { FeaturedPlace } from '../../node/domain/federation/featured-place.ts'
import type { Feed } from '../../node/domain/territories/feed.ts'
import { FEATURED_CONTEXT } from './context.ts'
import type { Json } from './json.ts'
import { actorUri, featuredCollectionUri } from './uris.ts'

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
    topic: { type: 'Hashtag', name: '#CafeIA', href: `${origin}/cafes` },
    ...(published !== undefined && { published, updated: times.at(-1) }),
    totalItems: places.length,
    orderedItems: places.map(({ actorUri: place, type, stampUri, answeredAt }) => ({
      id: `${id}#${encodeURIComponent(place)}`,
      type: 'FeaturedItem',
      featuredObject: place,
      featuredObjectType: type,
      featureAuthorization: stampUri,
      published: String(answeredAt),
    })),
  }
}
