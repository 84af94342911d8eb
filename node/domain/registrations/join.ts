import { attendanceModeOf, type Cafe, isOff } from '../cafes/cafe.ts'
import { type Closed, findClosed } from './registration.ts'

/**
 * Taking part from another server (`Join`): what is answered, and why not. An account has one seat on the first side of a
 * café, and no question is put to it.
 */

/** How many accounts of one domain may have seats of a café, or wait for them. */
export const JOINED_OF_DOMAIN = 20

/** Why an account of another server cannot take part, as a code. */
export type JoinRefusal =
  | Closed
  | (
      | 'reserved'
      | 'link-for-registrants'
      | 'no-person'
      | 'full'
      | 'only-by-mail'
      | 'too-many'
      | 'crowded'
      | 'cancelled'
    )

/** What its server is told; Mobilizon shows it to nobody, others may. */
export const JOIN_REFUSALS: Record<JoinRefusal, string> = {
  elsewhere: 'On ne s’inscrit pas à ce café depuis un autre site : sa page dit comment venir.',
  hidden: 'Ce café n’est pas montré sur ce site : on ne peut pas s’y inscrire.',
  off: 'Ce café n’a pas lieu à cette date.',
  begun: 'Ce café a commencé : on ne peut plus s’y inscrire.',
  reserved: 'Ce café est réservé à certaines personnes : sa page dit à qui.',
  'link-for-registrants':
    'Ce café a lieu en ligne : inscrivez-vous sur sa page pour recevoir le lien.',
  'no-person': 'Seule une personne peut s’inscrire.',
  full: 'Il ne reste plus de place.',
  'only-by-mail':
    'Les places que l’on prend sans adresse e-mail sont prises : inscrivez-vous sur la page du café.',
  'too-many': 'Trop d’inscriptions viennent de votre site : inscrivez-vous sur la page du café.',
  crowded: 'Ce site ne peut plus tenir d’autre inscription à ce café : téléphonez au lieu.',
  cancelled: 'L’inscription est annulée. Pour en savoir plus, téléphonez au lieu.',
}

/** Returns why nobody can take part from another server now; undefined where one can. */
export const findJoinRefusal = (cafe: Cafe, now: Temporal.Instant): JoinRefusal | undefined =>
  findClosed(cafe, now) ?? findReason(cafe)

/** Returns whether one can take part from another server, until the café begins. */
export const mayJoin = (cafe: Cafe): boolean =>
  cafe.registration.mode === 'local' && !isOff(cafe) && findReason(cafe) === undefined

/** The link for those who registered is in their mails alone, and an account gets none. */
function findReason(cafe: Cafe): JoinRefusal | undefined {
  if (cafe.openTo === 'reserved') return 'reserved'
  const isByLink = attendanceModeOf(cafe) === 'online' && cafe.registrantsUrl !== undefined
  return isByLink ? 'link-for-registrants' : undefined
}

/** An account of another server that comes to a café of ours, or waits, with the Join by which it does. */
export type JoinedAccount = {
  uri: string
  handle: string
  joinUri: string
  inbox: string
}
