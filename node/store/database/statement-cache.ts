import type SQLite from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { LRUCache } from 'lru-cache'

/**
 * The limit is larger than the number of the program's queries; statements with lists of different lengths replace each
 * other.
 */
const MOST = 1000

/**
 * Makes the same database with compiled statements kept: compiling an insert into a table with triggers takes ten times
 * as long as running it. Those that were used last are kept.
 */
export function createStatementCache(sqlite: SQLite.Database): SqliteDatabase {
  const kept = new LRUCache<string, SQLite.Statement>({ max: MOST })
  return {
    prepare: (sql) => {
      const known = kept.get(sql)
      const statement = known && !known.busy ? known : sqlite.prepare(sql)
      if (statement !== known) kept.set(sql, statement)
      return statement as unknown as SqliteStatement
    },
    close: () => {
      kept.clear()
      sqlite.close()
    },
  }
}
