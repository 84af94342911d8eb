import { type Cafe, type Reminder, startsAtPlace } from '../cafes/cafe.ts'

/** When a reminder leaves, by the clocks of the place: at eight in the morning, or two hours before an early café. */
const HOUR = Temporal.PlainTime.from('08:00')
const DAYS: Record<Reminder, number> = { week: 7, eve: 1, morning: 0 }
const EARLY = { hours: 2 }

/** Until how long before the start a reminder may leave that is late, since the machine was off. */
const LATEST: Record<Reminder, Temporal.DurationLike> = {
  week: { hours: 3 * 24 },
  eve: { hours: 1 },
  morning: { hours: 1 },
}

type Times = Pick<Cafe, 'startsAt' | 'timezone'>

/** Returns when a reminder of a café is due. */
export function findReminderTime(cafe: Times, reminder: Reminder): Temporal.Instant {
  const start = startsAtPlace(cafe)
  const at = start.subtract({ days: DAYS[reminder] }).withPlainTime(HOUR)
  const early = start.subtract(EARLY)
  return (Temporal.ZonedDateTime.compare(at, early) > 0 ? early : at).toInstant()
}

/** Returns which of these reminders are due, the earliest first. The last one is said; those before it are too late. */
export const listDueReminders = (
  cafe: Times,
  reminders: readonly Reminder[],
  now: Temporal.Instant,
): Reminder[] =>
  reminders
    .filter((each) => Temporal.Instant.compare(findReminderTime(cafe, each), now) <= 0)
    .toSorted((one, other) => DAYS[other] - DAYS[one])

/** Returns whether a reminder that is due may still leave. */
export const isReminderInTime = (
  { startsAt }: Pick<Cafe, 'startsAt'>,
  reminder: Reminder,
  now: Temporal.Instant,
): boolean => Temporal.Instant.compare(now, startsAt.subtract(LATEST[reminder])) <= 0
