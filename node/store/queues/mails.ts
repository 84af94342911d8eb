import { type Selectable, sql } from 'kysely'
import { isEmail } from '../../domain/values/contact.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { toEmail } from '../accounts/accounts.ts'
import {
  fromInstantText,
  instantOrUndefined,
  orNull,
  orUndefined,
  toInstantText,
} from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import type { Schema } from '../schema.ts'

/** A mail that waits, was sent, or was given up. */
export type Mail = {
  /** The same at every attempt: the left half of its Message-ID. */
  id: string
  /** The name of its template, and the template's parameters, which are emptied once it was sent. */
  template: string
  params: Record<string, unknown>
  /** The subject of its links (the id of a row). The links themselves are made when it is sent, and are not stored. */
  about: string | undefined
  to: string
  /** Its subject line; empty as long as its parameters are stored. */
  subject: string
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  attempts: number
  sentAt: Temporal.Instant | undefined
  droppedAt: Temporal.Instant | undefined
  error: string | undefined
  /** Whether a person of the team gave it to its reader, since no relay accepted it. */
  isHandedOver: boolean
  /** The alert that it is about, with which it is deleted. */
  alertId: string | undefined
  /** The profile that it is about, with which it is deleted. */
  facilitatorId: string | undefined
  /** The address of its author, where a person wrote it; empty once it was sent, or could not be sent in time. */
  replyTo: string | undefined
}

export type NewMail = Pick<Mail, 'to' | 'template' | 'params' | 'expiresAt'> & {
  about?: string | undefined
  alertId?: string | undefined
  facilitatorId?: string | undefined
  replyTo?: string | undefined
}

/** Counts the mails of this template that were appended for an address since this time. */
export async function countMailsTo(
  db: Database,
  { to, template, since }: { to: string; template: string; since: Temporal.Instant },
): Promise<number> {
  const { total } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('recipient', '=', toEmail(to))
    .where('template', '=', template)
    .where('created_at', '>', toInstantText(since))
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
  if (!isEmail(recipient) || (replyTo !== undefined && !isEmail(replyTo)))
    throw new DomainError('invalid', 'admin.not_an_email')
  await db
    .insertInto('mail')
    .values({
      id: uuidV7(now),
      template,
      about: orNull(its.about ?? its.alertId ?? its.facilitatorId),
      params: JSON.stringify(params),
      recipient,
      created_at: toInstantText(now),
      due_at: toInstantText(now),
      expires_at: toInstantText(expiresAt),
      sent_at: null,
      dropped_at: null,
      error: null,
      alert_id: orNull(its.alertId),
      facilitator_id: orNull(its.facilitatorId),
      reply_to: orNull(replyTo),
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
export const withoutText = (subject: string) => ({
  subject: toOneLine(subject),
  params: '{}',
  reply_to: sql<string | null>`case when reply_to is null then null else '' end`,
})

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
export const toMail = (row: Selectable<Schema['mail']>): Mail => ({
  id: row.id,
  template: row.template,
  params: JSON.parse(row.params),
  about: orUndefined(row.about),
  to: row.recipient,
  subject: row.subject,
  createdAt: fromInstantText(row.created_at),
  expiresAt: fromInstantText(row.expires_at),
  attempts: row.attempts,
  sentAt: instantOrUndefined(row.sent_at),
  droppedAt: instantOrUndefined(row.dropped_at),
  error: row.error === HANDED_OVER ? undefined : orUndefined(row.error),
  isHandedOver: row.error === HANDED_OVER,
  alertId: orUndefined(row.alert_id),
  facilitatorId: orUndefined(row.facilitator_id),
  replyTo: orUndefined(row.reply_to),
})
