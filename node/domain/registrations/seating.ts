import type { Cafe } from '../cafes/cafe.ts'
import { type Registration, type Side, sideOf } from './registration.ts'

/** For how long seats are held while a mail address waits to be proven. */
export const PROOF_MINUTES = 30

/** For how long an address that was not proven is kept. */
export const UNPROVEN_HOURS = 24

/**
 * Which part of the seats may go to people of whom nothing is proven, a telephone number or an account elsewhere: nobody
 * fills a café by inventing them. Whom the team adds is known to it.
 */
const UNPROVEN_SHARE = 1 / 2

const OFFER_HOURS = 24
const SHORTEST_OFFER_MINUTES = 30

/** What counts of a registration when seats are shared out. */
type Seat = Pick<Registration, 'state' | 'seats' | 'heldUntil' | 'rank'>

/** Returns whether a registration has seats at this time, which nobody else may have. */
const hasSeats = ({ state, heldUntil }: Omit<Seat, 'rank'>, now: Temporal.Instant): boolean =>
  state === 'confirmed' ||
  ((state === 'unproven' || state === 'offered') &&
    heldUntil !== undefined &&
    Temporal.Instant.compare(heldUntil, now) > 0)

/** Lists registrations, with one more for each address that was typed again and holds seats as a new one would. */
export const withHeldAgain = (all: readonly Registration[]): readonly Registration[] =>
  all.flatMap((one) => {
    if (!one.again) return [one]
    const { side, seats, until: heldUntil } = one.again
    return [one, { ...one, state: 'unproven', side, seats, heldUntil, again: undefined }]
  })

/** Returns how many seats are taken or held. */
export const countTaken = (all: readonly Seat[], now: Temporal.Instant): number =>
  all.reduce((total, each) => total + (hasSeats(each, now) ? each.seats : 0), 0)

/** Returns how many seats are free; undefined where there is no limit, and none where too many are taken. */
export const countFree = (
  capacity: number | undefined,
  all: readonly Seat[],
  now: Temporal.Instant,
): number | undefined =>
  capacity === undefined ? undefined : Math.max(0, capacity - countTaken(all, now))

/** Returns whether nothing says that this person exists. */
export const isUnproven = ({ email, source }: Pick<Registration, 'email' | 'source'>): boolean =>
  email === undefined && (source === 'form' || source === 'fediverse')

/** Returns how many seats are left for people of whom nothing is proven; undefined where there is no limit. */
export const countFreeUnproven = (
  capacity: number | undefined,
  all: readonly (Seat & Pick<Registration, 'email' | 'source'>)[],
  now: Temporal.Instant,
): number | undefined =>
  capacity === undefined
    ? undefined
    : Math.max(0, Math.ceil(capacity * UNPROVEN_SHARE) - countTaken(all.filter(isUnproven), now))

/**
 * Chooses who is offered the seats that are free: of those who wait, in their order, each whose number of seats fits into
 * what is left. Who needs more is passed over and keeps their rank.
 */
export function chooseOffers<T extends Seat>(free: number | undefined, waiting: readonly T[]): T[] {
  let left = free ?? Number.POSITIVE_INFINITY
  return waiting
    .toSorted((a, b) => a.rank - b.rank)
    .filter(({ seats }) => {
      if (seats > left) return false
      left -= seats
      return true
    })
}

/** Seats that became free and were offered: to which rank of a side, when, and how many were free then. */
export type Offer = Pick<Registration, 'side' | 'rank'> & {
  madeAt: Temporal.Instant
  /** Undefined where there was no limit. */
  free: number | undefined
}

/**
 * Finds the last time that somebody who waits was passed over: fewer seats than they need became free, and were offered to
 * those who asked later.
 */
export function findPassing(
  { side, rank, seats }: Pick<Registration, 'side' | 'rank' | 'seats'>,
  offers: readonly Offer[],
): Offer | undefined {
  const passed = offers.filter(
    (offer) => offer.side === side && offer.rank > rank && (offer.free ?? seats) < seats,
  )
  // Of those who were offered seats together, the first took from what this person could have had.
  return passed.toSorted(
    (a, b) => Temporal.Instant.compare(b.madeAt, a.madeAt) || a.rank - b.rank,
  )[0]
}

/**
 * Returns the rank of each registration on the waiting list of its side, from 1 on, by its id.
 * @param all - In the order in which people asked.
 */
export function listRanks(
  cafe: Pick<Cafe, 'attendanceMode' | 'status'>,
  all: readonly Pick<Registration, 'id' | 'side' | 'state'>[],
): ReadonlyMap<string, number> {
  const lengths = new Map<Side, number>()
  const ranks = new Map<string, number>()
  for (const { id, side, state } of all) {
    if (state !== 'waiting') continue
    const rank = (lengths.get(sideOf(cafe, side)) ?? 0) + 1
    lengths.set(sideOf(cafe, side), rank)
    ranks.set(id, rank)
  }
  return ranks
}

/**
 * Returns until when an offer may be answered: 24 hours, or a quarter of the time until the café begins. It is undefined
 * where that would be less than half an hour: seats are then free for whoever asks first.
 */
export function findOfferEnd(
  startsAt: Temporal.Instant,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const minutes = Math.min(OFFER_HOURS * 60, Math.floor(now.until(startsAt).total('minutes') / 4))
  return minutes < SHORTEST_OFFER_MINUTES ? undefined : now.add({ minutes })
}
