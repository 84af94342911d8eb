import { type RawBuilder, sql } from 'kysely'
import { endIfLeft, giveWay } from '../../turns/turns.ts'
import type { Database } from '../database/database.ts'
import { isAmong } from '../database/dialect.ts'
import type { Condition } from './conditions.ts'
import { type HitOrder, type Plan, selectHits } from './hits.ts'

/** A row of the index. */
export type Hit = { position: number; cafe_id: string }

/** Hits of the other conditions that are read at once. */
const CANDIDATES = 500

/** Returns whether texts of cafés have to be read: words that very many have are not asked of the index. */
export const readsTexts = (plan: Plan): boolean =>
  !plan.among && plan.conditions.some(({ isFrequent }) => isFrequent)

/**
 * Lists the first hits of a plan. `readMore` asks the index for what it can tell, from the last hit on; then the texts
 * are examined, a few at a time, since each may have the greatest allowed length, until enough cafés passed. Requests
 * are answered in between.
 *
 * @throws VisitorLeft when nobody waits for them any more.
 */
export async function listPassing<H extends Hit>(
  db: Database,
  plan: Plan,
  limit: number,
  readMore: (plan: Plan, last: H | undefined, limit: number) => Promise<H[]>,
): Promise<H[]> {
  if (!readsTexts(plan)) return readMore(plan, undefined, limit)
  const frequent = plan.conditions.filter(({ isFrequent }) => isFrequent)
  const others = { ...plan, conditions: plan.conditions.filter(({ isFrequent }) => !isFrequent) }
  const { textsAtOnce } = plan.dialect
  const found: H[] = []
  let last: H | undefined
  for (;;) {
    const candidates = await readMore(others, last, CANDIDATES)
    for (let at = 0; at < candidates.length && found.length < limit; at += textsAtOnce) {
      await giveWay()
      endIfLeft()
      const hits = candidates.slice(at, at + textsAtOnce)
      const passed = await findPassed(db, hits, frequent)
      found.push(...hits.filter(({ cafe_id }) => passed.has(cafe_id)))
    }
    last = candidates.at(-1)
    if (found.length >= limit || candidates.length < CANDIDATES) return found.slice(0, limit)
  }
}

async function findPassed(
  db: Database,
  hits: readonly Hit[],
  conditions: readonly Condition[],
): Promise<Set<string>> {
  const ids = hits.map(({ cafe_id }) => cafe_id)
  const tests = conditions.map(({ test }) => test)
  const { rows } = await sql<{ id: string }>`
    select cafe.id from cafe where ${isAmong(db, sql`cafe.id`, ids)}
      and ${sql.join(tests, sql` and `)}`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Lists the first hits along the dates, with these columns of `entry`, which include `position` and `cafe_id`. */
export const listHits = <H extends Hit>(
  db: Database,
  plan: Plan,
  {
    columns,
    order,
    limit,
  }: { columns: RawBuilder<unknown>; order: 'soonest' | 'latest'; limit: number },
): Promise<H[]> =>
  listPassing<H>(db, plan, limit, async (each, last, count) => {
    const { rows } = await sql<H>`
      ${selectHits(last ? beyond(each, order, last) : each, { columns, order, limit: count })}`.execute(
      db,
    )
    return rows
  })

const beyond = (plan: Plan, order: HitOrder, { position }: Hit): Plan =>
  order === 'latest' ? { ...plan, last: position - 1 } : { ...plan, first: position + 1 }
