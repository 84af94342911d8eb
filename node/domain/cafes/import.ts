import type { AccessibilityCode } from '../values/accessibility.ts'
import type { Problem } from '../values/problem.ts'
import type { AttendanceMode, CafeStatus, Intention, Openness, RegistrationMode } from './cafe.ts'
import type { CafeTexts } from './cafe-texts.ts'

/**
 * When an imported event takes place, as its source says it. A `local` time without a zone is the wall time of the
 * place, which is known only after its town is looked up; a `date` has no hour.
 */
export type ImportedTime =
  | { kind: 'instant'; instant: Temporal.Instant; timezone: string | undefined }
  | { kind: 'local'; dateTime: Temporal.PlainDateTime; timezone: string | undefined }
  | { kind: 'date'; date: Temporal.PlainDate }

/** Where it takes place, as far as the source says; the town is as written and not yet looked up. */
export type ImportedPlace = {
  /** The whole line that the source gave. */
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
 * One date of one event that was read from a calendar or a table and is not yet a café: texts are cleaned and times are
 * read, but no place is looked up and nothing is compared with what is stored.
 */
export type ImportedCafe = Partial<CafeTexts> & {
  /**
   * The row, counted from 1: the ordinal of the VEVENT in a calendar, the line in a table. The dates of one series
   * share it.
   */
  row: number
  /** With `recurrenceId`, the UID identifies a row: the same file, read again, gives the same pair. */
  uid: string
  /**
   * The original start of one date of a series, even when that date was moved: `20261203T123000Z` or `20261203` (RFC
   * 5545 §3.8.4.4). It is always in UTC here, so that the same date has one spelling.
   */
  recurrenceId: string | undefined
  /** The UID of the series. */
  series: string | undefined
  title: string
  summary: string | undefined
  /** Markdown, whatever the source wrote: plain text is escaped, and HTML is sanitised and converted. */
  descriptionMarkdown: string | undefined
  start: ImportedTime
  /** The exclusive end; undefined when the source gives neither an end nor a duration. */
  end: ImportedTime | undefined
  durationMinutes: number | undefined
  allDay: boolean
  /** `tentative` means that the source is not sure, so the café should wait as a draft. */
  status: CafeStatus | 'tentative'
  statusNote: string | undefined
  place: ImportedPlace
  attendanceMode: AttendanceMode | undefined
  onlineUrl: string | undefined
  /** The address of the event's own page. */
  url: string | undefined
  openTo: Openness | undefined
  phone: string | undefined
  intentions: Intention[]
  format: string | undefined
  themes: string[]
  /** Addresses; undefined where the source says nothing of them. */
  resources?: string[] | undefined
  audiences: string[]
  languages: string[]
  accessibility: AccessibilityCode[]
  capacity: number | undefined
  registration: ImportedRegistration
  /** Undefined where the source does not say. */
  isFull?: boolean | undefined
  /** `alt` is seldom given by calendars, although a café's image must have one. */
  image: { url: string; alt: string | undefined } | undefined
  updatedAt: Temporal.Instant | undefined
  sequence: number | undefined
}

/**
 * What became of one row. `withdrawn` is a date that the calendar itself takes out of a series (EXDATE), or a
 * cancellation without further content: it cancels the café of that identity and never creates one. `problems` says why
 * a row cannot be a café, with the `uid` of its event where the row has one; row 0 is the whole file.
 */
export type ImportRow =
  | RowOf<{ cafe: ImportedCafe }>
  | RowOf<{ withdrawn: ImportedIdentity }>
  | RowOf<{ problems: Problem[]; raw: string; uid?: string }>
  | AsideRow

/**
 * An event that gives no café: an earlier revision of one that the file has in a later one, a series without a date to
 * come, dates of a series that are beyond the horizon, or an announcement that another site has signed.
 */
export type AsideRow = RowOf<{
  uid: string
  aside: 'repeated' | 'no_date' | 'later' | 'signed'
  title: string
}>

type RowField = 'cafe' | 'withdrawn' | 'problems' | 'raw' | 'uid' | 'aside' | 'title'

/** A row with its number, counted from 1, and no fields but these. */
export type RowOf<Fields> = { row: number } & Fields & {
    [Other in Exclude<RowField, keyof Fields>]?: never
  }

/** Returns the `recurrenceId` of the date of a series that begins then: iCalendar's RECURRENCE-ID in UTC (RFC 5545). */
export const toRecurrenceId = (startsAt: Temporal.Instant): string =>
  startsAt.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')

export type ImportedIdentity = { uid: string; recurrenceId: string | undefined }

/** An event of a calendar all of whose dates, from now until an instant, are among the rows. */
export type WholeEvent = {
  uid: string
  /** The row of the VEVENT that is not a single date of a series. */
  row: number
  /** That instant, in ISO 8601, since it passes between threads. */
  until: string
  /** When it repeats; undefined for one that does not, `other` where no series of ours can have its rule. */
  rule?: ImportedRule | 'other' | undefined
}

/** When an event repeats, as a series of ours has it. */
export type ImportedRule = {
  recurrence: {
    start: string
    rrule: string | undefined
    exclude: readonly string[]
    include: readonly string[]
  }
  /** The zone by whose clock it repeats; undefined where that is the zone of its place. */
  timezone: string | undefined
  /** The zone by whose clock the `recurrenceId` of its rows are the dates of the rule. */
  idZone: string
}

/** The content of a file before anything is stored, for the person who imports it. */
export type ImportPreview = {
  format: 'icalendar' | 'csv' | 'openagenda' | undefined
  rows: ImportRow[]
  /** The events whose earlier imported dates are gone from the calendar when they are not among the rows. */
  wholeEvents: WholeEvent[]
  /** Whether the end of the file is missing: its server stopped in the middle, or only a part of it was given. */
  isCut: boolean
  /** Problems that do not stop the import: columns that were not understood. */
  warnings: Problem[]
}

/** Returns the instant of an imported time. A date alone begins at midnight of the place. */
export function toInstant(time: ImportedTime, placeTimezone: string): Temporal.Instant {
  if (time.kind === 'instant') return time.instant
  if (time.kind === 'date') return time.date.toZonedDateTime(placeTimezone).toInstant()
  return time.dateTime.toZonedDateTime(time.timezone ?? placeTimezone).toInstant()
}
