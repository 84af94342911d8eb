import { mandateBounds } from '../domain/attestation.ts'
import { isEmail } from '../domain/contact.ts'
import { MANDATE_DAYS, REFERENT_WORDS, type Referent } from '../domain/referent.ts'
import { findTerritory, type Territory } from '../geo/territories.ts'
import { zoneOf } from '../geo/territory-chain.ts'
import type { Database } from './database.ts'
import { findReferent, insertReferent, todayIn } from './referents.ts'

export type MandateToSign = {
  referent: Referent
  /** Of the territory, in words. */
  label: string
  from: Temporal.Instant
  until: Temporal.Instant
}

/** Somebody in office, with the moments between which what is signed holds; undefined when it is over by now. */
export async function findMandateToSign(
  db: Database,
  id: string,
): Promise<MandateToSign | undefined> {
  const referent = await findReferent(db, id)
  const territory = referent && findTerritory(referent.territory)
  if (referent?.state !== 'appointed' || !territory) return undefined
  return { referent, label: labelOf(territory), ...mandateBounds(referent, zoneOf(territory)) }
}

const labelOf = (territory: Territory): string =>
  territory.kind === 'departement' ? `${territory.name} (${territory.code})` : territory.name

const NAME_MAX = 100

/** A member proposes somebody, in words that are not believed before they are checked. Returns the id of the proposal. */
export async function receiveProposal(
  trx: Database,
  said: {
    territory: string
    name: string
    email: string
    word: string | undefined
    facilitatorUri: string | undefined
    /** The member's name. */
    proposedBy: string
  },
  now: Temporal.Instant,
): Promise<string | undefined> {
  const territory = findTerritory(said.territory)
  const name = said.name.trim().slice(0, NAME_MAX)
  if (!territory || name === '' || !isEmail(said.email)) return undefined
  const startsOn = todayIn(territory.code, now)
  return insertReferent(
    trx,
    {
      territory: territory.code,
      name,
      word: REFERENT_WORDS.find((word) => word === said.word) ?? 'neutre',
      email: said.email,
      facilitatorUri: said.facilitatorUri,
      proposedBy: said.proposedBy,
      startsOn,
      endsOn: startsOn.add({ days: MANDATE_DAYS.usual }),
    },
    now,
  )
}
