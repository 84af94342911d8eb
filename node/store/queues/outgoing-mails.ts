import { REPEATED_MAILS } from '../../domain/values/link.ts'
import { toInstantText } from '../database/columns.ts'
import { claimRows, type Database, type OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import type { Mail } from '../schema/queues.ts'
import { toMail, toOneLine, updateToSent } from './mails.ts'

/** How a mail that waits is sent: leased, tried again, and marked with what became of it. */

/**
 * Leases the next mail that is due. It counts as an attempt and is postponed at once, so that it is repeated after a
 * crash.
 */
export async function leaseMail(
  db: OpenDatabase,
  now: Temporal.Instant,
): Promise<Mail | undefined> {
  return claimRows(db, async (trx) => {
    const row = await selectDue(trx, now).orderBy('due_at').orderBy('id').executeTakeFirst()
    if (!row) return undefined
    await postpone(trx, row, now)
    return toMail(row)
  })
}

/** Selects the mails that are to be sent now, and locks those that are read. */
const selectDue = (trx: Database, now: Temporal.Instant) =>
  selectWaiting(trx, now).where('due_at', '<=', toInstantText(now))

const selectWaiting = (trx: Database, now: Temporal.Instant) =>
  trx
    .selectFrom('mail')
    .selectAll()
    .$if(isPostgres(trx), (qb) => qb.forUpdate().skipLocked())
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    .where('by_phone', '=', 0)
    .where('expires_at', '>', toInstantText(now))

/** Counts an attempt, and sets the time of the next one. */
async function postpone(
  trx: Database,
  { id, attempts }: Pick<Mail, 'id' | 'attempts'>,
  now: Temporal.Instant,
): Promise<void> {
  const dueAt = toInstantText(now.add({ minutes: minutesAfter(attempts) }))
  await trx
    .updateTable('mail')
    .set({ attempts: attempts + 1, due_at: dueAt })
    .where('id', '=', id)
    .execute()
}

/**
 * Leases the other mails that repeat to the same reader, whatever their time, so that all of a day leave as one. Those
 * that were tried already wait for their own time, since another process may be sending them.
 */
export const leaseRepeatedMails = (
  db: OpenDatabase,
  { id, to }: Pick<Mail, 'id' | 'to'>,
  now: Temporal.Instant,
): Promise<Mail[]> =>
  claimRows(db, async (trx) => {
    const rows = await selectWaiting(trx, now)
      .where('recipient', '=', to)
      .where('template', 'in', [...REPEATED_MAILS])
      .where('id', '<>', id)
      .where((eb) => eb.or([eb('attempts', '=', 0), eb('due_at', '<=', toInstantText(now))]))
      .orderBy('expires_at')
      .orderBy('id')
      .limit(MOST_TOGETHER)
      .execute()
    for (const row of rows) await postpone(trx, row, now)
    return rows.map(toMail)
  })

/** The maximum number of mails that leave as one with another. */
const MOST_TOGETHER = 49

/** Returns whether a mail that repeats was sent to this address since a time. */
export async function hasRepeatedMailSince(
  db: Database,
  { to, since }: { to: string; since: Temporal.Instant },
): Promise<boolean> {
  const row = await db
    .selectFrom('mail')
    .select('id')
    .where('recipient', '=', to)
    .where('template', 'in', [...REPEATED_MAILS])
    .where('sent_at', '>=', toInstantText(since))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Lets a mail that was leased wait until a time, as if it had not been tried. */
export async function holdMail(
  db: Database,
  { id, attempts }: Pick<Mail, 'id' | 'attempts'>,
  until: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('mail')
    .set({ attempts, due_at: toInstantText(until) })
    .where('id', '=', id)
    .execute()
}

/**
 * The minutes until each next attempt. A relay that asks to come back (greylisting) means a few minutes; one that is
 * down may take hours.
 */
const RETRY_MINUTES = [2, 5, 15, 60, 240]
const minutesAfter = (attempts: number): number => RETRY_MINUTES[attempts] ?? 720

/** After so many attempts, 22 minutes, a relay has not only asked to come back. */
const FAILING_ATTEMPTS = 4
/** A mail is tried within seconds of its time. */
const LATE_MINUTES = 15

/** Counts the mails that the relay has not accepted after several attempts, and those whose time passed without one. */
export async function countLateMails(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    .where('by_phone', '=', 0)
    .where('expires_at', '>', toInstantText(now))
    .where((eb) =>
      eb.or([
        eb.and([eb('attempts', '>=', FAILING_ATTEMPTS), eb('error', 'is not', null)]),
        eb('due_at', '<=', toInstantText(now.subtract({ minutes: LATE_MINUTES }))),
      ]),
    )
    .executeTakeFirstOrThrow()
  return Number(total)
}

/**
 * Marks a mail as sent. Its text and the address of its author are deleted; that somebody wrote it stays, for counting
 * how often.
 */
export async function markMailSent(
  db: Database,
  { id, subject }: Pick<Mail, 'id' | 'subject'>,
  now: Temporal.Instant,
): Promise<void> {
  await updateToSent(db, { id, subject, error: null }, now).execute()
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
