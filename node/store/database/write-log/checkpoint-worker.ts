import { parentPort, workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'

/**
 * Copies the write-ahead log of a SQLite file into the file each time that it is asked, as far as no reader needs the
 * log, and answers when it has (SQLite, "PRAGMA wal_checkpoint", PASSIVE). It waits for the disk in this thread, and
 * nobody waits for it.
 */
const sqlite = new SQLite(String(workerData))
parentPort?.on('message', () => {
  sqlite.pragma('wal_checkpoint(passive)')
  parentPort?.postMessage('copied')
})
parentPort?.once('close', () => sqlite.close())
