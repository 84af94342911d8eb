import { sql } from 'kysely'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { contains } from '../database/dialect.ts'
import { type ListPage, placePage } from '../database/list-page.ts'
import type { Mail } from '../schema/queues.ts'
import { HANDED_OVER, SIGN_IN_MAIL, TO_DO_MAIL, toMail, updateToSent } from './mails.ts'

/** What the team sees of the mails, and hands over where no relay sends them. */

/** A mail waits, was sent (or handed over), or will not be sent any more. */
export type MailState = 'open' | 'sent' | 'lost'

/** Selects mails without the requests of people who have no account, and without those about alerts. */
const selectShown = (db: Database) =>
  db
    .selectFrom('mail')
    .where((eb) => eb.or([eb('dropped_at', 'is', null), eb('error', 'is not', null)]))
    .where('alert_id', 'is', null)

/**
 * Lists mails, the newest first.
 *
 * @internal
 */
export async function listMails(db: Database, limit: number): Promise<Mail[]> {
  const rows = await selectShown(db).selectAll().orderBy('id', 'desc').limit(limit).execute()
  return rows.map(toMail)
}

const isInState = (state: MailState, now: Temporal.Instant) => {
  if (state === 'sent') return sql<boolean>`sent_at is not null`
  const isOver = sql`(dropped_at is not null or expires_at <= ${toInstantText(now)})`
  return state === 'lost'
    ? sql<boolean>`sent_at is null and ${isOver}`
    : sql<boolean>`sent_at is null and not ${isOver}`
}

/** Counts the mails in each state. */
export async function countMails(
  db: Database,
  now: Temporal.Instant,
): Promise<Record<MailState, number>> {
  const total = (state: MailState) =>
    sql<number>`coalesce(sum(case when ${isInState(state, now)} then 1 else 0 end), 0)`.as(state)
  const row = await selectShown(db)
    .select([total('open'), total('sent'), total('lost')])
    .executeTakeFirstOrThrow()
  return { open: Number(row.open), sent: Number(row.sent), lost: Number(row.lost) }
}

type MailQuery = {
  state: MailState
  /** A part of the address of who gets it. */
  words: string
  page: number
  size: number
  now: Temporal.Instant
}

/** Finds one page of the mails in a state, the newest first. */
export async function findMailPage(
  db: Database,
  { state, words, now, ...asked }: MailQuery,
): Promise<ListPage<Mail>> {
  const found = selectShown(db)
    .where(isInState(state, now))
    .$if(words !== '', (qb) => qb.where(contains(db, sql`lower(recipient)`, words.toLowerCase())))
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const { offset, ...placed } = placePage(Number(total), asked)
  const rows = await found
    .selectAll()
    .orderBy('id', 'desc')
    .limit(asked.size)
    .offset(offset)
    .execute()
  return { ...placed, rows: rows.map(toMail) }
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

const FAILING_DAYS = 7

/**
 * Counts the mails of the last week that the team should look at: without a relay those that can still be handed over,
 * with a relay those that it refused or has not accepted yet, and what is to be said by telephone.
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
    .where((eb) => {
      const waits = eb('expires_at', '>', toInstantText(now))
      return mailWorks
        ? eb.or([eb('error', 'is not', null), eb.and([eb('by_phone', '=', 1), waits])])
        : eb.and([eb('template', '<>', SIGN_IN_MAIL), waits])
    })
    .executeTakeFirstOrThrow()
  return total
}

/** Marks a mail as handed over to its reader by the team: it is not sent any more, and its text is deleted. */
export async function markMailHandedOver(
  db: Database,
  { id, subject }: Pick<Mail, 'id' | 'subject'>,
  now: Temporal.Instant,
): Promise<void> {
  await updateToSent(db, { id, subject, error: HANDED_OVER }, now)
    .where('sent_at', 'is', null)
    .execute()
}

/** Deletes a mail that failed, which the team has dealt with; false where there is none. */
export async function deleteFailedMail(db: Database, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('mail')
    .where('id', '=', id)
    .where('alert_id', 'is', null)
    .where('sent_at', 'is', null)
    .where('error', 'is not', null)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
