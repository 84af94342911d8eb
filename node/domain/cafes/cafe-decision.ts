import { decideResources } from '../resources/named-resource.ts'
import type { Problem, ProblemCode } from '../values/problem.ts'
import { isSame } from '../values/same.ts'
import { isWebAddress } from '../values/web-address.ts'
import {
  type AttendanceMode,
  type Cafe,
  type CafeContent,
  firstStartOf,
  ownRegistrationOf,
  totalCapacityOf,
  USUAL_REMINDERS,
} from './cafe.ts'
import { type CafeInput, DEFAULT_MINUTES, hasHour, LONGEST_HOURS, readTime } from './cafe-input.ts'
import { cafeTextsOf } from './cafe-texts.ts'
import type { Venue } from './venue.ts'

export type CafeSurroundings = {
  /** The venue with its town looked up; undefined for a café that is only online. */
  venue: Venue | undefined
  /** IANA zone of the venue's département, used when the input names none. */
  timezone: string
  now: Temporal.Instant
  /** The stored café when it is edited; undefined for a new one. */
  current: Cafe | undefined
  /** Whether it is a draft, which may still lack its place. */
  isDraft?: boolean | undefined
  renderDescription: (markdown: string) => Pick<CafeContent, 'descriptionHtml' | 'descriptionText'>
}

/** Decides what makes a café: times in their zone, an end after the start, and a place or an address online. */
export function decideCafe(
  input: CafeInput,
  { venue, timezone: placeTimezone, now, current, isDraft, renderDescription }: CafeSurroundings,
): { content: CafeContent; problems?: never } | { problems: Problem[]; content?: never } {
  const problems: Problem[] = []
  const problem = (field: string, code: ProblemCode) => problems.push({ field, code })

  const timezone = input.timezone ?? placeTimezone
  const startsAt = readTime(input.startsAt, timezone)
  if (!startsAt) problem('startsAt', 'not_a_date')
  const explicitEnd = input.endsAt ? readTime(input.endsAt, timezone) : undefined
  if (input.endsAt && !explicitEnd) problem('endsAt', 'not_a_date')
  if (startsAt && !hasHour(input.startsAt)) problem('startsAt', 'time_required')
  if (explicitEnd && input.endsAt && !hasHour(input.endsAt)) problem('endsAt', 'time_required')
  if (input.endsAt && input.durationMinutes) problem('endsAt', 'end_and_duration')
  const minutes = input.durationMinutes ?? DEFAULT_MINUTES
  const endsAt = explicitEnd ?? startsAt?.add({ minutes })
  if (startsAt && endsAt) {
    const hours = startsAt.until(endsAt).total('hours')
    if (hours <= 0) problem('endsAt', 'ends_before_start')
    else if (hours > LONGEST_HOURS) problem('endsAt', 'too_long_event')
    else if (!current && Temporal.Instant.compare(endsAt, now) < 0)
      problem('startsAt', 'in_the_past')
  }

  const registrantsUrl =
    input.registrantsUrl === undefined ? current?.registrantsUrl : input.registrantsUrl || undefined
  const isOnline = !venue && (input.onlineUrl ?? registrantsUrl) !== undefined
  const attendanceMode = input.attendanceMode ?? (isOnline ? 'online' : 'offline')
  if (attendanceMode !== 'online' && !venue && !isDraft) problem('venue', 'venue_required')
  const isGoing = isGoingOnline(current, attendanceMode)
  if (isGoing && (input.onlineUrl ?? registrantsUrl) === undefined)
    problem('onlineUrl', 'online_url_required')
  const mode = input.registration?.mode ?? (input.registration?.url ? 'external' : 'none')
  if (mode === 'external' && !input.registration?.url)
    problem('registration.url', 'registration_url_required')
  if (mode === 'none' && registrantsUrl) problem('registration.mode', 'sign_up_required')
  if (mode === 'phone' && !input.phone) problem('phone', 'phone_required')
  if (input.image && !isWebAddress(input.image.url)) problem('image.url', 'not_an_url')
  if (input.image && input.image.alt.trim() === '') problem('image.alt', 'alt_required')

  const onlineCapacity = decideOnlineCapacity(input, current, attendanceMode)
  if (
    (input.registration?.seatsLeft ?? 0) >
    (input.registration?.capacity ?? Infinity) + (onlineCapacity ?? 0)
  )
    problem('registration.seatsLeft', 'more_than_capacity')

  if (problems.length > 0 || !startsAt || !endsAt) return { problems }
  const capacity = input.registration?.capacity ?? undefined
  return {
    content: {
      title: input.title,
      summary: input.summary,
      descriptionMarkdown: input.descriptionMarkdown,
      ...renderDescription(input.descriptionMarkdown ?? ''),
      startsAt,
      endsAt,
      isUndated: undefined,
      timezone,
      ...decideStatus(current, startsAt),
      ...(isGoing && { status: 'moved-online' }),
      ...(current && (isGoing || staysOnline(current, attendanceMode))
        ? { attendanceMode: current.attendanceMode, venue: venue ?? current.venue }
        : { attendanceMode, venue: attendanceMode === 'online' ? undefined : venue }),
      onlineUrl: input.onlineUrl,
      registrantsUrl,
      openTo: input.openTo ?? 'public',
      intentions: input.intentions ?? [],
      languages: input.languages?.length ? input.languages : ['fr'],
      speakers: input.speakers,
      ...cafeTextsOf(input),
      phone: input.phone,
      format: input.format,
      themes: input.themes,
      resources: decideResources(input.resources, current?.resources),
      audiences: input.audiences,
      accessibility: input.accessibility ?? [],
      registration: {
        mode,
        url: input.registration?.url,
        capacity,
        seatsLeft: decideSeatsLeft(input, current),
        // Whoever registers here waits where no seat is left.
        waitlist: mode === 'local',
        ...ownRegistrationOf(current),
        ...decideAsked(input.registration ?? {}),
        onlineCapacity,
      },
      image: decideImage(input.image ?? undefined, current),
    },
  }
}

/** Decides what people are asked who register, and reminded of. What is usual is left out, as in a café that says nothing. */
function decideAsked({
  reminders,
  questions,
  wholeSeries,
}: NonNullable<CafeInput['registration']> | Record<string, never>): Partial<
  CafeContent['registration']
> {
  const isUsual = reminders && isSame([...reminders], [...USUAL_REMINDERS])
  return {
    ...(reminders && { reminders: isUsual ? undefined : reminders }),
    ...(questions && { questions: questions.length > 0 ? questions : undefined }),
    ...(wholeSeries !== undefined && { wholeSeries: wholeSeries === true ? true : undefined }),
  }
}

/** Decides how many seats there are online, which a café of both sides alone says by itself. */
function decideOnlineCapacity(
  { registration }: CafeInput,
  current: Cafe | undefined,
  mode: AttendanceMode,
): number | undefined {
  if (mode !== 'mixed' && current?.attendanceMode !== 'mixed') return undefined
  const said = registration?.onlineCapacity
  return said === undefined ? current?.registration.onlineCapacity : (said ?? undefined)
}

/**
 * Returns the number of seats left, where somebody counts them. Seats that are added are free; a café may be full
 * although nobody counts.
 */
export function decideSeatsLeft(
  input: Pick<CafeInput, 'registration'>,
  current: Pick<Cafe, 'registration'> | undefined,
): number | undefined {
  const { capacity: room, onlineCapacity } = input.registration ?? {}
  const capacity = totalCapacityOf({
    capacity: room ?? undefined,
    onlineCapacity: onlineCapacity ?? current?.registration.onlineCapacity,
  })
  const said = input.registration?.seatsLeft ?? undefined
  if (capacity === undefined) return (said ?? current?.registration.seatsLeft) === 0 ? 0 : undefined
  if (said !== undefined) return said
  const before = current && totalCapacityOf(current.registration)
  const seatsLeft = current?.registration.seatsLeft
  if (seatsLeft === undefined) return undefined
  return Math.min(capacity, Math.max(0, seatsLeft + capacity - (before ?? capacity)))
}

/**
 * Returns whether the café stays online: every format says of a café that moved online that it is online, and a program
 * that sends this back must not remove its place.
 */
const staysOnline = (current: Cafe, asked: AttendanceMode): boolean =>
  current.status === 'moved-online' && asked === 'online'

/**
 * Returns whether an edit makes a café of a place an online one. People who know it by its town then read there that it
 * is held online, as if `moved-online` had been asked for.
 */
export const isGoingOnline = (current: Cafe | undefined, asked: AttendanceMode): boolean =>
  asked === 'online' &&
  current?.publication === 'published' &&
  current.venue !== undefined &&
  current.attendanceMode !== 'online' &&
  (current.status === 'scheduled' || current.status === 'rescheduled')

/** Decides the picture. Where the address is that of the picture that the café has, its sizes and credit are kept. */
function decideImage(
  image: { url: string; alt: string } | undefined,
  current: Cafe | undefined,
): CafeContent['image'] {
  if (!image) return undefined
  const known = current?.image?.url === image.url ? current.image : undefined
  return { ...known, url: image.url, alt: image.alt.trim() }
}

/**
 * Decides the status. A published café whose date changes is rescheduled and keeps the date that was announced first
 * (FEP-8a8e), until it returns to that; otherwise the status stays.
 */
export function decideStatus(
  current: Cafe | undefined,
  startsAt: Temporal.Instant,
): Pick<CafeContent, 'status' | 'statusNote' | 'previousStartsAt'> {
  if (!current) return { status: 'scheduled', statusNote: undefined, previousStartsAt: undefined }
  const { status, statusNote, previousStartsAt } = current
  if (current.startsAt.equals(startsAt) || current.publication !== 'published')
    return { status, statusNote, previousStartsAt }
  const first = firstStartOf(current, startsAt)
  // A new date neither reinstates a cancelled café nor moves an online one back to its place.
  const isKept = status === 'cancelled' || status === 'moved-online'
  return {
    status: isKept ? status : first ? 'rescheduled' : 'scheduled',
    statusNote,
    previousStartsAt: first,
  }
}
