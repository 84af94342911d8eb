import { sql } from 'kysely'
import { listDepartements } from '../../geo/territories.ts'
import type { Database } from '../database/database.ts'
import { isHeld } from '../search-index/shown-entries.ts'
import { facetOf, token } from '../search-index/tokens.ts'
import type { CafeQuery } from './cafe-query.ts'
import { withNear } from './find.ts'
import { type Plan, planSearch, selectHits } from './hits.ts'
import { type Hit, listHits, readsTexts } from './passing-hits.ts'

/**
 * The greatest number that is counted; beyond it « more than 1,000 » is shown, so that no search costs more as there
 * are more cafés.
 */
const COUNTED_MAX = 1000

/** `isCapped` means that there are more than the limit, and that the counts are of the soonest ones only. */
export type ShownCounts = { total: number; cancelled: number; isCapped: boolean }

/** Counts the cafés of a search that take place and those that are cancelled, up to the limit, soonest first. */
export async function countShown(db: Database, query: CafeQuery): Promise<ShownCounts> {
  const plan = withNear(await planSearch(db, query), query.near)
  const { found, cancelled } = readsTexts(plan)
    ? await countInTexts(db, plan)
    : await countInIndex(db, plan)
  const counted = Math.min(found, COUNTED_MAX)
  return { total: counted - cancelled, cancelled, isCapped: found > COUNTED_MAX }
}

/** `found` is at most one more than the limit; `cancelled` is within the limit. */
type Counted = { found: number; cancelled: number }

const isCancelled = sql`case when ${isHeld} then 0 else 1 end`

const ASKED = { order: 'soonest', limit: COUNTED_MAX + 1 } as const

/** `last` is odd where the last café is cancelled. A window function would say so too, for a third more work. */
async function countInIndex(db: Database, plan: Plan): Promise<Counted> {
  const { rows } = await sql<Counted & { last: number | null }>`
    select count(*) as found, coalesce(sum(is_cancelled), 0) as cancelled,
      max(2 * position + is_cancelled) as last
    from (${selectHits(plan, {
      ...{ ...ASKED, isCount: true },
      columns: sql`entry.position, ${isCancelled} as is_cancelled`,
    })}) as hit`.execute(db)
  const { found, cancelled, last } = rows[0] ?? { found: 0, cancelled: 0, last: null }
  return { found, cancelled: found > COUNTED_MAX ? cancelled - ((last ?? 0) % 2) : cancelled }
}

async function countInTexts(db: Database, plan: Plan): Promise<Counted> {
  const hits = await listHits<Hit & { is_cancelled: number }>(db, plan, {
    ...ASKED,
    columns: sql`entry.position, entry.cafe_id, ${isCancelled} as is_cancelled`,
  })
  const within = hits.slice(0, COUNTED_MAX)
  return {
    found: hits.length,
    cancelled: within.filter(({ is_cancelled }) => is_cancelled === 1).length,
  }
}

/**
 * Counts the cafés of a search by the code of their département, those without one separately, up to the limit, soonest
 * first.
 */
export async function countShownByDepartement(
  db: Database,
  query: CafeQuery,
): Promise<{ counts: Map<string, number>; total: number; isCapped: boolean }> {
  const plan = withNear(await planSearch(db, query), query.near)
  const rows = await listHits<Hit & { facets: string }>(db, plan, {
    columns: sql`entry.position, entry.cafe_id, entry.facets`,
    order: 'soonest',
    limit: COUNTED_MAX + 1,
  })
  const codes = new Map(
    listDepartements().map(({ code }) => [facetOf(token.departement(code)), code]),
  )
  const counted = rows.slice(0, COUNTED_MAX)
  const counts = new Map<string, number>()
  for (const { facets } of counted)
    for (const each of facets.split(' ')) {
      const code = codes.get(each)
      if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1)
    }
  return { counts, total: counted.length, isCapped: rows.length > COUNTED_MAX }
}
