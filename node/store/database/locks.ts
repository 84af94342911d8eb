import { type Kysely, sql, type Transaction } from 'kysely'
import type pg from 'pg'
import { createGroupCommit } from '../../turns/group-commit.ts'
import { giveWayHolding } from '../../turns/turns.ts'
import type { Schema } from '../schema.ts'
import type { OpenDatabase } from './database.ts'
import { isPostgres } from './dialect.ts'
import { gatherRows } from './gathered-rows.ts'

/** A number that other programs on the same server are unlikely to use. */
const OURS = 0xcafe1a

const lockOf = (name: string) => sql`${OURS}::integer, hashtext(${name})`

/**
 * Does the work while no other process of this PostgreSQL does work of that name, or waits until it is done. The lock is
 * released when the process ends.
 */
export const alone = <T>(db: Kysely<Schema>, name: string, work: () => Promise<T>): Promise<T> =>
  db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${lockOf(name)})`.execute(connection)
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${lockOf(name)})`.execute(connection)
    }
  })

/**
 * Does the work, or returns undefined at once where another process is doing work of that name. On SQLite one server
 * does it, beside which a command may run that writes: a lock says nothing of commands on either database.
 */
export const ifAlone = async <T>(
  db: Kysely<Schema>,
  name: string,
  work: () => Promise<T>,
): Promise<T | undefined> =>
  isPostgres(db)
    ? db.connection().execute(async (connection) => {
        const { rows } = await sql<{ taken: boolean }>`
          select pg_try_advisory_lock(${lockOf(name)}) as taken`.execute(connection)
        if (!rows[0]?.taken) return undefined
        try {
          return await work()
        } finally {
          await sql`select pg_advisory_unlock(${lockOf(name)})`.execute(connection)
        }
      })
    : work()

/** Does the work after that of this name of other processes. Within one process, whoever calls orders its works. */
export const runAfterOthers = <T>(
  db: Kysely<Schema>,
  name: string,
  work: () => Promise<T>,
): Promise<T> => (isPostgres(db) ? alone(db, name, work) : work())

/**
 * Runs a transaction of a kind that always meets others of its kind, after those of all processes: each would only have
 * to be repeated. It waits before it begins, so that it sees what they wrote.
 */
const runInLine = <T>(
  db: Kysely<Schema>,
  kind: string,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> => runAfterOthers(db, kind, () => db.transaction().execute(work))

/** A step: how many objects it writes at most, and the work on them, which may be done again. */
type Step = { size: number; run: (trx: Transaction<Schema>) => Promise<void> }

const groups = new WeakMap<OpenDatabase, (step: Step) => Promise<void>>()

/**
 * Makes the function that does steps. They write to the same rows and indexes, so those of all processes follow one
 * another; those that arrive together at one process are one transaction (ADR 52).
 */
function createGroups(db: OpenDatabase) {
  return createGroupCommit<Step>({
    sizeOf: ({ size }) => size,
    applyAll: (steps) =>
      runInLine(db, 'steps', (trx) =>
        gatherRows(trx, async () => {
          for (const { run } of steps) {
            await giveWayHolding()
            await run(trx)
          }
        }),
      ),
  })
}

/**
 * Does a step, alone or with others in one transaction: all of it or nothing is stored. Programs write cafés in steps, and
 * people take seats.
 * @param step.size - How many objects it writes at most; 1 by default.
 */
export async function runStep<T>(
  db: OpenDatabase,
  work: (trx: Transaction<Schema>) => Promise<T>,
  { size = 1 }: { size?: number } = {},
): Promise<T> {
  const commit = groups.get(db) ?? createGroups(db)
  groups.set(db, commit)
  const done: { result?: T } = {}
  await commit({
    size,
    run: async (trx) => {
      done.result = await work(trx)
    },
  })
  return done.result as T
}

/** Every worker holds this lock, shared, for as long as it lives. */
export const LIVE_WORKERS = 'living workers'

/**
 * Takes the lock for this connection alone, until `lockShared` makes it a shared one; false where another connection
 * has it.
 */
export async function tryExclusive(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as taken',
    [OURS, name],
  )
  return rows[0]?.taken ?? false
}

/** Waits for a connection that holds the lock alone; this connection itself then shares it. */
export async function lockShared(client: pg.Client, name: string): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [OURS, name])
  await client.query('select pg_advisory_unlock($1, hashtext($2))', [OURS, name])
}
