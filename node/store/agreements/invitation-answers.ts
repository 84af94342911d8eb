import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import { type Agreement, type AgreementKey, subjectOf } from '../../domain/agreements/agreement.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import type { Schema } from '../schema.ts'
import { toAgreement } from './agreements.ts'

/** What subjects answered to the invitations of objects, for those who invited them. */

/** The answer that a structure gave to the invitation of a network. */
export type InvitationAnswer = { networkUri: string; structure: string; isYes: boolean }

/** Returns whether the subject has accepted or declined, and the object has said nothing else since. */
export const isAnswered = (agreement: Agreement | undefined): boolean =>
  agreement?.state === 'in-force' || (agreement?.state === 'ended' && isDeclined(agreement))

/** Returns whether the subject ended it without a yes to this invitation: who accepted and left has not declined. */
const isDeclined = ({ endedBy, subjectAt, objectAt }: Agreement): boolean =>
  endedBy === 'subject' &&
  (!subjectAt || (objectAt !== undefined && Temporal.Instant.compare(subjectAt, objectAt) < 0))

/** Notes that the subject has answered; an invitation is answered once, however often the subject changes its mind. */
export async function noteAnswer(
  trx: Database,
  { kind, subjectUri, objectUri }: AgreementKey,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('agreement')
    .set({ answered_at: toInstantText(now), answer_told_at: null, answer_read_at: null })
    .where('kind', '=', kind)
    .where('subject_uri', '=', subjectUri)
    .where('object_uri', '=', objectUri)
    .where((eb) =>
      eb.or([eb('answered_at', 'is', null), eb('answered_at', '<', eb.ref('object_at'))]),
    )
    .execute()
}

/** Lists the answers of which nobody has been told by mail. */
export const listUnsentAnswers = (db: Database): Promise<InvitationAnswer[]> =>
  listAnswers(db, (eb) => eb('answer_told_at', 'is', null))

/** Lists the answers to one network that its own team has not read. */
export const listUnreadAnswers = (db: Database, networkUri: string): Promise<InvitationAnswer[]> =>
  listAnswers(db, (eb) =>
    eb.and([eb('object_uri', '=', networkUri), eb('answer_read_at', 'is', null)]),
  )

/** Lists the answers to one network that came after this time. */
export const listAnswersSince = (
  db: Database,
  { networkUri, since }: { networkUri: string; since: Temporal.Instant },
): Promise<InvitationAnswer[]> =>
  listAnswers(db, (eb) =>
    eb.and([eb('object_uri', '=', networkUri), eb('answered_at', '>', toInstantText(since))]),
  )

async function listAnswers(
  db: Database,
  isMeant: (
    eb: ExpressionBuilder<Schema, 'agreement'>,
  ) => ExpressionWrapper<Schema, 'agreement', SqlBool>,
): Promise<InvitationAnswer[]> {
  const rows = await db
    .selectFrom('agreement')
    .selectAll()
    .where('kind', '=', 'member-of')
    .where('answered_at', 'is not', null)
    .where(isMeant)
    .orderBy('answered_at')
    .orderBy('subject_uri')
    .orderBy('object_uri')
    .execute()
  return rows
    .map(toAgreement)
    .filter(isAnswered)
    .map((one) => ({
      networkUri: one.objectUri,
      structure: subjectOf(one).name,
      isYes: one.state === 'in-force',
    }))
}

/** Notes that all answers were told by mail. It is called in the transaction that lists them and appends the mails. */
export async function markInvitationAnswersSent(
  trx: Database,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('agreement')
    .set({ answer_told_at: toInstantText(now) })
    .where('answered_at', 'is not', null)
    .where('answer_told_at', 'is', null)
    .execute()
}

/** Notes that the team of a network has read the answers to it. */
export async function markAnswersRead(
  db: Database,
  networkUri: string,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('agreement')
    .set({ answer_read_at: toInstantText(now) })
    .where('object_uri', '=', networkUri)
    .where('answered_at', 'is not', null)
    .where('answer_read_at', 'is', null)
    .execute()
}
