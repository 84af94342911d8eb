import { decideMandate, type MandateAct } from '../../domain/referents/mandate.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import { toEmail } from '../accounts/accounts.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { listClaimants } from '../facilitators/claims.ts'
import { appendChange } from '../queues/changes.ts'
import { deleteMailsAbout } from '../queues/mails.ts'
import { REFERENT } from '../schema/referents.ts'
import { revokeAttestations } from './attestations.ts'
import { logConsent } from './consents.ts'
import { findReferent, todayIn } from './referents.ts'

/** The act under which the words that a person answered are kept. */
const CONSENTS = {
  agree: 'consented',
  decline: 'declined',
  renew: 'consented',
  tie: 'consented',
  end: 'resigned',
} as const

/**
 * Does something to a mandate, and what follows from it: the words are kept, and what the directory signs is signed,
 * signed anew or revoked (`referent-appointed`). An act that changes nothing is done.
 * @returns False where the mandate's state, or another mandate of the same person there, does not allow it.
 */
export async function saveMandateAct(
  db: Database,
  id: string,
  done: MandateAct,
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const before = await findReferent(trx, id)
    const change = before && decideMandate(before, done, now)
    if (!change) return false
    const after = { ...before, ...change }
    if (done.act === 'agree' && (await isHeldByOther(trx, after))) return false
    if (Object.keys(change).length === 0) return true
    await trx
      .updateTable('referent')
      .set({ ...toColumns(after), ...(done.act === 'renew' && { reminded_days: null }) })
      .where('id', '=', id)
      .execute()
    if ('said' in done && done.said)
      await logConsent(trx, { id, act: CONSENTS[done.act], ...done.said }, now)
    if (done.act === 'decline') await deleteMailsAbout(trx, id)
    if (done.act === 'end') await revokeAttestations(trx, id, now)
    if (done.act === 'appoint' || done.act === 'renew' || done.act === 'tie')
      await signAnew(trx, id, now)
    return true
  })
}

/** Returns what an act may change: what other work keeps of the mandate stays as it is. */
function toColumns(mandate: Referent) {
  const email = mandate.email === undefined ? undefined : toEmail(mandate.email)
  const { id, account_id, last_seen_at, escalated_at, ...columns } = REFERENT.toRow({
    ...mandate,
    email,
  })
  return columns
}

/** Returns whether another open mandate there has the same address. */
export async function isHeldByOther(
  trx: Database,
  { id, territory, email = '' }: Pick<Referent, 'id' | 'territory' | 'email'>,
): Promise<boolean> {
  const other = await trx
    .selectFrom('referent')
    .select('id')
    .where('territory', '=', territory)
    .where('email', '=', toEmail(email))
    .where('state', 'in', ['proposed', 'consented', 'appointed'])
    .where('id', '<>', id)
    .executeTakeFirst()
  return other !== undefined
}

type Tie = Omit<Extract<MandateAct, { act: 'tie' }>, 'act' | 'today'> & {
  /** The mandate's address, which the profile must name. */
  mandate: string
}

/**
 * Notes that the person, by the mandate's own link, says that a profile is theirs, or no longer says so. False where the
 * mandate is over or not agreed to, and where the profile is not one that everybody may see and that names this very
 * mandate.
 */
export const linkProfile = (
  db: Database,
  id: string,
  { profile, mandate, said }: Tie,
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const referent = await findReferent(trx, id)
    if (!referent) return false
    if (profile !== undefined && profile !== referent.facilitatorUri) {
      const claimants = await listClaimants(trx, mandate, now)
      if (!claimants.some(({ uri }) => uri === profile)) return false
    }
    const today = todayIn(referent.territory, now)
    return saveMandateAct(trx, id, { act: 'tie', profile, today, said }, now)
  })

/** Signs what a running mandate says now, and revokes what was signed for it. */
export async function signAnew(trx: Database, id: string, now: Temporal.Instant): Promise<void> {
  if ((await findReferent(trx, id))?.state !== 'appointed') return
  await revokeAttestations(trx, id, now)
  await appendChange(trx, { type: 'referent-appointed', referentId: id }, now)
}
