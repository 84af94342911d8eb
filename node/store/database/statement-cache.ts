import type SQLite from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

/** More than the program has queries; those with a list of another length each push others out. */
const MOST = 1000

/**
 * The same database, whose statements are compiled once: to compile an insert into a table with triggers takes ten
 * times as long as to run it. The statements used last are kept.
 */
export function createStatementCache(sqlite: SQLite.Database): SqliteDatabase {
  const kept = new Map<string, SQLite.Statement>()
  return {
    prepare: (sql) => {
      const known = kept.get(sql)
      const statement = known && !known.busy ? known : sqlite.prepare(sql)
      kept.delete(sql)
      kept.set(sql, statement)
      const [oldest] = kept.keys()
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest)
      return statement as unknown as SqliteStatement
    },
    close: () => {
      kept.clear()
      sqlite.close()
    },
  }
}
