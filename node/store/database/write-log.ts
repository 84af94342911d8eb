import type SQLite from 'better-sqlite3'
import type { OpenDatabase } from './database.ts'

/** The connection that writes, of each open SQLite database. */
const writers = new WeakMap<OpenDatabase, SQLite.Database>()

/** Has `flushLog` empty the write-ahead log through this connection. */
export const flushLogThrough = (db: OpenDatabase, writer: SQLite.Database): void => {
  writers.set(db, writer)
}

/**
 * Moves SQLite's write-ahead log into its file and empties it (PRAGMA wal_checkpoint). Returns false, at once, where a
 * reader or a transaction still needs the log: SQLite would hold the whole process while it waits for them, and a
 * reader of this same process could never end.
 */
export function flushLog(db: OpenDatabase): boolean {
  const writer = writers.get(db)
  if (!writer || writer.inTransaction) return false
  const patience = writer.pragma('busy_timeout', { simple: true })
  writer.pragma('busy_timeout = 0')
  try {
    return writer.pragma('wal_checkpoint(truncate)', { simple: true }) === 0
  } finally {
    writer.pragma(`busy_timeout = ${patience}`)
  }
}
