import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Figures, MonthlyCount } from '../domain/figures.ts'
import { boundsOf } from '../domain/month.ts'
import { orUndefined, toInstantText } from './columns.ts'
import { type Database, inTransaction, type OpenDatabase } from './database.ts'
import { isVisible } from './search-filters.ts'
import { findSetting, saveSetting } from './settings.ts'

/** No zone of France is a whole day away from UTC; the month itself is that of the wall clock at the place. */
const wallMonth = sql<string>`substr(coalesce(nullif(cafe.wall_starts_at, ''), cafe.starts_at), 1, 7)`

/** From the month of the earliest café to that of the latest; none without a café. */
async function listCountableMonths(db: Database): Promise<Temporal.PlainYearMonth[]> {
  const row = await db
    .selectFrom('cafe')
    .select([
      sql<string | null>`min(starts_at)`.as('first'),
      sql<string | null>`max(starts_at)`.as('last'),
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

/** Counts the cafés of one month again: one short reading along the index of dates, then the rows that it gives. */
async function countMonth(
  db: Database,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
): Promise<void> {
  const { from, until } = boundsOf(month)
  const name = month.toString()
  const at = toInstantText(now)
  const cafes = db
    .selectFrom('cafe')
    .where('cafe.starts_at', '>=', from.subtract({ days: 1 }).toString())
    .where('cafe.starts_at', '<', until.add({ days: 2 }).toString())
    .where(wallMonth, '=', name)
    .where('cafe.open_to', '=', 'public')
    .where(isVisible)
  const counts = await cafes
    .select([
      sql<string>`coalesce(cafe.departement, '')`.as('departement'),
      sql<number>`sum(case when cafe.status <> 'cancelled' and cafe.ends_at <= ${at} then 1 else 0 end)`.as(
        'held',
      ),
      sql<number>`sum(case when cafe.status <> 'cancelled' and cafe.ends_at > ${at} then 1 else 0 end)`.as(
        'to_come',
      ),
      sql<number>`sum(case when cafe.status = 'cancelled' then 1 else 0 end)`.as('cancelled'),
    ])
    .groupBy(sql`coalesce(cafe.departement, '')`)
    .execute()
  const organizers = await cafes
    .select('cafe.organizer_uri')
    .distinct()
    .where('cafe.status', '<>', 'cancelled')
    .execute()
  await inTransaction(db, async (trx) => {
    await trx.deleteFrom('monthly_count').where('month', '=', name).execute()
    await trx.deleteFrom('active_organizer').where('month', '=', name).execute()
    for (const row of counts)
      await trx
        .insertInto('monthly_count')
        .values({ month: name, ...row })
        .execute()
    for (const row of organizers)
      await trx
        .insertInto('active_organizer')
        .values({ month: name, ...row })
        .execute()
  })
}

/** What was counted for months that have no café any more. */
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

const COUNTED_AT = 'figures_counted_at'

export async function findCountedAt(db: Database): Promise<Temporal.Instant | undefined> {
  const text = await findSetting(db, COUNTED_AT)
  return text === undefined ? undefined : Temporal.Instant.from(text)
}

/** Counts month by month and lets pages through in between: a million cafés hold nobody up. */
export async function countFigures(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  const months = await listCountableMonths(db)
  await deleteOtherMonths(db, months)
  for (const month of months) {
    await countMonth(db, month, now)
    await setImmediate()
  }
  await saveSetting(db, COUNTED_AT, toInstantText(now))
}

/** The months in which cafés were held, the latest first, with how many: as last counted. */
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

export async function listMonthlyCounts(db: Database): Promise<MonthlyCount[]> {
  const rows = await db.selectFrom('monthly_count').selectAll().orderBy('month').execute()
  return rows.map(({ to_come, departement, ...row }) => ({
    ...row,
    departement: orUndefined(departement || null),
    toCome: to_come,
  }))
}

/** Who announced a café that is not cancelled, from this month on. */
export async function countOrganizers(
  db: Database,
  since: Temporal.PlainYearMonth,
): Promise<Figures['organizers']> {
  const { total } = await db
    .selectFrom('active_organizer')
    .select(sql<number>`count(distinct organizer_uri)`.as('total'))
    .where('month', '>=', since.toString())
    .executeTakeFirstOrThrow()
  return total
}
