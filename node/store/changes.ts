import type { Change } from '../domain/change.ts'
import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'

export async function appendChange(
  db: Database,
  change: Change,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await db
    .insertInto('change')
    .values({
      body: JSON.stringify(change),
      created_at: at,
      due_at: at,
      error: null,
      done_at: null,
    })
    .execute()
}

export type PendingChange = { id: number; change: Change; attempts: number }

/** The oldest change that is due and not done; changes are told in order. */
export async function findPendingChange(
  db: Database,
  now: Temporal.Instant,
): Promise<PendingChange | undefined> {
  const row = await db
    .selectFrom('change')
    .select(['id', 'body', 'attempts'])
    .where('done_at', 'is', null)
    .where('due_at', '<=', toInstantText(now))
    .orderBy('id')
    .executeTakeFirst()
  return row && { id: row.id, change: JSON.parse(row.body) as Change, attempts: row.attempts }
}

export async function markChangeDone(
  db: Database,
  id: number,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('change')
    .set({ done_at: toInstantText(now), error: null })
    .where('id', '=', id)
    .execute()
}

export async function postponeChange(
  db: Database,
  { id, error, until }: { id: number; error: string; until: Temporal.Instant },
): Promise<void> {
  await db
    .updateTable('change')
    .set((eb) => ({ error, due_at: toInstantText(until), attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function deleteDoneChanges(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('change').where('done_at', '<', toInstantText(before)).execute()
}
