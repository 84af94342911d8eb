import SQLite from 'better-sqlite3'
import type { OpenDatabase } from './database.ts'
import { saveSetting } from './settings.ts'

/**
 * Takes the write lock and gives it back: a full disk or a file that is read-only shows here, not at a visitor's.
 * @throws what SQLite says.
 */
export const checkWritable = (db: OpenDatabase, now: Temporal.Instant): Promise<void> =>
  saveSetting(db, 'last_checked', now.toString().slice(0, 16))

/** What SQLite finds damaged in a file, read without touching it; undefined when it is whole. */
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
