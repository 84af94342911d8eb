import { announcedTitle } from '../../node/domain/cafes/announcement-text.ts'
import {
  attendanceModeOf,
  type Cafe,
  type CafeStatus,
  endsAtPlace,
  startsAtPlace,
  totalCapacityOf,
} from '../../node/domain/cafes/cafe.ts'
import { cafeTextsOf } from '../../node/domain/cafes/cafe-texts.ts'
import { imageOf } from '../../node/domain/cafes/shared-image.ts'
import { type Venue, venueText } from '../../node/domain/cafes/venue.ts'
import { mayJoin } from '../../node/domain/registrations/join.ts'
import type { NamedResource } from '../../node/domain/resources/named-resource.ts'
import type { DateOfSeries } from '../../node/domain/series/date-of-series.ts'
import { toOpenPolicy } from './consent.ts'
import { CONTEXT, PUBLIC } from './context.ts'
import { contentHtml, summaryHtml } from './event-text.ts'
import type { Json } from './json.ts'
import { toSeriesTerms } from './series.ts'
import { actorUri, authorOf, CAFES, followersUri, INSTANCE, postUri } from './uris.ts'

/**
 * A café on the wire: an `Event` of ActivityStreams in the profile of FEP-8a8e; `read-event.ts` reads it back.
 * FEDERATION.md says what each known reader needs of it, and the tests compare the bytes with that.
 */

/** A café's status in the term of FEP-8a8e and, for older readers, in iCalendar's. */
export const STATUS: Record<CafeStatus, { eventStatus: string; status: string }> = {
  scheduled: { eventStatus: 'EventScheduled', status: 'CONFIRMED' },
  cancelled: { eventStatus: 'EventCancelled', status: 'CANCELLED' },
  postponed: { eventStatus: 'EventPostponed', status: 'TENTATIVE' },
  rescheduled: { eventStatus: 'EventRescheduled', status: 'CONFIRMED' },
  'moved-online': { eventStatus: 'EventMovedOnline', status: 'CONFIRMED' },
}

/**
 * Returns our own café as the final JSON, without its proof. The order of the keys is part of the stored text.
 * @param beside - The id of the Note that tells what this revision has changed; the series of which it is a date.
 */
export function toEvent(cafe: Cafe, origin: string, beside: BesideCafe = {}): Json {
  const identifier = authorOf(origin, cafe)
  const author = actorUri(origin, identifier)
  const [language = 'fr'] = cafe.languages
  const name = announcedTitle(cafe)
  const content = contentHtml(cafe)
  return {
    '@context': CONTEXT,
    id: cafe.uri,
    type: 'Event',
    uuid: cafe.id,
    url: cafe.url,
    attributedTo: author,
    actor: actorUri(origin, INSTANCE),
    to: [PUBLIC],
    cc: [followersUri(origin, identifier)],
    name,
    nameMap: { [language]: name },
    summary: summaryHtml(cafe),
    content,
    contentMap: { [language]: content },
    mediaType: 'text/html',
    inLanguage: language,
    startTime: localTime(startsAtPlace(cafe)),
    endTime: localTime(endsAtPlace(cafe)),
    timezone: cafe.timezone,
    displayEndTime: true,
    ...previousStart(cafe),
    ...timesOf(cafe),
    ...STATUS[cafe.status],
    category: 'SCIENCE_TECH',
    ...participation(cafe),
    commentsEnabled: false,
    repliesModerationOption: 'closed',
    isOnline: attendanceModeOf(cafe) !== 'offline',
    isAccessibleForFree: true,
    sensitive: false,
    ...toOpenPolicy('quote', 'feature'),
    location: toLocation(cafe, origin),
    ...movedFrom(cafe, origin),
    organizers: {
      type: 'OrganizersCollection',
      id: `${cafe.uri}/organizers`,
      totalItems: 1,
      items: [author],
    },
    attendees: { type: 'Collection', id: `${cafe.uri}/attendees`, totalItems: taken(cafe) },
    contacts: [author],
    attachment: toAttachments(cafe, origin),
    tag: toTags(cafe, origin),
    replies: `${cafe.uri}/replies`,
    facilitators: `${cafe.uri}/facilitators`,
    post: postUri(cafe.uri),
    ...besideTerms(beside),
    ...extensions(cafe),
  }
}

type BesideCafe = { changeNote?: string | undefined; ofSeries?: DateOfSeries | undefined }

const besideTerms = ({ changeNote, ofSeries }: BesideCafe): Json => ({
  ...(changeNote !== undefined && { changeNote }),
  ...(ofSeries && toSeriesTerms(ofSeries)),
})

/**
 * Returns the times of an object. GoToSocial and NodeBB show what has an `updated` as edited, so it is given only when
 * it differs.
 */
export function timesOf({ publishedAt, updatedAt }: Cafe): Json {
  const published = (publishedAt ?? updatedAt).toString()
  const updated = updatedAt.toString()
  return updated === published ? { published } : { published, updated }
}

/**
 * Returns a local time such as `2026-12-09T18:30:00+01:00`: snac2 shows no hour for `Z`, and a wrong one for fractions.
 */
const localTime = (time: Temporal.ZonedDateTime): string =>
  time.toString({ timeZoneName: 'never', smallestUnit: 'second' })

/**
 * Returns the previous start. FEP-8a8e drops the start of a postponed event, and Gancio and Mobilizon refuse an event
 * without one, so both properties are given.
 */
function previousStart({ previousStartsAt, startsAt, status, timezone }: Cafe): Json {
  const previous = previousStartsAt ?? (status === 'postponed' ? startsAt : undefined)
  return previous ? { previousStartTime: localTime(previous.toZonedDateTimeISO(timezone)) } : {}
}

function taken({ registration }: Cafe): number {
  const [capacity, { seatsLeft }] = [totalCapacityOf(registration), registration]
  return capacity === undefined || seatsLeft === undefined ? 0 : capacity - seatsLeft
}

/** The width of Mobilizon's column for the address; a longer one makes it refuse the whole event. */
const PARTICIPATION_URL_MAX = 255

/** Returns the address at which one signs up, or the café's page, which leads there. */
const participationUrl = ({ registration: { url }, url: page }: Cafe): string =>
  url !== undefined && url.length <= PARTICIPATION_URL_MAX ? url : page

/**
 * Returns how to take part; the café's page says so as well. `joinMode` is never `none`, for which Mobilizon refuses the
 * whole event. Where a Join takes a seat it is `restricted`: with `free`, Mobilizon tells its people that they come,
 * before we have answered.
 */
const participation = (cafe: Cafe): Json => ({
  joinMode: mayJoin(cafe) ? 'restricted' : 'external',
  externalParticipationUrl: participationUrl(cafe),
  anonymousParticipationEnabled: false,
  ...seatsOf(cafe),
})

/** Returns the numbers of seats. What nobody counts is left out; a café may be full although nobody counts. */
function seatsOf(cafe: Cafe): Json {
  const { seatsLeft } = cafe.registration
  const capacity = totalCapacityOf(cafe.registration)
  return {
    ...(capacity !== undefined && { maximumAttendeeCapacity: capacity }),
    ...(seatsLeft !== undefined && { remainingAttendeeCapacity: seatsLeft }),
    ...(capacity !== undefined && seatsLeft !== undefined && { participantCount: taken(cafe) }),
  }
}

/**
 * Returns the location: one place, never a list (Mobilizon crashes on one), and never without a name and an address:
 * Gancio refuses a change of an event that lacks one of them (1.21, `_findOrCreatePlace`), an online one too.
 */
function toLocation(cafe: Cafe, origin: string): Json {
  const { venue, url } = cafe
  if (!venue || attendanceModeOf(cafe) === 'online')
    return { type: 'VirtualLocation', name: ONLINE, address: ONLINE, url }
  return placeJson(venue, origin)
}

/**
 * The name and the address of what is online. The address is a text: Mobilizon reads only an object, and Gancio takes
 * one with a `url` for a place of another name.
 */
const ONLINE = 'En ligne'

/**
 * Returns the place where a café that moved online was to be held. As a second place in `location` it would make
 * Mobilizon refuse the event (`location` is one object there), and a Place alone would send people to a closed door.
 */
const movedFrom = ({ venue, status }: Cafe, origin: string): Json =>
  venue && status === 'moved-online' ? { movedFrom: placeJson(venue, origin) } : {}

/**
 * Converts a venue to a Place (Activity Vocabulary, §3.3). It has an id only where it is a saved venue of ours;
 * `origin` is this server's own. Its name holds the town: Gancio knows places by their names alone, so that every
 * « Médiathèque » would be one place there, with the address of the first; a change tells it the street without the
 * town.
 */
const placeJson = (venue: Venue, origin: string): Json => ({
  ...(venue.id && { id: `${origin}/lieux/${venue.id}` }),
  type: 'Place',
  name: venueText(venue),
  address: {
    type: 'PostalAddress',
    ...(venue.streetAddress && { streetAddress: venue.streetAddress }),
    ...(venue.postalCode && { postalCode: venue.postalCode }),
    addressLocality: venue.commune,
    addressCountry: 'FR',
  },
  ...(venue.latitude !== undefined &&
    venue.longitude !== undefined && {
      latitude: toDegrees(venue.latitude),
      longitude: toDegrees(venue.longitude),
    }),
})

/** Returns a saved venue of ours as it is at its own address; everybody may list it. */
export const venueJson = (venue: Venue, origin: string): Json => ({
  '@context': CONTEXT,
  ...placeJson(venue, origin),
  attributedTo: actorUri(origin, CAFES),
  ...toOpenPolicy('feature'),
})

/**
 * Returns a coordinate with six decimals, about ten centimetres. Mobilizon keeps only floats and JSON writes 48.0 as
 * 48, so a whole degree is moved by the last decimal, towards zero so that it stays valid.
 */
function toDegrees(degrees: number): number {
  const rounded = Math.round(degrees * 1e6) / 1e6
  if (!Number.isInteger(rounded)) return rounded
  return rounded > 0 ? rounded - 0.000001 : rounded + 0.000001
}

/** Returns the attachments. The image always comes first, since Gancio takes the first attachment as the picture. */
export function toAttachments(cafe: Cafe, origin: string): Json[] {
  const { url, alt, type, width, height, focalPoint } = imageOf(cafe, origin)
  return [
    {
      type: 'Image',
      mediaType: type,
      url,
      name: alt,
      ...(width !== undefined && height !== undefined && { width, height }),
      focalPoint: [...focalPoint],
      isBannerImage: true,
    },
    { type: 'Link', mediaType: 'text/html', name: 'Website', href: cafe.url },
  ]
}

/**
 * A hashtag of 3 to 40 characters with its sign: Mobilizon refuses the whole event for one that is longer or shorter.
 */
const HASHTAG = /^#.{2,39}$/u

/**
 * Returns the tags: only hashtags, each with its sign, since Gancio cuts the first letter of every tag. What makes no
 * hashtag (a commune of one letter, a theme that is a sentence) is left out.
 */
export const toTags = (cafe: Cafe, origin: string): Json[] =>
  ['CafeIA', cafe.venue?.commune, ...cafe.themes]
    .map((words) => toHashtag(words ?? ''))
    .filter((name, index, all) => HASHTAG.test(name) && all.indexOf(name) === index)
    .map((name) => ({ type: 'Hashtag', name, href: `${origin}/cafes` }))

const toHashtag = (words: string): string =>
  `#${words
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`

/**
 * The properties that no reader sees where an Event is shown as a post: seats, and when the team last confirmed the
 * café.
 */
const UNSEEN: readonly string[] = [
  'attendees',
  'remainingAttendeeCapacity',
  'participantCount',
  'confirmedAt',
  'changeNote',
  // A date of a series is published anew as it nears.
  'published',
  'updated',
  'proof',
]

/**
 * Returns whether a reader who is shown texts and pictures sees no difference between two states of an Event, or of the
 * Note that stands in for one. The text of a full café says that it is full, so that this is a difference.
 */
export const isSameToReaders = (one: Json, other: Json): boolean => {
  const [before, after] = [one, other].map((said) =>
    JSON.stringify(Object.entries(said).filter(([name]) => !UNSEEN.includes(name))),
  )
  return before === after
}

/** Returns the properties that only this software reads; others keep or drop them. */
const extensions = (cafe: Cafe): Json => ({
  ...(cafe.venue?.codeInsee && { inseeCode: cafe.venue.codeInsee }),
  accessibility: cafe.accessibility,
  ...accessTerms(cafe),
  openTo: cafe.openTo,
  intentions: cafe.intentions,
  languages: cafe.languages,
  themes: cafe.themes,
  audiences: cafe.audiences,
  speakers: cafe.speakers,
  ...(cafe.resources && { instrument: cafe.resources.map(toInstrument) }),
  // The description is given even when it is empty: otherwise a reader takes `content`, which repeats the date and the
  // place, for the description.
  description: cafe.descriptionHtml,
  ...withoutUndefined({
    lead: cafe.summary,
    announcedFor: cafe.announcedFor,
    format: cafe.format,
    ...cafeTextsOf(cafe),
    phone: cafe.phone,
    statusNote: cafe.statusNote,
    onlineUrl: cafe.onlineUrl,
    confirmedAt: cafe.confirmedAt?.toString(),
  }),
  registrationMode: cafe.registration.mode,
  uid: cafe.uid,
})

/** Returns a resource with which it is led, as what is used in an activity (ActivityStreams Vocabulary, §4). */
const toInstrument = (resource: NamedResource): Json => ({
  type: 'Link',
  href: resource.uri,
  ...(resource.title !== '' && { name: resource.title }),
})

/** Returns how to get in; it is left out once the café is online. */
const accessTerms = (cafe: Cafe): Json =>
  attendanceModeOf(cafe) === 'online'
    ? {}
    : withoutUndefined({ access: cafe.venue?.access, acceslibre: cafe.venue?.acceslibreUrl })

const withoutUndefined = (values: Json): Json =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  )
