import type { AttendanceMode } from '../../../domain/cafes/cafe.ts'
import { SUMMARY_MAX, TITLE_MAX } from '../../../domain/cafes/cafe-input.ts'
import { cafeTextsOf } from '../../../domain/cafes/cafe-texts.ts'
import {
  type ImportedCafe,
  type ImportedPlace,
  type ImportedTime,
  toInstant,
} from '../../../domain/cafes/import.ts'
import { timezoneOf } from '../../../geo/territories.ts'
import { placeVenue, type VenueInput } from '../../../geo/venue.ts'

/** The hours of a draft whose calendar gives a day and no hour; a person sets them before it is published. */
const DAY_BEGINS = '09:00'
const DAY_ENDS = '18:00'

/** Returns an imported row as the body of the API. */
export function bodyOf(imported: ImportedCafe): Record<string, unknown> {
  const { start, end, timezone } = timesOf(imported)
  return {
    title: cut(imported.title, TITLE_MAX),
    summary: imported.summary && cut(imported.summary, SUMMARY_MAX),
    descriptionMarkdown: imported.descriptionMarkdown,
    startsAt: start.toString(),
    endsAt: end?.toString(),
    durationMinutes: end ? undefined : imported.durationMinutes,
    timezone,
    attendanceMode: modeOf(imported),
    onlineUrl: imported.onlineUrl,
    openTo: imported.openTo,
    intentions: imported.intentions,
    languages: imported.languages,
    ...cafeTextsOf(imported),
    phone: imported.phone ?? imported.registration.phone,
    venue: venueOf(imported.place),
    format: imported.format,
    themes: imported.themes,
    resources: imported.resources,
    audiences: imported.audiences,
    accessibility: imported.accessibility,
    registration: {
      mode: imported.registration.mode,
      url: imported.registration.url,
      capacity: imported.capacity,
      seatsLeft: imported.isFull ? 0 : undefined,
    },
    // Calendars seldom describe an image, and one without an alternative text is not shown, for the sake of those who
    // cannot see it.
    image: imported.image?.alt ? imported.image : undefined,
  }
}

/**
 * Returns the attendance mode. A row says of a café that moved online that it is online; where it names a place, that
 * place is kept.
 */
const modeOf = ({ attendanceMode, status, place }: ImportedCafe): AttendanceMode | undefined =>
  status === 'moved-online' && place.text !== undefined ? 'offline' : attendanceMode

export type PlacedTimes = {
  start: Temporal.Instant
  /** Undefined where the source gives none. */
  end: Temporal.Instant | undefined
  timezone: string
}

/** Returns the times of a row by the clock of its place, or of the source where there is no place. */
export function timesOf(imported: ImportedCafe): PlacedTimes {
  const timezone = zoneOf(imported)
  const { start, end } = imported
  if (start.kind === 'date') {
    const lastDay = end?.kind === 'date' ? end.date.subtract({ days: 1 }) : start.date
    const last = Temporal.PlainDate.compare(lastDay, start.date) < 0 ? start.date : lastDay
    return {
      start: withHour(start.date, DAY_BEGINS, timezone),
      end: withHour(last, DAY_ENDS, timezone),
      timezone,
    }
  }
  return { start: toInstant(start, timezone), end: end && toInstant(end, timezone), timezone }
}

const withHour = (date: Temporal.PlainDate, hour: string, timeZone: string): Temporal.Instant =>
  date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(hour) }).toInstant()

function venueOf(place: ImportedPlace): VenueInput | undefined {
  const { text, ...parts } = place
  const name = parts.name ?? text ?? parts.commune
  if (!name) return undefined
  // Calendars write the point 0, 0 where they know none.
  const isNowhere = parts.latitude === 0 && parts.longitude === 0
  const point = isNowhere ? { latitude: undefined, longitude: undefined } : {}
  return { ...parts, ...point, name: cut(name, 100) }
}

function zoneOf({ start, place }: ImportedCafe): string {
  const input = venueOf(place)
  const placed = input && placeVenue(input)
  if (placed && 'venue' in placed) return timezoneOf(placed.venue.departement)
  return sourceZone(start) ?? timezoneOf(undefined)
}

const sourceZone = (time: ImportedTime): string | undefined =>
  time.kind === 'date' || time.timezone === 'UTC' ? undefined : time.timezone

/** Cuts a text between two words where possible, with a mark that something is missing. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const start = text.slice(0, max - 1)
  const lastSpace = start.lastIndexOf(' ')
  return `${start.slice(0, lastSpace > 0 ? lastSpace : undefined).trimEnd()}…`
}
