import SQLite from 'better-sqlite3'
import { Kysely, SqliteDialect, Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import { keepStatements } from './kept-statements.ts'
import { migrations } from './migrations/index.ts'
import type { Schema } from './schema.ts'
import { ensureSearchIndex } from './search/rebuild.ts'

/** A connection or a transaction: store functions take either. */
export type Database = Kysely<Schema> | Transaction<Schema>

/** The one writing connection of a process. */
export type OpenDatabase = Kysely<Schema>

/** One transaction: the one that is open, or a new one (Kysely has none inside another). */
export const inTransaction = <T>(
  db: Database,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> => (db instanceof Transaction ? work(db) : db.transaction().execute(work))

/**
 * Opens the SQLite file, sets and re-reads the pragmas that durability rests on, and migrates forward.
 * @throws Error that names the pragma when SQLite did not take it, or the migration that failed.
 */
export async function openDatabase(path: string): Promise<OpenDatabase> {
  const sqlite = new SQLite(path)
  sqlite.pragma('journal_mode = wal')
  sqlite.pragma('synchronous = full')
  sqlite.pragma('foreign_keys = on')
  sqlite.pragma('busy_timeout = 5000')
  sqlite.pragma('cache_size = -32768')
  verifyPragmas(sqlite, path)
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: keepStatements(sqlite) }),
  })
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest()
  if (error) throw error
  await ensureSearchIndex(db)
  return db
}

/** better-sqlite3 silently sets NORMAL when it reopens a WAL file, hence the second look. */
function verifyPragmas(sqlite: SQLite.Database, path: string): void {
  const expected: Record<string, string | number> = {
    journal_mode: path === ':memory:' ? 'memory' : 'wal',
    synchronous: 2,
    foreign_keys: 1,
    busy_timeout: 5000,
  }
  for (const [name, value] of Object.entries(expected)) {
    const actual = sqlite.pragma(name, { simple: true })
    if (actual !== value) throw new Error(`SQLite kept ${name} at ${actual}, ${value} is needed`)
  }
}
