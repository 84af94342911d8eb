import { type Cafe, startsAtPlace } from './cafe.ts'
import {
  isSameState,
  type KnownState,
  knownStateOf,
  type ShownToFollowers,
} from './change-message.ts'

/**
 * How soon followers are told of a change. It is decided here alone, for the place's own followers, for those of each
 * feed of a directory, and for what a directory takes in from its members.
 */

type Changed = ShownToFollowers & Pick<Cafe, 'endsAt' | 'timezone'>

/**
 * Returns whether a change is told at once, whatever limit is reached: it overtakes what readers were told of whether
 * the café takes place (« Annulé », « Reporté », « Maintenu », the new date of what was put off), or the café is, or
 * was to be, today or tomorrow by the clocks of the place. Any other change may be told a few minutes later, together
 * with others.
 * @param before - The state that readers were told last; undefined when that is no longer known.
 */
export function isUrgent(
  before: KnownState | undefined,
  cafe: Changed,
  now: Temporal.Instant,
): boolean {
  if (before === undefined) return true
  return isReversal(before, cafe) || isSoon(before, cafe, now)
}

/** Returns whether a café is, or was to be, today or tomorrow by the clocks of the place. */
export function isSoon(before: KnownState, cafe: Changed, now: Temporal.Instant): boolean {
  const tomorrow = now.toZonedDateTimeISO(cafe.timezone).toPlainDate().add({ days: 1 })
  const isNear = (day: Temporal.PlainDate) => Temporal.PlainDate.compare(day, tomorrow) <= 0
  const isOver = Temporal.Instant.compare(cafe.endsAt, now) <= 0
  const known = Temporal.Instant.from(before.startsAt)
  const wasToCome = Temporal.Instant.compare(known, now) > 0
  return (
    (!isOver && isNear(startsAtPlace(cafe).toPlainDate())) ||
    (wasToCome && isNear(known.toZonedDateTimeISO(cafe.timezone).toPlainDate()))
  )
}

/** Returns whether the café no longer takes place when it was said to, or does so again. */
export function isReversal(before: KnownState | undefined, cafe: ShownToFollowers): boolean {
  const after = knownStateOf(cafe)
  return before?.isCancelled !== after.isCancelled || before.isPostponed !== after.isPostponed
}

/** Returns whether all that is new is that no seat is left, or that there are seats again. */
export function isOnlySeats(before: KnownState | undefined, cafe: ShownToFollowers): boolean {
  const after = knownStateOf(cafe)
  if (!before || before.isFull === after.isFull) return false
  return isSameState({ ...before, isFull: after.isFull }, after)
}
