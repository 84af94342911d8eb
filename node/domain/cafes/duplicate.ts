import type { Cafe } from './cafe.ts'
import { leftOver, wordsOf, wordsOfTitle, wordsOfVenue } from './distinctive-words.ts'
import type { Venue } from './venue.ts'

/** How two announcements alone show that they are of one café: by their UID, or because they are alike. */
export type Likeness = 'uid' | 'likeness'
/** Why one of two is hidden as a duplicate: the announcements alone show it, or the team decided it. */
export type DuplicateReason = Likeness | 'team'

/** The maximum number of pairs in a list, as many as a person looks through. */
export const MOST_PAIRS = 200

/** Two starts this close count as the same time: calendars round differently, and some include the welcome. */
export const SAME_TIME_MINUTES = 30
/** Points this close count as the same place; a large library and its annexe are farther apart. */
const SAME_PLACE_KM = 0.3

/**
 * Returns whether two announcements are of the same café, judged by this pair alone and the same from either side: they
 * have the same UID within one origin, or the same town, place and title at about the same time. They are not when both
 * are of one structure and their UIDs differ, when coordinates, a number or a name tell them apart, or when only one of
 * them is cancelled or for a few people only, since nobody must miss that.
 */
export function isSameCafe(one: Cafe, other: Cafe): Likeness | undefined {
  if (one.id === other.id) return undefined
  const hasSameUid = one.uid === other.uid && originOf(one) === originOf(other)
  // A structure tells its own cafés apart: two at the same hour are two cafés.
  if (one.organizer.uri === other.organizer.uri && !hasSameUid) return undefined
  if (isClosed(one) !== isClosed(other) || one.openTo !== other.openTo) return undefined
  const minutes = Math.abs(one.startsAt.since(other.startsAt).total('minutes'))
  if (minutes > SAME_TIME_MINUTES) return undefined
  const place = comparePlaces(one.venue, other.venue)
  if (place === 'apart' || !isSameTitle(one, other)) return undefined
  if (hasSameUid) return 'uid'
  return place === 'same' ? 'likeness' : undefined
}

/** Returns the origin that a café belongs to: that of its id. */
export const originOf = ({ uri }: Pick<Cafe, 'uri'>): string => new URL(uri).origin

const isClosed = ({ status }: Cafe): boolean => status === 'cancelled' || status === 'postponed'

/** Compares two places; `unknown` when nothing shows that they are one place, nor that they are two. */
function comparePlaces(
  one: Venue | undefined,
  other: Venue | undefined,
): 'same' | 'apart' | 'unknown' {
  if (!one || !other) return 'unknown'
  if (one.codeInsee !== other.codeInsee) return 'apart'
  const km = distanceKm(one, other)
  if (km !== undefined && km > SAME_PLACE_KM) return 'apart'
  const [words, others] = [wordsOfVenue(one.name), wordsOfVenue(other.name)]
  if (words.labels !== others.labels) return 'apart'
  const town = wordsOf(one.commune).words
  const isTown = (word: string) => town.has(word)
  const [left, right] = [leftOver(words, others, isTown), leftOver(others, words, isTown)]
  const hasMoreWords = left.length + right.length > 0
  const haveNames = [words, others].every((each) =>
    [...each.words.keys()].some((word) => !isTown(word)),
  )
  if (hasMoreWords && haveNames) return 'apart'
  if (one.codeInsee === undefined) return 'unknown'
  if (isSameStreet(one, other)) return 'same'
  const isOtherKind =
    words.kinds.difference(others.kinds).size > 0 && others.kinds.difference(words.kinds).size > 0
  // Where one of a town's libraries has no name, it may be any of them; a school and its sports hall share an address.
  if (hasMoreWords || isOtherKind) return hasMoreWords ? 'apart' : 'unknown'
  // Two venues at exactly the same point were placed where their town is, because nothing better was known, so that the
  // point says nothing.
  return haveNames || (km !== undefined && km > 0) ? 'same' : 'unknown'
}

/** Returns whether both have the same house number in the same street. */
function isSameStreet({ streetAddress: one }: Venue, { streetAddress: other }: Venue): boolean {
  const [words, others] = [wordsOf(one ?? ''), wordsOf(other ?? '')]
  if (words.labels === '' || words.labels !== others.labels || words.words.size === 0) return false
  return words.words.size === others.words.size && leftOver(words, others, () => false).length === 0
}

function distanceKm(one: Venue, other: Venue): number | undefined {
  if (one.latitude === undefined || one.longitude === undefined) return undefined
  if (other.latitude === undefined || other.longitude === undefined) return undefined
  const north = (one.latitude - other.latitude) * 111.2
  const east = (one.longitude - other.longitude) * 111.2 * Math.cos((one.latitude * Math.PI) / 180)
  return Math.hypot(north, east)
}

/**
 * Returns whether two titles are the same. One may say more than the other, but no number, no name except that of the
 * place, and no more words than both share.
 */
function isSameTitle(one: Cafe, other: Cafe): boolean {
  const [words, others] = [wordsOfTitle(one.title), wordsOfTitle(other.title)]
  if (words.labels !== others.labels) return false
  const places = [one, other].map(({ venue }) =>
    wordsOf(`${venue?.name ?? ''} ${venue?.commune ?? ''}`),
  )
  const isOfPlace = (word: string) => places.every((place) => place.words.has(word))
  const [left, right] = [leftOver(words, others, isOfPlace), leftOver(others, words, isOfPlace)]
  if (left.length > 0 && right.length > 0) return false
  const more = [...left, ...right]
  const shared = Math.min(words.words.size, others.words.size)
  return !more.some(({ isName }) => isName) && (shared === 0 || more.length <= shared)
}

/** Two cafés that are the same by their announcements alone. Each pair is listed once, in any order. */
export type LikePair = { ids: readonly [string, string]; reason: Likeness }

/**
 * Keeps the pairs in which each café is the only one of its group (its structure, its origin) that is like the other:
 * where two are alike, nobody can tell which one is meant. Pairs with one UID are always kept.
 */
export function matchOneToOne(
  pairs: readonly LikePair[],
  groupOf: (id: string) => string | undefined,
): LikePair[] {
  const likes = new Map<string, Set<string>>()
  const key = (id: string, other: string) => `${id} ${groupOf(other)}`
  for (const { ids, reason } of pairs)
    if (reason === 'likeness')
      for (const [id, other] of [ids, ids.toReversed()] as [string, string][])
        likes.set(key(id, other), (likes.get(key(id, other)) ?? new Set()).add(other))
  return pairs.filter(
    ({ ids: [one, other], reason }) =>
      reason === 'uid' ||
      (likes.get(key(one, other))?.size === 1 && likes.get(key(other, one))?.size === 1),
  )
}

/**
 * Decides which of the cafés of one origin are hidden as duplicates, and of which other one. The announcements of that
 * origin decide: the earliest is shown. A café is hidden only behind one that is itself like it, and that is shown.
 */
export function foldWithinOrigin(
  cafes: readonly Cafe[],
  pairs: readonly LikePair[],
): Map<string, { shownId: string; reason: Likeness }> {
  const structures = new Map(cafes.map(({ id, organizer }) => [id, organizer.uri]))
  const known = pairs.filter(({ ids }) => ids.every((id) => structures.has(id)))
  const matched = matchOneToOne(known, (id) => structures.get(id))
  const folded = new Map<string, { shownId: string; reason: Likeness }>()
  for (const { id } of cafes.toSorted(byAge)) {
    if (folded.has(id)) continue
    for (const { ids, reason } of matched) {
      const other = ids[0] === id ? ids[1] : ids[0]
      // An older one that is like it is hidden already, otherwise this one would be.
      if (ids.includes(id) && !folded.has(other)) folded.set(other, { shownId: id, reason })
    }
  }
  return folded
}

const byAge = (one: Cafe, other: Cafe): number =>
  Temporal.Instant.compare(
    one.publishedAt ?? one.updatedAt,
    other.publishedAt ?? other.updatedAt,
  ) || (one.uri < other.uri ? -1 : 1)

/** Returns why a directory does not show a café, in words for its team: the other announcement is shown. */
export const foldedText = ({ organizer, url }: Pick<Cafe, 'organizer' | 'url'>): string =>
  `C’est le café qu’annonce aussi ${organizer.name}, et l’annuaire le montre une seule fois : ${url}`
