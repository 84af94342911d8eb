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
  const due = now.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  return claimDueRun(db, { job, due }, now)
}

/**
 * Claims the run of a job that was due at this time: true once, for one process of a site, however late it comes. With
 * `isForgiven` a site that never ran the job owes no run: what was due before counts as done.
 */
export async function claimDueRun(
  db: Database,
  { job, due, isForgiven = false }: { job: string; due: Temporal.Instant; isForgiven?: boolean },
  now: Temporal.Instant,
): Promise<boolean> {
  const name = `job ${job}`
  const value = due.toString()
  const known = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  const wrong = now.add({ minutes: CLOCKS_DIFFER_MINUTES }).toString()
  if (known && known.value >= value && known.value <= wrong) return false
  const row = await db
    .insertInto('setting')
    .values({ name, value })
    .onConflict((oc) =>
      oc
        .column('name')
        .doUpdateSet({ value })
        .where((eb) => eb.or([eb('setting.value', '<', value), eb('setting.value', '>', wrong)])),
    )
    .returning('name')
    .executeTakeFirst()
  return row !== undefined && (known !== undefined || !isForgiven)
}
