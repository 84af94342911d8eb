import type { OpenDatabase } from './database.ts'
import { saveSetting } from './settings.ts'

/**
 * Takes the write lock and gives it back: a full disk or a file that is read-only shows here, not at a visitor's.
 * @throws what SQLite says.
 */
export const checkWritable = (db: OpenDatabase, now: Temporal.Instant): Promise<void> =>
  saveSetting(db, 'last_checked', now.toString().slice(0, 16))
