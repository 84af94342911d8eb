import { sql } from 'kysely'
import { isEmail, isPhone } from '../../domain/values/contact.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { toEmail } from '../accounts/accounts.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import type { Mail } from '../schema/queues.ts'
import { MAIL } from '../schema/queues.ts'
import type { RowOf } from '../schema/table.ts'

export type NewMail = Pick<Mail, 'to' | 'template' | 'params' | 'expiresAt'> & {
  about?: string | undefined
  alertId?: string | undefined
  facilitatorId?: string | undefined
  replyTo?: string | undefined
  /** `to` is a telephone number, at which the team says it. */
  byPhone?: boolean | undefined
  /** How long it waits before it is sent first. */
  rest?: Temporal.DurationLike | undefined
}

/** Counts the mails of this template that were appended for an address since this time, all or about one thing. */
export async function countMailsTo(
  db: Database,
  {
    to,
    template,
    since,
    about,
  }: { to: string; template: string; since: Temporal.Instant; about?: string | undefined },
): Promise<number> {
  const { total } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('recipient', '=', toEmail(to))
    .where('template', '=', template)
    .where('created_at', '>', toInstantText(since))
    .$if(about !== undefined, (query) => query.where('about', '=', about ?? ''))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/**
 * Adds a mail to the queue, in the transaction of what it tells. It is sent afterwards, if mail is set up, and never
 * after `expiresAt`.
 * @throws DomainError invalid for anything but one address: a line break would add recipients.
 */
export async function appendMail(
  db: Database,
  { template, params, to, expiresAt, ...its }: NewMail,
  now: Temporal.Instant,
): Promise<void> {
  const recipient = toEmail(to)
  const replyTo = its.replyTo === undefined ? undefined : toEmail(its.replyTo)
  const { byPhone = false } = its
  if (
    !(byPhone ? isPhone(recipient) : isEmail(recipient)) ||
    (replyTo !== undefined && !isEmail(replyTo))
  )
    throw new DomainError('invalid', 'admin.not_an_email')
  await db
    .insertInto('mail')
    .values({
      ...MAIL.toRow({
        ...{ id: uuidV7(now), template, params, to: recipient, replyTo, createdAt: now, expiresAt },
        ...{ about: its.about ?? its.alertId ?? its.facilitatorId, subject: '', attempts: 0 },
        ...{ alertId: its.alertId, facilitatorId: its.facilitatorId, byPhone },
        ...{ sentAt: undefined, droppedAt: undefined, error: undefined },
      }),
      due_at: toInstantText(its.rest ? now.add(its.rest) : now),
    })
    .execute()
}

/**
 * Removes line breaks of any kind from a text and cuts it to 200 characters: a name in it must not add headers to a
 * mail.
 */
export const toOneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .slice(0, 200)

/**
 * The mail with a link to sign in. It may be for an address that has no account: the account is looked up when the mail
 * is sent.
 */
export const SIGN_IN_MAIL = 'sign-in'

/** The value of `error` for a mail that was handed over; it has none when a relay accepted it. */
export const HANDED_OVER = 'handed over'

/** Deletes the text and the author's address of a mail that will not be sent; its subject stays for the team. */
export async function eraseMailText(
  db: Database,
  { id, subject }: Pick<Mail, 'id' | 'subject'>,
): Promise<void> {
  await db.updateTable('mail').set(withoutText(subject)).where('id', '=', id).execute()
}

/** Returns the columns of a mail whose text and author are deleted, and whose subject stays. */
const withoutText = (subject: string) => ({
  subject: toOneLine(subject),
  params: '{}',
  reply_to: sql<string | null>`case when reply_to is null then null else '' end`,
})

/** Updates a mail to one that has left; its text and the address of its author are deleted. To be executed. */
export const updateToSent = (
  db: Database,
  { id, subject, error }: Pick<Mail, 'id' | 'subject'> & { error: string | null },
  now: Temporal.Instant,
) =>
  db
    .updateTable('mail')
    .set({ sent_at: toInstantText(now), error, ...withoutText(subject) })
    .where('id', '=', id)

/** Returns whether another mail about the same subject was sent, or may still be. */
export async function hasOtherCopy(db: Database, { id, about }: Mail): Promise<boolean> {
  if (about === undefined) return false
  const other = await db
    .selectFrom('mail')
    .select('id')
    .where('about', '=', about)
    .where('id', '<>', id)
    .where((eb) =>
      eb.or([
        eb('sent_at', 'is not', null),
        eb.and([eb('dropped_at', 'is', null), eb('reply_to', '<>', '')]),
      ]),
    )
    .executeTakeFirst()
  return other !== undefined
}

/** The mail that tells a person that nothing of them is left here; no row says to whom it was sent. */
export const PROFILE_REMOVED_MAIL = 'profile-removed'

/** Deletes a mail as a whole, of which not even the subject may stay. */
export async function eraseMail(db: Database, id: string): Promise<void> {
  await db.deleteFrom('mail').where('id', '=', id).execute()
}

/**
 * Deletes all mails about a person who is to be forgotten: those that wait are not sent, and even the address of those
 * that were sent is deleted.
 */
export async function deleteMailsAbout(db: Database, about: string): Promise<void> {
  await db.deleteFrom('mail').where('about', '=', about).execute()
}

/** The mail about what waits for its reader; when it cannot be sent, that is no further task. */
export const TO_DO_MAIL = 'to-do'

/** Deletes mails that are older than `RETENTION_DAYS` says. */
export async function deleteOldMails(db: Database, now: Temporal.Instant): Promise<void> {
  const ago = (days: number) => toInstantText(now.subtract({ hours: days * 24 }))
  await db
    .deleteFrom('mail')
    .where((eb) =>
      eb.or([
        eb('created_at', '<=', ago(RETENTION_DAYS.mail)),
        eb.and([
          eb('template', '=', SIGN_IN_MAIL),
          eb('created_at', '<=', ago(RETENTION_DAYS.signInMail)),
        ]),
      ]),
    )
    .execute()
}

/** Converts a row of a mail. */
export function toMail(row: RowOf<typeof MAIL>): Mail {
  const mail = MAIL.fromRow(row)
  const isHandedOver = mail.error === HANDED_OVER
  return { ...mail, isHandedOver, ...(isHandedOver && { error: undefined }) }
}
