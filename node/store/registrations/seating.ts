import type { Cafe } from '../../domain/cafes/cafe.ts'
import { REGISTRATIONS_OF_CAFE } from '../../domain/limits/limits.ts'
import {
  capacityOf,
  type Registration,
  type Side,
  sideOf,
  sidesOf,
} from '../../domain/registrations/registration.ts'
import {
  chooseOffers,
  countFree,
  countFreeUnproven,
  findOfferEnd,
  isUnproven,
  withHeldAgain,
} from '../../domain/registrations/seating.ts'
import { seatsOf } from '../../domain/registrations/totals.ts'
import type { Database } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { REGISTRATION } from '../schema/registrations.ts'
import { OPEN_STATES } from './registrations.ts'

/** A café, with its registrations that are not over, in the order in which people asked. */
export type Seating = {
  trx: Database
  cafe: Cafe
  /** It follows what is decided. */
  open: Registration[]
  now: Temporal.Instant
}

export const isForWhoAsksFirst = ({ cafe, now }: Pick<Seating, 'cafe' | 'now'>): boolean =>
  findOfferEnd(cafe.startsAt, now) === undefined

export const isOpen = ({ state }: Registration): boolean => OPEN_STATES.some((one) => one === state)

export const isHeld = ({ heldUntil }: Registration, now: Temporal.Instant): boolean =>
  heldUntil !== undefined && Temporal.Instant.compare(heldUntil, now) > 0

/** Returns whether somebody takes part on this side. */
export const isOn = (cafe: Cafe, one: Pick<Registration, 'side'>, side: Side): boolean =>
  sideOf(cafe, one.side) === side

/**
 * Returns whether the list of a café is as long as it may be for who asks: people of whom nothing is proven have half of it,
 * as they have half of the seats where these are counted.
 */
export const isCrowded = (
  { open }: Pick<Seating, 'open'>,
  asked: Pick<Registration, 'email' | 'source'>,
): boolean =>
  open.length >= REGISTRATIONS_OF_CAFE ||
  (isUnproven(asked) && open.filter(isUnproven).length >= REGISTRATIONS_OF_CAFE / 2)

type Contact = Pick<Registration, 'email' | 'actorUri' | 'formToken'>

/** Returns whether two registrations are one person's: an address, an account, or a form that was sent twice. */
export const hasSameContact = (one: Contact, other: Contact): boolean =>
  (['email', 'actorUri', 'formToken'] as const).some(
    (way) => one[way] !== undefined && one[way] === other[way],
  )

export const freeOn = ({ cafe, open, now }: Seating, side: Side, without?: string) =>
  countFree(
    capacityOf(cafe, side),
    withHeldAgain(open.filter(({ id }) => id !== without)).filter((each) => isOn(cafe, each, side)),
    now,
  )

/** Counts the seats of a side that are left for people of whom nothing is proven; undefined where there is no limit. */
export const freeUnprovenOn = (
  { cafe, open, now }: Seating,
  { side }: Pick<Registration, 'side'>,
): number | undefined =>
  countFreeUnproven(
    capacityOf(cafe, sideOf(cafe, side)),
    open.filter((each) => isOn(cafe, each, sideOf(cafe, side))),
    now,
  )

/**
 * Counts the seats that are left for who asks and of whom nothing is proven; undefined where there is no limit, or nothing
 * but to wait like everybody. Seats that addresses hold until they are proven come back: who waits for these has a share.
 */
export function freeUnprovenFor(
  seating: Seating,
  asked: Pick<Registration, 'side' | 'seats'>,
): number | undefined {
  const { cafe, open } = seating
  const free = freeUnprovenOn(seating, asked)
  if (free === undefined || hasRoom(seating, asked)) return free
  const settled = open.filter(({ state }) => state !== 'unproven')
  if (!hasRoom({ ...seating, open: settled }, asked)) return undefined
  const side = sideOf(cafe, asked.side)
  const waiting = settled.filter((each) => isOn(cafe, each, side) && each.state === 'waiting')
  return Math.max(0, free - seatsOf(waiting.filter(isUnproven)))
}

/** What gets seats: a registration, or what is asked for, which comes after all others. */
type Place = Pick<Registration, 'side' | 'seats'> & Partial<Pick<Registration, 'id' | 'rank'>>

/** Returns whether it gets its seats now: they are free, and nobody who waits longer could have them. */
export function hasRoom(seating: Seating, place: Place): boolean {
  const free = roomFor(seating, place)
  return free === undefined || free >= place.seats
}

/** Returns how many seats it may have: those that are free, less those that people who wait before it could have. */
export function roomFor(
  seating: Seating,
  { id, side, rank = Number.POSITIVE_INFINITY }: Place,
): number | undefined {
  const { cafe, open } = seating
  const free = freeOn(seating, sideOf(cafe, side), id)
  if (free === undefined || isForWhoAsksFirst(seating)) return free
  const before = open.filter(
    (each) => isOn(cafe, each, sideOf(cafe, side)) && each.state === 'waiting' && each.rank < rank,
  )
  return free - chooseOffers(free, before).reduce((total, { seats }) => total + seats, 0)
}

/** Stores a registration as it is now, and tells the account of another server that joined what became of it. */
export async function change(seating: Seating, registration: Registration): Promise<Registration> {
  const { trx, open } = seating
  const { state } = registration
  const mayBeHeld = state === 'unproven' || state === 'offered'
  const saved = mayBeHeld ? registration : { ...registration, heldUntil: undefined }
  const { id, ...row } = REGISTRATION.toRow(saved)
  await trx.updateTable('registration').set(row).where('id', '=', id).execute()
  const place = open.findIndex((each) => each.id === id)
  if (open[place]?.state !== state) await appendAnswer(seating, saved)
  if (place !== -1) open.splice(place, 1, ...(isOpen(saved) ? [saved] : []))
  return saved
}

/** Lets the account of another server that joined hear what became of it. */
export async function appendAnswer(
  { trx, now }: Pick<Seating, 'trx' | 'now'>,
  { id, joinUri, state }: Registration,
): Promise<void> {
  if (joinUri !== undefined)
    await appendChange(trx, { type: 'join-answered', registrationId: id, state }, now)
}

/** Notes the latest Join of an account that has joined, or that it has left. */
export async function saveJoin(
  { trx, open }: Seating,
  registration: Registration,
  joinUri: string | undefined,
): Promise<Registration> {
  const saved = { ...registration, joinUri }
  await trx
    .updateTable('registration')
    .set({ join_uri: joinUri ?? null })
    .where('id', '=', saved.id)
    .execute()
  const place = open.findIndex(({ id }) => id === saved.id)
  if (place !== -1) open.splice(place, 1, saved)
  return saved
}

/** Returns the rank of who asks next. */
export async function findNextRank({ trx, cafe }: Seating): Promise<number> {
  const { last } = await trx
    .selectFrom('registration')
    .select((eb) => eb.fn.max('rank').as('last'))
    .where('cafe_id', '=', cafe.id)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

/** Counts the seats that are left on all sides, undefined where one of them has no limit, and on each of two. */
export function seatsLeftOf(seating: Seating): Pick<Cafe['registration'], 'seatsLeft' | 'bySide'> {
  const sides = sidesOf(seating.cafe)
  const left = sides.map((side) => [side, freeOn(seating, side)] as const)
  const isCounted = left.every(([, free]) => free !== undefined)
  return {
    seatsLeft: isCounted ? left.reduce((sum, [, free]) => sum + (free ?? 0), 0) : undefined,
    bySide:
      sides.length > 1
        ? Object.fromEntries(left.filter(([, free]) => free !== undefined))
        : undefined,
  }
}
