import { organizerNameOf, organizerUrlOf } from '../../domain/cafes/announced-for.ts'
import { attendanceModeOf, type Cafe, type CafeStatus, pageOf } from '../../domain/cafes/cafe.ts'
import type { Venue } from '../../domain/cafes/venue.ts'
import { withOffset } from '../../domain/values/date-text.ts'
import { webHref } from '../../domain/values/web-address.ts'
import { cleanText, LINE_MAX } from '../text/clean-text.ts'
import { jsonItems, type PartWriter } from './parts.ts'

type Json = Record<string, unknown>

const STATUS: Record<CafeStatus, string> = {
  scheduled: 'EventScheduled',
  cancelled: 'EventCancelled',
  postponed: 'EventPostponed',
  rescheduled: 'EventRescheduled',
  'moved-online': 'EventMovedOnline',
}

const MODE = {
  offline: 'OfflineEventAttendanceMode',
  online: 'OnlineEventAttendanceMode',
  mixed: 'MixedEventAttendanceMode',
} as const

/**
 * Writes a café as a schema.org Event, for search engines: times with the offset of the place, free of charge. `image`
 * is the picture to show, where it is not the café's own. It has no telephone number, and no person except announced
 * speakers.
 */
export function toSchemaEvent(cafe: Cafe, image = cafe.image?.url): Json {
  const { registration, previousStartsAt, status } = cafe
  const page = pageOf(cafe)
  return withoutEmpty({
    '@context': 'https://schema.org',
    '@type': 'Event',
    '@id': cafe.uri,
    url: page,
    name: cleanText(cafe.title, LINE_MAX),
    description: cleanText(cafe.summary ?? '', LINE_MAX) || cleanText(cafe.descriptionText, 500),
    startDate: withOffset(cafe.startsAt, cafe.timezone),
    endDate: withOffset(cafe.endsAt, cafe.timezone),
    previousStartDate: previousStartsAt && withOffset(previousStartsAt, cafe.timezone),
    eventStatus: `https://schema.org/${STATUS[status]}`,
    eventAttendanceMode: `https://schema.org/${MODE[attendanceModeOf(cafe)]}`,
    location: locationOf(cafe, page),
    organizer: {
      '@type': 'Organization',
      name: cleanText(organizerNameOf(cafe), LINE_MAX),
      url: pageOfOrganizer(cafe),
    },
    performer: cafe.speakers.map((name) => ({
      '@type': 'Person',
      name: cleanText(name, LINE_MAX),
    })),
    isAccessibleForFree: true,
    offers: offerOf(cafe, page),
    maximumAttendeeCapacity: registration.capacity,
    remainingAttendeeCapacity: registration.seatsLeft,
    inLanguage: cafe.languages,
    keywords: cafe.themes.map((word) => cleanText(word, LINE_MAX)),
    audience: cafe.audiences.map((word) => ({
      '@type': 'Audience',
      audienceType: cleanText(word, LINE_MAX),
    })),
    image: webHref(image),
    superEvent: seriesOf(cafe),
  })
}

/** Returns the series of which a café is a date, where it has an address. */
function seriesOf({ series, title }: Cafe): Json | undefined {
  const url = webHref(series)
  return url === undefined
    ? undefined
    : { '@type': 'EventSeries', '@id': url, url, name: cleanText(title, LINE_MAX) }
}

/** Writes a series as a schema.org EventSeries with its dates; `sample` is what each of them says. */
export function toSchemaSeries(sample: Cafe, dates: readonly Cafe[]): Json {
  const { startDate, endDate, eventStatus, superEvent, offers, ...same } = toSchemaEvent(sample)
  const [first, last] = [dates[0], dates.at(-1)]
  return {
    ...same,
    '@type': 'EventSeries',
    ...(first && { startDate: withOffset(first.startsAt, first.timezone) }),
    ...(last && { endDate: withOffset(last.endsAt, last.timezone) }),
    subEvent: dates.map(({ uri, startsAt, timezone, title }) => ({
      ...{ '@type': 'Event', '@id': uri, url: uri, name: cleanText(title, LINE_MAX) },
      startDate: withOffset(startsAt, timezone),
    })),
  }
}

/** Returns the offer of a seat, free of charge; none for a café that does not take place. */
function offerOf({ registration, status, publishedAt }: Cafe, page: string): Json | undefined {
  if (status === 'cancelled' || status === 'postponed') return undefined
  return {
    '@type': 'Offer',
    price: 0,
    priceCurrency: 'EUR',
    availability: availabilityOf(registration),
    url: webHref(registration.url) ?? page,
    validFrom: publishedAt?.toString(),
  }
}

/** Returns the availability; unknown for a café with a capacity whose seats nobody counts. */
function availabilityOf({ capacity, seatsLeft }: Cafe['registration']): string | undefined {
  if (capacity !== undefined && seatsLeft === undefined) return undefined
  return `https://schema.org/${seatsLeft === 0 ? 'SoldOut' : 'InStock'}`
}

/** Writes cafés as one document of linked data, a part at a time. */
export const schemaGraphParts = (): PartWriter => ({
  head: '{"@context":"https://schema.org","@graph":[\n',
  part: (cafes, index) =>
    jsonItems(
      cafes.map((cafe) => {
        const { '@context': _, ...event } = toSchemaEvent(cafe)
        return event
      }),
      index,
    ),
  foot: () => '\n]}\n',
})

/** Writes JSON as the text of a `<script>`: nothing in it can close the element or open a comment (HTML, §4.12.1.3). */
export const toScriptText = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')

function locationOf(cafe: Cafe, page: string): Json | Json[] | undefined {
  const { venue, onlineUrl } = cafe
  const mode = attendanceModeOf(cafe)
  const online = {
    '@type': 'VirtualLocation',
    url: webHref(onlineUrl) ?? page,
  }
  if (!venue || mode === 'online') return online
  return mode === 'mixed' ? [placeOf(venue), online] : placeOf(venue)
}

function placeOf(venue: Venue): Json {
  const { latitude, longitude } = venue
  const hasPoint = latitude !== undefined && longitude !== undefined
  return withoutEmpty({
    '@type': 'Place',
    name: cleanText(venue.name, LINE_MAX),
    address: withoutEmpty({
      '@type': 'PostalAddress',
      streetAddress: cleanText(venue.streetAddress ?? '', LINE_MAX),
      postalCode: venue.postalCode,
      addressLocality: cleanText(venue.commune, LINE_MAX),
      addressCountry: 'FR',
    }),
    geo: hasPoint ? { '@type': 'GeoCoordinates', latitude, longitude } : undefined,
  })
}

/** Removes empty texts and lists, which were not given. */
const withoutEmpty = (value: Json): Json =>
  Object.fromEntries(
    Object.entries(value).filter(
      ([, part]) =>
        part !== undefined && part !== '' && !(Array.isArray(part) && part.length === 0),
    ),
  )

const pageOfOrganizer = (cafe: Cafe): string | undefined => webHref(organizerUrlOf(cafe))
