import type { AccessibilityCode } from '../values/accessibility.ts'
import type { Problem } from '../values/problem.ts'
import type { AttendanceMode, CafeStatus, Intention, Openness, RegistrationMode } from './cafe.ts'

/**
 * When something imported takes place, as its source says it. A `local` reading without a zone is the wall time of
 * the place, which only the look-up of its town can tell; a `date` has no hour at all.
 */
export type ImportedTime =
  | { kind: 'instant'; instant: Temporal.Instant; timezone: string | undefined }
  | { kind: 'local'; dateTime: Temporal.PlainDateTime; timezone: string | undefined }
  | { kind: 'date'; date: Temporal.PlainDate }

/** Where, as far as the source says; the town is as written, not yet looked up. */
export type ImportedPlace = {
  /** The one line that the source gave, whole. */
  text: string | undefined
  name: string | undefined
  streetAddress: string | undefined
  postalCode: string | undefined
  commune: string | undefined
  codeInsee: string | undefined
  latitude: number | undefined
  longitude: number | undefined
}

type ImportedRegistration = {
  mode: RegistrationMode | undefined
  url: string | undefined
  phone: string | undefined
}

/**
 * One date of one event, read from a calendar or a table and not yet a café: texts are cleaned, times are read, but
 * no place is looked up and nothing is compared with what is stored.
 */
export type ImportedCafe = {
  /** 1-based: the VEVENT's ordinal in a calendar, the line in a table. Dates of one series share it. */
  row: number
  /** With `recurrenceId`, the identity: the same file read again gives the same pair. */
  uid: string
  /**
   * The original start of one date of a series, even when that date was moved: `20261203T123000Z` or `20261203`
   * (RFC 5545 §3.8.4.4, always in UTC here so that the same date has one spelling).
   */
  recurrenceId: string | undefined
  /** The UID of the series. */
  series: string | undefined
  title: string
  summary: string | undefined
  /** Markdown whatever the source wrote: plain text is escaped, HTML is sanitised and turned into it. */
  descriptionMarkdown: string | undefined
  start: ImportedTime
  /** Exclusive end; undefined when the source gives none (nor a duration). */
  end: ImportedTime | undefined
  durationMinutes: number | undefined
  allDay: boolean
  /** `tentative`: the source is not sure, so it should wait as a draft. */
  status: CafeStatus | 'tentative'
  statusNote: string | undefined
  place: ImportedPlace
  attendanceMode: AttendanceMode | undefined
  onlineUrl: string | undefined
  /** The event's own page. */
  url: string | undefined
  openTo: Openness | undefined
  phone: string | undefined
  support: string | undefined
  intentions: Intention[]
  format: string | undefined
  themes: string[]
  audiences: string[]
  languages: string[]
  accessibility: AccessibilityCode[]
  capacity: number | undefined
  registration: ImportedRegistration
  /** Undefined where the source says nothing of it. */
  isFull?: boolean | undefined
  /** `alt` is seldom given by calendars, and a café's image must have one. */
  image: { url: string; alt: string | undefined } | undefined
  updatedAt: Temporal.Instant | undefined
  sequence: number | undefined
}

/**
 * What became of one row. `withdrawn` is a date that the calendar itself takes out of a series (EXDATE), or a
 * cancellation that says nothing else: it cancels the café known by that identity and never creates one. `problems` is a
 * row that cannot be a café, of the event `uid` where the row says which; row 0 is the whole file.
 */
export type ImportRow =
  | RowOf<{ cafe: ImportedCafe }>
  | RowOf<{ withdrawn: ImportedIdentity }>
  | RowOf<{ problems: Problem[]; raw: string; uid?: string }>
  | AsideRow

/**
 * An event that gives no café: an earlier revision of one that the file has in a later one, or a series without a date
 * from now to the horizon; or an announcement that another site has signed.
 */
export type AsideRow = RowOf<{
  uid: string
  aside: 'repeated' | 'no_date' | 'signed'
  title: string
}>

type RowField = 'cafe' | 'withdrawn' | 'problems' | 'raw' | 'uid' | 'aside' | 'title'

/** 1-based, and nothing but these fields. */
export type RowOf<Fields> = { row: number } & Fields & {
    [Other in Exclude<RowField, keyof Fields>]?: never
  }

export type ImportedIdentity = { uid: string; recurrenceId: string | undefined }

/** An event of a calendar whose dates are all among the rows, from now to the horizon. */
export type WholeEvent = {
  uid: string
  /** Of the VEVENT that is not one date of a series. */
  row: number
}

/** What a file holds, before anything is stored: to be shown to the person who imports it. */
export type ImportPreview = {
  format: 'icalendar' | 'csv' | 'openagenda' | undefined
  rows: ImportRow[]
  /** Where a date that was imported before and is not among the rows is one that the calendar no longer has. */
  wholeEvents: WholeEvent[]
  /** Its end is missing: its server stopped in the middle, or the file is half of one. */
  isCut: boolean
  /** Nothing that stops the import: columns that were not understood. */
  warnings: Problem[]
}

/** The instant of an imported time; a date alone begins at midnight of the place. */
export function toInstant(time: ImportedTime, placeTimezone: string): Temporal.Instant {
  if (time.kind === 'instant') return time.instant
  if (time.kind === 'date') return time.date.toZonedDateTime(placeTimezone).toInstant()
  return time.dateTime.toZonedDateTime(time.timezone ?? placeTimezone).toInstant()
}
