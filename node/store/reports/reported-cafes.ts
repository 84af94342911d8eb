import { type RawBuilder, sql } from 'kysely'
import { takesPlace } from '../database/columns.ts'

/** The condition that a row of `report` does not tell of a former date of its café (`isOfFormerDate`). */
export const isOfThisDate = sql<boolean>`report.updated_at >= cafe.starts_at`

/** The condition that a row of `report` is shown and counts. */
const counts = sql<boolean>`(report.is_counted = 1 and report.hidden_reason is null
  and ${isOfThisDate})`

/** Joins the report of each row of `cafe` that is shown and counts; one that has none has nulls. */
export const joinShownReport: RawBuilder<unknown> = sql`left join report
  on report.cafe_id = cafe.id and ${counts}`

/** The conditions on `cafe` with that join: it took place, unless its team says that it fell through; the team told. */
export const joined = {
  tookPlace: sql<boolean>`(${takesPlace} and coalesce(report.is_held, 1) = 1)`,
  isReported: sql<boolean>`(${takesPlace} and report.is_held = 1)`,
}

const hasReport = (isHeld: 0 | 1): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from report
    where report.cafe_id = cafe.id and report.is_held = ${sql.lit(isHeld)} and ${counts})`

/** The same conditions without it. */
export const tookPlace = sql<boolean>`(${takesPlace} and not ${hasReport(0)})`
export const isReported = sql<boolean>`(${takesPlace} and ${hasReport(1)})`
