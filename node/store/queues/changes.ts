import type { Change } from '../../domain/federation/change.ts'
import { toInstantText } from '../database/columns.ts'
import { packText, unpackText } from '../database/compressed-text.ts'
import type { Database } from '../database/database.ts'
import { prepare, prepareRows } from '../database/prepared.ts'
import { addRow, writeGathered } from './gathered-rows.ts'

export async function appendChange(
  db: Database,
  change: Change,
  now: Temporal.Instant,
): Promise<void> {
  await addRow(db, insertChanges, toRow({ change, dueAt: now }, now))
}

/** Appends a change unless the same one waits already. */
export async function appendChangeOnce(
  db: Database,
  change: Change,
  now: Temporal.Instant,
): Promise<void> {
  const waiting = await db
    .selectFrom('change')
    .select('id')
    .where('done_at', 'is', null)
    .where('body', '=', JSON.stringify(packed(change)))
    .limit(1)
    .executeTakeFirst()
  if (!waiting) await appendChange(db, change, now)
}

/**
 * Plans a change like `appendChange`, to be told at `dueAt`.
 * @returns The id of the change.
 */
export async function planChange(
  db: Database,
  { change, dueAt }: { change: Change; dueAt: Temporal.Instant },
  now: Temporal.Instant,
): Promise<number> {
  await writeGathered(db)
  const { rows } = await insertNumbered(db, toRow({ change, dueAt }, now))
  if (!rows[0]) throw new Error('the change was not inserted')
  return rows[0].id
}

type ChangeRow = { body: string; created_at: string; due_at: string }

const toRow = (
  { change, dueAt }: { change: Change; dueAt: Temporal.Instant },
  now: Temporal.Instant,
): ChangeRow => ({
  body: JSON.stringify(packed(change)),
  created_at: toInstantText(now),
  due_at: toInstantText(dueAt),
})

const insertInto = (db: Database, rows: readonly ChangeRow[]) =>
  db.insertInto('change').values(rows.map((row) => ({ ...row, error: null, done_at: null })))

const insertRows = prepareRows(insertInto)
const insertNumbered = prepare((db, row: ChangeRow) => insertInto(db, [row]).returning('id'))

const insertChanges = async (db: Database, rows: readonly ChangeRow[]): Promise<void> => {
  await insertRows(db, rows)
}

/** Finds a change that still waits to be told; undefined when it was told or deleted. */
export async function findPendingChange(db: Database, id: number): Promise<Change | undefined> {
  const row = await db
    .selectFrom('change')
    .select('body')
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return row && unpacked(JSON.parse(row.body) as Change)
}

/** Replaces a change that still waits by another. Earlier failures are forgotten, and `dueAt` holds. */
export async function replaceChange(
  db: Database,
  { id, change, dueAt }: { id: number; change: Change; dueAt: Temporal.Instant },
): Promise<void> {
  const at = toInstantText(dueAt)
  await db
    .updateTable('change')
    .set({ body: JSON.stringify(packed(change)), due_at: at, attempts: 0, error: null })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .execute()
}

/** Compresses the signed text of another server that a change has. */
const packed = (change: Change): Change =>
  'activity' in change && change.activity !== undefined
    ? { ...change, activity: packText(change.activity) }
    : change

const unpacked = (change: Change): Change =>
  'activity' in change && change.activity !== undefined
    ? { ...change, activity: unpackText(change.activity) }
    : change

export type PendingChange = { id: number; change: Change; attempts: number }

/** Lists the oldest changes that are due and not done; changes are told in order. */
export async function listPendingChanges(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<PendingChange[]> {
  const rows = await db
    .selectFrom('change')
    .select(['id', 'body', 'attempts'])
    .where('done_at', 'is', null)
    .where('due_at', '<=', toInstantText(now))
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id, body, attempts }) => ({
    id,
    change: unpacked(JSON.parse(body) as Change),
    attempts,
  }))
}

export async function markChangesDone(
  db: Database,
  ids: readonly number[],
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('change')
    .set({ done_at: toInstantText(now), error: null })
    .where('id', 'in', ids)
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

/** Deletes a change at once, instead of after 30 days, since it has personal data or a text of another server. */
export async function deleteChange(db: Database, id: number): Promise<void> {
  await db.deleteFrom('change').where('id', '=', id).execute()
}
