import type { Cafe } from './cafe.ts'
import type { Venue } from './venue.ts'

/** How two announcements are known to be of one café. */
export type DuplicateReason = 'uid' | 'likeness'

/** Two calendars round the same evening differently, or one counts the welcome. */
export const SAME_TIME_MINUTES = 30
/** A big library and its annexe are farther apart. */
const SAME_PLACE_KM = 0.3
/** Of the words that tell a café from others. */
const SAME_WORDS = 0.6

/** Words that every title of the movement has. */
const COMMON_WORDS = new Set(
  'cafe cafes ia intelligence artificielle atelier rencontre les des une aux pour avec dans sur'.split(
    ' ',
  ),
)

/**
 * Whether two announcements of different servers or structures are of the same café: the same UID at about the same
 * time, or the same town, about the same time, a similar title and the same place. What is cancelled here and open
 * there is never taken for the same: nobody must miss the cancellation.
 */
export function sameCafe(one: Cafe, other: Cafe): DuplicateReason | undefined {
  if (one.id === other.id || isSameAuthor(one, other)) return undefined
  if (isClosed(one) !== isClosed(other) || one.openTo !== other.openTo) return undefined
  const minutes = Math.abs(one.startsAt.since(other.startsAt).total('minutes'))
  if (minutes > SAME_TIME_MINUTES) return undefined
  if (one.uid === other.uid) return 'uid'
  if (!one.venue || !other.venue) return undefined
  return isSamePlace(one.venue, other.venue) && isSameTitle(one.title, other.title)
    ? 'likeness'
    : undefined
}

/** One structure knows its own cafés apart: two of an hour are two. */
const isSameAuthor = (one: Cafe, other: Cafe): boolean => one.organizer.uri === other.organizer.uri

const isClosed = ({ status }: Cafe): boolean => status === 'cancelled' || status === 'postponed'

function isSamePlace(one: Venue, other: Venue): boolean {
  if (one.codeInsee === undefined || one.codeInsee !== other.codeInsee) return false
  if (overlap(wordsOf(one.name), wordsOf(other.name)) >= SAME_WORDS) return true
  const street = wordsOf(one.streetAddress ?? '')
  if (street.size > 1 && overlap(street, wordsOf(other.streetAddress ?? '')) === 1) return true
  return isNear(one, other)
}

/** Two venues at the very same point stand where their town does, for want of anything better: that says nothing. */
function isNear(one: Venue, other: Venue): boolean {
  if (one.latitude === undefined || one.longitude === undefined) return false
  if (other.latitude === undefined || other.longitude === undefined) return false
  const north = (one.latitude - other.latitude) * 111.2
  const east = (one.longitude - other.longitude) * 111.2 * Math.cos((one.latitude * Math.PI) / 180)
  const km = Math.hypot(north, east)
  return km > 0 && km <= SAME_PLACE_KM
}

/** Titles of common words alone, such as « Café IA », tell nothing apart. */
function isSameTitle(one: string, other: string): boolean {
  const [words, others] = [telling(one), telling(other)]
  return words.size === 0 || others.size === 0 || overlap(words, others) >= SAME_WORDS
}

const telling = (title: string): Set<string> => wordsOf(title).difference(COMMON_WORDS)

/** Lower case, without accents, of three letters at least, or figures. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/\d+|\p{L}{3,}|\bia\b/gu) ?? [],
  )

/** The part of the shorter set that the other one has too. */
function overlap(one: Set<string>, other: Set<string>): number {
  const least = Math.min(one.size, other.size)
  return least === 0 ? 0 : one.intersection(other).size / least
}

/**
 * Which of several announcements of one café is shown: this server's own, else the place's own, else the one that was
 * announced first.
 */
export const toShow = (cafes: readonly Cafe[]): Cafe | undefined =>
  cafes.toSorted(
    (one, other) =>
      Number(other.organizationId !== undefined) - Number(one.organizationId !== undefined) ||
      Number(isVenuesOwn(other)) - Number(isVenuesOwn(one)) ||
      Temporal.Instant.compare(
        one.publishedAt ?? one.updatedAt,
        other.publishedAt ?? other.updatedAt,
      ) ||
      (one.id < other.id ? -1 : 1),
  )[0]

/** The library announces what takes place in the library. */
const isVenuesOwn = ({ organizer, venue }: Cafe): boolean =>
  venue !== undefined && overlap(wordsOf(organizer.name), wordsOf(venue.name)) >= SAME_WORDS
