import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type LimitNode,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  Transaction,
  type TransactionSettings,
  ValueNode,
} from 'kysely'
import type { FairQueue, Leave } from '../../turns/fair-queue.ts'
import { giveWay, giveWayHolding, isLongWork } from '../../turns/turns.ts'
import { CLAIMING, type Database } from './database.ts'
import type { LogFlush } from './write-log/flush.ts'

/**
 * Returns a dialect for a file with one connection that writes and one that only reads. A query outside of a
 * transaction never waits for an open one, and sees what was committed (WAL); writes and transactions take turns.
 */
export function sqliteDialect(files: Files): Dialect {
  return {
    createAdapter: () =>
      Object.defineProperties(new SqliteAdapter(), {
        // Kysely's own queue for one connection would make readers wait too.
        supportsMultipleConnections: { value: true },
        // A migration that is interrupted leaves nothing of itself.
        supportsTransactionalDdl: { value: true },
      }),
    createDriver: () => createDriver(files),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new LimitCompiler(),
  }
}

/**
 * Writes the number of a limit into the SQL. Where it is a parameter, SQLite compiles the whole statement anew each
 * time that it is given, since the plan may depend on it; this takes several times as long as most queries.
 */
class LimitCompiler extends SqliteQueryCompiler {
  protected override visitLimit({ limit }: LimitNode): void {
    const isNumber = ValueNode.is(limit) && Number.isSafeInteger(limit.value)
    if (isNumber) this.append(`limit ${limit.value}`)
    else super.visitLimit({ kind: 'LimitNode', limit })
  }
}

/** The queue for the writing connection, which is given in the order of asking. */
export type WriteLock = Pick<FairQueue<string>, 'take'>

type Files = {
  writer: SqliteDatabase
  /** Undefined where there can be no second connection: in memory. */
  reader: SqliteDatabase | undefined
  lock: WriteLock
  /** Undefined in memory. */
  log: Log | undefined
}

/** The write-ahead log, to which every commit goes. */
export type Log = LogFlush & {
  /** Is told of each commit, after which the log may have become long. */
  committed: () => void
}

/**
 * Whether SQLite itself waits for the disk at each commit (`full`), or only where its log begins anew (SQLite, "PRAGMA
 * synchronous").
 */
type Synchronous = 'full' | 'normal'

type Connection = DatabaseConnection & {
  /** Frees the writer, where its transaction holds it. */
  leave: Leave | undefined
  /** Whether that transaction only claims rows. */
  claims: boolean
}

/** The connection through which each database, or each transaction, was first asked by `runOnSqlite`. */
const connections = new WeakMap<Database, Connection>()

/**
 * Runs a compiled query as Kysely does, but without its promises: eight functions, each of which waits for the next
 * one, take as long as most queries, and leave 4 kB to collect. A transaction that has ended is left to Kysely, which
 * refuses it.
 */
export function runOnSqlite<R>(db: Database, query: CompiledQuery<R>): Promise<QueryResult<R>> {
  const connection = connections.get(db)
  if (!connection) return connectAndRun(db, query)
  const isEnded = db instanceof Transaction && !connection.leave
  return isEnded ? db.executeQuery(query) : connection.executeQuery(query)
}

async function connectAndRun<R>(db: Database, query: CompiledQuery<R>): Promise<QueryResult<R>> {
  const connection = await db.getExecutor().provideConnection(async (one) => one as Connection)
  connections.set(db, connection)
  return runOnSqlite(db, query)
}

function createDriver({ writer, reader, lock, log }: Files): Driver {
  async function runAlone<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const leave = await lock.take('writer')
    try {
      setSynchronous()
      return run<R>(writer, query)
    } finally {
      leave?.()
    }
  }

  let wanted: Synchronous = 'normal'
  let synchronous: Synchronous = 'normal'
  /** Sets what is wanted, which SQLite allows between transactions alone. */
  function setSynchronous(): void {
    if (wanted === synchronous) return
    writer.prepare(`pragma synchronous = ${wanted}`).run([])
    synchronous = wanted
  }

  /**
   * Waits until what was committed is on the disk; the event loop and the next transaction go on meanwhile. Once this
   * has failed, SQLite flushes each commit itself. The system tells each open file of a failure once, so SQLite hears of
   * this one too, and rolls the next commit back.
   */
  async function flush(): Promise<void> {
    log?.committed()
    try {
      await log?.flush()
    } catch (error) {
      wanted = 'full'
      throw error
    }
  }

  function connect(): Connection {
    const connection: Connection = {
      leave: undefined,
      claims: false,
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
        if (isLongWork()) await (connection.leave ? giveWayHolding() : giveWay())
        if (connection.leave) return run(writer, query)
        if (reader && isRead(query)) return run(reader, query)
        const result = await runAlone<R>(query)
        await flush()
        return result
      },
      streamQuery: async function* <R>(query: CompiledQuery) {
        if (!isRead(query)) throw new Error('only what is read can be streamed')
        const statement = (connection.leave || !reader ? writer : reader).prepare(query.sql)
        for (const row of statement.iterate(query.parameters)) yield { rows: [row as R] }
      },
    }
    return connection
  }

  function release(connection: Connection): void {
    connection.leave?.()
    connection.leave = undefined
  }

  const held = (connection: DatabaseConnection) => connection as Connection

  async function begin(
    connection: DatabaseConnection,
    { isolationLevel }: TransactionSettings,
  ): Promise<void> {
    const leave = await lock.take('writer')
    Object.assign(held(connection), { leave, claims: isolationLevel === CLAIMING })
    try {
      setSynchronous()
      // The transaction takes the write lock at once: one that has read, and then writes after a command did, would be
      // refused instead of waiting.
      writer.prepare('begin immediate').run([])
    } catch (error) {
      release(held(connection))
      throw error
    }
  }

  /** Commits. If this fails, the transaction is still open, and is rolled back. */
  async function commit(connection: DatabaseConnection): Promise<void> {
    // The commit itself takes some of a turn.
    await giveWayHolding()
    writer.prepare('commit').run([])
    release(held(connection))
    // What is claimed may be acted on, so what was committed before is on the disk by then.
    if (held(connection).claims) await log?.underWay()
    else await flush()
  }

  async function rollBack(connection: DatabaseConnection): Promise<void> {
    // A commit that the disk did not take is no longer open, and the transaction of another may be.
    if (!held(connection).leave) return
    try {
      writer.prepare('rollback').run([])
    } catch (error) {
      // A full disk has rolled it back already, and that error is the one to report (SQLite, "Transaction", §2.3).
      if (!/no transaction is active/.test(String(error))) throw error
    } finally {
      release(held(connection))
    }
  }

  return {
    init: async () => undefined,
    acquireConnection: async () => connect(),
    beginTransaction: begin,
    commitTransaction: commit,
    rollbackTransaction: rollBack,
    releaseConnection: async (connection) => release(held(connection)),
    destroy: async () => {
      await log?.close()
      reader?.close()
      writer.close()
    },
  }
}

/** Returns whether a statement only reads, as far as its first word tells. */
const isRead = ({ query, sql }: CompiledQuery): boolean =>
  SelectQueryNode.is(query) || (query.kind === 'RawNode' && /^\s*select\s/i.test(sql))

function run<R>(database: SqliteDatabase, { sql, parameters }: CompiledQuery): QueryResult<R> {
  const statement: SqliteStatement = database.prepare(sql)
  if (statement.reader) return { rows: statement.all(parameters) as R[] }
  const { changes, lastInsertRowid } = statement.run(parameters)
  return {
    insertId: BigInt(lastInsertRowid),
    numAffectedRows: BigInt(changes),
    rows: [],
  }
}
