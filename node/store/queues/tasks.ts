import { sql } from 'kysely'
import type { Requester } from '../../domain/federation/reading-shares.ts'
import { orUndefined, toInstantText } from '../database/columns.ts'
import { claimRows, type Database, type OpenDatabase } from '../database/database.ts'
import { count } from './counters.ts'

/** Readings of other servers: one at a time per host, each resumable by its cursor. */
const TASK_KINDS = [
  'backfill',
  'reconcile',
  'memberships',
  'fetch',
  'visit',
  'people',
  'person',
  'picture',
  'follower-servers',
  'restoration',
] as const
type TaskKind = (typeof TASK_KINDS)[number]

/** The cursor of a visit that only asks whether the server answers. */
export const LIGHT_VISIT = 'light'

export type Task = {
  id: number
  kind: TaskKind
  /** The id of a peer, or the address to fetch. */
  subject: string
  requester: Requester
  /** The host[:port] from which it reads. */
  host: string
  cursor: string | undefined
  attempts: number
}

type NewTask = {
  kind: TaskKind
  subject: string
  cursor?: string | undefined
  /** Who caused the task; our own clock (`self`) by default. */
  requester?: Requester
}

/** The kinds that read a whole peer: at most one of each for a peer. */
const OF_PEERS: readonly TaskKind[] = ['backfill', 'reconcile', 'follower-servers']

/** The maximum number of readings that may wait for one peer that caused them, and for all strangers together. */
const MOST_FOR_A_PEER = 200
const MOST_FOR_STRANGERS = 500

/**
 * Plans a reading. Where the same requester has planned it already, it becomes due now, or once its budget begins anew;
 * one that is running is repeated, since it may have read an earlier state. When too many readings of that requester
 * wait, the oldest that failed before is dropped, otherwise the new one; either is counted as `task:dropped`.
 */
export async function enqueueTask(
  db: Database,
  task: NewTask,
  now: Temporal.Instant,
): Promise<void> {
  const { kind, subject, cursor, requester = 'self' } = task
  const at = toInstantText(now)
  const again = {
    due_at: dueTimeFrom(at),
    attempts: 0,
    asked_again: 1,
    // A whole visit replaces a light one that waits.
    ...(kind === 'visit' && cursor === undefined && { cursor: null }),
  }
  if (isCounted(task) && !(await isPlanned(db, task)) && !(await makeRoom(db, requester, now)))
    return
  await db
    .insertInto('task')
    .values({
      kind,
      subject,
      requester,
      host: (await hostOf(db, task)) ?? '',
      cursor: cursor ?? null,
      due_at: at,
      lease_until: null,
      last_error: null,
      created_at: at,
    })
    .onConflict((oc) => oc.columns(['kind', 'subject', 'requester']).doUpdateSet(again))
    .execute()
}

const isCounted = ({ kind, requester = 'self' }: NewTask): boolean =>
  requester !== 'self' && requester !== 'team' && !OF_PEERS.includes(kind)

async function isPlanned(
  db: Database,
  { kind, subject, requester = 'self' }: NewTask,
): Promise<boolean> {
  const row = await db
    .selectFrom('task')
    .select('id')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('requester', '=', requester)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Drops the oldest failed reading when too many wait.
 * @returns false when none could be dropped.
 */
async function makeRoom(
  db: Database,
  requester: Requester,
  now: Temporal.Instant,
): Promise<boolean> {
  const isStranger = requester.startsWith('stranger:')
  const theirs = isStranger
    ? sql<boolean>`requester >= 'stranger:' and requester < 'stranger;'`
    : sql<boolean>`requester = ${requester}`
  const { total } = await db
    .selectFrom('task')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(theirs)
    .executeTakeFirstOrThrow()
  if (total < (isStranger ? MOST_FOR_STRANGERS : MOST_FOR_A_PEER)) return true
  await count(db, 'task:dropped', now)
  const { numDeletedRows } = await db
    .deleteFrom('task')
    .where('id', '=', (eb) =>
      eb
        .selectFrom('task')
        .select('id')
        .where(theirs)
        .where('kind', 'not in', OF_PEERS)
        .where('attempts', '>', 0)
        .where('due_at', '>', toInstantText(now))
        .where('lease_until', 'is', null)
        .orderBy('id')
        .limit(1),
    )
    .executeTakeFirst()
  return numDeletedRows > 0n
}

async function hostOf(db: Database, { kind, subject }: NewTask): Promise<string | undefined> {
  if (!OF_PEERS.includes(kind)) return URL.canParse(subject) ? new URL(subject).host : undefined
  const row = await db
    .selectFrom('peer')
    .select('host')
    .where('id', '=', subject)
    .executeTakeFirst()
  return row?.host
}

/** The first reading of one requester. */
export type TaskHead = Pick<Task, 'id' | 'kind' | 'requester' | 'host'>

/** Lists for each requester the reading that has waited longest; those at a host that is being read are left out. */
export async function listTaskHeads(db: OpenDatabase, now: Temporal.Instant): Promise<TaskHead[]> {
  const at = toInstantText(now)
  const { rows } = await sql<TaskHead>`
    select t.id, t.kind, t.requester, t.host
    from (select distinct requester from task) r
    join task t on t.id = (
      select c.id from task c
      where c.requester = r.requester and c.due_at <= ${at}
        and (c.lease_until is null or c.lease_until < ${at})
        and c.host not in (select host from task where lease_until >= ${at})
      order by c.due_at, c.id limit 1)`.execute(db)
  return rows
}

const LEASE_SECONDS = 300

const leaseUntil = (now: Temporal.Instant): string =>
  toInstantText(now.add({ seconds: LEASE_SECONDS }))

/** Leases this reading for five minutes; undefined when another process has it. */
export async function leaseTask(
  db: OpenDatabase,
  id: number,
  now: Temporal.Instant,
): Promise<Task | undefined> {
  const row = await claimRows(db, (trx) =>
    trx
      .updateTable('task')
      .set({ lease_until: leaseUntil(now), asked_again: 0 })
      .where('id', '=', id)
      .where((eb) =>
        eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', toInstantText(now))]),
      )
      .returningAll()
      .executeTakeFirst(),
  )
  return (
    row && {
      id: row.id,
      kind: row.kind as TaskKind,
      subject: row.subject,
      requester: row.requester as Requester,
      host: row.host,
      cursor: orUndefined(row.cursor),
      attempts: row.attempts,
    }
  )
}

/**
 * Renews the lease of a reading that takes longer, so that no other process begins it, or another one at the same host.
 */
export async function renewLease(db: Database, id: number, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('task')
    .set({ lease_until: leaseUntil(now) })
    .where('id', '=', id)
    .execute()
}

/** Saves where to go on after a restart, and renews the lease, in the transaction of the page that was read. */
export async function saveTaskCursor(
  db: Database,
  { id, cursor }: { id: number; cursor: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('task')
    .set({ cursor: cursor ?? null, attempts: 0, lease_until: leaseUntil(now) })
    .where('id', '=', id)
    .execute()
}

/** Deletes a reading that was done or is of no use; one that was asked for again in the meantime is made due again. */
export async function settleTask(db: Database, id: number): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('task')
    .where('id', '=', id)
    .where('asked_again', '=', 0)
    .executeTakeFirst()
  if (numDeletedRows > 0n) return
  await db
    .updateTable('task')
    .set((eb) => ({
      lease_until: null,
      // The cursor of a whole reading is a position in it; the others were planned with theirs.
      cursor: eb.case().when('kind', 'in', OF_PEERS).then(null).else(eb.ref('cursor')).end(),
    }))
    .where('id', '=', id)
    .execute()
}

/**
 * Postpones a reading.
 * @param isSpent - Whether its budget is spent until then, so that hearing from its host does not make it due sooner.
 */
export async function postponeTask(
  db: Database,
  {
    id,
    error,
    until,
    isSpent = false,
  }: { id: number; error: string; until: Temporal.Instant; isSpent?: boolean },
): Promise<void> {
  await db
    .updateTable('task')
    .set((eb) => ({
      due_at: toInstantText(until),
      not_before: isSpent ? toInstantText(until) : null,
      lease_until: null,
      attempts: eb('attempts', '+', 1),
      last_error: error.slice(0, 300),
    }))
    .where('id', '=', id)
    .execute()
}

/**
 * Returns whether a reading finds out if a silent host is back, so that it is not postponed with the others: readings
 * that the team asked for and, of our own clock, the visits, which become rarer by themselves, and what a restored site
 * asks its directory.
 */
export const isProbe = ({ requester, kind }: Pick<Task, 'requester' | 'kind'>): boolean =>
  requester === 'team' || (requester === 'self' && PROBES.includes(kind))

const PROBES: readonly TaskKind[] = ['visit', 'restoration']

/** Postpones all readings of a host that did not answer, except probes. */
export async function postponeTasksAt(
  db: Database,
  { host, until }: { host: string; until: Temporal.Instant },
): Promise<void> {
  const at = toInstantText(until)
  await db
    .updateTable('task')
    .set((eb) => ({
      due_at: at,
      attempts: eb.case().when('attempts', '=', 0).then(1).else(eb.ref('attempts')).end(),
    }))
    .where('host', '=', host)
    .where('due_at', '<', at)
    .where('lease_until', 'is', null)
    .where('requester', '<>', 'team')
    .where((eb) => eb.or([eb('requester', '<>', 'self'), eb('kind', 'not in', PROBES)]))
    .execute()
}

/** Returns the earliest time at which a reading is due: now, or when its budget begins anew. */
export const dueTimeFrom = (now: string) =>
  sql<string>`case when task.not_before > ${now} then task.not_before else cast(${now} as text) end`

/** Makes all readings of a host due now, since something came from it again, except those whose budget is spent. */
export async function hurryTasksAt(
  db: Database,
  host: string,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await db
    .updateTable('task')
    .set({ due_at: dueTimeFrom(at) })
    .where('host', '=', host)
    .where('due_at', '>', at)
    .where('lease_until', 'is', null)
    .execute()
}

/** Deletes readings that have failed for so long: the daily reading or a new request covers them. */
export async function deleteTasksBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('task')
    .where('created_at', '<', toInstantText(before))
    .where('lease_until', 'is', null)
    .execute()
}
