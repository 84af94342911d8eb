import type { NamedResource } from '../resources/named-resource.ts'
import type { AccessibilityCode } from '../values/accessibility.ts'
import type { CafeImage } from '../values/image.ts'
import { webHref } from '../values/web-address.ts'
import type { CafeTexts } from './cafe-texts.ts'
import type { Venue } from './venue.ts'

/** The states of a café's date that are published, one for each `eventStatus` of FEP-8a8e. */
export const CAFE_STATUSES = [
  'scheduled',
  'cancelled',
  'postponed',
  'rescheduled',
  'moved-online',
] as const
export type CafeStatus = (typeof CAFE_STATUSES)[number]

export const ATTENDANCE_MODES = ['offline', 'online', 'mixed'] as const
export type AttendanceMode = (typeof ATTENDANCE_MODES)[number]

/** Returns the attendance mode that holds now: a café that has moved online keeps its place and is online. */
export const attendanceModeOf = ({
  attendanceMode,
  status,
}: Pick<CafeContent, 'attendanceMode' | 'status'>): AttendanceMode =>
  status === 'moved-online' ? 'online' : attendanceMode

/** Who may come: everybody, or only the people of a school, a company or a service. */
export const OPENNESS = ['public', 'reserved'] as const
export type Openness = (typeof OPENNESS)[number]

/** The three intentions on which the movement was founded: apprendre, expérimenter, débattre. */
export const INTENTIONS = ['learn', 'try', 'debate'] as const
export type Intention = (typeof INTENTIONS)[number]

/** How one takes part: without signing up, or by signing up here, elsewhere or by telephone. */
export const REGISTRATION_MODES = ['none', 'local', 'external', 'phone'] as const
export type RegistrationMode = (typeof REGISTRATION_MODES)[number]

/** When people who have seats are reminded of a café: a week before, the day before, on its morning. */
export const REMINDERS = ['week', 'eve', 'morning'] as const
export type Reminder = (typeof REMINDERS)[number]

/** The reminders of a café whose team has chosen none. */
export const USUAL_REMINDERS: readonly Reminder[] = ['eve']

/** What the team asks those who register, of a closed list: `why` is shown with it. */
export type RegistrationQuestion = { text: string; why: string; answers: string[] }

/** The seats that are left on each side; a side without a limit is left out. */
export type SeatsBySide = { onsite?: number | undefined; online?: number | undefined }

type Registration = {
  mode: RegistrationMode
  /** The address to sign up at when the mode is `external`. */
  url: string | undefined
  /** The seats of the room, or of all where there is one side only. */
  capacity: number | undefined
  /** On all sides. */
  seatsLeft: number | undefined
  waitlist: boolean
  /** The seats online of a café that is also on site; no limit where it is left out. */
  onlineCapacity?: number | undefined
  /** The seats that are left on each side of such a café, where people register here. */
  bySide?: SeatsBySide | undefined
  /** `USUAL_REMINDERS` where it is left out. It never leaves this server. */
  reminders?: Reminder[] | undefined
  /** Two at most. They never leave this server but by the form. */
  questions?: RegistrationQuestion[] | undefined
  /** Whether one may register at all dates of the series at once. */
  wholeSeries?: true | undefined
}

/** Everything that the organiser decides about a café. */
export type CafeContent = CafeTexts & {
  title: string
  /**
   * The name of the structure that organises it, where a directory announces it because that structure has no site of
   * its own.
   */
  announcedFor?: string | undefined
  /** One or two plain sentences. */
  summary: string | undefined
  descriptionMarkdown: string | undefined
  /** Sanitised HTML; the only form of the description that is known of a peer's café. */
  descriptionHtml: string
  /**
   * The text of `descriptionHtml` without tags, for files that hold no HTML; it is made once, when the description is
   * written.
   */
  descriptionText: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  /** Set for a draft whose day nobody has said yet; `startsAt` is then only a stand-in. */
  isUndated?: true | undefined
  /** IANA zone of the place: a café in Saint-Denis de La Réunion is not on Paris time. */
  timezone: string
  status: CafeStatus
  /** Why it is cancelled, postponed or moved, in the organiser's words. */
  statusNote: string | undefined
  previousStartsAt: Temporal.Instant | undefined
  /** The mode as it was announced; `attendanceModeOf` gives the one that holds now. */
  attendanceMode: AttendanceMode
  /** The address at which everybody joins. */
  onlineUrl: string | undefined
  /** The address at which those who signed up join, when it is for them alone. It never leaves this server. */
  registrantsUrl?: string | undefined
  openTo: Openness
  intentions: Intention[]
  /** BCP 47 tags. */
  languages: string[]
  /** Names of public figures only. */
  speakers: string[]
  phone: string | undefined
  /** The place; undefined when the café is only online. */
  venue: Venue | undefined
  /** Free text, since a café may have any format. */
  format: string | undefined
  themes: string[]
  /** What its team leads it with; left out where it names nothing. */
  resources?: NamedResource[] | undefined
  audiences: string[]
  accessibility: AccessibilityCode[]
  registration: Registration
  image: CafeImage | undefined
}

/** Who announces a café: the actor that signs it, with its name and page. */
export type Organizer = { uri: string; name: string; url: string }

const PUBLICATIONS = ['draft', 'scheduled', 'published'] as const
export type Publication = (typeof PUBLICATIONS)[number]

/** A café: one public conversation about AI, at a place and a time, whether it is ours or a peer's. */
export type Cafe = CafeContent & {
  /** Its id on this server, the last segment of its page's address here: a UUID v7, shorter where it is a peer's. */
  id: string
  /** The ActivityPub id, on the server where it was made. */
  uri: string
  /** The address of its page, on the server where it was made. */
  url: string
  /** Its iCalendar UID (RFC 5545 §3.8.4.7) where it comes from; `calendarUidOf` is the one that we give out. */
  uid: string
  /** iCalendar RECURRENCE-ID (RFC 5545 §3.8.4.4), for one date of an imported series. */
  recurrenceId: string | undefined
  /** The key that the calendar or system from which it was imported gave it. */
  reference: string | undefined
  /** The same for all dates of one series. */
  series: string | undefined
  /** Our organisation; undefined for a peer's café. */
  organizationId: string | undefined
  /** The territory (`35`) of the mandate under which a referent announced it here. */
  announcedUnder?: string | undefined
  /** The server it comes from; undefined when it is ours. */
  peerId: string | undefined
  organizer: Organizer
  publication: Publication
  publishAt: Temporal.Instant | undefined
  publishedAt: Temporal.Instant | undefined
  /** It is strictly later at each revision, and decides which of two Updates holds. */
  updatedAt: Temporal.Instant
  /** When it was edited last, where since then only seats were taken or given back. */
  editedAt?: Temporal.Instant | undefined
  /** When the team itself confirmed that it takes place; it is never set by a program. */
  confirmedAt: Temporal.Instant | undefined
  /** Why it is not shown; undefined when it is shown. */
  hiddenReason: HiddenReason | undefined
}

/**
 * Why a café is hidden, one of another server in all cases but the last. `price`: it is not free, so the team decides. `foreign`: its server is no
 * member, so the team decides. `team`: the team has decided to hide it. `duplicate`: another announcement of it is
 * shown. `private`: its server no longer addresses it to Public; `private-team`: and the team had decided to hide it.
 * `missing`: its server does not find it. In these three cases nobody here can show it. `suspended`: it is of a structure
 * of this site that is suspended.
 */
export type HiddenReason =
  | ('price' | 'foreign' | 'team' | 'duplicate')
  | ('private' | 'private-team' | 'missing' | 'suspended')

/** The reasons for which its own server does not show a café to everybody now. */
export const WITHHELD = [
  'private',
  'private-team',
  'missing',
  'suspended',
] as const satisfies HiddenReason[]

/** Returns whether its own server does not show it to everybody now, so that our team cannot show it either. */
export const isWithheld = ({ hiddenReason }: Pick<Cafe, 'hiddenReason'>): boolean =>
  WITHHELD.some((reason) => reason === hiddenReason)

/** Returns whether a café is over at this instant. */
export const isPast = (cafe: Pick<Cafe, 'endsAt'>, now: Temporal.Instant): boolean =>
  cafe.endsAt.epochMilliseconds < now.epochMilliseconds

/** Returns whether a café is a draft that lacks its day or its place. */
export const isUnfinished = ({
  publication,
  isUndated,
  venue,
  attendanceMode,
}: Pick<Cafe, 'publication' | 'isUndated' | 'venue' | 'attendanceMode'>): boolean =>
  publication === 'draft' && (isUndated === true || (!venue && attendanceMode !== 'online'))

/** Returns whether this server publishes the café; any other was received from a peer. */
export const isOurs = (cafe: Pick<Cafe, 'peerId'>): boolean => cafe.peerId === undefined

/** Returns whether a café does not take place on its date. */
export const isOff = ({ status }: Pick<Cafe, 'status'>): boolean =>
  status === 'cancelled' || status === 'postponed'

const OWN_REGISTRATION = [
  ...(['reminders', 'questions', 'wholeSeries'] as const),
  ...(['onlineCapacity', 'bySide'] as const),
] as const

/** Returns how many seats there are on all sides; undefined where nobody says so. */
export const totalCapacityOf = ({
  capacity,
  onlineCapacity = 0,
}: Pick<Registration, 'capacity' | 'onlineCapacity'>): number | undefined =>
  capacity === undefined ? undefined : capacity + onlineCapacity

/** Returns what only its own server knows of how one registers, which no table or calendar says anew. */
export const ownRegistrationOf = (
  cafe: Pick<CafeContent, 'registration'> | undefined,
): Pick<Registration, (typeof OWN_REGISTRATION)[number]> => {
  const { reminders, questions, wholeSeries, onlineCapacity, bySide } = cafe?.registration ?? {}
  return { reminders, questions, wholeSeries, onlineCapacity, bySide }
}

/** Returns whether no seat is left; a café that counts none is never full. */
export const isFull = ({ registration }: Pick<Cafe, 'registration'>): boolean =>
  registration.seatsLeft !== undefined && registration.seatsLeft <= 0

/**
 * Returns the UID of a café in calendars and in the API, the same at its own server and at each directory. Calendars take
 * entries of one UID for one event (RFC 5545 §3.8.4.7), of which the latest counts, and several readers show no date of a
 * series whose first entry is elsewhere. So each café has a UID of its own: the one that its server gave it, which ends
 * with that server's host; otherwise its id, also for one date of an imported series, and for the UID of another calendar,
 * which anybody may claim.
 */
export const calendarUidOf = ({
  uid,
  uri,
  series,
  recurrenceId,
}: Pick<Cafe, 'uid' | 'uri' | 'series' | 'recurrenceId'>): string =>
  uid !== series && recurrenceId === undefined && uid.endsWith(`@${new URL(uri).host}`) ? uid : uri

/** Returns the address of the page of a café; its id where what its server calls its page is no web address. */
export const pageOf = ({ url, uri }: Pick<Cafe, 'url' | 'uri'>): string => webHref(url) ?? uri

/** Returns the start by the clocks of the place. */
export const startsAtPlace = (cafe: Pick<Cafe, 'startsAt' | 'timezone'>): Temporal.ZonedDateTime =>
  cafe.startsAt.toZonedDateTimeISO(cafe.timezone)

/** Returns when a café ends, in the time zone of its place. */
export const endsAtPlace = (cafe: Pick<Cafe, 'endsAt' | 'timezone'>): Temporal.ZonedDateTime =>
  cafe.endsAt.toZonedDateTimeISO(cafe.timezone)

/**
 * Returns the start that was announced first, once a café is held at another time; undefined where it is held then after
 * all. Readers may have noted any of the dates in between, or only the first.
 */
export function firstStartOf(
  { startsAt, previousStartsAt }: Pick<Cafe, 'startsAt' | 'previousStartsAt'>,
  newStart: Temporal.Instant,
): Temporal.Instant | undefined {
  const first = previousStartsAt ?? startsAt
  return first.equals(newStart) ? undefined : first
}

/** Returns the time of a new revision: now, but strictly later than that of the one before. */
export function nextUpdatedAt(
  previous: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Temporal.Instant {
  const second = now.round({ smallestUnit: 'second', roundingMode: 'floor' })
  if (!previous || Temporal.Instant.compare(second, previous) > 0) return second
  return previous.add({ seconds: 1 })
}

/** Returns the version of a café of this server that somebody sees, which changes with each edit. */
export const versionOfCafe = ({
  updatedAt,
  editedAt = updatedAt,
}: Pick<Cafe, 'updatedAt' | 'editedAt'>): string => editedAt.toString()

/** Returns whether a change concerns people who planned to come: when, where, or whether it takes place. */
export const isImportantChange = (before: CafeContent, after: CafeContent): boolean =>
  !before.startsAt.equals(after.startsAt) ||
  before.status !== after.status ||
  before.attendanceMode !== after.attendanceMode ||
  before.venue?.name !== after.venue?.name ||
  before.venue?.commune !== after.venue?.commune ||
  before.venue?.streetAddress !== after.venue?.streetAddress

/**
 * Returns whether followers are told of a change in a message beside the café: it is important, or there is no seat
 * left, or there are seats again.
 */
export const isNewsForFollowers = (before: CafeContent, after: CafeContent): boolean =>
  isImportantChange(before, after) || (isFull(after) !== isFull(before) && !isOff(after))
