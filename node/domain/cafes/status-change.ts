import type { Problem } from '../values/problem.ts'
import { isWebAddress } from '../values/web-address.ts'
import { type Cafe, nextUpdatedAt, startsAtPlace } from './cafe.ts'

/** What may become of an announced café, in the words of its organiser: one answer to one question. */
export const STATUS_CHANGES = [
  'as-planned',
  'full',
  'moved-online',
  'postponed',
  'cancelled',
] as const
export type StatusChange = (typeof STATUS_CHANGES)[number]

/** The maximum number of characters of a note, as many as readers on the wire keep. */
export const NOTE_MAX = 255

export type AskedStatusChange = {
  statusChange: StatusChange
  /** The reason, in the organiser's words. */
  note?: string | undefined
  /** The address to join at; needed to move online, unless the café has one. */
  onlineUrl?: string | undefined
}

type Stated = Pick<Cafe, 'status' | 'registration'>

/**
 * Returns what the team would choose in the form to arrive at the café's present status; a full café that takes place
 * is `full`.
 */
export function statusChangeOf({ status, registration }: Stated): StatusChange {
  if (status === 'cancelled' || status === 'postponed') return status
  if (registration.seatsLeft === 0) return 'full'
  return status === 'moved-online' ? status : 'as-planned'
}

/**
 * Decides the café after a change of its status. A note about a state that is over is removed, and the seats left of a
 * café that is no longer full are unknown.
 */
export function decideStatusChange(
  cafe: Cafe,
  { statusChange, note, onlineUrl }: AskedStatusChange,
): { value: Cafe; problems?: never } | { problems: Problem[]; value?: never } {
  const statusNote = note?.trim() || undefined
  if (statusNote && statusNote.length > NOTE_MAX)
    return { problems: [{ field: 'note', code: 'too_long', detail: String(NOTE_MAX) }] }
  if (statusChange === 'cancelled' || statusChange === 'postponed')
    return { value: { ...cafe, status: statusChange, statusNote } }
  if (statusChange === 'moved-online') {
    const address = onlineUrl?.trim() || cafe.onlineUrl
    if (!address && !cafe.registrantsUrl)
      return { problems: [{ field: 'onlineUrl', code: 'online_url_required' }] }
    if (address && !isWebAddress(address))
      return { problems: [{ field: 'onlineUrl', code: 'not_an_url' }] }
    const free = withSeats(cafe, false)
    return { value: { ...free, status: statusChange, onlineUrl: address, statusNote } }
  }
  const isFull = statusChange === 'full'
  const isStillOnline = isFull && cafe.status === 'moved-online'
  const status = isStillOnline ? 'moved-online' : heldStatus(cafe)
  return { value: withSeats({ ...cafe, status, statusNote }, isFull) }
}

/** Returns the status of a café that takes place after all; it keeps that its date has changed. */
const heldStatus = ({ previousStartsAt }: Cafe): Cafe['status'] =>
  previousStartsAt ? 'rescheduled' : 'scheduled'

function withSeats(cafe: Cafe, isFull: boolean): Cafe {
  const { registration } = cafe
  if (isFull) return { ...cafe, registration: { ...registration, seatsLeft: 0 } }
  if (registration.seatsLeft !== 0) return cafe
  return { ...cafe, registration: { ...registration, seatsLeft: undefined } }
}

/** How long before it begins the team is asked whether a café still takes place. */
export const CONFIRMATION_HOURS = 72

const takesPlace = ({ status, publication }: Pick<Cafe, 'status' | 'publication'>): boolean =>
  publication === 'published' && status !== 'cancelled' && status !== 'postponed'

/**
 * Returns whether a person is asked if the café still takes place: from three days before until it begins, and not
 * before the morning after it was announced or changed, since whoever did so has just said that it does.
 */
export const awaitsConfirmation = (cafe: Cafe, now: Temporal.Instant): boolean =>
  takesPlace(cafe) &&
  cafe.confirmedAt === undefined &&
  Temporal.Instant.compare(cafe.startsAt, now) > 0 &&
  Temporal.Instant.compare(cafe.startsAt, now.add({ hours: CONFIRMATION_HOURS })) <= 0 &&
  isReached(morningAfterChange(cafe), now)

const MORNING = Temporal.PlainTime.from('09:00')

/**
 * Returns whether this is asked by mail, at an hour when somebody may read it: at nine in the morning at the place,
 * three days before, and not before the morning after it was announced or changed.
 */
export function isAskedByMail(cafe: Cafe, now: Temporal.Instant): boolean {
  if (!takesPlace(cafe) || cafe.confirmedAt !== undefined) return false
  const threeDaysBefore = morningOf(startsAtPlace(cafe).subtract({ days: 3 }))
  return [threeDaysBefore, morningAfterChange(cafe)].every((morning) => isReached(morning, now))
}

function morningAfterChange(cafe: Cafe): Temporal.ZonedDateTime {
  const changed = cafe.updatedAt.toZonedDateTimeISO(cafe.timezone)
  const sameMorning = morningOf(changed)
  const isEarly = Temporal.ZonedDateTime.compare(changed, sameMorning) < 0
  return isEarly ? sameMorning : morningOf(changed.add({ days: 1 }))
}

const isReached = (at: Temporal.ZonedDateTime, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(at.toInstant(), now) <= 0

const morningOf = (day: Temporal.ZonedDateTime): Temporal.ZonedDateTime =>
  day.withPlainTime(MORNING)

/** Records a person's confirmation once: it holds until when, where or whether it takes place changes. */
export const decideConfirmation = (cafe: Cafe, now: Temporal.Instant): { value: Cafe } => ({
  value:
    takesPlace(cafe) && cafe.confirmedAt === undefined
      ? { ...cafe, confirmedAt: nextUpdatedAt(undefined, now) }
      : cafe,
})
