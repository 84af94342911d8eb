import type { Refusal } from '../values/refusal.ts'
import { completeWebAddress, isWebAddress } from '../values/web-address.ts'
import type { ImportedIdentity } from './import.ts'

/** A calendar at an address that is read again and again for one structure. */
export type FollowedCalendar = {
  id: string
  organizationId: string
  address: string
  /** Of what it brings that is new here. */
  publication: 'published' | 'draft'
  /** Events that somebody left out; without `recurrenceId`, all dates of the event. */
  leftOut: LeftOut[]
  /** ETag and Last-Modified of its last whole answer. */
  etag: string | undefined
  lastModified: string | undefined
  dueAt: Temporal.Instant
  /** Its last good answer, also one that said that nothing has changed. */
  readAt: Temporal.Instant | undefined
  /** Its last good answer that was read whole. */
  wholeAt: Temporal.Instant | undefined
  /** How many rows of it are cafés here, and how many are not, past ones not counted. */
  cafes: number
  aside: number
  /** Readings without a good answer, one after the other, since when, and why the last one had none. */
  failures: number
  failingSince: Temporal.Instant | undefined
  fault: Refusal | undefined
}

export type LeftOut = { uid: string; recurrenceId?: string | undefined }

/** A structure has a few calendars; each is asked for every hour. */
export const MOST_CALENDARS = 20

const ADDRESS_MAX = 2000

/** The address that a calendar is read at: `webcal:` is https (as Apple's and Google's links have it). */
export function toCalendarAddress(text: string): string | undefined {
  const address = completeWebAddress(text.trim().replace(/^webcals?:\/\//i, 'https://'))
  return isWebAddress(address) && address.length <= ADDRESS_MAX ? address : undefined
}

/** Since the dates of its series come nearer, a calendar is read whole once a day though it says that nothing changed. */
const WHOLE_HOURS = 24

/** What is absent from each reading for as long as this is gone from the calendar. */
const ABSENT_HOURS = 24

/** An error is a person's business once it has lasted for as long as this. */
const LASTING_HOURS = 24

const LONGEST_PAUSE_MINUTES = 24 * 60

export const isWholeReadingDue = ({ wholeAt }: FollowedCalendar, now: Temporal.Instant): boolean =>
  wholeAt === undefined || hoursBetween(wholeAt, now) >= WHOLE_HOURS

export const isFailingForLong = (
  { failingSince }: Pick<FollowedCalendar, 'failingSince'>,
  now: Temporal.Instant,
): boolean => failingSince !== undefined && hoursBetween(failingSince, now) >= LASTING_HOURS

/**
 * Minutes until a calendar is asked for again: twice as long after each reading that failed, a day at most.
 * @param failures one after the other, this one included
 * @param asked seconds that its server asks to be left alone for (Retry-After)
 */
export function decidePause(failures: number, everyMinutes: number, asked = 0): number {
  const pause = Math.max(everyMinutes * 2 ** Math.min(failures, 10), asked / 60)
  return Math.min(pause, Math.max(LONGEST_PAUSE_MINUTES, everyMinutes))
}

/** No more than this share of what is to come may go from a calendar without a person's word. */
const SHARE_THAT_MAY_GO = 1 / 3

/**
 * Which of the cafés that a whole, good reading lacks are to be cancelled: those that each reading lacked for a day. None
 * is while more than a third of what is to come is lacking: that looks like a fault, and the team is asked.
 * @param toCome how many cafés to come this calendar brought
 */
export function decideAbsences<Absent extends { missingSince: Temporal.Instant | undefined }>(
  toCome: number,
  absent: readonly Absent[],
  now: Temporal.Instant,
): { isDoubtful: boolean; gone: Absent[] } {
  const isDoubtful = absent.length > toCome * SHARE_THAT_MAY_GO
  const isGone = ({ missingSince }: Absent) =>
    missingSince !== undefined && hoursBetween(missingSince, now) >= ABSENT_HOURS
  return { isDoubtful, gone: isDoubtful ? [] : absent.filter(isGone) }
}

export const isLeftOut = (
  leftOut: readonly LeftOut[],
  { uid, recurrenceId }: ImportedIdentity,
): boolean =>
  leftOut.some(
    (one) =>
      one.uid === uid && (one.recurrenceId === undefined || one.recurrenceId === recurrenceId),
  )

const hoursBetween = (one: Temporal.Instant, other: Temporal.Instant): number =>
  one.until(other).total('hours')
