import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { isAmong } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import { dialectOf, type SearchDialect } from '../search-index/dialects.ts'
import type { Part } from '../search-index/indexed-words.ts'
import { LATER_MINUTES, positionOf } from '../search-index/positions.ts'
import type { CafeQuery } from './cafe-query.ts'
import { isAmongChanged } from './changed-cafes.ts'
import { type Condition, listConditions } from './conditions.ts'
import { findFewCounted } from './counted.ts'

/** How a search is made: the conditions that each café must meet, and where the index is read. */
export type Plan = {
  conditions: Condition[]
  dialect: SearchDialect
  /** The positions between which the index is read, both included. */
  first: number
  last: number
  /** Whether the archive is read as well. */
  withPast: boolean
  /** A condition that few known cafés meet; undefined to read the index. */
  among: RawBuilder<boolean> | undefined
}

/** The maximum length of an event, in days, ours or a peer's, so that one that began earlier is over. */
const LONGEST_DAYS = 31

/** Returns when a day begins at the earliest place, and when it is over everywhere. */
const earliest = (limit: Temporal.Instant | Temporal.PlainDate): Temporal.Instant =>
  limit instanceof Temporal.Instant
    ? limit
    : limit.toZonedDateTime('UTC').toInstant().subtract({ hours: 15 })
const latest = (limit: Temporal.Instant | Temporal.PlainDate): Temporal.Instant =>
  limit instanceof Temporal.Instant
    ? limit
    : limit
        .toZonedDateTime('UTC')
        .toInstant()
        .add({ hours: 24 + 15 })

/**
 * Plans how a search is made: which conditions, which part of the index, whether the archive is read as well. A search
 * without a beginning reads the archive. One statement reads the state of the index, others may count what is rare.
 */
export async function planSearch(db: Database, query: CafeQuery): Promise<Plan> {
  const { from, until, overBy } = query
  const [state] = (await selectState(db, {})).rows
  if (!state) throw new Error('the search has its state')
  const begin = from && earliest(from)
  const end = until ? latest(until) : overBy
  return {
    conditions: await listConditions(db, query),
    dialect: dialectOf(db),
    first: begin ? positionOf(begin.subtract({ hours: 24 * LONGEST_DAYS })) : 0,
    last: end ? positionOf(end.add({ minutes: 1 + LATER_MINUTES })) : Number.MAX_SAFE_INTEGER,
    withPast: begin === undefined || begin.epochMilliseconds < state.horizon * 1000,
    among: await findFew(db, query),
  }
}

const selectState = prepare((db) => db.selectFrom('search_state').select('horizon'))

/** Up to this number, examining cafés one by one is faster. */
const FEW = 5000

async function findFew(
  db: Database,
  { ids, series, counted, updatedSince }: CafeQuery,
): Promise<RawBuilder<boolean> | undefined> {
  if (ids) return isAmong(db, sql`cafe.id`, ids)
  if (series) return isAmong(db, sql`cafe.series`, series)
  const few = counted && (await findFewCounted(db, counted, FEW))
  if (few) return few
  return updatedSince && isAmongChanged(db, updatedSince, FEW)
}

/** The order along the dates, or by given columns. */
export type HitOrder = 'soonest' | 'latest' | RawBuilder<unknown>

/** Returns the same order in SQL, with this expression for the positions. */
function orderBy(order: HitOrder, position: RawBuilder<unknown>): RawBuilder<unknown> {
  if (order === 'soonest') return position
  return order === 'latest' ? sql`${position} desc` : order
}

type Asked = {
  /** Columns of `entry`, which include `position` and `cafe_id`. */
  columns: RawBuilder<unknown>
  order: HitOrder
  limit: number
  /** Whether only columns of the index of counts are asked for: the position, and whether it is cancelled. */
  isCount?: boolean
}

/**
 * Returns the rows of the index that meet the plan, as a subquery. Its limit is written into the SQL: SQLite looks at a
 * bound limit to choose its plan, and compiles the statement again at every run, which takes longer than running it.
 */
export function selectHits(plan: Plan, asked: Asked): RawBuilder<unknown> {
  if (plan.among) return amongFew(plan, plan.among, asked)
  if (plan.conditions.every(({ match }) => !match)) return alongDates(plan, asked)
  const coming = fullText('coming', plan, asked)
  if (!plan.withPast) return coming
  const past = fullText('past', plan, asked)
  return sql`select * from (select * from (${past}) union all select * from (${coming})) as entry
    order by ${orderBy(asked.order, sql`position`)} limit ${sql.lit(asked.limit)}`
}

const fullText = (
  part: Part,
  { conditions, dialect, first, last }: Plan,
  { columns, order, limit, isCount = false }: Asked,
) => {
  const left = conditions.filter((condition) => condition.match === undefined || condition.isRough)
  const matches = conditions.flatMap(({ match }) => match ?? [])
  const { from, where, position } = dialect.matching(part, matches, { first, last, isCount })
  return sql`
    select ${columns} from ${from} ${joinCafe(left, dialect)}
    where ${where} and ${allOf(left)}
    order by ${orderBy(order, position)} limit ${sql.lit(limit)}`
}

/** Without a word for the full-text index, the entries themselves are read in the order of dates. */
const alongDates = (plan: Plan, { columns, order, limit }: Asked) => sql`
  select ${columns} from ${plan.dialect.alongDates(plan.withPast)}
  ${joinCafe(plan.conditions, plan.dialect)}
  where entry.position between ${plan.first} and ${plan.last}
    ${plan.withPast ? sql`` : sql`and entry.archived = 0`} and ${allOf(plan.conditions)}
  order by ${orderBy(order, sql`entry.position`)} limit ${sql.lit(limit)}`

const amongFew = (plan: Plan, few: RawBuilder<boolean>, { columns, order, limit }: Asked) => sql`
  select ${columns} from cafe ${plan.dialect.join} search_entry as entry on entry.cafe_id = cafe.id
  where ${few} and entry.position between ${plan.first} and ${plan.last} and ${allOf(plan.conditions)}
  order by ${orderBy(order, sql`entry.position`)} limit ${sql.lit(limit)}`

const joinCafe = (conditions: readonly Condition[], { join }: SearchDialect) =>
  conditions.some(({ readsCafe }) => readsCafe)
    ? sql`${join} cafe on cafe.id = entry.cafe_id`
    : sql``

const allOf = (conditions: readonly Condition[]): RawBuilder<unknown> =>
  conditions.length === 0
    ? sql`true`
    : sql.join(
        conditions.map(({ test }) => test),
        sql` and `,
      )

/** A row of the index. */
export type Hit = { position: number; cafe_id: string }

/** Lists the first hits along the dates, with these columns of `entry`, which include `position` and `cafe_id`. */
export async function listHits<H extends Hit>(
  db: Database,
  plan: Plan,
  asked: { columns: RawBuilder<unknown>; order: 'soonest' | 'latest'; limit: number },
): Promise<H[]> {
  const { rows } = await sql<H>`${selectHits(plan, asked)}`.execute(db)
  return rows
}
