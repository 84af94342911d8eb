import type { Author } from '../../domain/cafes/edit.ts'
import { decideMandate, type MandateAct } from '../../domain/referents/mandate.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import type { AuditAct } from '../../domain/values/audit.ts'
import { toEmail } from '../accounts/accounts.ts'
import { appendAudit } from '../accounts/acts.ts'
import { deleteLinks } from '../accounts/links.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { listClaimants } from '../facilitators/claims.ts'
import { appendChange } from '../queues/changes.ts'
import { deleteMailsAbout } from '../queues/mails.ts'
import { REFERENT } from '../schema/referents.ts'
import { revokeAttestations } from './attestations.ts'
import { logConsent } from './consents.ts'
import { deleteAddress, findReferent, todayIn } from './referents.ts'

/** The act under which the words that a person answered are kept. */
const CONSENTS = {
  agree: 'consented',
  decline: 'declined',
  renew: 'consented',
  tie: 'consented',
  end: 'resigned',
  disown: 'resigned',
} as const

/** What the log of accesses calls an act. */
const LOGGED = {
  agree: 'mandate-agreed',
  decline: 'mandate-declined',
  appoint: 'mandate-appointed',
  'ask-days': 'mandate-days-asked',
  'keep-days': 'mandate-days-kept',
  renew: 'mandate-prolonged',
  tie: 'mandate-profile-changed',
  end: 'mandate-ended',
  disown: 'mandate-disowned',
} as const satisfies Record<MandateAct['act'], AuditAct>

/**
 * Does something to a mandate, and what follows from it: the act is logged and the words are kept, and what the directory
 * signs is signed, signed anew or revoked (`referent-appointed`). An act that changes nothing is done.
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
    await logMandateAct(trx, { act: LOGGED[done.act], by: done.by, mandate: before }, now)
    const isByHandedLink = done.by.kind === 'handed'
    if ('said' in done && done.said)
      await logConsent(trx, { id, act: CONSENTS[done.act], isByHandedLink, ...done.said }, now)
    if (done.act === 'decline') await deleteMailsAbout(trx, id)
    if (done.act === 'disown') await deleteAddress(trx, before)
    if (after.state === 'ended') await revokeAttestations(trx, id, now)
    if (after.state === 'ended' || after.state === 'declined')
      await deleteLinks(trx, { purpose: 'mandate-code', subject: id })
    if (done.act === 'appoint' || done.act === 'renew' || done.act === 'tie')
      await signAnew(trx, id, now)
    return true
  })
}

/** Logs what was done about a mandate among the accesses: its territory, and no name of its person. */
export const logMandateAct = (
  trx: Database,
  { act, by, mandate }: { act: AuditAct; by: Author; mandate: Pick<Referent, 'territory'> },
  now: Temporal.Instant,
): Promise<void> =>
  appendAudit(trx, { act, who: by.name, kind: by.kind, about: mandate.territory }, now)

/**
 * Withdraws a proposal that was not answered, with all that it said about the person.
 * @returns False where it was answered meanwhile.
 */
export async function withdrawProposal(
  db: Database,
  { id, by }: { id: string; by: Author },
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom('referent')
      .where('id', '=', id)
      .where('state', '=', 'proposed')
      .returning('territory')
      .executeTakeFirst()
    if (!gone) return false
    await deleteMailsAbout(trx, id)
    await logMandateAct(trx, { act: 'mandate-withdrawn', by, mandate: gone }, now)
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
  { profile, mandate, said, by }: Tie,
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
    return saveMandateAct(trx, id, { act: 'tie', profile, today, said, by }, now)
  })

/** Signs what a running mandate says now, and revokes what was signed for it. */
export async function signAnew(trx: Database, id: string, now: Temporal.Instant): Promise<void> {
  if ((await findReferent(trx, id))?.state !== 'appointed') return
  await revokeAttestations(trx, id, now)
  await appendChange(trx, { type: 'referent-appointed', referentId: id }, now)
}
