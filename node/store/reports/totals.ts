import { type RawBuilder, sql } from 'kysely'
import type { Totals } from '../../domain/territories/statistics.ts'
import { toInstantText } from '../database/columns.ts'
import { joined } from './reported-cafes.ts'

/** The columns of `monthly_count` that are counted. */
export const NO_COUNTS = {
  ...{ held: 0, to_come: 0, cancelled: 0, reserved: 0 },
  ...{ reported: 0, participations: 0, first_timers: 0, asked_first: 0 },
}
export type TotalsRow = typeof NO_COUNTS

/** Returns the columns that count rows of `cafe` with `joinShownReport` at this time, by their names. */
export function selectTotals(now: Temporal.Instant): RawBuilder<unknown> {
  const isOver = sql`cafe.ends_at <= ${toInstantText(now)}`
  const isOpen = sql`cafe.open_to = 'public'`
  const isReported = sql`${joined.isReported} and ${isOver}`
  const saysFirst = sql`${isReported} and report.first_timers is not null`
  const total = (condition: unknown, value: unknown = sql`1`) =>
    sql`coalesce(sum(case when ${condition} then ${value} else 0 end), 0)`
  return sql`
    ${total(sql`${joined.tookPlace} and ${isOver} and ${isOpen}`)} as held,
    ${total(sql`${joined.tookPlace} and ${isOver} and not ${isOpen}`)} as reserved,
    ${total(sql`cafe.status <> 'cancelled' and not ${isOver} and ${isOpen}`)} as to_come,
    ${total(sql`cafe.status = 'cancelled' and ${isOpen}`)} as cancelled,
    ${total(isReported)} as reported,
    ${total(isReported, sql`report.participants`)} as participations,
    ${total(saysFirst, sql`report.first_timers`)} as first_timers,
    ${total(saysFirst, sql`report.participants`)} as asked_first`
}

/** Returns the counts of a row. */
export const toTotals = (row: TotalsRow): Totals => ({
  ...{ held: Number(row.held), reserved: Number(row.reserved) },
  ...{ toCome: Number(row.to_come), cancelled: Number(row.cancelled) },
  ...{ reported: Number(row.reported), participations: Number(row.participations) },
  ...{ firstTimers: Number(row.first_timers), askedFirst: Number(row.asked_first) },
})
