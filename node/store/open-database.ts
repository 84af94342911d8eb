import SQLite from 'better-sqlite3'
import { Kysely, sql } from 'kysely'
import { createFairQueue } from '../turns/fair-queue.ts'
import { isPostgresUrl } from './database/address.ts'
import { readVersionFrom } from './database/content-version.ts'
import type { OpenDatabase } from './database/database.ts'
import { alone } from './database/locks.ts'
import { sqliteDialect } from './database/sqlite-dialect.ts'
import { createStatementCache } from './database/statement-cache.ts'
import { createLog } from './database/write-log/log.ts'
import { flushThrough } from './database/write-log/write-log.ts'
import { ensureFacilitatorEntries } from './facilitators/search-rebuild.ts'
import { migrate, migrateTo } from './migrations/migrate.ts'
import type { Schema } from './schema.ts'
import { ensureMarks } from './search/changed-cafes.ts'
import { ensureSearchIndex } from './search/rebuild.ts'
import { listIndexedWords } from './search-index/indexed-words.ts'

/**
 * Opens the database at a path (SQLite) or a `postgres://` address, and migrates it.
 * @throws UnfitDatabase for one that another version of this program made, and Error that says why it cannot be opened
 * or which migration failed.
 */
export const openDatabase = (address: string): Promise<OpenDatabase> =>
  isPostgresUrl(address) ? openPostgres(address) : openSqlite(address)

/** Makes a new SQLite file with the tables of a program whose last migration was this one. */
export async function createTables(path: string, last: string): Promise<void> {
  const { db } = connectSqlite(path)
  await migrateTo(db, last).finally(() => db.destroy())
}

/** A table, an index, a trigger or a view, as SQLite lists it in its schema. */
export type SchemaPart = { type: string; name: string; sql: string | null }

/** What SQLite itself keeps in the schema, of its own accord, and which says nothing of who made the tables. */
export const SCHEMA_PARTS = `select type, name, sql from sqlite_schema
  where not (type = 'table' and name in ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))
  order by type, name`

/** Lists the parts of the SQLite schema of a program whose last migration was this one. */
export async function listOwnParts(last: string): Promise<SchemaPart[]> {
  const { db } = connectSqlite(':memory:')
  try {
    await migrateTo(db, last)
    const { rows } = await sql.raw<SchemaPart>(SCHEMA_PARTS).execute(db)
    return rows
  } finally {
    await db.destroy()
  }
}

async function openSqlite(path: string): Promise<OpenDatabase> {
  const { db, writer, reader, lock } = connectSqlite(path)
  try {
    await migrate(db, path)
    await ensureSearchIndex(db)
    await ensureFacilitatorEntries(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  readVersionFrom(db, reader ?? writer)
  flushThrough(db, { path, writer, lock })
  return db
}

/**
 * Opens a SQLite file, and sets and re-reads the pragmas on which durability depends.
 * @throws Error that names the pragma when SQLite did not accept it.
 */
function connectSqlite(path: string) {
  const sqlite = new SQLite(path)
  // The page size counts for a new file: rows of cafés, a little more than a kilobyte each, leave less of a page unused
  // than in one of 4 kB.
  sqlite.pragma('page_size = 8192')
  sqlite.pragma('journal_mode = wal')
  // The driver waits for the disk after each commit, in a thread of the system (`createLogFlush`).
  sqlite.pragma('synchronous = normal')
  sqlite.pragma('foreign_keys = on')
  sqlite.pragma('busy_timeout = 5000')
  // Withdrawn data is overwritten, and not only removed from the index.
  sqlite.pragma('secure_delete = on')
  sqlite.pragma('cache_size = -32768')
  // The journal of a statement is kept in memory: a café changes more pages than SQLite keeps there by default.
  sqlite.pragma('temp_store = memory')
  verifyPragmas(sqlite, path)
  // Setting `temp_store` drops temporary tables.
  listIndexedWords(sqlite)
  const reader = openReader(path)
  const lock = createFairQueue({ all: 1 })
  const db = new Kysely<Schema>({
    dialect: sqliteDialect({
      lock,
      log: reader && createLog({ path, writer: sqlite, lock }),
      writer: createStatementCache(sqlite),
      reader: reader && createStatementCache(reader),
    }),
  })
  return { db, writer: sqlite, reader, lock }
}

/** Opens the reading connection; undefined for a database in memory, which belongs to one connection. */
function openReader(path: string): SQLite.Database | undefined {
  if (path === ':memory:') return undefined
  const sqlite = new SQLite(path, { readonly: true })
  listIndexedWords(sqlite)
  sqlite.pragma('busy_timeout = 5000')
  // 32 MB make no page faster: the connection reads its pages again after each commit of the other one, and the system
  // has them cached.
  sqlite.pragma('cache_size = -8192')
  return sqlite
}

/**
 * Opens a PostgreSQL database. Several processes may start at once: one makes the tables, and the others wait for it.
 */
async function openPostgres(url: string): Promise<OpenDatabase> {
  // The driver is loaded only where it is used, so that a small machine starts without it.
  const { connectPostgres, verifyPostgres, withSerialTransactions } = await import(
    './database/postgres.ts'
  )
  await verifyPostgres(url)
  const db = connectPostgres(url)
  try {
    await alone(db, 'open', async () => {
      await migrate(db, url)
      await ensureMarks(db)
      await ensureSearchIndex(db)
      await ensureFacilitatorEntries(db)
    })
  } catch (error) {
    await db.destroy()
    throw error
  }
  return withSerialTransactions(db)
}

/** Verifies the pragmas. better-sqlite3 silently sets NORMAL when it reopens a WAL file, hence the second look. */
function verifyPragmas(sqlite: SQLite.Database, path: string): void {
  const expected: Record<string, string | number> = {
    journal_mode: path === ':memory:' ? 'memory' : 'wal',
    synchronous: 1,
    foreign_keys: 1,
    busy_timeout: 5000,
    secure_delete: 1,
  }
  for (const [name, value] of Object.entries(expected)) {
    const actual = sqlite.pragma(name, { simple: true })
    if (actual !== value) throw new Error(`SQLite kept ${name} at ${actual}, ${value} is needed`)
  }
}
