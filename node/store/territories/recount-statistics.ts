import { sql } from 'kysely'
import { boundsOf } from '../../domain/values/days.ts'
import { giveWay } from '../../turns/turns.ts'
import { isVisible } from '../cafes/visibility.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { saveSetting } from '../database/settings.ts'
import { joinShownReport } from '../reports/reported-cafes.ts'
import { NO_COUNTS, selectTotals, type TotalsRow } from '../reports/totals.ts'
import { addDayOfGroups, createGroups, type Grouped, saveGroups } from './grouped-counts.ts'
import { COUNTED_AT } from './statistics.ts'

const COLUMNS = Object.keys(NO_COUNTS) as (keyof TotalsRow)[]

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

type Asked = {
  now: Temporal.Instant
  /** Leaves out the cafés of other servers. */
  isOurs: boolean
}

/**
 * Counts the cafés of one month again, a day at a time along the index of dates, since a month of a large directory
 * would delay pages.
 */
async function recountMonth(
  db: OpenDatabase,
  month: Temporal.PlainYearMonth,
  { groups, ...asked }: Asked & { groups: Grouped },
): Promise<void> {
  const { from, until } = boundsOf(month)
  const counts = new Map<string, TotalsRow>()
  const organizers = new Set<string>()
  for (
    let day = from.subtract({ days: 1 });
    Temporal.PlainDate.compare(day, until.add({ days: 1 })) <= 0;
    day = day.add({ days: 1 })
  ) {
    const where = conditionsOf({ day, month, ...asked })
    const isEmpty = await countDay(db, { where, now: asked.now, counts, organizers })
    if (!isEmpty) await addDayOfGroups(db, { where, now: asked.now, groups })
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

type Day = Asked & {
  /** The day in UTC. */
  day: Temporal.PlainDate
  month: Temporal.PlainYearMonth
}

/** Returns the condition of the cafés that begin on one day of a month. */
const conditionsOf = ({ day, month, isOurs }: Day) => sql<boolean>`
  cafe.starts_at >= ${day.toString()} and cafe.starts_at < ${day.add({ days: 1 }).toString()}
  and ${wallMonth} = ${month.toString()} and ${isVisible}
  and ${isOurs ? sql`cafe.organization_id is not null` : sql`true`}`

type Counting = {
  where: ReturnType<typeof sql<boolean>>
  now: Temporal.Instant
  /** The counts by département; `''` where there is none. */
  counts: Map<string, TotalsRow>
  organizers: Set<string>
}

/** Adds the cafés of one day to the count of the month; true where there are none. */
async function countDay(
  db: Database,
  { where, now, counts, organizers }: Counting,
): Promise<boolean> {
  const { rows } = await sql<TotalsRow & { departement: string; organizer_uri: string }>`
    select coalesce(cafe.departement, '') as departement, cafe.organizer_uri,
      ${selectTotals(now)}
    from cafe ${joinShownReport}
    where ${where}
    group by coalesce(cafe.departement, ''), cafe.organizer_uri`.execute(db)
  for (const { departement, organizer_uri, ...more } of rows) {
    const known = counts.get(departement) ?? { ...NO_COUNTS }
    for (const column of COLUMNS) known[column] += Number(more[column])
    counts.set(departement, known)
    if (Number(more.held) + Number(more.to_come) > 0) organizers.add(organizer_uri)
  }
  return rows.length === 0
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

/** Counts month by month, and gives way after each day, so that a million cafés delay nobody. */
export async function recountStatistics(db: OpenDatabase, { now, isOurs }: Asked): Promise<void> {
  const months = await listCountableMonths(db)
  await deleteOtherMonths(db, months)
  const groups = createGroups(now)
  for (const month of months) await recountMonth(db, month, { now, isOurs, groups })
  await saveGroups(db, groups)
  await saveSetting(db, COUNTED_AT, toInstantText(now))
}
