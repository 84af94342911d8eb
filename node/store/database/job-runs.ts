import type { Database } from './database.ts'
import { isPostgres } from './dialect.ts'

/** Whether this process is to do a job that is due this minute: true for one process of a site. */
export async function claimJobRun(
  db: Database,
  job: string,
  now: Temporal.Instant,
): Promise<boolean> {
  if (!isPostgres(db)) return true
  const minute = now.round({ smallestUnit: 'minute', roundingMode: 'floor' }).toString()
  const row = await db
    .insertInto('setting')
    .values({ name: `job ${job}`, value: minute })
    .onConflict((oc) =>
      oc.column('name').doUpdateSet({ value: minute }).where('setting.value', '<', minute),
    )
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}
