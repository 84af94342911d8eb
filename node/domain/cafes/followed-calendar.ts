import type { Refusal } from '../values/refusal.ts'
import { completeWebAddress, isWebAddress } from '../values/web-address.ts'
import type { ImportedIdentity } from './import.ts'

/** A calendar at an address that is read regularly for one structure. */
export type FollowedCalendar = {
  id: string
  organizationId: string
  address: string
  /** The publication of the cafés that it brings and that are new here. */
  publication: 'published' | 'draft'
  /** Events that a person left out; without `recurrenceId`, all dates of the event. */
  leftOut: LeftOut[]
  /** ETag and Last-Modified of its last complete answer. */
  etag: string | undefined
  lastModified: string | undefined
  dueAt: Temporal.Instant
  /** The time of its last good answer, including one that said that nothing has changed. */
  readAt: Temporal.Instant | undefined
  /** The time of its last good answer that was read as a whole. */
  wholeAt: Temporal.Instant | undefined
  /** How many of its rows are cafés here, and how many are not; past ones are not counted. */
  cafes: number
  aside: number
  /** How many readings failed one after the other, since when, and why the last one failed. */
  failures: number
  failingSince: Temporal.Instant | undefined
  fault: Refusal | undefined
}

export type LeftOut = { uid: string; recurrenceId?: string | undefined }

/** The maximum number of calendars of a structure: it has a few, and each is asked for every hour. */
export const MOST_CALENDARS = 20

/**
 * The maximum number of cafés to come that one calendar may have brought, cancelled ones included. It is read while
 * nobody looks, and its author may give other UIDs to other events each hour.
 */
export const MOST_TO_COME = 5000

const ADDRESS_MAX = 2000

/**
 * Returns the address at which a calendar is read. `webcal:`, which the links of Apple and Google have, becomes https.
 * Undefined when it is no address.
 */
export function toCalendarAddress(text: string): string | undefined {
  const address = completeWebAddress(text.trim().replace(/^webcals?:\/\//i, 'https://'))
  return isWebAddress(address) && address.length <= ADDRESS_MAX ? address : undefined
}

/**
 * A calendar is read as a whole once a day even when it says that nothing has changed, since later dates of its series
 * come into range.
 */
const WHOLE_HOURS = 24

/** What every reading lacks for this long is gone from the calendar. */
const ABSENT_HOURS = 24

/** An error is shown to a person once it has lasted for this long. */
const LASTING_HOURS = 24

const LONGEST_PAUSE_MINUTES = 24 * 60

/** Returns whether the calendar is read even where its server would answer that nothing changed. */
export const isWholeReadingDue = ({ wholeAt }: FollowedCalendar, now: Temporal.Instant): boolean =>
  wholeAt === undefined || hoursBetween(wholeAt, now) >= WHOLE_HOURS

/** Returns whether a calendar has not been readable for so long that a person is told. */
export const isFailingForLong = (
  { failingSince }: Pick<FollowedCalendar, 'failingSince'>,
  now: Temporal.Instant,
): boolean => failingSince !== undefined && hoursBetween(failingSince, now) >= LASTING_HOURS

/**
 * Decides the minutes until a calendar is asked for again: twice as many after each failed reading, a day at most.
 * @param failures - How many readings failed one after the other, this one included.
 * @param asked - The seconds for which its server asks to be left alone (Retry-After).
 */
export function decidePause(failures: number, everyMinutes: number, asked = 0): number {
  const pause = Math.max(everyMinutes * 2 ** Math.min(failures, 10), asked / 60)
  return Math.min(pause, Math.max(LONGEST_PAUSE_MINUTES, everyMinutes))
}

/** No more than this share of the coming cafés of a calendar may be cancelled unless a person agrees. */
const SHARE_THAT_MAY_GO = 1 / 3

/**
 * Decides which of the cafés that a whole, good reading lacks are cancelled: those that every reading of the last day
 * lacked. None is while more than a third of the coming ones is lacking: that looks like a fault, and the team is
 * asked.
 * @param toCome - How many coming cafés this calendar brought.
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

/** Returns whether an event, or the whole series that it is of, is one of those that are left out. */
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
