import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, type Transaction, type TransactionBuilder } from 'kysely'
import pg from 'pg'
import type { Schema } from '../schema.ts'
import { UnfitDatabase } from './address.ts'
import { nameOfPrepared } from './prepared.ts'

/** A page waits for one of them; more would only queue inside the server, which has 100 for all clients. */
const CONNECTIONS = 10

/** Numbers of 64 bits and sums come as text, since not all fit a double; ours all do. */
const NUMBERS: readonly number[] = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    NUMBERS.includes(oid) && format !== 'binary'
      ? Number
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

const connection = (url: string) => ({
  connectionString: url,
  types,
  application_name: 'cafe-ia',
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
})

/** Connects to a PostgreSQL database; each connection is made when it is needed. */
export function connectPostgres(url: string): Kysely<Schema> {
  const pool = new pg.Pool({ ...connection(url), max: CONNECTIONS })
  // An idle connection that was cut is replaced; the next caller gets an error if the server is gone.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    // A connection that was lent out and only waits, because it holds a lock, may be cut too; its next query fails.
    client.on('error', () => undefined)
    completeQueries(client)
  })
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * Replaces U+0000 by the replacement character, since PostgreSQL stores every character but that one, and a stranger
 * may have typed it. Prepared queries get their names, by which each connection has them parsed once, and after some
 * runs planned once (PostgreSQL, "PREPARE").
 */
function completeQueries(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (text: unknown, values?: unknown[]) => unknown
  const clean = (value: unknown): unknown =>
    typeof value === 'string'
      ? value.replaceAll('\0', '\ufffd')
      : Array.isArray(value)
        ? value.map(clean)
        : value
  Object.assign(client, {
    query: (text: unknown, values?: unknown[]) => query(named(text), values?.map(clean)),
  })
}

function named(text: unknown): unknown {
  const name = typeof text === 'string' ? nameOfPrepared(text) : undefined
  return name === undefined ? text : { name, text }
}

/** Makes one connection for what lasts as long as a process: hearing of work, holding a lock. */
export const connectOnce = (url: string): pg.Client => new pg.Client(connection(url))

/**
 * Verifies that the server can be used: cursors and instants are texts that are compared byte by byte.
 * @throws UnfitDatabase for a server that this program cannot use correctly.
 */
export async function verifyPostgres(url: string): Promise<void> {
  const client = connectOnce(url)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number; bytewise: boolean; encoding: string }>(`
      select current_setting('server_version_num')::integer as version,
        current_setting('server_encoding') as encoding,
        'Z' < 'a' and '-b' < 'a' and '_' < 'a' and 'a b' < 'aa' and 'z' < 'é' as bytewise`)
    const [found] = rows
    if (!found || found.version < 160_000)
      throw new UnfitDatabase('CAFE_IA_DATABASE demande PostgreSQL 16 ou plus')
    if (!found.bytewise || found.encoding !== 'UTF8')
      throw new UnfitDatabase(
        "CAFE_IA_DATABASE doit comparer les textes octet par octet : créez la base par CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'",
      )
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** SQLSTATE codes of two transactions that met: one is repeated, and then sees what the other did. */
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'
/** SQLSTATE of two that inserted one key; if it was no coincidence, it comes again. */
const UNIQUE_VIOLATION = '23505'

const MOST_TURNS = 40

/**
 * Makes the same database with serializable transactions, as on SQLite: what one has read still holds when it writes.
 * PostgreSQL detects those that met and undoes one, which is then repeated; so nothing but `trx` may be changed inside.
 */
export function withSerialTransactions(db: Kysely<Schema>): Kysely<Schema> {
  const begin = db.transaction.bind(db)
  const transaction = (): TransactionBuilder<Schema> => {
    const builder = begin().setIsolationLevel('serializable')
    const execute = builder.execute.bind(builder)
    return Object.assign(builder, {
      execute: <T>(work: (trx: Transaction<Schema>) => Promise<T>) => repeat(() => execute(work)),
    })
  }
  return Object.assign(db, { transaction })
}

async function repeat<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await work()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      const isMeeting = code === SERIALIZATION_FAILURE || code === DEADLOCK
      const mayHelp = isMeeting ? turn < MOST_TURNS : code === UNIQUE_VIOLATION && turn === 1
      if (!mayHelp) throw error
      await sleep(Math.random() * Math.min(10 * turn, 200))
    }
  }
}
