import type SQLite from 'better-sqlite3'
import type { Log, WriteLock } from '../sqlite-dialect.ts'
import { createCheckpoints, MUCH_TOO_LONG } from './checkpoints.ts'
import { createLogFlush } from './flush.ts'

/** Makes what the driver needs of the write-ahead log of a file, and takes its checkpoints from SQLite. */
export function createLog(file: { path: string; writer: SQLite.Database; lock: WriteLock }): Log {
  const flush = createLogFlush(file.path)
  const checkpoints = createCheckpoints(file)
  file.writer.pragma(`wal_autocheckpoint = ${MUCH_TOO_LONG}`)
  return {
    ...flush,
    committed: checkpoints.copyIfLong,
    close: async () => {
      await checkpoints.close()
      await flush.close()
    },
  }
}
