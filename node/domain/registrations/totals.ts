import type { Cafe } from '../cafes/cafe.ts'
import {
  capacityOf,
  NEEDS,
  type Need,
  type Registration,
  type Side,
  sideOf,
  sidesOf,
} from './registration.ts'
import { countTaken, withHeldAgain } from './seating.ts'

/** What a side of a café adds up to: seats, and the registrations that have them or wait for them. */
export type SideTotals = {
  side: Side
  /** Undefined where there is no limit. */
  capacity: number | undefined
  taken: number
  /** How many registrations have the seats that are taken. */
  registrations: number
  /** Seats that are held for a proof, or for the answer to an offer. */
  held: number
  waiting: number
  waitingSeats: number
}

/** Adds up the registrations of each side of a café. */
export function totalsOf(
  cafe: Pick<Cafe, 'registration' | 'attendanceMode' | 'status'>,
  all: readonly Registration[],
  now: Temporal.Instant,
): SideTotals[] {
  return sidesOf(cafe).map((side) => {
    const isHere = (each: Registration) => sideOf(cafe, each.side) === side
    const here = all.filter(isHere)
    const confirmed = here.filter(({ state }) => state === 'confirmed')
    const waiting = here.filter(({ state }) => state === 'waiting')
    const taken = seatsOf(confirmed)
    return {
      ...{ side, taken, capacity: capacityOf(cafe, side), registrations: confirmed.length },
      held: countTaken(withHeldAgain(all).filter(isHere), now) - taken,
      ...{ waiting: waiting.length, waitingSeats: seatsOf(waiting) },
    }
  })
}

/** Returns how many seats these registrations have together. */
export const seatsOf = (some: readonly Pick<Registration, 'seats'>[]): number =>
  some.reduce((sum, { seats }) => sum + seats, 0)

/** Counts by need how many registrations that are confirmed have it, in the order of `NEEDS`. */
export function countNeeds(
  all: readonly Pick<Registration, 'id' | 'state'>[],
  needs: ReadonlyMap<string, readonly Need[]>,
): [Need, number][] {
  const confirmed = all.filter(({ state }) => state === 'confirmed')
  return NEEDS.map((need): [Need, number] => [
    need,
    confirmed.filter(({ id }) => needs.get(id)?.includes(need)).length,
  ]).filter(([, count]) => count > 0)
}
