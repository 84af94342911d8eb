import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  type Need,
  type Registration,
  SEATS_MAX,
  sidesOf,
} from '../../domain/registrations/registration.ts'
import {
  chooseOffers,
  findOfferEnd,
  isUnproven,
  PROOF_MINUTES,
} from '../../domain/registrations/seating.ts'
import { findCafe } from '../cafes/cafes.ts'
import { saveSeatsLeft } from '../cafes/own-cafes.ts'
import { orNull, toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { runStep } from '../database/locks.ts'
import { uuidV7 } from '../database/uuid.ts'
import { REGISTRATION } from '../schema/registrations.ts'
import { type Answer, listSeats, saveAnswers, saveNeeds } from './registrations.ts'
import {
  appendAnswer,
  change,
  findNextRank,
  freeOn,
  freeUnprovenFor,
  freeUnprovenOn,
  hasRoom,
  hasSameContact,
  isCrowded,
  isForWhoAsksFirst,
  isHeld,
  isOn,
  isOpen,
  roomFor,
  type Seating,
  seatsLeftOf,
} from './seating.ts'

/**
 * Who has seats at a café. Each function is a decision within one step of `shareSeats`, which has read all registrations of
 * the café that are not over: two people never get the same seat.
 */

/** What happened, in the order in which it did; the caller tells the people in the same transaction. */
export type SeatEvent = {
  what:
    | ('asked' | 'asked-again' | 'confirmed' | 'waiting' | 'offered' | 'lapsed' | 'cancelled')
    | ('moved' | 'all-dates')
  registration: Registration
  /** Whether the mail that was sent already is asked for once more. */
  isSentAgain?: boolean
  /** How many dates of a series were asked for at once. */
  dates?: number
  /** What who is not registered yet would be told, where they would be refused. */
  others?: Refused
  /** Why the team cancelled it. */
  reason?: string
  /** The café from which it was moved, and that to which it was. */
  movedFrom?: Cafe
  /** Whether somebody who was moved, or is cancelled, had their seats until then. */
  hadSeats?: boolean
  movedTo?: Cafe
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
    await saveSeatsLeft(trx, { cafe, ...seatsLeftOf(seating) }, seating.now)
  return done
}

export type Asked = Pick<
  Registration,
  | ('side' | 'seats' | 'name' | 'email' | 'phone' | 'actorUri')
  | ('source' | 'isByAdult' | 'formToken')
> &
  Partial<Pick<Registration, 'handle' | 'joinUri' | 'groupId'>> & {
    needs: readonly Need[]
    /** Whether they could have proven a mailbox instead; else they may take every seat. True by default. */
    mayProve?: boolean
    answers?: readonly Answer[]
  }

/** How many seats are free, where that is not enough, or why nobody else is registered. */
export type Refused = {
  free: number
  /** The seats for people of whom nothing is proven are taken, or the list of the café is as long as it may be. */
  why?: 'must-prove' | 'too-many'
}

/**
 * Registers a person. Where they gave an address of a mailbox in the form, its seats are held until it is proven; others
 * are confirmed, or wait, at once. Who asks again keeps the registration that they have; one that nobody has proven yet is
 * as it was asked for last.
 */
export async function addRegistration(
  seating: Seating,
  { needs, answers = [], mayProve = true, ...asked }: Asked,
): Promise<SeatEvent | Refused> {
  const { trx, cafe, now, open } = seating
  const known = open.find((each) => hasSameContact(each, asked))
  if (known && known.state !== 'unproven') {
    const refusal = refusalOfOthers(seating, asked)
    const registration = refusal.others ? known : await holdAgain(seating, known, asked)
    return { what: 'asked-again', registration, ...refusal }
  }
  if (!known && isCrowded(seating, asked)) return TOO_MANY
  const { id = uuidV7(now), rank = await findNextRank(seating) } = known ?? {}
  const fits = hasRoom(seating, known ? { ...asked, id, rank } : asked)
  if (!fits && !cafe.registration.waitlist) return { free: roomFor(seating, asked) ?? 0 }
  const freeUnproven = mayProve && isUnproven(asked) ? freeUnprovenFor(seating, asked) : undefined
  if (freeUnproven !== undefined && freeUnproven < asked.seats)
    return { free: freeUnproven, why: 'must-prove' }
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
  await saveAnswers(trx, id, answers)
  return { what: mustProve ? 'asked' : fits ? 'confirmed' : 'waiting', registration }
}

/** Holds seats for an address that is registered already, as long as they would be for one that waits to be proven. */
async function holdAgain(
  seating: Seating,
  known: Registration,
  { source, email, side, seats, formToken: token }: Omit<Asked, 'needs'>,
): Promise<Registration> {
  if (source !== 'form' || email === undefined) return known
  const others = { ...known, again: undefined }
  const open = seating.open.map((each) => (each.id === known.id ? others : each))
  if (!hasRoom({ ...seating, open }, { side, seats })) return known
  const until = seating.now.add({ minutes: PROOF_MINUTES })
  return change(seating, { ...known, again: { side, seats, until, token } })
}

export const TOO_MANY = { free: 0, why: 'too-many' } as const satisfies Refused

/** Who asks may be anybody: no answer tells who is registered. */
function refusalOfOthers(
  seating: Seating,
  asked: Pick<Asked, 'side' | 'seats' | 'email' | 'source'>,
): { others?: Refused } {
  if (isCrowded(seating, asked)) return { others: TOO_MANY }
  return hasRoom(seating, asked) || seating.cafe.registration.waitlist
    ? {}
    : { others: { free: roomFor(seating, asked) ?? 0 } }
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
  const hadSeats = registration.state === 'confirmed'
  return { what: 'cancelled', registration: cancelled, hadSeats }
}

/**
 * Changes how many seats a registration has. `mayProve`: the person asks, who could have proven a mailbox; the team may give
 * every seat.
 * @returns How many it may have, where that is not enough; its seats then stay as they are.
 */
export async function changeSeats(
  seating: Seating,
  {
    registration,
    seats,
    mayProve = false,
  }: { registration: Registration; seats: number; mayProve?: boolean },
): Promise<{ registration: Registration } | { free: number }> {
  if (!isOpen(registration)) return { free: 0 }
  if (registration.state !== 'waiting' && seats > registration.seats) {
    const isInShare = mayProve && isUnproven(registration)
    const more = (isInShare ? freeUnprovenOn(seating, registration) : undefined) ?? SEATS_MAX
    const free = Math.min(roomFor(seating, registration) ?? SEATS_MAX, registration.seats + more)
    if (free < seats) return { free }
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
      await insertOffer(seating, each.id, { until, free: freeOn(seating, side) })
      // An account of another server has no page on which to answer.
      const what = each.actorUri === undefined ? 'offered' : 'confirmed'
      const registration = await change(seating, { ...each, state: what, heldUntil: until })
      events.push({ what, registration })
    }
  }
  return events
}

/** Each registration is offered seats once: a second row is refused by the key. */
const insertOffer = (
  { trx, now }: Seating,
  id: string,
  { until, free }: { until: Temporal.Instant; free: number | undefined },
) =>
  trx
    .insertInto('seat_offer')
    .values({
      registration_id: id,
      made_at: toInstantText(now),
      until: toInstantText(until),
      free: orNull(free),
    })
    .execute()
