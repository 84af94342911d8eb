import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { CafeQuery } from '../search.ts'
import { type Condition, listConditions } from './conditions.ts'
import { positionOf } from './positions.ts'

/** How a search is made: what each café must meet, and where the index is read. */
export type Plan = {
  conditions: Condition[]
  /** Positions to read between, both included. */
  first: number
  last: number
  /** The archive as well. */
  withPast: boolean
  /** Cafés that are few and known; undefined to read the index. */
  among: RawBuilder<boolean> | undefined
}

/** No event of ours or of a peer's is longer: what began before that is over. */
const LONGEST_DAYS = 31

/** When a day begins somewhere, and when it is over everywhere. */
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

export async function planSearch(db: Database, query: CafeQuery): Promise<Plan> {
  const { from, until, overBy } = query
  const { horizon } = await db
    .selectFrom('search_state')
    .select('horizon')
    .executeTakeFirstOrThrow()
  const begin = from && earliest(from)
  const end = until ? latest(until) : overBy
  return {
    conditions: await listConditions(db, query),
    first: begin ? positionOf(begin.subtract({ hours: 24 * LONGEST_DAYS })) : 0,
    last: end ? positionOf(end.add({ minutes: 1 })) : Number.MAX_SAFE_INTEGER,
    withPast: begin === undefined || begin.epochMilliseconds < horizon * 1000,
    among: await findFew(db, query),
  }
}

/** So few are faster looked at one by one. */
const FEW = 5000

async function findFew(
  db: Database,
  { ids, updatedSince }: CafeQuery,
): Promise<RawBuilder<boolean> | undefined> {
  if (ids) return sql<boolean>`cafe.id in (select value from json_each(${JSON.stringify(ids)}))`
  if (!updatedSince) return undefined
  const changed = sql<boolean>`cafe.updated_at >= ${updatedSince.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString()}`
  const { total } = await db
    .selectFrom((qb) =>
      qb
        .selectFrom('cafe')
        .select('id')
        .where(changed)
        .limit(FEW + 1)
        .as('changed'),
    )
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total > FEW ? undefined : changed
}

type Asked = {
  /** Columns of `entry`, `position` and `cafe_id` among them. */
  columns: RawBuilder<unknown>
  order: RawBuilder<unknown>
  limit: number
}

/** The rows of the index that meet the plan, as a subquery. */
export function selectHits(plan: Plan, asked: Asked): RawBuilder<unknown> {
  if (plan.among) return amongFew(plan, plan.among, asked)
  const match = plan.conditions.flatMap((condition) => condition.match ?? []).join(' AND ')
  if (match === '') return alongDates(plan, asked)
  const coming = fullText('search_coming', plan, match, asked)
  if (!plan.withPast) return coming
  const past = fullText('search_past', plan, match, asked)
  return sql`select * from (select * from (${past}) union all select * from (${coming})) as entry
    order by ${asked.order} limit ${asked.limit}`
}

const fullText = (
  index: 'search_coming' | 'search_past',
  { conditions, first, last }: Plan,
  match: string,
  { columns, order, limit }: Asked,
) => {
  const left = conditions.filter((condition) => condition.match === undefined || condition.isRough)
  const name = sql.table(index)
  return sql`
    select ${columns} from ${name} cross join search_entry as entry on entry.position = ${name}.rowid
    ${joinCafe(left)}
    where ${name} match ${match} and ${name}.rowid between ${first} and ${last} and ${allOf(left)}
    order by ${order} limit ${limit}`
}

/** Without a word for the full-text index, the entries themselves are in the order of dates. */
const alongDates = (plan: Plan, { columns, order, limit }: Asked) => sql`
  select ${columns} from search_entry as entry
  ${plan.withPast ? sql`not indexed` : sql`indexed by search_entry_coming`}
  ${joinCafe(plan.conditions)}
  where entry.position between ${plan.first} and ${plan.last}
    ${plan.withPast ? sql`` : sql`and entry.archived = 0`} and ${allOf(plan.conditions)}
  order by ${order} limit ${limit}`

const amongFew = (plan: Plan, few: RawBuilder<boolean>, { columns, order, limit }: Asked) => sql`
  select ${columns} from cafe cross join search_entry as entry on entry.cafe_id = cafe.id
  where ${few} and entry.position between ${plan.first} and ${plan.last} and ${allOf(plan.conditions)}
  order by ${order} limit ${limit}`

const joinCafe = (conditions: readonly Condition[]) =>
  conditions.some(({ readsCafe }) => readsCafe)
    ? sql`cross join cafe on cafe.id = entry.cafe_id`
    : sql``

const allOf = (conditions: readonly Condition[]): RawBuilder<unknown> =>
  conditions.length === 0
    ? sql`true`
    : sql.join(
        conditions.map(({ test }) => test),
        sql` and `,
      )
