import type { OpenDatabase } from './database.ts'
import { saveSetting } from './settings.ts'

/** Takes the write lock and gives it back: a full disk or a file that is read-only shows here, not at a visitor's. */
export async function checkWritable(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  const minute = now.toString().slice(0, 16)
  if (lastChecked === minute) return
  await saveSetting(db, 'last_checked', minute)
  lastChecked = minute
}

// Once a minute is enough, and spares an SD card.
let lastChecked = ''
