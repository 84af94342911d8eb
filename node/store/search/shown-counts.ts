import { sql } from 'kysely'
import { listDepartements } from '../../geo/territories.ts'
import type { Database } from '../database/database.ts'
import { isHeld } from '../search-index/shown-entries.ts'
import { facetOf, listCommuneCodes, token } from '../search-index/tokens.ts'
import type { CafeQuery } from './cafe-query.ts'
import { withNear } from './find.ts'
import { type Hit, listHits, planSearch, selectHits } from './hits.ts'

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
  // `last` is odd where the last café is cancelled. A window function would say so too, for a third more work.
  const { rows } = await sql<{ found: number; cancelled: number; last: number | null }>`
    select count(*) as found, coalesce(sum(is_cancelled), 0) as cancelled,
      max(2 * position + is_cancelled) as last
    from (${selectHits(plan, {
      ...{ order: 'soonest', limit: COUNTED_MAX + 1, isCount: true },
      columns: sql`entry.position, case when ${isHeld} then 0 else 1 end as is_cancelled`,
    })}) as hit`.execute(db)
  const { found, cancelled: among, last } = rows[0] ?? { found: 0, cancelled: 0, last: null }
  const isCapped = found > COUNTED_MAX
  const cancelled = isCapped ? among - ((last ?? 0) % 2) : among
  return { total: Math.min(found, COUNTED_MAX) - cancelled, cancelled, isCapped }
}

/** How many cafés are in a town, by its INSEE code. */
export type TownCount = { codeInsee: string; held: number; cancelled: number }

export type PlaceCounts = {
  /** Those that take place, by the code of their département. */
  counts: Map<string, number>
  towns: TownCount[]
  /** Those that take place, whether or not it is known where. */
  total: number
  isCapped: boolean
}

/** Counts the cafés of a search by département and by town, up to the limit, soonest first. */
export async function countShownByPlace(db: Database, query: CafeQuery): Promise<PlaceCounts> {
  const plan = withNear(await planSearch(db, query), query.near)
  const rows = await listHits<Hit & { facets: string }>(db, plan, {
    columns: sql`entry.position, entry.cafe_id, entry.facets`,
    order: 'soonest',
    limit: COUNTED_MAX + 1,
  })
  const codes = new Map(
    listDepartements().map(({ code }) => [facetOf(token.departement(code)), code]),
  )
  const counts = new Map<string, number>()
  const towns = new Map<string, TownCount>()
  let total = 0
  for (const { facets } of rows.slice(0, COUNTED_MAX)) {
    const tokens = facets.trim().split(' ')
    const isCancelled = tokens.includes(CANCELLED)
    const [town] = listCommuneCodes(tokens)
    if (town !== undefined) addTown(towns, town, isCancelled)
    if (isCancelled) continue
    total++
    for (const each of tokens) {
      const code = codes.get(each)
      if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1)
    }
  }
  return { counts, towns: [...towns.values()], total, isCapped: rows.length > COUNTED_MAX }
}

const CANCELLED = facetOf(token.cancelled)

/** Adds a café to the count of its town. */
function addTown(towns: Map<string, TownCount>, codeInsee: string, isCancelled: boolean): void {
  const { held, cancelled } = towns.get(codeInsee) ?? { held: 0, cancelled: 0 }
  towns.set(codeInsee, {
    codeInsee,
    held: held + (isCancelled ? 0 : 1),
    cancelled: cancelled + (isCancelled ? 1 : 0),
  })
}
