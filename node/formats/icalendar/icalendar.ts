import ical, {
  escape as escapeText,
  type ICalCalendar,
  ICalCalendarMethod,
  type ICalEvent,
  ICalEventStatus,
} from 'ical-generator'
import {
  attendanceModeOf,
  type Cafe,
  type CafeStatus,
  calendarUidOf,
} from '../../domain/cafes/cafe.ts'
import {
  registrationText,
  titleText,
  venueText,
  whenText,
  whereText,
} from '../../domain/cafes/cafe-text.ts'
import { cleanLines, cleanText, LINE_MAX, LINES_MAX } from '../text/clean-text.ts'

export type CalendarFeed = {
  name: string
  /** The address at which the calendar is read again. */
  url: string
}

/** The program that writes calendars, as PRODID has it. */
export const PRODUCT = { company: 'Café IA', product: 'Café IA', language: 'FR' }

/** Calendars ask again after an hour, so that a cancellation is seen on the same day. */
const REFRESH_SECONDS = 3600
/** The greatest SEQUENCE, which is an INTEGER of RFC 5545 §3.3.8. */
const SEQUENCE_MAX = 2 ** 31 - 1

const STATUS: Record<CafeStatus, ICalEventStatus> = {
  scheduled: ICalEventStatus.CONFIRMED,
  rescheduled: ICalEventStatus.CONFIRMED,
  'moved-online': ICalEventStatus.CONFIRMED,
  postponed: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
}

/**
 * Writes an iCalendar stream (RFC 5545, RFC 7986) of the cafés, with times in UTC and lines folded at 75 octets. Each
 * café is an event with a UID of its own (`calendarUidOf`). The same cafés always give the same bytes.
 */
export function toICalendar(cafes: Cafe[], feed: CalendarFeed): string {
  const calendar = ical({
    prodId: PRODUCT,
    method: ICalCalendarMethod.PUBLISH,
    name: toText(feed.name),
    source: toUri(feed.url),
    ttl: REFRESH_SECONDS,
  })
  for (const cafe of cafes) addEvent(calendar, cafe)
  return `${calendar.toString()}\r\n`
}

/**
 * Writes one café or a few, to be added to an existing calendar. It has no name, since Outlook opens a separate calendar at
 * X-WR-CALNAME ([MS-OXCICAL] §2.1.3.1.1.15, "MUST be omitted if the iCalendar represents a single appointment").
 */
export function toCalendarEvent(...cafes: Cafe[]): string {
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod.PUBLISH })
  for (const cafe of cafes) addEvent(calendar, cafe)
  return `${calendar.toString()}\r\n`
}

/**
 * Returns the SEQUENCE, which grows with each revision, so that calendars accept it: the seconds since the first
 * publication.
 */
export function sequenceOf({
  publishedAt,
  updatedAt,
}: Pick<Cafe, 'publishedAt' | 'updatedAt'>): number {
  const seconds = publishedAt ? Math.floor(publishedAt.until(updatedAt).total('seconds')) : 0
  return Math.min(Math.max(seconds, 0), SEQUENCE_MAX)
}

/**
 * Adds a café to a calendar, with times in UTC and the UID that we give out. `when` says in words when it takes place,
 * where that is not its own date.
 */
export function addEvent(calendar: ICalCalendar, cafe: Cafe, when = whenText(cafe)): ICalEvent {
  const { venue, image } = cafe
  const event = calendar.createEvent({
    id: toText(calendarUidOf(cafe)),
    stamp: cafe.updatedAt,
    lastModified: cafe.updatedAt,
    created: cafe.publishedAt ?? null,
    sequence: sequenceOf(cafe),
    start: cafe.startsAt,
    end: cafe.endsAt,
    // The state is in the title too: Google Calendar hides cancelled events, and others show only the title.
    summary: titleText({ ...cafe, title: cleanText(cafe.title, LINE_MAX) }),
    description: describe(cafe, when),
    status: STATUS[cafe.status],
    url: toUri(cafe.url),
    categories: [cafe.format ?? '', ...cafe.themes]
      .map((word) => ({ name: cleanText(word, LINE_MAX) }))
      .filter(({ name }) => name !== ''),
  })
  // A café that moved online gets no coordinates, so that nobody goes to its former place.
  if (venue && attendanceModeOf(cafe) !== 'online') {
    const { latitude, longitude } = venue
    const geo =
      latitude === undefined || longitude === undefined
        ? {}
        : { geo: { lat: latitude, lon: longitude } }
    event.location({ title: cleanText(venueText(venue), LINE_MAX), ...geo })
  }
  const others: [string, string][] = []
  const add = (name: string, value: string | undefined) => value && others.push([name, value])
  add('X-CAFEIA-INSEE', venue?.codeInsee)
  add('CONFERENCE;VALUE=URI;FEATURE=VIDEO', cafe.onlineUrl && toUri(cafe.onlineUrl))
  add('IMAGE;VALUE=URI;DISPLAY=BADGE', image && toUri(image.url))
  add('X-CAFEIA-IMAGE-ALT', image && cleanText(image.alt, LINE_MAX))
  event.x(others)
  return event
}

/** Returns the description, with date and place first, since some calendars show only the beginning. */
function describe(cafe: Cafe, dates: string): string {
  const note =
    cafe.statusNote && `${cafe.status === 'cancelled' ? 'Annulé\u00a0: ' : ''}${cafe.statusNote}`
  // Calendars that do not know CONFERENCE make a link of it.
  const online = cafe.onlineUrl && toUri(cafe.onlineUrl)
  const when = `${dates}\n${whereText(cafe)}`
  const parts = [
    note,
    when,
    cafe.summary,
    cafe.descriptionText,
    registrationText(cafe),
    online && `En ligne\u00a0: ${online}`,
    cafe.url,
  ]
  return cleanLines(parts.filter(Boolean).join('\n\n'), LINES_MAX)
}

/** Escapes a text: ical-generator escapes the texts of events, but not the names of calendars or UIDs. */
const toText = (text: string): string => escapeText(cleanText(text, LINE_MAX), false)

/** Returns an address without characters that would end or divide a property; empty when it is none. */
const toUri = (url: string): string =>
  URL.canParse(url) ? new URL(url).href.replaceAll(/[\\;,]/g, encodeURIComponent) : ''
