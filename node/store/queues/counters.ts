import { toDayText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** Adds one to a daily counter of what was received and had no effect, e.g. `inbox:Florb`. */
export async function count(db: Database, name: string, now: Temporal.Instant): Promise<void> {
  const day = toDayText(now)
  await db
    .insertInto('daily_count')
    .values({ name: name.slice(0, 60), day, total: 1 })
    .onConflict((oc) =>
      oc.columns(['name', 'day']).doUpdateSet((eb) => ({ total: eb('daily_count.total', '+', 1) })),
    )
    .execute()
}

/** Deletes the counters of the days before the one of this instant (UTC). */
export async function deleteCountedBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('daily_count').where('day', '<', toDayText(before)).execute()
}
