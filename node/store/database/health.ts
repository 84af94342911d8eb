import SQLite from 'better-sqlite3'
import type { OpenDatabase } from './database.ts'
import { saveSetting } from './settings.ts'

/**
 * Takes the write lock and releases it, so that a full disk or a read-only file is found here and not by a visitor.
 * @throws The error of SQLite.
 */
export const checkWritable = (db: OpenDatabase, now: Temporal.Instant): Promise<void> =>
  saveSetting(db, 'last_checked', now.toString().slice(0, 16))

/** Finds what is damaged in a file according to SQLite, read-only; undefined when it is intact. */
export function findDamage(path: string): string | undefined {
  try {
    const sqlite = new SQLite(path, { readonly: true, fileMustExist: true })
    try {
      const first = sqlite.pragma('integrity_check(1)', { simple: true })
      return first === 'ok' ? undefined : String(first).slice(0, 200)
    } finally {
      sqlite.close()
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
