import type { Referent } from '../../domain/referents/referent.ts'
import { toEmail } from '../accounts/accounts.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { deleteMailsAbout } from '../queues/mails.ts'
import { revokeAttestations } from './attestations.ts'
import { logConsent } from './consents.ts'
import { findReferent } from './referents.ts'

type MandateDays = Pick<Referent, 'startsOn' | 'endsOn'>

export type ProposalAnswer = {
  id: string
  /** The days that they were shown; what the team changed meanwhile is not agreed to. */
  shown: MandateDays
  /** The name, title and address with which the person chose to be shown; undefined when they decline. */
  agreed: (Pick<Referent, 'name' | 'word'> & { email: string }) | undefined
  /** The text that they were shown. */
  text: string
  lang: string
}

/** Stores the person's yes or no. False when the proposal is no longer open, or is not what they were shown. */
export async function answerProposal(
  db: OpenDatabase,
  { id, shown, agreed, text, lang }: ProposalAnswer,
  now: Temporal.Instant,
): Promise<boolean> {
  const at = toInstantText(now)
  return inTransaction(db, async (trx) => {
    const referent = await findReferent(trx, id)
    if (referent?.state !== 'proposed') return false
    if (agreed && !isSameDays(referent, shown)) return false
    if (agreed && (await isHeldByOther(trx, referent, toEmail(agreed.email)))) return false
    await trx
      .updateTable('referent')
      .set(
        agreed
          ? {
              ...{ name: agreed.name, title: agreed.word, email: toEmail(agreed.email) },
              ...{ state: 'consented', consented_at: at },
            }
          : { state: 'declined', ended_at: at, email: null, facilitator_uri: null },
      )
      .where('id', '=', id)
      .execute()
    if (!agreed) await deleteMailsAbout(trx, id)
    await logConsent(trx, { id, act: agreed ? 'consented' : 'declined', text, lang }, now)
    return true
  })
}

/** Returns whether two mandates have the same days. */
export const isSameDays = (one: MandateDays, other: MandateDays): boolean =>
  one.startsOn.equals(other.startsOn) && one.endsOn.equals(other.endsOn)

async function isHeldByOther(
  trx: Database,
  { id, territory }: Pick<Referent, 'id' | 'territory'>,
  email: string,
): Promise<boolean> {
  const other = await trx
    .selectFrom('referent')
    .select('id')
    .where('territory', '=', territory)
    .where('email', '=', email)
    .where('state', 'in', ['proposed', 'consented', 'appointed'])
    .where('id', '<>', id)
    .executeTakeFirst()
  return other !== undefined
}

/**
 * Appoints, for the team, a person who agreed, for the days to which they agreed; what is signed about it is made
 * afterwards (`referent-appointed`). False where the person has not agreed.
 */
export async function appointReferent(
  db: OpenDatabase,
  id: string,
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('referent')
      .set({ state: 'appointed', appointed_at: toInstantText(now) })
      .where('id', '=', id)
      .where('state', '=', 'consented')
      .where('email', 'is not', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await appendChange(trx, { type: 'referent-appointed', referentId: id }, now)
    return true
  })
}

/**
 * Proposes other days than those to which the person agreed. A person who was not appointed yet is asked again, as if
 * for the first time; of a mandate only the last day can change, and nothing changes until its person agrees. False in
 * any other state.
 */
export async function proposeMandateDays(
  db: Database,
  { id, startsOn, endsOn }: MandateDays & { id: string },
): Promise<boolean> {
  const days = { starts_on: startsOn.toString(), ends_on: endsOn.toString() }
  const { numUpdatedRows: again } = await db
    .updateTable('referent')
    .set({ ...days, state: 'proposed', consented_at: null })
    .where('id', '=', id)
    .where('state', '=', 'consented')
    .executeTakeFirst()
  const { numUpdatedRows: asked } = await db
    .updateTable('referent')
    .set({ asked_ends_on: days.ends_on })
    .where('id', '=', id)
    .where('state', '=', 'appointed')
    .executeTakeFirst()
  return again + asked > 0n
}

/** Stores that the person keeps the days to which they agreed. */
export async function refuseRenewal(db: Database, id: string): Promise<void> {
  await db.updateTable('referent').set({ asked_ends_on: null }).where('id', '=', id).execute()
}

/**
 * Stores that the person agrees to the last day that they were asked for, with the text that they were shown: what was
 * signed before is revoked and signed anew. False where another day, or none, is asked for by now.
 */
export async function renewReferent(
  db: OpenDatabase,
  { id, endsOn, text, lang }: Pick<Referent, 'id' | 'endsOn'> & { text: string; lang: string },
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('referent')
      .set({ ends_on: endsOn.toString(), asked_ends_on: null, reminded_days: null })
      .where('id', '=', id)
      .where('state', '=', 'appointed')
      .where('asked_ends_on', '=', endsOn.toString())
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await logConsent(trx, { id, act: 'consented', text, lang }, now)
    await signAnew(trx, id, now)
    return true
  })
}

/** Revokes what was signed for a running mandate, and signs what it says now. */
export async function signAnew(trx: Database, id: string, now: Temporal.Instant): Promise<void> {
  if ((await findReferent(trx, id))?.state !== 'appointed') return
  await revokeAttestations(trx, id, now)
  await appendChange(trx, { type: 'referent-appointed', referentId: id }, now)
}
