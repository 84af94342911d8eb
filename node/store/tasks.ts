import { orUndefined, toInstantText } from './columns.ts'
import type { Database, OpenDatabase } from './database.ts'
import { isPostgres } from './dialect.ts'

/** Reading of another server, one at a time per subject, resumable by its cursor. */
const TASK_KINDS = [
  'backfill',
  'reconcile',
  'memberships',
  'fetch',
  'visit',
  'person',
  'picture',
] as const
export type TaskKind = (typeof TASK_KINDS)[number]

/** The cursor of a visit that only asks whether somebody is there. */
export const LIGHT_VISIT = 'light'

export type Task = {
  id: number
  kind: TaskKind
  /** A peer's id, or the address to fetch. */
  subject: string
  cursor: string | undefined
  attempts: number
}

export async function enqueueTask(
  db: Database,
  { kind, subject, cursor }: { kind: TaskKind; subject: string; cursor?: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('task')
    .values({
      kind,
      subject,
      cursor: cursor ?? null,
      due_at: toInstantText(now),
      lease_until: null,
      last_error: null,
    })
    .onConflict((oc) =>
      oc.columns(['kind', 'subject']).doUpdateSet({
        due_at: toInstantText(now),
        attempts: 0,
        // Whoever wants a whole visit gets it, though a light one waits.
        ...(kind === 'visit' && cursor === undefined && { cursor: null }),
      }),
    )
    .execute()
}

const LEASE_SECONDS = 300

/** The task that has waited longest, but for those about a subject in `busy` or at an address below it. */
export async function leaseTask(
  db: OpenDatabase,
  { now, busy }: { now: Temporal.Instant; busy: readonly string[] },
): Promise<Task | undefined> {
  const at = toInstantText(now)
  const row = await db
    .updateTable('task')
    .set({ lease_until: toInstantText(now.add({ seconds: LEASE_SECONDS })) })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('task')
        .select('id')
        .where('due_at', '<=', at)
        .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', at)]))
        .where((eb) =>
          eb.and(
            busy.flatMap((subject) => [
              eb('subject', '<>', subject),
              eb('subject', 'not like', `${subject}/%`),
            ]),
          ),
        )
        .orderBy('due_at')
        .orderBy('id')
        .limit(1)
        .$if(isPostgres(db), (qb) => qb.forUpdate().skipLocked()),
    )
    .returningAll()
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      kind: row.kind as TaskKind,
      subject: row.subject,
      cursor: orUndefined(row.cursor),
      attempts: row.attempts,
    }
  )
}

/** Written in the transaction of the page that was read: a restart goes on from here, and nobody else takes it now. */
export async function saveTaskCursor(
  db: Database,
  { id, cursor }: { id: number; cursor: string },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('task')
    .set({
      cursor,
      attempts: 0,
      lease_until: toInstantText(now.add({ seconds: LEASE_SECONDS })),
    })
    .where('id', '=', id)
    .execute()
}

export async function deleteTask(db: Database, id: number): Promise<void> {
  await db.deleteFrom('task').where('id', '=', id).execute()
}

export async function postponeTask(
  db: Database,
  { id, error, until }: { id: number; error: string; until: Temporal.Instant },
): Promise<void> {
  await db
    .updateTable('task')
    .set((eb) => ({
      due_at: toInstantText(until),
      lease_until: null,
      attempts: eb('attempts', '+', 1),
      last_error: error.slice(0, 300),
    }))
    .where('id', '=', id)
    .execute()
}
