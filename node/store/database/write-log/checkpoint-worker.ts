import { parentPort, workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'

/** What the thread is asked: to copy the log, or to copy it while nobody else writes and to begin it anew. */
export type LogOrder = 'copy' | 'begin anew'

/**
 * Copies the write-ahead log of a SQLite file into the file each time that it is asked, as far as no reader needs the
 * log, and answers when it has (SQLite, "PRAGMA wal_checkpoint", PASSIVE). It waits for the disk in this thread, and
 * nobody waits for it.
 */
const sqlite = new SQLite(String(workerData))
parentPort?.on('message', (order: LogOrder) => {
  const [state] = sqlite.pragma('wal_checkpoint(passive)') as {
    log: number
    checkpointed: number
  }[]
  if (order === 'begin anew' && state?.log === state?.checkpointed) beginAnew()
  parentPort?.postMessage('done')
})
parentPort?.once('close', () => sqlite.close())

/**
 * Writes the first page again as it is. The first commit after all of the log was copied begins the log anew and waits
 * until the disk has its head, even where commits do not wait otherwise.
 */
function beginAnew(): void {
  const version = Number(sqlite.pragma('user_version', { simple: true }))
  sqlite.pragma(`user_version = ${version}`)
}
