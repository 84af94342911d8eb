import { sql } from 'kysely'
import { giveWay } from '../../turns/turns.ts'
import type { Database } from '../database/database.ts'
import type { CafeQuery } from './cafe-query.ts'
import { type ChangedPlace, type ChangedRow, listChanged, type Since } from './changed-cafes.ts'
import { withNear } from './find.ts'
import { createFormerTest, type FixedDates } from './former.ts'
import { type Hit, listHits, planSearch } from './hits.ts'

/** A café that a search does not find now. `at` is when it changed for the last time, by the clock of this server. */
export type Removed = { uri: string; at: Temporal.Instant }

const BEGINNING: ChangedPlace = { part: 'listing', place: '', uri: '' }
const OF_SOURCES: ChangedPlace = { part: 'source', place: '', uri: '' }

/** How many rows are looked at for a page of a search that few of them concern, in steps of the page's size. */
const STEPS = 10

/**
 * Lists cafés that were visible here, changed since and are not among those that the search finds: deleted, hidden, for
 * a few people only, of a server that left, or no longer matching. A reader that keeps a copy of that search deletes
 * them. What it never can have found is left out, whatever words it asks for. A page may be empty and have a next one.
 * @param dates - The dates of the query that are the same each time the reader asks.
 */
export async function listRemoved(
  db: Database,
  query: CafeQuery,
  {
    since,
    after = BEGINNING,
    limit,
    dates = {},
  }: {
    since: Since
    after?: ChangedPlace | undefined
    limit: number
    dates?: FixedDates
  },
): Promise<{ items: Removed[]; next: ChangedPlace | undefined }> {
  const mayHaveFound = await createFormerTest(db, query, dates)
  let next: ChangedPlace = after
  for (let step = 0; step < STEPS; step++) {
    const { part } = next
    const rows: ChangedRow[] = await listChanged(db, since, { after: next, limit })
    const concerned = rows.filter(({ facets }) => mayHaveFound(facets))
    const ids = concerned.flatMap(({ cafeId }) => cafeId ?? [])
    const found = await findAmong(db, query, ids)
    const items = concerned
      .filter(({ cafeId }) => cafeId === undefined || !found.has(cafeId))
      .map(({ uri, at }) => ({ uri, at }))
    const last = rows.length === limit ? rows.at(-1) : undefined
    if (!last && part === 'source') return { items, next: undefined }
    next = last ? { part, place: last.place, uri: last.uri } : OF_SOURCES
    if (items.length > 0) return { items, next }
    await giveWay()
  }
  return { items: [], next }
}

/** Returns those of these cafés that the search finds. */
export async function findAmong(
  db: Database,
  query: CafeQuery,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const plan = withNear(await planSearch(db, { ...query, ids }), query.near)
  const hits = await listHits<Hit>(db, plan, {
    columns: sql`entry.position, entry.cafe_id`,
    order: 'soonest',
    limit: ids.length,
  })
  return new Set(hits.map(({ cafe_id }) => cafe_id))
}
