import { sql } from 'kysely'
import { boundsOf } from '../../domain/values/days.ts'
import { selectOpen } from '../cafes/visibility.ts'
import { takesPlace, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { positionOf } from '../search-index/positions.ts'
import { isHeld, isShown } from '../search-index/shown-entries.ts'

/** The month by the clock of the place; in UTC for rows that are older than the column. */
const month = sql<string>`substr(cafe.wall_starts_at, 1, 7)`

/** The day in the same way. */
const wallDay = sql<string>`substr(cafe.wall_starts_at, 1, 10)`

type MonthQuery = {
  month: Temporal.PlainYearMonth
  /** Leaves out the cafés of other servers. */
  isOurs: boolean
}

/** What a day has: the cafés that take place, the cancelled ones, and those that wait for a new date. */
type DayCounts = { total: number; cancelled: number; postponed: number }

/**
 * Counts the cafés open to everybody that begin on each day of a month, by its date (`2026-12-03`). It reads the index
 * of the search, whose rows are short and which has the starts by the clock of the place.
 */
export async function countByDay(db: Database, query: MonthQuery): Promise<Map<string, DayCounts>> {
  const { from, until } = boundsOf(query.month)
  const { rows } = await sql<{ day: number; announced: number; cancelled: number }>`
    select entry.starts_local / ${sql.lit(DAY_SECONDS)} as day, count(*) as announced,
      sum(case when ${isHeld} then 0 else 1 end) as cancelled
    from search_entry as entry
    where entry.position >= ${positionOf(midnightUtc(from.subtract({ days: 1 })))}
      and entry.position < ${positionOf(midnightUtc(until.add({ days: 2 })))}
      and entry.starts_local >= ${secondsOf(from)}
      and entry.starts_local < ${secondsOf(until.add({ days: 1 }))}
      and entry.reserved = 0 and ${isShown} and ${isOf(query)}
    group by 1`.execute(db)
  const postponedByDay = await countPostponed(db, query)
  return new Map(
    rows.map((row) => {
      const day = EPOCH.add({ days: row.day }).toString()
      const cancelled = Number(row.cancelled)
      const postponed = postponedByDay.get(day) ?? 0
      return [day, { total: Number(row.announced) - cancelled - postponed, cancelled, postponed }]
    }),
  )
}

/** Counts those that wait for a new date, by the day that no longer holds; it reads their own index. */
async function countPostponed(db: Database, query: MonthQuery): Promise<Map<string, number>> {
  const { from, until } = boundsOf(query.month)
  const rows = await selectOpen(db, query)
    .where(sql<boolean>`cafe.status = 'postponed'`)
    .where('cafe.starts_at', '>=', midnight(from.subtract({ days: 1 })))
    .where('cafe.starts_at', '<', midnight(until.add({ days: 2 })))
    .select((eb) => [wallDay.as('day'), eb.fn.countAll<number>().as('total')])
    .groupBy('day')
    .execute()
  return new Map(rows.map(({ day, total }) => [day, Number(total)]))
}

const DAY_SECONDS = 86_400
const EPOCH = Temporal.PlainDate.from('1970-01-01')

const isOf = ({ isOurs }: MonthQuery) =>
  isOurs
    ? sql<boolean>`exists (
        select 1 from cafe where cafe.id = entry.cafe_id and cafe.organization_id is not null)`
    : sql<boolean>`true`

const midnightUtc = (date: Temporal.PlainDate): Temporal.Instant =>
  date.toZonedDateTime('UTC').toInstant()

const secondsOf = (date: Temporal.PlainDate): number => midnightUtc(date).epochMilliseconds / 1000

type Neighbours = {
  before: Temporal.PlainYearMonth | undefined
  after: Temporal.PlainYearMonth | undefined
}

/**
 * Finds the nearest months with a café, so that nobody goes through empty ones, nor a robot through endless ones. It
 * reads along the index of dates, from a day beyond the month because of zones, up to the first café that counts.
 */
export async function findNeighbourMonths(db: Database, query: MonthQuery): Promise<Neighbours> {
  const { from, until } = boundsOf(query.month)
  const matching = selectOpen(db, query)
  const before = await matching
    .where('cafe.starts_at', '<', midnight(from.add({ days: 1 })))
    .where(month, '<', query.month.toString())
    .select(month.as('month'))
    .orderBy('cafe.starts_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const after = await matching
    .where('cafe.starts_at', '>=', midnight(until))
    .where(month, '>', query.month.toString())
    .select(month.as('month'))
    .orderBy('cafe.starts_at')
    .limit(1)
    .executeTakeFirst()
  return { before: toMonth(before?.month), after: toMonth(after?.month) }
}

const toMonth = (text: string | undefined): Temporal.PlainYearMonth | undefined =>
  text === undefined ? undefined : Temporal.PlainYearMonth.from(text)

/** The maximum number of months of a list: twenty years. */
const MONTHS_MAX = 240

/** Lists the months in which cafés took place, the latest first, with their numbers. */
export async function listPastMonths(
  db: Database,
  { now, isOurs }: { now: Temporal.Instant; isOurs: boolean },
): Promise<{ month: Temporal.PlainYearMonth; total: number }[]> {
  const rows = await selectOpen(db, { isOurs })
    .where('cafe.ends_at', '<=', toInstantText(now))
    .where(takesPlace)
    .select((eb) => [month.as('month'), eb.fn.countAll<number>().as('total')])
    .groupBy('month')
    .orderBy('month', 'desc')
    .limit(MONTHS_MAX)
    .execute()
  return rows.map((row) => ({
    month: Temporal.PlainYearMonth.from(row.month),
    total: row.total,
  }))
}

const midnight = (date: Temporal.PlainDate): string => toInstantText(midnightUtc(date))
