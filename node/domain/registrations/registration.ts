import { attendanceModeOf, type Cafe, totalCapacityOf } from '../cafes/cafe.ts'

/** Where a person takes part. A café that is both on site and online counts the seats of each side by themselves. */
const SIDES = ['onsite', 'online'] as const
export type Side = (typeof SIDES)[number]

/**
 * What a person may need to be welcome: a closed list, since a free text would become data about health (GDPR,
 * article 9).
 */
export const NEEDS = [
  'step-free',
  'sign-language',
  'hearing-loop',
  'large-print',
  'call-me',
] as const
export type Need = (typeof NEEDS)[number]

/** The most characters of a first name. */
export const NAME_MAX = 60

/** How many seats one registration may have. */
export const SEATS_MAX = 6

/**
 * - `unproven`: asked for with a mail address that nobody has confirmed; its seats are held for `PROOF_MINUTES`.
 * - `confirmed`: seats are kept.
 * - `waiting`: on the waiting list, at its `rank`.
 * - `offered`: seats became free, and are held until `heldUntil` for an answer.
 * - `cancelled`: by the person or by the team.
 * - `lapsed`: the offer was not answered in time, or declined.
 */
const REGISTRATION_STATES = [
  'unproven',
  'confirmed',
  'waiting',
  'offered',
  'cancelled',
  'lapsed',
] as const
export type RegistrationState = (typeof REGISTRATION_STATES)[number]

/** Who entered a registration: the person by the form, the team, an account of another server, or a program. */
const REGISTRATION_SOURCES = ['form', 'team', 'fediverse', 'program'] as const
type RegistrationSource = (typeof REGISTRATION_SOURCES)[number]

/** Seats for an address that is registered already, of the form that asked for them. */
type Again = { side: Side; seats: number; until: Temporal.Instant; token: string | undefined }

export type Registration = {
  id: string
  cafeId: string
  side: Side
  state: RegistrationState
  seats: number
  /** A first name or a pseudonym. */
  name: string
  email: string | undefined
  phone: string | undefined
  /** The account of another server that joined. */
  actorUri: string | undefined
  /** How that account is called, e.g. `@ada@mobilizon.example`. */
  handle: string | undefined
  /** The Join that is answered; undefined once its account has left. */
  joinUri: string | undefined
  source: RegistrationSource
  /** Whether an adult registers a person of less than 15 years. */
  isByAdult: boolean
  /** The order in which people asked, within a café. It never changes. */
  rank: number
  /** Until when seats are held for a proof of the mail address, or for the answer to an offer. */
  heldUntil: Temporal.Instant | undefined
  /**
   * Seats that are held besides since somebody typed its address once more, as they would be for a new address: how many
   * are left tells nobody who is registered.
   */
  again?: Again | undefined
  /** A hash of the signed form and of who filled it in: a form that is sent twice is one registration. */
  formToken: string | undefined
  /** The same for all dates of a series that a person asked for at once. */
  groupId?: string | undefined
  createdAt: Temporal.Instant
}

const SIDES_OF = { offline: ['onsite'], online: ['online'], mixed: SIDES } as const

/** Returns the sides on which one can take part. */
export const sidesOf = (cafe: Pick<Cafe, 'attendanceMode' | 'status'>) =>
  SIDES_OF[attendanceModeOf(cafe)]

/** Returns the side on which a person takes part who chose this one: a café may have moved to the other since. */
export function sideOf(cafe: Pick<Cafe, 'attendanceMode' | 'status'>, chosen: Side): Side {
  const [first, ...others] = sidesOf(cafe)
  return others.length === 0 ? first : chosen
}

/**
 * Returns how many seats a side has; undefined where there is no limit. A café of both sides that has moved online has the
 * seats of both there.
 */
export function capacityOf(
  { registration, ...cafe }: Pick<Cafe, 'registration' | 'attendanceMode' | 'status'>,
  side: Side,
): number | undefined {
  const { capacity, onlineCapacity } = registration
  if (cafe.attendanceMode !== 'mixed') return capacity
  if (sidesOf(cafe).length > 1) return side === 'online' ? onlineCapacity : capacity
  return onlineCapacity === undefined ? undefined : totalCapacityOf(registration)
}

/** Returns the only side of a café of both on which no seat is left; undefined where there are seats on both, or on none. */
export function findFullSide({
  registration,
  ...cafe
}: Pick<Cafe, 'registration' | 'attendanceMode' | 'status'>): Side | undefined {
  const full = sidesOf(cafe).filter((side) => registration.bySide?.[side] === 0)
  return sidesOf(cafe).length > 1 && full.length === 1 ? full[0] : undefined
}

/** Why nobody can register at a café here. */
export type Closed = 'elsewhere' | 'hidden' | 'off' | 'begun'

/** Returns why nobody can register at a café on this site; undefined where one can. */
export function findClosed(
  { registration, organizationId, publication, hiddenReason, status, startsAt }: Cafe,
  now: Temporal.Instant,
): Closed | undefined {
  if (registration.mode !== 'local' || !organizationId || publication !== 'published')
    return 'elsewhere'
  if (hiddenReason !== undefined) return 'hidden'
  if (status === 'cancelled' || status === 'postponed') return 'off'
  return Temporal.Instant.compare(startsAt, now) <= 0 ? 'begun' : undefined
}
