import type { ExpressionBuilder } from 'kysely'
import type { Shares } from '../../domain/limits/limits.ts'
import { mandateBounds } from '../../domain/referents/attestation.ts'
import { MANDATE_DAYS, REFERENT_TITLES, type Referent } from '../../domain/referents/referent.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { zoneOf } from '../../geo/territory-chain.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { hasRoomAmong, mostOfAllDomains } from '../queues/shares.ts'
import type { Schema } from '../schema.ts'
import { logMandateAct } from './mandate-acts.ts'
import { findReferent, insertReferent, todayIn } from './referents.ts'

export type MandateToSign = {
  referent: Referent
  /** The name of the territory. */
  label: string
  from: Temporal.Instant
  until: Temporal.Instant
}

/**
 * Finds a person in office, with the instants between which what is signed holds; undefined when the mandate is over.
 */
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

/**
 * Counts what the team is to do: send a link to a person who was proposed and has none yet, or appoint one who agreed.
 */
export async function countProposals(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('referent')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where((eb) =>
      eb.or([
        eb('state', '=', 'consented'),
        eb.and([
          eb('state', '=', 'proposed'),
          eb.not(eb.exists(wroteAbout(eb))),
          eb.not(eb.exists(linksTo(eb))),
        ]),
      ]),
    )
    .executeTakeFirstOrThrow()
  return Number(total)
}

const wroteAbout = (eb: ExpressionBuilder<Schema, 'referent'>) =>
  eb.selectFrom('mail').select('mail.id').whereRef('mail.about', '=', 'referent.id')

const linksTo = (eb: ExpressionBuilder<Schema, 'referent'>) =>
  eb.selectFrom('link').select('link.purpose').whereRef('link.subject', '=', 'referent.id')

/**
 * Returns whether one more proposal of this domain may wait for the team or for the person: few of it wait, and not too
 * many in all.
 */
export async function hasRoomForProposal(
  db: Database,
  host: string,
  { proposals }: Pick<Shares, 'proposals'>,
): Promise<boolean> {
  const rows = await db
    .selectFrom('referent')
    .select('proposed_domain')
    .where('state', '=', 'proposed')
    .where('proposed_domain', 'is not', null)
    .limit(mostOfAllDomains(proposals))
    .execute()
  // Only members propose.
  const isStranger = false
  const waiting = rows.map(({ proposed_domain }) => ({ domain: proposed_domain ?? '', isStranger }))
  return hasRoomAmong(waiting, { host, max: proposals, isStranger })
}

/**
 * Stores that a member proposes a person, with values that are checked before they are used. Returns the id of the
 * proposal.
 */
export async function receiveProposal(
  trx: Database,
  said: {
    territory: string
    name: string
    email: string
    word: string | undefined
    /** The member's name. */
    proposedBy: string
    host: string
  },
  now: Temporal.Instant,
): Promise<string | undefined> {
  const territory = findTerritory(said.territory)
  const name = said.name.trim().slice(0, NAME_MAX)
  if (!territory || name === '' || !isEmail(said.email)) return undefined
  const startsOn = todayIn(territory.code, now)
  const id = await insertReferent(
    trx,
    {
      territory: territory.code,
      name,
      word: REFERENT_TITLES.find((word) => word === said.word) ?? 'neutre',
      email: said.email,
      proposedBy: said.proposedBy,
      domain: quotaDomainOf(said.host),
      startsOn,
      endsOn: startsOn.add({ days: MANDATE_DAYS.usual }),
    },
    now,
  )
  const act = 'mandate-proposed'
  const by = { kind: 'team', name: said.host } as const
  if (id !== undefined)
    await logMandateAct(trx, { act, by, mandate: { territory: territory.code } }, now)
  return id
}
