import { sql } from 'kysely'
import {
  GROUPINGS,
  type GroupCount,
  type MonthlyCount,
  type RecentCount,
  type SiteStatistics,
  type Statistics,
} from '../../domain/territories/statistics.ts'
import { orUndefined } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { findSetting } from '../database/settings.ts'
import { toTotals } from '../reports/totals.ts'

/** The setting that says when the statistics were last counted. */
export const COUNTED_AT = 'statistics_counted_at'

/** Finds when the statistics were last counted; undefined where they never were. */
export async function findCountedAt(db: Database): Promise<Temporal.Instant | undefined> {
  const text = await findSetting(db, COUNTED_AT)
  return text === undefined ? undefined : Temporal.Instant.from(text)
}

/** Lists the months in which cafés were held, the latest first, with their numbers, as they were last counted. */
export async function listHeldMonths(
  db: Database,
): Promise<{ month: Temporal.PlainYearMonth; total: number }[]> {
  const rows = await db
    .selectFrom('monthly_count')
    .select((eb) => ['month', eb.fn.sum<number>('held').as('total')])
    .groupBy('month')
    .having((eb) => eb(eb.fn.sum('held'), '>', 0))
    .orderBy('month', 'desc')
    .execute()
  return rows.map(({ month, total }) => ({
    month: Temporal.PlainYearMonth.from(month),
    total: Number(total),
  }))
}

/**
 * Lists the counts of every month and département, oldest month first; `departement` is undefined for what has none.
 */
export async function listMonthlyCounts(db: Database): Promise<MonthlyCount[]> {
  const rows = await db.selectFrom('monthly_count').selectAll().orderBy('month').execute()
  return rows.map((row) => ({
    ...{ month: row.month, departement: orUndefined(row.departement || null) },
    ...toTotals(row),
  }))
}

/** Counts the organizers of cafés that are not cancelled, from this month on. */
export async function countOrganizers(
  db: Database,
  since: Temporal.PlainYearMonth,
): Promise<Statistics['organizers']> {
  const { total } = await db
    .selectFrom('active_organizer')
    .select(sql<number>`count(distinct organizer_uri)`.as('total'))
    .where('month', '>=', since.toString())
    .executeTakeFirstOrThrow()
  return total
}

/** Lists the counts of the groups, those with the most cafés first. */
export async function listGroupCounts(db: Database): Promise<GroupCount[]> {
  const rows = await db
    .selectFrom('grouped_count')
    .selectAll()
    .where('grouping', 'in', GROUPINGS)
    .orderBy('held', 'desc')
    .orderBy('key')
    .orderBy('grouping')
    .execute()
  return rows.flatMap(({ grouping, ...row }) =>
    grouping === 'recent' || grouping === 'communes' ? [] : { grouping, ...row },
  )
}

/** Finds what was counted of the last days; undefined where nothing was counted yet. */
export async function findRecentCount(db: Database): Promise<RecentCount | undefined> {
  const row = await db
    .selectFrom('grouped_count')
    .select(['key', 'held', 'reported', 'participations'])
    .where('grouping', '=', 'recent')
    .executeTakeFirst()
  if (!row) return undefined
  const [from = '', until = ''] = row.key.split('/')
  const { held, reported, participations } = row
  return {
    ...{ from: Temporal.PlainDate.from(from), until: Temporal.PlainDate.from(until) },
    ...{ held, reported, participations },
  }
}

/** Finds in how many communes a café was held, and in how many of them a report tells of the first one. */
export async function findCommunesCount(db: Database): Promise<SiteStatistics['communes']> {
  const row = await db
    .selectFrom('grouped_count')
    .select(['held as total', 'reported'])
    .where('grouping', '=', 'communes')
    .executeTakeFirst()
  return row ?? { total: 0, reported: 0 }
}
