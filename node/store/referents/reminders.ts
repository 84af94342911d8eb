import type { Referent } from '../../domain/referents/referent.ts'
import { orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { REFERENT } from '../schema/referents.ts'

/** What jobs do about mandates, each thing once: the process that claims it in a transaction does it. */

/**
 * Lists the people in office now or soon, with the smallest number of days before the end at which they were reminded.
 */
export async function listReminders(
  db: Database,
): Promise<{ referent: Referent; sentDays: number | undefined }[]> {
  const rows = await db
    .selectFrom('referent')
    .selectAll()
    .where('state', '=', 'appointed')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    referent: REFERENT.fromRow(row),
    sentDays: orUndefined(row.reminded_days),
  }))
}

/**
 * Takes the reminder that an appointed mandate ends in this many days. Returns false where it, or a later one, has been
 * sent or the mandate is no longer appointed; only the caller that gets true sends it.
 */
export async function claimReminder(trx: Database, id: string, days: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('referent')
    .set({ reminded_days: days })
    .where('id', '=', id)
    .where('state', '=', 'appointed')
    .where((eb) => eb.or([eb('reminded_days', 'is', null), eb('reminded_days', '>', days)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Takes the mail of this week, which began on this Monday, for an appointed mandate; on another day only where an
 * earlier one was sent. Only the caller that gets true sends it.
 */
export async function claimWeekly(
  trx: Database,
  id: string,
  { week, isMonday }: { week: Temporal.PlainDate; isMonday: boolean },
): Promise<boolean> {
  const monday = week.toString()
  const { numUpdatedRows } = await trx
    .updateTable('referent')
    .set({ told_on: monday })
    .where('id', '=', id)
    .where('state', '=', 'appointed')
    .where((eb) =>
      eb.or([...(isMonday ? [eb('told_on', 'is', null)] : []), eb('told_on', '<', monday)]),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Notes that the team is told of a referent who does not come. Returns false where the team already was, or the mandate
 * is no longer appointed; only the caller that gets true appends the mail.
 */
export async function markEscalated(
  trx: Database,
  id: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('referent')
    .set({ escalated_at: toInstantText(now) })
    .where('id', '=', id)
    .where('state', '=', 'appointed')
    .where('escalated_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
