import { LRUCache } from 'lru-cache'
import { STRUCTURE_MAX } from '../../node/domain/cafes/announced-for.ts'
import {
  type AttendanceMode,
  type CafeContent,
  type CafeStatus,
  INTENTIONS,
  REGISTRATION_MODES,
  type RegistrationMode,
} from '../../node/domain/cafes/cafe.ts'
import { SUMMARY_MAX } from '../../node/domain/cafes/cafe-input.ts'
import { mapCafeTexts } from '../../node/domain/cafes/cafe-texts.ts'
import { ACCESS_MAX, type VenueAccess, venueNameOf } from '../../node/domain/cafes/venue.ts'
import {
  type NamedResource,
  RESOURCES_OF_CAFE,
} from '../../node/domain/resources/named-resource.ts'
import { TITLE_MAX as RESOURCE_TITLE_MAX } from '../../node/domain/resources/resource-input.ts'
import type { DateOfSeries } from '../../node/domain/series/date-of-series.ts'
import { ACCESSIBILITY_CODES } from '../../node/domain/values/accessibility.ts'
import { ALT_MAX } from '../../node/domain/values/image.ts'
import { toWebAddress } from '../../node/domain/values/web-address.ts'
import { cleanLines, cleanText } from '../../node/formats/text/clean-text.ts'
import { sanitizeHtml, toDescription } from '../../node/formats/text/html-text.ts'
import { STATUS } from './event.ts'
import {
  idOf,
  isObject,
  isOfType,
  isPlainlySpelled,
  type Json,
  MAX_OWNERS,
  originOf,
  textOf,
  toList,
} from './json.ts'
import { readSeries } from './series.ts'

/** What a peer's Event says, before it is placed on the map (its town and zone may be missing). */
export type ReadEvent = {
  uri: string
  url: string
  uid: string
  organizerUri: string
  /** All actors to which it is attributed, the organizer first; each is on the Event's own origin. */
  owners: string[]
  updatedAt: Temporal.Instant
  publishedAt: Temporal.Instant
  /** When the team confirmed that it takes place. */
  confirmedAt: Temporal.Instant | undefined
  ofSeries: DateOfSeries | undefined
  /** `timezone` is undefined when the Event names none: then the place decides. */
  content: Omit<CafeContent, 'timezone' | 'venue'> & { timezone: string | undefined }
  venue: ReadVenue | undefined
  /** Whether it says where it takes place: at a place, or online. */
  isPlaced: boolean
  /**
   * The picture on the Event's own origin, with its alternative text; undefined where a card was drawn from its title
   * and date.
   */
  picture: { address: string; alt: string } | undefined
  hashtags: string[]
  /** Whether it asks for money. */
  hasPrice: boolean
}

type ReadVenue = {
  name: string
  streetAddress: string | undefined
  postalCode: string | undefined
  commune: string | undefined
  codeInsee: string | undefined
  latitude: number | undefined
  longitude: number | undefined
} & VenueAccess

const LONGEST_DAYS = 31
const FUTURE_TOLERANCE = { hours: 1 }

/**
 * Reads an Event whose terms are those of our context. Text is cleaned, HTML is sanitised, and addresses are kept only
 * when they are http(s). An Event without a title, an address or a possible date is refused with the reason.
 */
export function fromEvent(event: Json, now: Temporal.Instant): ReadEvent | { refused: string } {
  const uri = textOf(event.id)
  if (!uri || !toList(event.type).includes('Event')) return { refused: 'not an Event' }
  if (!isPlainlySpelled(uri))
    return { refused: 'an id that is too long or whose host has another spelling' }
  const name = cleanText(textOf(event.name) ?? firstText(event.nameMap) ?? '', 300)
  if (!name) return { refused: 'no title' }
  const owners = readOwners(event)
  if (owners.length > MAX_OWNERS || !owners.every(isPlainlySpelled))
    return { refused: 'organised by too many or by no address' }
  const [organizerUri] = owners
  if (!organizerUri || owners.some((owner) => originOf(owner) !== originOf(uri)))
    return { refused: 'organised by another server' }
  const status = readStatus(event)
  // By FEP-8a8e a postponed event need only say when it was to begin.
  const startsAt =
    readInstant(event.startTime) ??
    (status === 'postponed' ? readInstant(event.previousStartTime) : undefined)
  if (!startsAt) return { refused: 'no date that can be read' }
  const endsAt = readInstant(event.endTime) ?? startsAt.add({ minutes: 90 })
  const length = startsAt.until(endsAt).total('hours') / 24
  if (length <= 0 || length > LONGEST_DAYS) return { refused: 'it ends before it begins, or never' }
  const publishedAt = readInstant(event.published) ?? now
  const updatedAt = readInstant(event.updated) ?? publishedAt
  if (Temporal.Instant.compare(updatedAt, now.add(FUTURE_TOLERANCE)) > 0)
    return { refused: 'updated in the future' }
  const place = readPlace(event, status)
  return {
    uri,
    url: webAddressOf(event.url) ?? uri,
    uid: optional(event.uid, 255) ?? uri,
    organizerUri,
    owners,
    updatedAt,
    publishedAt,
    confirmedAt: readConfirmation(event, updatedAt),
    ofSeries: readSeries(event, uri),
    content: {
      title: withoutState(name, status),
      announcedFor: optional(event.announcedFor, STRUCTURE_MAX),
      summary: optional(event.lead, SUMMARY_MAX),
      descriptionMarkdown: undefined,
      ...toDescription(sanitizeHtml(readDescription(event))),
      startsAt,
      endsAt,
      timezone: readTimezone(event.timezone),
      status,
      statusNote: optional(event.statusNote, 500),
      previousStartsAt: readPreviousStart(event, { status, startsAt }),
      attendanceMode: readMode(event, { status, isPlaced: place.venue !== undefined }),
      onlineUrl: webAddressOf(event.onlineUrl),
      openTo: event.openTo === 'reserved' ? 'reserved' : 'public',
      intentions: INTENTIONS.filter((item) => toList(event.intentions).includes(item)),
      languages: readWords(event.languages ?? event.inLanguage, 20).map((tag) => tag.slice(0, 20)),
      speakers: readWords(event.speakers),
      ...mapCafeTexts((name, { max }) => optional(event[name], max)),
      phone: readPhone(event.phone),
      format: optional(event.format, 80),
      themes: readWords(event.themes),
      ...readResources(event.instrument),
      audiences: readWords(event.audiences),
      accessibility: ACCESSIBILITY_CODES.filter((code) =>
        toList(event.accessibility).includes(code),
      ),
      registration: readRegistration(event, uri),
      image: undefined,
    },
    venue: place.venue,
    isPlaced: place.venue !== undefined || event.isOnline === true || isVirtual(event),
    picture: readPicture(event, uri),
    hashtags: toList(event.tag).flatMap((tag) =>
      isObject(tag) && isOfType(tag, 'Hashtag') ? (textOf(tag.name)?.toLowerCase() ?? []) : [],
    ),
    hasPrice: asksForMoney(event),
  }
}

/**
 * Returns the attendance mode as it was announced: a café that moved online counts as on site where its place is known.
 */
function readMode(
  event: Json,
  { status, isPlaced }: { status: CafeStatus; isPlaced: boolean },
): AttendanceMode {
  if (!isPlaced) return 'online'
  return event.isOnline === true && status !== 'moved-online' ? 'mixed' : 'offline'
}

/** Reads the resources with which it is led: links with a name, each once. */
function readResources(instrument: unknown): { resources?: NamedResource[] } {
  const named = new Map<string, NamedResource>()
  for (const item of toList(instrument).slice(0, RESOURCES_OF_CAFE)) {
    const uri = isObject(item) && isOfType(item, 'Link') ? webAddressOf(item.href) : undefined
    if (uri === undefined || !isObject(item)) continue
    named.set(uri, { uri, title: optional(item.name, RESOURCE_TITLE_MAX) ?? '' })
  }
  return named.size > 0 ? { resources: [...named.values()] } : {}
}

/** Returns the ids of the owners. What is no address becomes an empty text, which is on no origin. */
const readOwners = ({ attributedTo, actor }: Json): string[] => {
  const attributed = toList(attributedTo)
  return (attributed.length > 0 ? attributed : toList(actor).slice(0, 1)).map(
    (owner) => idOf(owner) ?? '',
  )
}

/** The name of the card that this program draws where there is no photo (`imageOf`). Lists show the same as text. */
const CARD = '/carte.png'

/** Reads the first picture, as FEP-8a8e and Mobilizon attach it. */
export function readPicture(event: Json, uri: string): ReadEvent['picture'] {
  const image = [...toList(event.attachment), ...toList(event.image)]
    .filter(isObject)
    .find(
      ({ type, mediaType }) =>
        type === 'Image' || (type === 'Document' && textOf(mediaType)?.startsWith('image/')),
    )
  const address = webAddressOf(image?.url)
  const alt = optional(image?.name, ALT_MAX)
  if (!address || !alt || originOf(address) !== originOf(uri)) return undefined
  return new URL(address).pathname.endsWith(CARD) ? undefined : { address, alt }
}

const readDescription = ({ description, content }: Json): string =>
  typeof description === 'string' ? description : (textOf(content) ?? '')

/**
 * Returns whether an Event asks for money, in either of schema.org's ways. The names are compared literally, since
 * software does not agree on a context for them.
 */
const asksForMoney = (event: Json): boolean =>
  event.isAccessibleForFree === false ||
  [event, ...toList(event.offers).filter(isObject)].some(
    ({ price }) => typeof price !== 'object' && Number(price) > 0,
  )

const Y2000 = Date.UTC(2000, 0)
const Y2100 = Date.UTC(2100, 0)

/** The form in which nearly everybody writes an instant; `Date` reads it in a fifth of the time that Temporal takes. */
const PLAIN_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

function millisecondsOf(text: string): number {
  const read = PLAIN_INSTANT.test(text) ? new Date(text) : undefined
  // `Date` reads the 30th of February as the 2nd of March, which is no longer the text that was written.
  const isThere = read && read.getTime() >= 0 && text.startsWith(read.toISOString().slice(0, 19))
  return isThere ? read.getTime() : Temporal.Instant.from(text).epochMilliseconds
}

/** Reads an instant, in whole seconds, of the years 2000 to 2099; undefined for anything else. */
export const readInstant = (value: unknown): Temporal.Instant | undefined => {
  // Most Events leave some of their times out, and an error costs as much as ten instants.
  if (value === undefined) return undefined
  try {
    const epochMilliseconds = millisecondsOf(String(value))
    return epochMilliseconds >= Y2000 && epochMilliseconds < Y2100
      ? Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMilliseconds / 1000) * 1000)
      : undefined
  } catch {
    return undefined
  }
}

/** Reads when the team confirmed the café; a time after the revision that says so is not believed. */
function readConfirmation(event: Json, updatedAt: Temporal.Instant): Temporal.Instant | undefined {
  const confirmedAt = readInstant(event.confirmedAt)
  return confirmedAt && Temporal.Instant.compare(confirmedAt, updatedAt) <= 0
    ? confirmedAt
    : undefined
}

/**
 * Zones by their names. Resolving a name takes a third of the time of reading an Event, and there are six hundred
 * names.
 */
const zones = new LRUCache<string, string>({ max: 1000 })

const readTimezone = (value: unknown): string | undefined => {
  const name = textOf(value)
  if (name === undefined) return undefined
  const known = zones.get(name)
  if (known !== undefined) return known
  try {
    const { timeZone } = new Intl.DateTimeFormat('fr', { timeZone: name }).resolvedOptions()
    zones.set(name, timeZone)
    return timeZone
  } catch {
    return undefined
  }
}

function readStatus(event: Json): CafeStatus {
  const eventStatus = textOf(event.eventStatus)?.replace(/^.*[/#:]/, '')
  const known = Object.entries(STATUS).find(([, words]) => words.eventStatus === eventStatus)
  if (known) return known[0] as CafeStatus
  const status = textOf(event.status)
    ?.replace(/^.*[/#:]/, '')
    .toUpperCase()
  if (status === 'CANCELLED') return 'cancelled'
  return 'scheduled'
}

/**
 * Returns the title without the state that `announcedTitle`, or other software in its own way, adds to it: the status
 * already says so.
 */
function withoutState(name: string, status: CafeStatus): string {
  if (status === 'moved-online') return name.replace(/\s?\(en ligne\)$/i, '') || name
  if (status !== 'cancelled' && status !== 'postponed') return name
  return name.replace(/^(annulé|reporté)\s*[–:-]\s*/i, '') || name
}

/** Reads the previous start. A postponed event repeats its date as the previous one, since it has no next. */
function readPreviousStart(
  event: Json,
  { status, startsAt }: { status: CafeStatus; startsAt: Temporal.Instant },
): Temporal.Instant | undefined {
  const previous = readInstant(event.previousStartTime)
  return status === 'postponed' && previous?.equals(startsAt) ? undefined : previous
}

const isPlace = (item: unknown): item is Json => isObject(item) && isOfType(item, 'Place')

/** The longest name of a place with a town behind it. */
const NAME_WITH_TOWN = 202

/**
 * Reads the place. An event that has moved online gives the place where it was to be held in a term of ours, beside its
 * VirtualLocation.
 */
function readPlace(event: Json, status: CafeStatus): { venue: ReadVenue | undefined } {
  const former = status === 'moved-online' ? toList(event.movedFrom) : []
  const place = [...toList(event.location), ...former].find(isPlace)
  if (!place) return { venue: undefined }
  const address = isObject(place.address) ? place.address : {}
  const commune = optional(address.addressLocality, 100)
  const named = optional(place.name, NAME_WITH_TOWN) ?? commune
  if (!named) return { venue: undefined }
  const name = cleanText(commune ? venueNameOf(named, commune) : named, 100)
  return {
    venue: {
      name,
      streetAddress: optional(address.streetAddress ?? place.address, 255),
      postalCode: optional(address.postalCode, 10),
      commune,
      codeInsee: /^[0-9AB]{5}$/.exec(textOf(event.inseeCode) ?? '')?.[0],
      ...readPoint(place),
      access: cleanLines(textOf(event.access) ?? '', ACCESS_MAX) || undefined,
      acceslibreUrl: webAddressOf(event.acceslibre),
    },
  }
}

const isVirtual = (event: Json): boolean =>
  toList(event.location).some((item) => isObject(item) && isOfType(item, 'VirtualLocation'))

function readPoint(place: Json): Pick<ReadVenue, 'latitude' | 'longitude'> {
  const latitude = readDegrees(place.latitude)
  const longitude = readDegrees(place.longitude)
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    ? { latitude, longitude }
    : { latitude: undefined, longitude: undefined }
}

const readDegrees = (value: unknown): number =>
  typeof value === 'number' || textOf(value) !== undefined ? Number(value) : Number.NaN

function readRegistration(event: Json, uri: string): CafeContent['registration'] {
  const url = webAddressOf(event.externalParticipationUrl)
  const capacity = readCount(event.maximumAttendeeCapacity)
  const seatsLeft = readCount(event.remainingAttendeeCapacity)
  const declared = REGISTRATION_MODES.find((mode) => mode === event.registrationMode)
  const mode: RegistrationMode =
    declared ?? (event.joinMode === 'external' && url && url !== uri ? 'external' : 'none')
  return {
    mode,
    url: mode === 'external' ? url : undefined,
    capacity: capacity === 0 ? undefined : capacity,
    // Zero seats left without a capacity does not mean full elsewhere: Mobilizon's capacity of 0 is unlimited.
    seatsLeft: capacity || (declared && seatsLeft === 0) ? seatsLeft : undefined,
    waitlist: false,
  }
}

const readCount = (value: unknown): number | undefined =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1_000_000
    ? Number(value)
    : undefined

const readPhone = (value: unknown): string | undefined => {
  const phone = optional(value, 30)
  return phone && /^\+?[\d\s().-]{3,}$/.test(phone) ? phone : undefined
}

/**
 * The maximum number of words that are read of a list: a page of a megabyte may hold 250,000, and cleaning each of them
 * costs time.
 */
const WORDS_READ = 100

const readWords = (value: unknown, most = 20): string[] =>
  toList(value)
    .slice(0, WORDS_READ)
    .flatMap((item) => optional(item, 80) ?? [])
    .slice(0, most)

const optional = (value: unknown, max: number): string | undefined =>
  cleanText(textOf(value) ?? '', max) || undefined

const firstText = (map: unknown): string | undefined =>
  isObject(map) ? textOf(Object.values(map)[0]) : undefined

const webAddressOf = (value: unknown): string | undefined => {
  for (const item of toList(value)) {
    const address = toWebAddress((isObject(item) ? textOf(item.href) : textOf(item)) ?? '')
    if (address !== undefined) return address
  }
  return undefined
}
