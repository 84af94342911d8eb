import SQLite from 'better-sqlite3'

/**
 * Locks a file, which it makes, until the lock is let go of or its process dies, by the lock of an SQLite transaction.
 * @returns what lets go of it; undefined where another process has it.
 */
export function lockFile(path: string): (() => void) | undefined {
  const sqlite = new SQLite(path, { timeout: 0 })
  try {
    sqlite.exec('begin exclusive')
    return () => void sqlite.close()
  } catch (error) {
    sqlite.close()
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return undefined
    throw error
  }
}
