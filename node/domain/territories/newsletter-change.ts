import { type AttendanceMode, attendanceModeOf, type Cafe, type CafeStatus } from '../cafes/cafe.ts'
import type { Venue } from '../cafes/venue.ts'
import { toLabel } from './territory-feed.ts'

/** Where a letter said that a café is held. The street is left out, since a letter does not give it. */
export type SentVenue = {
  attendanceMode: AttendanceMode
  venue: Pick<Venue, 'name' | 'commune'> | undefined
}

/** A café as a letter that was sent told of it. */
export type SentCafe = {
  cafeId: string
  title: string
  url: string
  startsAt: Temporal.Instant
  timezone: string
  status: CafeStatus
  place: SentVenue
}

/**
 * What the readers of the last letter must be told: it is removed, cancelled, without a date, at another hour,
 * elsewhere, or online.
 */
export type NewsletterChangeKind =
  | 'cancelled'
  | 'postponed'
  | 'rescheduled'
  | 'moved-online'
  | 'removed'
  | 'elsewhere'
  | 'online'
  | 'on-site'
  | 'also-online'
  | 'on-site-only'

export type NewsletterChange = {
  sent: SentCafe
  /** At least one kind. Another hour and another place are told together; the others stand alone. */
  kinds: NewsletterChangeKind[]
  /** The café as it is now; undefined when it was removed. */
  cafe: Cafe | undefined
}

/** Returns what a letter that leaves now tells about a café. */
export const sentOf = (cafe: Cafe): SentCafe => ({
  cafeId: cafe.id,
  title: cafe.title,
  url: cafe.url,
  startsAt: cafe.startsAt,
  timezone: cafe.timezone,
  status: cafe.status,
  place: {
    attendanceMode: cafe.attendanceMode,
    venue: cafe.venue && { name: cafe.venue.name, commune: cafe.venue.commune },
  },
})

/** Returns what became of a café since a letter told of it; undefined when it takes place as the letter said. */
export function changeSince(sent: SentCafe, cafe: Cafe | undefined): NewsletterChange | undefined {
  const kinds = listKinds(sent, cafe)
  return kinds.length > 0 ? { sent, kinds, cafe } : undefined
}

function listKinds(sent: SentCafe, cafe: Cafe | undefined): NewsletterChangeKind[] {
  if (!cafe) return ['removed']
  const { status } = cafe
  const isOtherDate = !cafe.startsAt.equals(sent.startsAt)
  const date: NewsletterChangeKind[] = isOtherDate ? ['rescheduled'] : []
  if (status === 'cancelled' || status === 'postponed')
    return status === sent.status ? date : [status]
  return [...date, ...listPlaceKinds(sent, cafe)]
}

function listPlaceKinds(sent: SentCafe, cafe: Cafe): NewsletterChangeKind[] {
  const hasMoved = cafe.status === 'moved-online' && sent.status !== 'moved-online'
  const before = venueWhereHeld({ ...sent.place, status: sent.status })
  const now = venueWhereHeld(cafe)
  if (!before) return now ? ['on-site'] : []
  if (!now) return [hasMoved ? 'moved-online' : 'online']
  const isSame = isSameName(before.name, now.name) && isSameName(before.commune, now.commune)
  const elsewhere: NewsletterChangeKind[] = isSame ? [] : ['elsewhere']
  const wasMixed = sent.place.attendanceMode === 'mixed'
  const isMixed = cafe.attendanceMode === 'mixed'
  if (wasMixed === isMixed) return elsewhere
  return [...elsewhere, isMixed ? 'also-online' : 'on-site-only']
}

/** Returns the venue where one goes; undefined when the café is only online, although its place may be kept. */
export const venueWhereHeld = <V>({
  attendanceMode,
  status,
  venue,
}: Pick<Cafe, 'attendanceMode' | 'status'> & { venue: V | undefined }): V | undefined =>
  attendanceModeOf({ attendanceMode, status }) === 'online' ? undefined : venue

/**
 * Returns whether two names are the same apart from capitals, accents and hyphens: correcting these does not change the
 * place.
 */
const isSameName = (one: string, other: string): boolean => toLabel(one) === toLabel(other)
