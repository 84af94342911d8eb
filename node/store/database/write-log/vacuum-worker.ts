import { workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'

/** Bytes of a file that a small machine can hold twice in memory. */
const IN_MEMORY = 64 * 1024 ** 2

/**
 * Rewrites a SQLite file, in a thread of its own, which takes about ten milliseconds for each megabyte. Deleted data is
 * then in no page of it (SQLite, "VACUUM").
 */
const sqlite = new SQLite(String(workerData))
sqlite.pragma('busy_timeout = 5000')
sqlite.pragma('secure_delete = on')
// SQLite first makes the new pages in a temporary file. For a small file it makes them in memory, since a service may
// have no other folder.
const bytes =
  Number(sqlite.pragma('page_count', { simple: true })) *
  Number(sqlite.pragma('page_size', { simple: true }))
if (bytes <= IN_MEMORY) sqlite.pragma('temp_store = memory')
try {
  // A full-text index has what was deleted until its parts are merged (SQLite, FTS5, "The 'optimize' Command").
  const indexes = sqlite
    .prepare(`select name from sqlite_schema where sql like 'create virtual table%fts5%'`)
    .pluck()
    .all() as string[]
  for (const name of indexes) sqlite.exec(`insert into ${name} (${name}) values ('optimize')`)
  sqlite.exec('vacuum')
  // Most of the copying is done here too; where somebody reads, the rest is left to `flushLog`.
  sqlite.pragma('busy_timeout = 0')
  sqlite.pragma('wal_checkpoint(truncate)')
} finally {
  sqlite.close()
}
