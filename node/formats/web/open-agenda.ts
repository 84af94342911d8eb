import { organizerNameOf } from '../../domain/cafes/announced-for.ts'
import {
  type AttendanceMode,
  attendanceModeOf,
  type Cafe,
  type CafeStatus,
} from '../../domain/cafes/cafe.ts'
import { registrationText } from '../../domain/cafes/cafe-text.ts'
import type { Location, Venue } from '../../domain/cafes/venue.ts'
import { ACCESSIBILITY_CODES } from '../../domain/values/accessibility.ts'
import { withOffset } from '../../domain/values/date-text.ts'
import { isWebAddress } from '../../domain/values/web-address.ts'
import type { LocatedCafe } from '../csv/cafe-columns.ts'
import { numberOf, placeNumber } from '../mediation/place-key.ts'
import { cleanLines, cleanText, LINE_MAX } from '../text/clean-text.ts'
import { jsonItems, type PartWriter } from './parts.ts'

const STATUS: Record<CafeStatus, number> = {
  scheduled: 1,
  rescheduled: 2,
  'moved-online': 3,
  postponed: 4,
  cancelled: 6,
}
const FULL = 5
const MODE: Record<AttendanceMode, number> = { offline: 1, online: 2, mixed: 3 }
/** The value for published among the states of a moderated agenda. */
const PUBLISHED = 2

/**
 * Writes events and their places in the form of OpenAgenda's v2 events, a part at a time: texts by language, timings of
 * a day at most, `extIds` with our own address under `cafeia`, and every place once in `locations`. Identifiers are
 * numbers derived from ours. It has no telephone number and no person.
 */
export function openAgendaParts(): PartWriter {
  const locations = new Map<number, object>()
  return {
    head: '{"events":[\n',
    part: (cafes, index) => {
      for (const { venue, location } of cafes as readonly LocatedCafe[])
        if (venue) locations.set(placeNumber(venue), toLocation(venue, location))
      return jsonItems(cafes.map(toOpenAgendaEvent), index)
    },
    rest: function* () {
      yield '\n],"locations":[\n'
      let written = 0
      for (const location of locations.values()) yield jsonItems([location], written++)
    },
    foot: () => '\n]}\n',
  }
}

/** Writes one event of `events`. */
export function toOpenAgendaEvent(cafe: LocatedCafe) {
  const { venue, registration, status } = cafe
  const mode = venue ? attendanceModeOf(cafe) : 'online'
  const full = cleanText(cafe.descriptionText, LINE_MAX)
  const summary = cleanText(cafe.summary ?? '', LINE_MAX) || full || cafe.title
  const page = isWebAddress(cafe.url) ? cafe.url : cafe.uri
  const link = registration.url && isWebAddress(registration.url) ? registration.url : page
  const keywords = [cafe.format ?? '', ...cafe.themes].map((word) => cleanText(word, LINE_MAX))
  const long = cleanLines(cafe.descriptionMarkdown ?? cafe.descriptionText, 10_000)
  return {
    uid: numberOf(cafe.uri),
    slug: `cafe-ia-${numberOf(cafe.uri)}`,
    extIds: [{ key: 'cafeia', value: cafe.uri }],
    title: { fr: cleanText(cafe.title, 140) },
    description: { fr: cleanText(summary, 200) },
    ...(long && { longDescription: { fr: long } }),
    conditions: { fr: cleanText(`Gratuit. ${withoutPhone(cafe)}`, 255) },
    keywords: { fr: keywords.filter((word) => word !== '') },
    ...(cafe.image && isWebAddress(cafe.image.url) && { image: { url: cafe.image.url } }),
    registration: registration.mode === 'none' ? [] : [{ type: 'link', value: link }],
    accessibility: Object.fromEntries(
      ACCESSIBILITY_CODES.map((code) => [code, cafe.accessibility.includes(code)]),
    ),
    timings: timingsOf(cafe),
    timezone: cafe.timezone,
    attendanceMode: MODE[mode],
    ...(mode !== 'online' &&
      venue && { locationUid: placeNumber(venue), location: toLocation(venue, cafe.location) }),
    ...(mode !== 'offline' && {
      onlineAccessLink: cafe.onlineUrl && isWebAddress(cafe.onlineUrl) ? cafe.onlineUrl : page,
    }),
    status: status === 'scheduled' && registration.seatsLeft === 0 ? FULL : STATUS[status],
    state: PUBLISHED,
    originAgenda: { title: cleanText(organizerNameOf(cafe), LINE_MAX) },
    links: [{ link: page }],
    ...(cafe.publishedAt && { createdAt: cafe.publishedAt.toString() }),
    updatedAt: cafe.updatedAt.toString(),
  }
}

const withoutPhone = (cafe: Cafe): string => registrationText({ ...cafe, phone: undefined }) ?? ''

const DAY_HOURS = 24

/** Returns the timings of a café: one for each day, which do not overlap. */
function timingsOf({ startsAt, endsAt, timezone }: Cafe): { begin: string; end: string }[] {
  const timings: { begin: string; end: string }[] = []
  let begin = startsAt
  do {
    const dayLater = begin.add({ hours: DAY_HOURS })
    const end = Temporal.Instant.compare(dayLater, endsAt) < 0 ? dayLater : endsAt
    timings.push({ begin: withOffset(begin, timezone), end: withOffset(end, timezone) })
    begin = end
  } while (Temporal.Instant.compare(begin, endsAt) < 0)
  return timings
}

/** Writes names where OpenAgenda has names: `adminLevel1` is a région, 2 a département, 4 a commune. */
function toLocation(venue: Venue, { regionName, departementName }: Partial<Location> = {}) {
  const { latitude, longitude, postalCode, codeInsee } = venue
  const town = [postalCode, venue.commune].filter(Boolean).join(' ')
  const address = [venue.streetAddress, town].filter(Boolean).join(', ')
  return {
    uid: placeNumber(venue),
    name: cleanText(venue.name, 100),
    address: cleanText(address, 255),
    countryCode: 'FR',
    ...(regionName && { adminLevel1: regionName }),
    ...(departementName && { adminLevel2: departementName }),
    adminLevel4: cleanText(venue.commune, LINE_MAX),
    ...(postalCode && { postalCode }),
    ...(codeInsee && { insee: codeInsee }),
    ...(latitude !== undefined && longitude !== undefined && { latitude, longitude }),
  }
}
