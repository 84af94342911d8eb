import type { Context } from '../context.ts'
import { decidePause } from '../domain/cafes/followed-calendar.ts'
import { readCalendar } from '../routes/data/read-calendar.ts'
import { findLegalGaps } from '../routes/workspaces/legal-minimum.ts'
import { findRestoration } from '../store/backup/restoration.ts'
import { leaseCalendar, saveFault } from '../store/cafes/followed-calendars.ts'

/** Another process waits for this time before it reads the same calendar; a reading takes a minute at most. */
const LEASE_MINUTES = 10

/** The maximum number of calendars that are read in one minute; the others are due in the next one. */
const AT_ONCE = 20

/**
 * Reads the followed calendars that are due, one after the other; none while the law's minimum is missing, and none
 * while a restored site asks directories for the cafés that it had imported since its backup.
 */
export async function readCalendars(context: Context): Promise<void> {
  const { db, config, now } = context
  if ((await findLegalGaps(context)).length > 0 || (await isHeldUp(db))) return
  for (let count = 0; count < AT_ONCE; count++) {
    const calendar = await leaseCalendar(db, now(), now().add({ minutes: LEASE_MINUTES }))
    if (!calendar) return
    try {
      await readCalendar(context, calendar)
    } catch (error) {
      // A fault of ours with one calendar must not prevent the reading of the others.
      const minutes = decidePause(calendar.failures + 1, config.calendarMinutes)
      const dueAt = now().add({ seconds: Math.round(minutes * 60) })
      await saveFault(db, calendar, { fault: 'remote.unexpected', dueAt }, now())
      throw error
    }
  }
}

/** Returns whether a directory may still have cafés of these calendars, and nobody has said not to wait for it. */
const isHeldUp = async (db: Context['db']): Promise<boolean> =>
  (await findRestoration(db))?.areEditsHeld ?? false
