import { sql } from 'kysely'
import type { Change } from '../../domain/federation/change.ts'
import { toInstantText } from '../database/columns.ts'
import { packText, unpackText } from '../database/compressed-text.ts'
import type { Database } from '../database/database.ts'
import { isAmong, isNumberAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { addRow, writeGathered } from '../database/gathered-rows.ts'
import { prepare, prepareRows } from '../database/prepared.ts'

/**
 * Appends a change that is due at once. It is called in the transaction of what happened (architecture, invariant 2);
 * the caller wakes the worker after it. Within a transaction that gathers rows the insertion itself comes later.
 */
export async function appendChange(
  db: Database,
  change: Change,
  now: Temporal.Instant,
): Promise<void> {
  await addRow(db, insertChanges, toRow({ change, dueAt: now }, now))
}

/**
 * Appends those of these changes that do not wait already. The changes that wait are read once, however many are given.
 */
export async function appendChangesOnce(
  db: Database,
  changes: readonly Change[],
  now: Temporal.Instant,
): Promise<void> {
  if (changes.length === 0) return
  await writeGathered(db)
  const byBody = new Map(changes.map((change) => [JSON.stringify(packed(change)), change]))
  const waiting = await db
    .selectFrom('change')
    .select('body')
    .where('done_at', 'is', null)
    .where(isAmong(db, sql.ref('body'), [...byBody.keys()]))
    .execute()
  for (const { body } of waiting) byBody.delete(body)
  const rows = [...byBody.values()].map((change) => toRow({ change, dueAt: now }, now))
  await insertChanges(db, rows)
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
    ? { ...change, activity: packText(change.activity).toString('base64') }
    : change

const unpacked = (change: Change): Change =>
  'activity' in change && change.activity !== undefined
    ? { ...change, activity: unpackText(Buffer.from(change.activity, 'base64')) }
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

/** Notes that these changes have been told. It is called in the transaction of their deliveries. */
export async function markChangesDone(
  db: Database,
  ids: readonly number[],
  now: Temporal.Instant,
): Promise<void> {
  await updateDone(db, { ids: toListParameter(db, ids), at: toInstantText(now) })
}

const updateDone = prepare((db, { ids, at }: { ids: ListParameter; at: string }) =>
  db
    .updateTable('change')
    .set({ done_at: at, error: null })
    .where(isNumberAmong(db, sql.ref('id'), ids)),
)

/** Puts a change off after an error and counts the attempt. */
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

/** Puts changes off that are not to be told yet; this is no attempt. */
export async function postponeChanges(
  db: Database,
  ids: readonly number[],
  until: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('change')
    .set({ due_at: toInstantText(until) })
    .where(isNumberAmong(db, sql.ref('id'), toListParameter(db, ids)))
    .execute()
}

/** Deletes the changes that were told before this instant. */
export async function deleteDoneChanges(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('change').where('done_at', '<', toInstantText(before)).execute()
}

/** Deletes a change at once, instead of after 30 days, since it has personal data or a text of another server. */
export async function deleteChange(db: Database, id: number): Promise<void> {
  await db.deleteFrom('change').where('id', '=', id).execute()
}

/** The maximum number of changes among which those of one series are looked for: more than a series has dates. */
const LOOKED_AT = 1000

/**
 * Lists the changes that are due and about which followers get a message, of other cafés than that of `but`, with the
 * cafés' ids.
 */
export async function listPendingEdits(
  db: Database,
  but: string,
  now: Temporal.Instant,
): Promise<{ id: number; change: Extract<Change, { cafeId: string }> }[]> {
  const rows = await db
    .selectFrom('change')
    .select(['id', 'body'])
    .where('done_at', 'is', null)
    .where('due_at', '<=', toInstantText(now))
    .where((eb) =>
      eb.or(
        ['cafe-updated', 'cafe-note-due'].map((type) => eb('body', 'like', `{"type":"${type}"%`)),
      ),
    )
    .orderBy('id')
    .limit(LOOKED_AT)
    .execute()
  return rows.flatMap(({ id, body }) => {
    const change = JSON.parse(body) as Change
    const isMessage =
      change.type === 'cafe-note-due' || (change.type === 'cafe-updated' && change.important)
    return isMessage && change.cafeId !== but ? [{ id, change }] : []
  })
}
