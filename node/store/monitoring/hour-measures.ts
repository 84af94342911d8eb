import { sql } from 'kysely'
import {
  type HourCounts,
  type HourMeasure,
  MEASURED_DAYS,
  toHour,
} from '../../domain/monitoring/measure.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { HOUR_MEASURE } from '../schema/settings.ts'

/** Adds to the counts of the present hour. */
export async function addToHour(
  db: Database,
  { sent = 0, resent = 0, givenUp = 0, failures = 0 }: Partial<HourCounts>,
  now: Temporal.Instant,
): Promise<void> {
  const counts = { sent, resent, given_up: givenUp, failures }
  await db
    .insertInto('hour_measure')
    .values({ hour: toInstantText(toHour(now)), is_copy_failing: 0, ...counts })
    .onConflict((oc) =>
      oc.column('hour').doUpdateSet((eb) => ({
        sent: eb('hour_measure.sent', '+', sent),
        resent: eb('hour_measure.resent', '+', resent),
        given_up: eb('hour_measure.given_up', '+', givenUp),
        failures: eb('hour_measure.failures', '+', failures),
      })),
    )
    .execute()
}

type Looked = Omit<HourMeasure, keyof HourCounts | 'hour'>

/** Saves what was looked at in the present hour, in place of what was saved before in this hour. */
export async function saveMeasure(
  db: Database,
  looked: Looked,
  now: Temporal.Instant,
): Promise<void> {
  const counts = { sent: 0, resent: 0, givenUp: 0, failures: 0 }
  const { sent, resent, given_up, failures, ...row } = HOUR_MEASURE.toRow({
    ...{ hour: toHour(now), ...counts, ...looked },
  })
  await db
    .insertInto('hour_measure')
    .values({ ...row, sent, resent, given_up, failures })
    .onConflict((oc) => oc.column('hour').doUpdateSet(row))
    .execute()
}

/** Lists the hours that are kept, the oldest first. */
export async function listMeasures(db: Database, now: Temporal.Instant): Promise<HourMeasure[]> {
  const since = now.subtract({ hours: MEASURED_DAYS * 24 })
  const rows = await db
    .selectFrom('hour_measure')
    .selectAll()
    .where('hour', '>=', toInstantText(since))
    .where('hour', '<=', toInstantText(now))
    .orderBy('hour')
    .execute()
  return rows.map(HOUR_MEASURE.fromRow)
}

/** Counts the requests that failed in this clock hour and in the one before. */
export async function countFailures(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await db
    .selectFrom('hour_measure')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('failures'), sql.lit(0)).as('total'))
    .where('hour', '>=', toInstantText(toHour(now).subtract({ hours: 1 })))
    .where('hour', '<=', toInstantText(now))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Finds the last hour in which somebody looked; undefined before the first. */
export async function findLastMeasured(db: Database): Promise<HourMeasure | undefined> {
  const row = await db
    .selectFrom('hour_measure')
    .selectAll()
    .where('waiting', 'is not', null)
    .orderBy('hour', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && HOUR_MEASURE.fromRow(row)
}

/** Deletes the hours before the one of this instant. */
export async function deleteMeasuresBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('hour_measure').where('hour', '<', toInstantText(before)).execute()
}
