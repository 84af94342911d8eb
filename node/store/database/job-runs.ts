import type { Database } from './database.ts'
import { isPostgres } from './dialect.ts'

/** A run that is dated later than this was noted by a clock that was wrong; until then it would stop the job. */
const CLOCKS_DIFFER_MINUTES = 10

/** Claims a job that is due this minute: true for one process of a site. */
export async function claimJobRun(
  db: Database,
  job: string,
  now: Temporal.Instant,
): Promise<boolean> {
  if (!isPostgres(db)) return true
  const begun = now.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  const minute = begun.toString()
  const wrong = begun.add({ minutes: CLOCKS_DIFFER_MINUTES }).toString()
  const row = await db
    .insertInto('setting')
    .values({ name: `job ${job}`, value: minute })
    .onConflict((oc) =>
      oc
        .column('name')
        .doUpdateSet({ value: minute })
        .where((eb) => eb.or([eb('setting.value', '<', minute), eb('setting.value', '>', wrong)])),
    )
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}
