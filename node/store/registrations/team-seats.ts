import { type Registration, sideOf } from '../../domain/registrations/registration.ts'
import {
  change,
  findNextRank,
  freeOn,
  hasRoom,
  hasSameContact,
  isCrowded,
  type Seating,
} from './seating.ts'
import {
  answerOffer,
  confirmRegistration,
  type Refused,
  type SeatEvent,
  TOO_MANY,
} from './seats.ts'

/** What the team decides about a registration, within one step of `shareSeats`. */

/**
 * Confirms a registration on the word of the team: an address that was not proven, an offer that was accepted by
 * telephone, or somebody who waits, also before those who asked earlier.
 * @returns How many seats are free, where that is not enough; undefined for what is over.
 */
export async function confirmByTeam(
  seating: Seating,
  registration: Registration,
): Promise<SeatEvent | { free: number } | undefined> {
  if (registration.state === 'unproven') return confirmRegistration(seating, registration)
  if (registration.state === 'offered')
    return answerOffer(seating, { registration, isAccepted: true })
  if (registration.state !== 'waiting') return undefined
  const free = freeOn(seating, sideOf(seating.cafe, registration.side))
  if (free !== undefined && free < registration.seats) return { free }
  const confirmed = await change(seating, { ...registration, state: 'confirmed' })
  return { what: 'confirmed', registration: confirmed }
}

/**
 * Moves a registration to another café, where it comes after those who asked there: it is confirmed, or it waits. Its link
 * and code stay.
 * @returns How many seats are free there, where that is not enough and nobody can wait; `known` where the person is
 * registered there already.
 */
export async function moveRegistration(
  { from, to }: { from: Seating; to: Seating },
  registration: Registration,
): Promise<SeatEvent | Refused | 'known'> {
  if (to.open.some((each) => hasSameContact(each, registration))) return 'known'
  if (isCrowded(to, { email: undefined, source: 'team' })) return TOO_MANY
  const { id, side, seats } = registration
  const fits = hasRoom(to, { side, seats })
  if (!fits && !to.cafe.registration.waitlist)
    return { free: freeOn(to, sideOf(to.cafe, side)) ?? 0 }
  await to.trx.deleteFrom('seat_offer').where('registration_id', '=', id).execute()
  const moved = await change(from, {
    ...registration,
    ...{ cafeId: to.cafe.id, rank: await findNextRank(to) },
    state: fits ? 'confirmed' : 'waiting',
  })
  from.open.splice(0, from.open.length, ...from.open.filter((each) => each.id !== id))
  to.open.push(moved)
  return {
    what: 'moved',
    ...{ registration: moved, movedFrom: from.cafe, movedTo: to.cafe },
    hadSeats: registration.state === 'confirmed',
  }
}
