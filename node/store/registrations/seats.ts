import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  capacityOf,
  type Need,
  type Registration,
  type Side,
  sideOf,
  sidesOf,
} from '../../domain/registrations/registration.ts'
import {
  chooseOffers,
  countFree,
  findOfferEnd,
  PROOF_MINUTES,
} from '../../domain/registrations/seating.ts'
import { findCafe } from '../cafes/cafes.ts'
import { saveSeatsLeft } from '../cafes/own-cafes.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { runStep } from '../database/locks.ts'
import { uuidV7 } from '../database/uuid.ts'
import { appendChange } from '../queues/changes.ts'
import { REGISTRATION } from '../schema/registrations.ts'
import { listSeats, OPEN_STATES, saveNeeds } from './registrations.ts'

/**
 * Who has seats at a café. Each function is a decision within one step of `shareSeats`, which has read all registrations of
 * the café that are not over: two people never get the same seat.
 */

/** What happened, in the order in which it did; the caller tells the people in the same transaction. */
export type SeatEvent = {
  what: 'asked' | 'asked-again' | 'confirmed' | 'waiting' | 'offered' | 'lapsed' | 'cancelled'
  registration: Registration
}

/** A café, with its registrations that are not over, in the order in which people asked. */
export type Seating = {
  trx: Database
  cafe: Cafe
  /** It follows what is decided. */
  open: Registration[]
  now: Temporal.Instant
}

/**
 * Decides about the seats of a café after everybody else has, and writes how many are left.
 * @returns What the work returns; undefined where there is no such café.
 */
export const shareSeats = <T>(
  { db, now }: { db: OpenDatabase; now: () => Temporal.Instant },
  cafeId: string,
  work: (seating: Seating) => Promise<T>,
): Promise<T | undefined> => runStep(db, (trx) => withSeating(trx, { cafeId, now: now() }, work))

/** Does the same within a transaction that is serializable, like all that apply messages of other servers. */
export async function withSeating<T>(
  trx: Database,
  { cafeId, now }: { cafeId: string; now: Temporal.Instant },
  work: (seating: Seating) => Promise<T>,
): Promise<T | undefined> {
  const cafe = await findCafe(trx, cafeId)
  if (!cafe?.organizationId) return undefined
  const seating = { trx, cafe, open: await listSeats(trx, cafeId), now }
  const done = await work(seating)
  // Elsewhere the team counts by itself.
  if (cafe.registration.mode === 'local')
    await saveSeatsLeft(trx, { cafe, seatsLeft: seatsLeftOf(seating) }, seating.now)
  return done
}

export type Asked = Pick<
  Registration,
  | ('side' | 'seats' | 'name' | 'email' | 'phone' | 'actorUri')
  | ('source' | 'isByAdult' | 'formToken')
> &
  Partial<Pick<Registration, 'handle' | 'joinUri'>> & { needs: readonly Need[] }

/**
 * Registers a person. Where they gave an address of a mailbox in the form, its seats are held until it is proven; others
 * are confirmed, or wait, at once. Who asks again keeps the registration that they have; one that nobody has proven yet is
 * as it was asked for last.
 * @returns How many seats are free, where that is not enough and the café has no waiting list.
 */
export async function addRegistration(
  seating: Seating,
  { needs, ...asked }: Asked,
): Promise<SeatEvent | { free: number }> {
  const { trx, cafe, now, open } = seating
  const known = open.find((each) => isSamePerson(each, asked))
  if (known && known.state !== 'unproven') return { what: 'asked-again', registration: known }
  const { id = uuidV7(now), rank = await nextRank(seating) } = known ?? {}
  const fits = hasRoom(seating, known ? { ...asked, id, rank } : asked)
  if (!fits && !cafe.registration.waitlist) return { free: roomFor(seating, asked) ?? 0 }
  const mustProve = asked.source === 'form' && asked.email !== undefined
  const registration: Registration = {
    ...{ handle: undefined, joinUri: undefined, ...asked, id, rank },
    formToken: known?.formToken ?? (await unusedToken(trx, asked.formToken)),
    cafeId: cafe.id,
    state: mustProve ? 'unproven' : fits ? 'confirmed' : 'waiting',
    heldUntil: mustProve ? (fits ? now.add({ minutes: PROOF_MINUTES }) : now) : undefined,
    createdAt: now,
  }
  if (known) await change(seating, registration)
  else {
    await trx.insertInto('registration').values(REGISTRATION.toRow(registration)).execute()
    open.push(registration)
    await appendAnswer(seating, registration)
  }
  await saveNeeds(trx, id, needs)
  return { what: mustProve ? 'asked' : fits ? 'confirmed' : 'waiting', registration }
}

/** A form whose registration is over may be sent again: the token then stays with the first. */
async function unusedToken(
  trx: Seating['trx'],
  token: string | undefined,
): Promise<string | undefined> {
  if (token === undefined) return undefined
  const used = await trx
    .selectFrom('registration')
    .select('id')
    .where('form_token', '=', token)
    .executeTakeFirst()
  return used ? undefined : token
}

/** Proves the mailbox of a registration: its seats are kept, or it waits where they were given to others meanwhile. */
export async function confirmRegistration(
  seating: Seating,
  registration: Registration,
): Promise<SeatEvent | undefined> {
  if (registration.state !== 'unproven') return undefined
  const state = hasRoom(seating, registration) ? 'confirmed' : 'waiting'
  return { what: state, registration: await change(seating, { ...registration, state }) }
}

/**
 * Answers the offer of seats; undefined where there is none that still holds. In the last hours, in which nobody is offered
 * seats, who waits takes those that are free.
 */
export async function answerOffer(
  seating: Seating,
  { registration, isAccepted }: { registration: Registration; isAccepted: boolean },
): Promise<SeatEvent | undefined> {
  const mayAnswer =
    registration.state === 'waiting'
      ? isAccepted && isForWhoAsksFirst(seating) && hasRoom(seating, registration)
      : registration.state === 'offered' && isHeld(registration, seating.now)
  if (!mayAnswer) return undefined
  const state = isAccepted ? 'confirmed' : 'lapsed'
  return { what: state, registration: await change(seating, { ...registration, state }) }
}

/** Cancels a registration, whoever does it; undefined where it was over. */
export async function endRegistration(
  seating: Seating,
  registration: Registration,
): Promise<SeatEvent | undefined> {
  if (!isOpen(registration)) return undefined
  const cancelled = await change(seating, { ...registration, state: 'cancelled' })
  return { what: 'cancelled', registration: cancelled }
}

/**
 * Changes how many seats a registration has.
 * @returns How many it may have, where that is not enough; its seats then stay as they are.
 */
export async function changeSeats(
  seating: Seating,
  { registration, seats }: { registration: Registration; seats: number },
): Promise<{ registration: Registration } | { free: number }> {
  if (!isOpen(registration)) return { free: 0 }
  if (registration.state !== 'waiting' && seats > registration.seats) {
    const free = roomFor(seating, registration)
    if (free !== undefined && free < seats) return { free }
  }
  return { registration: await change(seating, { ...registration, seats }) }
}

/**
 * Ends the offers that were not answered in time, and offers free seats to those who wait, in their order. A person
 * without a mailbox is offered seats as well: the team tells them.
 */
export async function updateOffers(seating: Seating): Promise<SeatEvent[]> {
  const { open, now, cafe } = seating
  const events: SeatEvent[] = []
  for (const each of open.filter(({ state }) => state === 'offered'))
    if (!isHeld(each, now)) {
      const lapsed = await change(seating, { ...each, state: 'lapsed' })
      events.push({ what: 'lapsed', registration: lapsed })
    }
  const until = findOfferEnd(cafe.startsAt, now)
  if (until === undefined) return events
  for (const side of sidesOf(cafe)) {
    const waiting = open.filter((each) => isOn(cafe, each, side) && each.state === 'waiting')
    for (const each of chooseOffers(freeOn(seating, side), waiting)) {
      await insertOffer(seating, each.id, until)
      // An account of another server has no page on which to answer.
      const what = each.actorUri === undefined ? 'offered' : 'confirmed'
      const registration = await change(seating, { ...each, state: what, heldUntil: until })
      events.push({ what, registration })
    }
  }
  return events
}

/** Each registration is offered seats once: a second row is refused by the key. */
const insertOffer = ({ trx, now }: Seating, id: string, until: Temporal.Instant) =>
  trx
    .insertInto('seat_offer')
    .values({
      registration_id: id,
      made_at: toInstantText(now),
      until: toInstantText(until),
    })
    .execute()

const isForWhoAsksFirst = ({ cafe, now }: Pick<Seating, 'cafe' | 'now'>): boolean =>
  findOfferEnd(cafe.startsAt, now) === undefined

const isOpen = ({ state }: Registration): boolean => OPEN_STATES.some((one) => one === state)

const isHeld = ({ heldUntil }: Registration, now: Temporal.Instant): boolean =>
  heldUntil !== undefined && Temporal.Instant.compare(heldUntil, now) > 0

const isOn = (cafe: Cafe, one: Pick<Registration, 'side'>, side: Side): boolean =>
  sideOf(cafe, one.side) === side

type Contact = Pick<Registration, 'email' | 'actorUri' | 'formToken'>

const isSamePerson = (one: Contact, other: Contact): boolean =>
  (['email', 'actorUri', 'formToken'] as const).some(
    (way) => one[way] !== undefined && one[way] === other[way],
  )

const freeOn = ({ cafe, open, now }: Seating, side: Side, without?: string) =>
  countFree(
    capacityOf(cafe, side),
    open.filter((each) => isOn(cafe, each, side) && each.id !== without),
    now,
  )

/** What gets seats: a registration, or what is asked for, which comes after all others. */
type Place = Pick<Registration, 'side' | 'seats'> & Partial<Pick<Registration, 'id' | 'rank'>>

/** Returns whether it gets its seats now: they are free, and nobody who waits longer could have them. */
function hasRoom(seating: Seating, place: Place): boolean {
  const free = roomFor(seating, place)
  return free === undefined || free >= place.seats
}

/** Returns how many seats it may have: those that are free, less those that people who wait before it could have. */
function roomFor(
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

async function change(seating: Seating, registration: Registration): Promise<Registration> {
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

async function nextRank({ trx, cafe }: Seating): Promise<number> {
  const { last } = await trx
    .selectFrom('registration')
    .select((eb) => eb.fn.max('rank').as('last'))
    .where('cafe_id', '=', cafe.id)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

/** Counts the seats that are left on all sides; undefined where one of them has no limit. */
function seatsLeftOf(seating: Seating): number | undefined {
  const left = sidesOf(seating.cafe).map((side) => freeOn(seating, side))
  return left.includes(undefined) ? undefined : left.reduce<number>((sum, n) => sum + (n ?? 0), 0)
}
