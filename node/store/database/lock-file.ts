import SQLite from 'better-sqlite3'

/**
 * Locks a file, which it creates, until the lock is released or its process dies, by the lock of a SQLite transaction.
 * @returns A function that releases it; undefined where another process holds it.
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
