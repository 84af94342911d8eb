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
import { claimRows, type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
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

/**
 * The maximum number of links in an hour: enough for a person who mistypes, too few to fill somebody's mailbox
 * (CVE-2025-54879).
 */
const LINKS_PER_HOUR = 3

/**
 * Queues a mail with a link to sign in; beyond three in an hour to one address, nothing. The work is the same for an
 * address without an account, which is looked up when the mail is sent, so that the answer does not tell whether there
 * is one.
 */
export async function requestSignInLink(
  db: OpenDatabase,
  email: string,
  now: Temporal.Instant,
): Promise<void> {
  const recipient = toEmail(email)
  await inTransaction(db, async (trx) => {
    const since = now.subtract({ hours: 1 })
    const asked = await countMailsTo(trx, { to: recipient, template: SIGN_IN_MAIL, since })
    if (asked >= LINKS_PER_HOUR) return
    const expiresAt = now.add({ minutes: 30 })
    await appendMail(trx, { template: SIGN_IN_MAIL, params: {}, to: recipient, expiresAt }, now)
  })
}

/**
 * Leases the next mail that is due. It counts as an attempt and is postponed at once, so that it is repeated after a
 * crash.
 */
export async function leaseMail(
  db: OpenDatabase,
  now: Temporal.Instant,
): Promise<Mail | undefined> {
  const at = toInstantText(now)
  return claimRows(db, async (trx) => {
    const row = await trx
      .selectFrom('mail')
      .selectAll()
      .$if(isPostgres(trx), (qb) => qb.forUpdate().skipLocked())
      .where('sent_at', 'is', null)
      .where('dropped_at', 'is', null)
      .where('due_at', '<=', at)
      .where('expires_at', '>', at)
      .orderBy('due_at')
      .orderBy('id')
      .executeTakeFirst()
    if (!row) return undefined
    const dueAt = toInstantText(now.add({ minutes: minutesAfter(row.attempts) }))
    await trx
      .updateTable('mail')
      .set({ attempts: row.attempts + 1, due_at: dueAt })
      .where('id', '=', row.id)
      .execute()
    return toMail(row)
  })
}

/**
 * The minutes until each next attempt. A relay that asks to come back (greylisting) means a few minutes; one that is
 * down may take hours.
 */
const RETRY_MINUTES = [2, 5, 15, 60, 240]
const minutesAfter = (attempts: number): number => RETRY_MINUTES[attempts] ?? 720

/**
 * Marks a mail as sent. Its text and the address of its author are deleted; that somebody wrote it stays, for counting
 * how often.
 */
export async function markMailSent(
  db: Database,
  { id, subject }: Pick<Mail, 'id' | 'subject'>,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('mail')
    .set({ sent_at: toInstantText(now), error: null, ...withoutText(subject) })
    .where('id', '=', id)
    .execute()
}

/** The value of `error` for a mail that was handed over; it has none when a relay accepted it. */
const HANDED_OVER = 'handed over'

/** Marks a mail as handed over to its reader by the team: it is not sent any more, and its text is deleted. */
export async function markMailHandedOver(
  db: Database,
  { id, subject }: Pick<Mail, 'id' | 'subject'>,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('mail')
    .set({ sent_at: toInstantText(now), error: HANDED_OVER, ...withoutText(subject) })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .execute()
}

/** Deletes the text and the author's address of a mail that will not be sent; its subject stays for the team. */
export async function eraseMailText(
  db: Database,
  { id, subject }: Pick<Mail, 'id' | 'subject'>,
): Promise<void> {
  await db.updateTable('mail').set(withoutText(subject)).where('id', '=', id).execute()
}

const withoutText = (subject: string) => ({
  subject: toOneLine(subject),
  params: '{}',
  reply_to: sql<string | null>`case when reply_to is null then null else '' end`,
})

/** Lists messages of visitors that no relay accepted in time, a hundred at most. */
export async function listLapsedMessages(db: Database, now: Temporal.Instant): Promise<Mail[]> {
  const rows = await db
    .selectFrom('mail')
    .selectAll()
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    .where('expires_at', '<=', toInstantText(now))
    .where('reply_to', '<>', '')
    .orderBy('id')
    .limit(100)
    .execute()
  return rows.map(toMail)
}

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

/** Stores the error of an attempt; the mail is tried again at its time. */
export async function saveMailError(db: Database, id: string, error: string): Promise<void> {
  await db
    .updateTable('mail')
    .set({ error: toOneLine(error) })
    .where('id', '=', id)
    .execute()
}

/** Deletes a mail that is never tried again: the address refused it, or nobody has it (then without an error). */
export async function deleteMail(
  db: Database,
  { id, error }: { id: string; error: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('mail')
    .set({ dropped_at: toInstantText(now), error: error === undefined ? null : toOneLine(error) })
    .where('id', '=', id)
    .execute()
}

/**
 * Deletes all mails about a person who is to be forgotten: those that wait are not sent, and even the address of those
 * that were sent is deleted.
 */
export async function deleteMailsAbout(db: Database, about: string): Promise<void> {
  await db.deleteFrom('mail').where('about', '=', about).execute()
}

/**
 * Lists mails, the newest first, without the requests of people who have no account, and without those about alerts.
 */
export async function listMails(db: Database, limit: number): Promise<Mail[]> {
  const rows = await db
    .selectFrom('mail')
    .selectAll()
    .where((eb) => eb.or([eb('dropped_at', 'is', null), eb('error', 'is not', null)]))
    .where('alert_id', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toMail)
}

/** Finds a mail that still waits, for the team to hand over. */
export async function findWaitingMail(
  db: Database,
  id: string,
  now: Temporal.Instant,
): Promise<Mail | undefined> {
  const row = await db
    .selectFrom('mail')
    .selectAll()
    .where('id', '=', id)
    .where('alert_id', 'is', null)
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    .where('expires_at', '>', toInstantText(now))
    .executeTakeFirst()
  return row && toMail(row)
}

/** The mail about what waits for its reader; when it cannot be sent, that is no further task. */
export const TO_DO_MAIL = 'to-do'

const FAILING_DAYS = 7

/**
 * Counts the mails of the last week that the team should look at: without a relay those that can still be handed over,
 * with a relay those that it refused or has not accepted yet.
 */
export async function countFailingMails(
  db: Database,
  { mailWorks }: { mailWorks: boolean },
  now: Temporal.Instant,
): Promise<number> {
  const { total } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('alert_id', 'is', null)
    .where('template', '<>', TO_DO_MAIL)
    .where('sent_at', 'is', null)
    .where('created_at', '>', toInstantText(now.subtract({ hours: FAILING_DAYS * 24 })))
    .$if(mailWorks, (qb) => qb.where('error', 'is not', null))
    .$if(!mailWorks, (qb) =>
      qb.where('template', '<>', SIGN_IN_MAIL).where('expires_at', '>', toInstantText(now)),
    )
    .executeTakeFirstOrThrow()
  return total
}

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

const toMail = (row: Selectable<Schema['mail']>): Mail => ({
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
