import { sql } from 'kysely'
import type { Requester } from '../../domain/federation/reading-shares.ts'
import { orUndefined, toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { count } from './counters.ts'

/** Reading of another server, one at a time per host, resumable by its cursor. */
const TASK_KINDS = [
  'backfill',
  'reconcile',
  'memberships',
  'fetch',
  'visit',
  'person',
  'picture',
] as const
type TaskKind = (typeof TASK_KINDS)[number]

/** The cursor of a visit that only asks whether somebody is there. */
export const LIGHT_VISIT = 'light'

export type Task = {
  id: number
  kind: TaskKind
  /** A peer's id, or the address to fetch. */
  subject: string
  requester: Requester
  /** host[:port] that is asked. */
  host: string
  cursor: string | undefined
  attempts: number
}

type NewTask = {
  kind: TaskKind
  subject: string
  cursor?: string | undefined
  /** Who caused it: our own clock unless said. */
  requester?: Requester
}

/** Whole readings of a peer: one for each peer at most. */
const OF_PEERS: readonly TaskKind[] = ['backfill', 'reconcile']

/** How much may wait for one peer, and for all strangers together. */
const MOST_FOR_A_PEER = 200
const MOST_FOR_STRANGERS = 500

/**
 * Plans a reading, or hurries the one that the same requester has planned. Of a requester that has too many waiting,
 * what failed before gives way, else the new one is left out; both are counted as `task:dropped`.
 */
export async function enqueueTask(
  db: Database,
  task: NewTask,
  now: Temporal.Instant,
): Promise<void> {
  const { kind, subject, cursor, requester = 'self' } = task
  const at = toInstantText(now)
  const again = {
    due_at: at,
    attempts: 0,
    // Whoever wants a whole visit gets it, though a light one waits.
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

/** False when nothing of this requester can give way. */
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

/** The reading of a requester that is to begin first. */
export type TaskHead = Pick<Task, 'id' | 'kind' | 'requester' | 'host'>

/** Of each requester the reading that has waited longest, but for those at a host that is being asked. */
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

/** Takes this one for five minutes; undefined when somebody else was first. */
export async function leaseTask(
  db: OpenDatabase,
  id: number,
  now: Temporal.Instant,
): Promise<Task | undefined> {
  const row = await db
    .updateTable('task')
    .set({ lease_until: leaseUntil(now) })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', toInstantText(now))]),
    )
    .returningAll()
    .executeTakeFirst()
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

/** It takes longer than a lease: nobody else begins it, nor another one at the same host. */
export async function renewLease(db: Database, id: number, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('task')
    .set({ lease_until: leaseUntil(now) })
    .where('id', '=', id)
    .execute()
}

/** Written in the transaction of the page that was read: a restart goes on from here, and nobody else takes it now. */
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

/**
 * What finds out whether a silent host is back, and so does not wait for that: what a person of the team asked for, and the
 * visits of our own clock, which become rarer by themselves.
 */
export const isProbe = ({ requester, kind }: Pick<Task, 'requester' | 'kind'>): boolean =>
  requester === 'team' || (requester === 'self' && kind === 'visit')

/** A host that did not answer is left alone with everything that waits for it, but for what is a probe. */
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
    .where((eb) => eb.or([eb('requester', '<>', 'self'), eb('kind', '<>', 'visit')]))
    .execute()
}

/** It speaks again: what waits for it goes now. */
export async function hurryTasksAt(
  db: Database,
  host: string,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await db
    .updateTable('task')
    .set({ due_at: at })
    .where('host', '=', host)
    .where('due_at', '>', at)
    .where('lease_until', 'is', null)
    .execute()
}

/** Whatever failed for so long is read again by the reading of each day, or asked for anew. */
export async function deleteTasksBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('task')
    .where('created_at', '<', toInstantText(before))
    .where('lease_until', 'is', null)
    .execute()
}
