import type { AccessibilityCode } from '../values/accessibility.ts'
import type { CafeImage } from '../values/image.ts'
import type { Venue } from './venue.ts'

/** What the world is told of a café's date: as FEP-8a8e's `eventStatus`, one word each. */
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

/** How one takes part now: a café that has moved online keeps its place and is online. */
export const attendanceModeOf = ({
  attendanceMode,
  status,
}: Pick<CafeContent, 'attendanceMode' | 'status'>): AttendanceMode =>
  status === 'moved-online' ? 'online' : attendanceMode

/** Who may come: everyone, or the people of a school, a company, a service. */
export const OPENNESS = ['public', 'reserved'] as const
export type Openness = (typeof OPENNESS)[number]

/** The founding trio of the movement: apprendre, expérimenter, débattre. */
export const INTENTIONS = ['learn', 'try', 'debate'] as const
export type Intention = (typeof INTENTIONS)[number]

/** How one takes part: come freely, sign up here, elsewhere, or by telephone. */
export const REGISTRATION_MODES = ['none', 'local', 'external', 'phone'] as const
export type RegistrationMode = (typeof REGISTRATION_MODES)[number]

type Registration = {
  mode: RegistrationMode
  /** Where to sign up, when the mode is `external`. */
  url: string | undefined
  capacity: number | undefined
  seatsLeft: number | undefined
  waitlist: boolean
}

/** Everything that the organiser decides about a café. */
export type CafeContent = {
  title: string
  /** The structure that organises it, in words, where a directory announces it because it has no site of its own. */
  announcedFor?: string | undefined
  /** One or two plain sentences. */
  summary: string | undefined
  descriptionMarkdown: string | undefined
  /** Sanitised; the only form known of a peer's café. */
  descriptionHtml: string
  /** The words of `descriptionHtml`, without a tag, made once when it is written: for files that hold no HTML. */
  descriptionText: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  /** Of a draft: nobody has said its day, and `startsAt` only stands for one. */
  isUndated?: true | undefined
  /** IANA zone of the place: a café at Saint-Denis de La Réunion is not on Paris time. */
  timezone: string
  status: CafeStatus
  /** Why it is cancelled, postponed, moved; in the organiser's words. */
  statusNote: string | undefined
  previousStartsAt: Temporal.Instant | undefined
  /** As it was announced; how one takes part now is `attendanceModeOf`. */
  attendanceMode: AttendanceMode
  /** Where everyone joins. */
  onlineUrl: string | undefined
  /** Where those who signed up join, when the link is for them alone: it leaves this server in no form. */
  registrantsUrl?: string | undefined
  openTo: Openness
  intentions: Intention[]
  /** BCP 47 tags. */
  languages: string[]
  /** Public figures only. */
  speakers: string[]
  /** How the café is paid for (hat, voluntary contribution, sponsor); never a price. */
  support: string | undefined
  phone: string | undefined
  /** Undefined when the café is only online. */
  venue: Venue | undefined
  /** Free text: any format is welcome. */
  format: string | undefined
  themes: string[]
  audiences: string[]
  accessibility: AccessibilityCode[]
  registration: Registration
  image: CafeImage | undefined
}

/** Who announces a café: the actor that signs it, by name. */
export type Organizer = { uri: string; name: string; url: string }

const PUBLICATIONS = ['draft', 'scheduled', 'published'] as const
export type Publication = (typeof PUBLICATIONS)[number]

/** A café: one public conversation about AI, at a place, at a time. Ours or a peer's alike. */
export type Cafe = CafeContent & {
  /** UUID v7, this server's own; the last segment of its page's address here. */
  id: string
  /** The ActivityPub id, at its origin. */
  uri: string
  /** The page to look at, at its origin. */
  url: string
  /** iCalendar UID (RFC 5545 §3.8.4.7). */
  uid: string
  /** iCalendar RECURRENCE-ID, for one date of an imported series. */
  recurrenceId: string | undefined
  /** Key of the calendar or system that it was imported from. */
  reference: string | undefined
  /** Groups the dates of one series. */
  series: string | undefined
  /** Ours when defined. */
  organizationId: string | undefined
  /** Territory (`35`) of the mandate under which a referent announced it here. */
  announcedUnder?: string | undefined
  /** The server it comes from; undefined when it is ours. */
  peerId: string | undefined
  organizer: Organizer
  publication: Publication
  publishAt: Temporal.Instant | undefined
  publishedAt: Temporal.Instant | undefined
  /** Strictly later at each revision; which of two Updates wins. */
  updatedAt: Temporal.Instant
  /** The team's own word that it takes place; never a machine's. */
  confirmedAt: Temporal.Instant | undefined
  /** Why it is not shown; undefined when it is. */
  hiddenReason: HiddenReason | undefined
}

/**
 * Why a café of another server is hidden. `price`: it is not free, so the team decides. `foreign`: its server is no member,
 * so the team decides. `team`: the team has decided to hide it. `duplicate`: another announcement of it is shown.
 * `private`: its server no longer addresses it to Public, `missing`: its server does not find it; nobody here can show it.
 */
export type HiddenReason = 'price' | 'foreign' | 'team' | 'duplicate' | 'private' | 'missing'

/** What its own server does not show to everybody now, so that our team cannot either. */
export const isWithheld = ({ hiddenReason }: Pick<Cafe, 'hiddenReason'>): boolean =>
  hiddenReason === 'private' || hiddenReason === 'missing'

export const isPast = (cafe: Pick<Cafe, 'endsAt'>, now: Temporal.Instant): boolean =>
  cafe.endsAt.epochMilliseconds < now.epochMilliseconds

/** A draft that lacks its day or its place. */
export const isUnfinished = ({
  publication,
  isUndated,
  venue,
  attendanceMode,
}: Pick<Cafe, 'publication' | 'isUndated' | 'venue' | 'attendanceMode'>): boolean =>
  publication === 'draft' && (isUndated === true || (!venue && attendanceMode !== 'online'))

export const isOurs = (cafe: Pick<Cafe, 'peerId'>): boolean => cafe.peerId === undefined

/** Whether a café does not take place on its date. */
export const isOff = ({ status }: Pick<Cafe, 'status'>): boolean =>
  status === 'cancelled' || status === 'postponed'

export const isFull = ({ registration }: Pick<Cafe, 'registration'>): boolean =>
  registration.seatsLeft !== undefined && registration.seatsLeft <= 0

/** A wall-clock reading at the place. */
export const startsAtPlace = (cafe: Pick<Cafe, 'startsAt' | 'timezone'>): Temporal.ZonedDateTime =>
  cafe.startsAt.toZonedDateTimeISO(cafe.timezone)

export const endsAtPlace = (cafe: Pick<Cafe, 'endsAt' | 'timezone'>): Temporal.ZonedDateTime =>
  cafe.endsAt.toZonedDateTimeISO(cafe.timezone)

/** The instant to stamp a new revision with: now, but strictly after the one before. */
export function nextUpdatedAt(
  previous: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Temporal.Instant {
  const second = now.round({ smallestUnit: 'second', roundingMode: 'floor' })
  if (!previous || Temporal.Instant.compare(second, previous) > 0) return second
  return previous.add({ seconds: 1 })
}

/** A change that someone who planned to come must hear of: when, where, whether. */
export const isImportantChange = (before: CafeContent, after: CafeContent): boolean =>
  !before.startsAt.equals(after.startsAt) ||
  before.status !== after.status ||
  before.attendanceMode !== after.attendanceMode ||
  before.venue?.name !== after.venue?.name ||
  before.venue?.commune !== after.venue?.commune ||
  before.venue?.streetAddress !== after.venue?.streetAddress

/** What followers are told of in a message beside the café: an important change, and that there is no seat any more. */
export const isNewsForFollowers = (before: CafeContent, after: CafeContent): boolean =>
  isImportantChange(before, after) || (isFull(after) && !isFull(before) && !isOff(after))
