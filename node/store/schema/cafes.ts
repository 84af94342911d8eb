import type { Generated } from 'kysely'
import {
  type AttendanceMode,
  type Cafe,
  type CafeStatus,
  endsAtPlace,
  type HiddenReason,
  type Intention,
  type Openness,
  type Publication,
  type RegistrationMode,
  type RegistrationQuestion,
  type Reminder,
  type SeatsBySide,
  startsAtPlace,
} from '../../domain/cafes/cafe.ts'
import type { FollowedCalendar } from '../../domain/cafes/followed-calendar.ts'
import type { SavedVenue } from '../../domain/cafes/venue.ts'
import type { NamedResource } from '../../domain/resources/named-resource.ts'
import type { AccessibilityCode } from '../../domain/values/accessibility.ts'
import type { CafeImage } from '../../domain/values/image.ts'
import { addressFields } from './address.ts'
import {
  choice,
  describe,
  flag,
  instant,
  json,
  type Kind,
  type LeftOut,
  leftOut,
  named,
  number,
  optional,
  type RowOf,
  refusal,
  type Split,
  text,
} from './table.ts'

/** The tables of cafés, their venues, and what belongs to them. */
export interface CafeTables {
  venue: VenueTable
  cafe: CafeTable
  cafe_document: { cafe_id: string; body: Buffer<ArrayBuffer> }
  cafe_picture: {
    cafe_id: string
    address: string
    alt: string
    small: Uint8Array | null
    large: Uint8Array | null
    width: number | null
    height: number | null
  }
  imported: {
    cafe_id: string
    said: string
    calendar_id: string | null
    missing_since: string | null
    asked: Generated<string>
  }
  followed_calendar: CalendarTable
  cafe_announcer: { cafe_id: string; peer_id: string }
  missing_cafe: {
    cafe_id: string
    hidden_reason: HiddenReason | null
    asked_at: string
    not_found: Generated<number>
    not_found_at: string
  }
  alike: { one_id: string; other_id: string; reason: 'uid' | 'likeness' }
  duplicate: { cafe_id: string; shown_id: string; reason: 'uid' | 'likeness' | 'team' }
  distinct_cafe: { one_id: string; other_id: string }
}

/** The columns of a calendar that a structure of ours follows. */
export const CALENDAR = describe<FollowedCalendar>()({
  id: text,
  organizationId: text,
  address: text,
  publication: choice<FollowedCalendar['publication']>(),
  leftOut: json<FollowedCalendar['leftOut']>(),
  etag: optional(text),
  lastModified: optional(text),
  dueAt: instant,
  readAt: optional(instant),
  wholeAt: optional(instant),
  cafes: number,
  aside: number,
  failures: number,
  failingSince: optional(instant),
  fault: optional(refusal),
})

interface CalendarTable extends RowOf<typeof CALENDAR> {
  created_at: string
}

/** The columns of a venue that a structure of ours has saved. */
export const VENUE = describe<SavedVenue>()({
  id: text,
  organizationId: text,
  reference: optional(text),
  name: text,
  ...addressFields,
  latitude: optional(number),
  longitude: optional(number),
  access: optional(text),
  accessibility: json<AccessibilityCode[]>(),
  acceslibreUrl: optional(text),
  closures: leftOut(text),
})

interface VenueTable extends RowOf<typeof VENUE> {
  updated_at: string
}

type FocalPoint = CafeImage['focalPoint']
type FocalColumns = { image_focal_x: number | null; image_focal_y: number | null }

const focalPoint: Split<FocalColumns, FocalPoint> & LeftOut = {
  columns: ['image_focal_x', 'image_focal_y'],
  toColumns: (point) => ({ image_focal_x: point?.[0] ?? null, image_focal_y: point?.[1] ?? null }),
  fromColumns: ({ image_focal_x: x, image_focal_y: y }) =>
    x === null || y === null ? undefined : [x, y],
  isLeftOut: true,
}

/** 1 where it is so, such as of a draft whose `starts_at` is only a stand-in. */
const undated: Kind<number, true | undefined> & LeftOut = {
  toColumn: (value) => (value ? 1 : 0),
  fromColumn: (column) => (column === 1 ? true : undefined),
  isLeftOut: true,
}

const venue = {
  prefix: '',
  presentIf: 'commune',
  fields: {
    id: named('venue_id', optional(text)),
    name: named('venue_name', text),
    ...addressFields,
    latitude: optional(number),
    longitude: optional(number),
    access: named('venue_access', leftOut(text)),
    acceslibreUrl: named('venue_acceslibre_url', leftOut(text)),
  },
} as const

/** Returns the wall time as `YYYY-MM-DDTHH:MM:SS`. */
const toWallText = (time: Temporal.ZonedDateTime): string =>
  time.toPlainDateTime().toString({ smallestUnit: 'second' })

/** The wall times are those of the place: rules of time zones change, opening hours do not. */
const derived = {
  origin_host: ({ uri }: Cafe) => new URL(uri).host,
  wall_starts_at: (cafe: Cafe) => toWallText(startsAtPlace(cafe)),
  wall_ends_at: (cafe: Cafe) => toWallText(endsAtPlace(cafe)),
}

/** The columns of a café, ours or received, but those that the search and the triggers maintain. */
export const CAFE = describe<Cafe>()(
  {
    id: text,
    uri: text,
    url: text,
    uid: text,
    recurrenceId: optional(text),
    reference: optional(text),
    series: optional(text),
    organizationId: optional(text),
    peerId: optional(text),
    announcedFor: leftOut(text),
    announcedUnder: leftOut(text),
    organizer: { prefix: 'organizer_', fields: { uri: text, name: text, url: text } },
    publication: choice<Publication>(),
    publishAt: optional(instant),
    publishedAt: optional(instant),
    updatedAt: instant,
    editedAt: leftOut(instant),
    confirmedAt: optional(instant),
    hiddenReason: optional(choice<HiddenReason>()),
    title: text,
    summary: optional(text),
    descriptionMarkdown: optional(text),
    descriptionHtml: text,
    descriptionText: text,
    startsAt: instant,
    endsAt: instant,
    isUndated: named('undated', undated),
    timezone: text,
    status: choice<CafeStatus>(),
    statusNote: optional(text),
    previousStartsAt: optional(instant),
    attendanceMode: choice<AttendanceMode>(),
    onlineUrl: optional(text),
    registrantsUrl: leftOut(text),
    openTo: choice<Openness>(),
    intentions: json<Intention[]>(),
    languages: json<string[]>(),
    speakers: json<string[]>(),
    support: optional(text),
    phone: optional(text),
    venue,
    format: optional(text),
    themes: json<string[]>(),
    resources: leftOut(json<NamedResource[]>()),
    audiences: json<string[]>(),
    accessibility: json<AccessibilityCode[]>(),
    registration: {
      prefix: 'registration_',
      fields: {
        mode: choice<RegistrationMode>(),
        url: optional(text),
        capacity: named('capacity', optional(number)),
        seatsLeft: named('seats_left', optional(number)),
        waitlist: named('waitlist', flag),
        onlineCapacity: named('online_capacity', leftOut(number)),
        bySide: named('seats_by_side', leftOut(json<SeatsBySide>())),
        reminders: leftOut(json<Reminder[]>()),
        questions: leftOut(json<RegistrationQuestion[]>()),
        wholeSeries: named('whole_series', undated),
      },
    },
    image: {
      prefix: 'image_',
      presentIf: 'url',
      fields: {
        url: text,
        alt: text,
        credit: leftOut(text),
        focalPoint,
        mediaId: named('media_id', leftOut(text)),
        width: leftOut(number),
        height: leftOut(number),
        sizes: leftOut(json<readonly number[]>()),
      },
    },
  },
  derived,
)

export interface CafeTable extends RowOf<typeof CAFE> {
  /** The number of its last change; null for one that was never in sight. */
  change_number: Generated<number | null>
  /** The time of that change, in seconds since 1970. */
  changed_at: Generated<number | null>
}
