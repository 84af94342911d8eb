import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type SQLite from 'better-sqlite3'
import { findProgramFile } from '../../../program/project-root.ts'
import type { OpenDatabase } from '../database.ts'
import type { WriteLock } from '../sqlite-dialect.ts'

/** An open SQLite file: its path, the connection that writes, and the lock of that connection. */
type File = { path: string; writer: SQLite.Database; lock: WriteLock }

const files = new WeakMap<OpenDatabase, File>()

/** Makes `renewFile` and `flushLog` work on this file. */
export const flushThrough = (db: OpenDatabase, file: File): void => {
  files.set(db, file)
}

/**
 * Rewrites the file, so that no page of it holds deleted data: `secure_delete` overwrites what is deleted, but not what
 * a page still holds of cells that were moved to another one when it was split. A thread does it; writers wait for the
 * lock meanwhile, and readers go on.
 *
 * @throws Error of SQLite where the disk is full, or another process writes for more than five seconds.
 */
export async function renewFile(db: OpenDatabase): Promise<void> {
  const file = files.get(db)
  if (!file || file.path === ':memory:') return
  const leave = await file.lock.take('writer')
  try {
    // The thread gets no loader of ours, since it needs only the driver.
    const worker = new Worker(PROGRAM, { workerData: file.path, env: {}, execArgv: [] })
    const [code] = await once(worker, 'exit')
    if (code !== 0) throw new Error(`the thread that writes the database anew ended with ${code}`)
  } finally {
    leave?.()
  }
}

const PROGRAM = findProgramFile('node/store/database/write-log/vacuum-worker.ts')

/**
 * Moves SQLite's write-ahead log into its file and empties it (PRAGMA wal_checkpoint). Returns false, at once, where a
 * reader or a transaction still needs the log: SQLite would block the whole process while it waits for them, and a
 * reader of this same process could never end.
 */
export function flushLog(db: OpenDatabase): boolean {
  const writer = files.get(db)?.writer
  if (!writer || writer.inTransaction) return false
  const patience = writer.pragma('busy_timeout', { simple: true })
  writer.pragma('busy_timeout = 0')
  try {
    return writer.pragma('wal_checkpoint(truncate)', { simple: true }) === 0
  } finally {
    writer.pragma(`busy_timeout = ${patience}`)
  }
}
