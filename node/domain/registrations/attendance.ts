import type { Registration } from './registration.ts'

/** More people than this do not come to a café without registering. */
export const UNREGISTERED_MAX = 999

/** What a team counted at the door: how many came of each registration, by its id, and how many without one. */
export type Count = { present: ReadonlyMap<string, number>; unregistered: number }

/** The numbers that stay of a count. */
export type Attendance = {
  /** All who came, with or without a registration. */
  participants: number
  /** The seats that were kept for people who did not come. */
  absent: number
  unregistered: number
}

/**
 * Adds up a count. Who registered after the list was opened is on no line of it, and is neither present nor absent; who
 * came although the registration was cancelled is present.
 */
export function attendanceOf(
  all: readonly Pick<Registration, 'id' | 'state' | 'seats'>[],
  { present, unregistered }: Count,
): Attendance {
  const counted = all.flatMap((one) => {
    const came = present.get(one.id)
    return came === undefined ? [] : [{ ...one, came: Math.min(came, one.seats) }]
  })
  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)
  return {
    participants: sum(counted.map(({ came }) => came)) + unregistered,
    absent: sum(
      counted.map(({ state, seats, came }) => (state === 'confirmed' ? seats - came : 0)),
    ),
    unregistered,
  }
}

/** From how many counts on an average says something about a place, and nothing about a person. */
const COUNTS_MIN = 3

/** Returns how many of ten people who have a seat do not come, rounded; undefined where too few cafés were counted. */
export const findNoShowRate = (counts: readonly Attendance[]): number | undefined => {
  const absent = counts.reduce((sum, one) => sum + one.absent, 0)
  const came = counts.reduce((sum, one) => sum + one.participants - one.unregistered, 0)
  if (counts.length < COUNTS_MIN || absent + came === 0) return undefined
  return Math.round((10 * absent) / (absent + came))
}
