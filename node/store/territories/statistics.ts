import { sql } from 'kysely'
import type { MonthlyCount, Statistics } from '../../domain/territories/statistics.ts'
import { boundsOf } from '../../domain/values/days.ts'
import { giveWay } from '../../turns/turns.ts'
import { isVisible } from '../cafes/visibility.ts'
import { orUndefined, takesPlace, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

/** The month by the wall clock at the place. No zone of France is a whole day away from UTC. */
const wallMonth = sql<string>`substr(cafe.wall_starts_at, 1, 7)`

/** Lists the months from that of the earliest café to that of the latest; none without a café. */
async function listCountableMonths(db: Database): Promise<Temporal.PlainYearMonth[]> {
  // They are two queries, each of which the index answers at once; together they would read all rows.
  const row = await db
    .selectNoFrom([
      sql<string | null>`(select min(starts_at) from cafe)`.as('first'),
      sql<string | null>`(select max(starts_at) from cafe)`.as('last'),
    ])
    .executeTakeFirst()
  if (!row?.first || !row.last) return []
  const months: Temporal.PlainYearMonth[] = []
  const end = Temporal.PlainYearMonth.from(row.last.slice(0, 7)).add({ months: 1 })
  for (
    let month = Temporal.PlainYearMonth.from(row.first.slice(0, 7)).subtract({ months: 1 });
    Temporal.PlainYearMonth.compare(month, end) <= 0;
    month = month.add({ months: 1 })
  )
    months.push(month)
  return months
}

type Tally = { held: number; to_come: number; cancelled: number }

/**
 * Counts the cafés of one month again, a day at a time along the index of dates, since a month of a large directory
 * would delay pages.
 */
async function recountMonth(
  db: OpenDatabase,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
): Promise<void> {
  const { from, until } = boundsOf(month)
  const counts = new Map<string, Tally>()
  const organizers = new Set<string>()
  for (
    let day = from.subtract({ days: 1 });
    Temporal.PlainDate.compare(day, until.add({ days: 1 })) <= 0;
    day = day.add({ days: 1 })
  ) {
    await countDay(db, { day, month, now, counts, organizers })
    await giveWay()
  }
  const name = month.toString()
  await inTransaction(db, async (trx) => {
    await trx.deleteFrom('monthly_count').where('month', '=', name).execute()
    await trx.deleteFrom('active_organizer').where('month', '=', name).execute()
    for (const [departement, tally] of counts)
      await trx
        .insertInto('monthly_count')
        .values({ month: name, departement, ...tally })
        .execute()
    for (const organizer_uri of organizers)
      await trx.insertInto('active_organizer').values({ month: name, organizer_uri }).execute()
  })
}

type Counting = {
  /** The day in UTC. */
  day: Temporal.PlainDate
  month: Temporal.PlainYearMonth
  now: Temporal.Instant
  /** The counts by département; `''` where there is none. */
  counts: Map<string, Tally>
  organizers: Set<string>
}

/** Adds the cafés that begin on one day to the count of the month. */
async function countDay(db: Database, { day, month, now, counts, organizers }: Counting) {
  const at = toInstantText(now)
  const total = (condition: ReturnType<typeof sql<boolean>>) =>
    sql<number>`sum(case when ${condition} then 1 else 0 end)`
  const rows = await db
    .selectFrom('cafe')
    .where('cafe.starts_at', '>=', day.toString())
    .where('cafe.starts_at', '<', day.add({ days: 1 }).toString())
    .where(wallMonth, '=', month.toString())
    .where('cafe.open_to', '=', 'public')
    .where(isVisible)
    .select([
      sql<string>`coalesce(cafe.departement, '')`.as('departement'),
      'cafe.organizer_uri',
      total(sql`${takesPlace} and cafe.ends_at <= ${at}`).as('held'),
      total(sql`cafe.status <> 'cancelled' and cafe.ends_at > ${at}`).as('to_come'),
      total(sql`cafe.status = 'cancelled'`).as('cancelled'),
    ])
    .groupBy([sql`coalesce(cafe.departement, '')`, 'cafe.organizer_uri'])
    .execute()
  for (const { departement, organizer_uri, ...more } of rows) {
    const [held, toCome, cancelled] = [more.held, more.to_come, more.cancelled].map(Number)
    const known = counts.get(departement) ?? { held: 0, to_come: 0, cancelled: 0 }
    counts.set(departement, {
      held: known.held + (held ?? 0),
      to_come: known.to_come + (toCome ?? 0),
      cancelled: known.cancelled + (cancelled ?? 0),
    })
    if ((held ?? 0) + (toCome ?? 0) > 0) organizers.add(organizer_uri)
  }
}

/** Deletes the counts of months that have no café any more. */
async function deleteOtherMonths(
  db: Database,
  months: readonly Temporal.PlainYearMonth[],
): Promise<void> {
  const first = months[0]?.toString() ?? '9999-12'
  const last = months.at(-1)?.toString() ?? '0000-01'
  for (const table of ['monthly_count', 'active_organizer'] as const)
    await db
      .deleteFrom(table)
      .where((eb) => eb.or([eb('month', '<', first), eb('month', '>', last)]))
      .execute()
}

const COUNTED_AT = 'statistics_counted_at'

/** Finds when the statistics were last counted; undefined where they never were. */
export async function findCountedAt(db: Database): Promise<Temporal.Instant | undefined> {
  const text = await findSetting(db, COUNTED_AT)
  return text === undefined ? undefined : Temporal.Instant.from(text)
}

/** Counts month by month, and gives way after each day, so that a million cafés delay nobody. */
export async function recountStatistics(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  const months = await listCountableMonths(db)
  await deleteOtherMonths(db, months)
  for (const month of months) await recountMonth(db, month, now)
  await saveSetting(db, COUNTED_AT, toInstantText(now))
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
  return rows.map(({ to_come, departement, ...row }) => ({
    ...row,
    departement: orUndefined(departement || null),
    toCome: to_come,
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
