import type { Cafe } from '../../domain/cafes/cafe.ts'
import { toCafe } from '../cafes/cafes.ts'
import { isOpenByAddress } from '../cafes/visibility.ts'
import type { Database } from '../database/database.ts'
import type { CafeQuery } from './cafe-query.ts'
import { type SearchCursor, writeCursor } from './cursor.ts'
import { countHits, findByDate, findNearest, type HitRow, withNear } from './find.ts'
import { planSearch } from './hits.ts'

export type FoundCafe = Cafe & { distanceKm?: number }
export type FoundCafes = { items: FoundCafe[]; next: string | undefined }

const LIMIT_DEFAULT = 30
const LIMIT_MAX = 100

/** One page, in the order asked for. `next` is the text of the cursor of the page that follows. */
export async function searchCafes(db: Database, query: CafeQuery): Promise<FoundCafes> {
  const limit = Math.max(1, Math.min(query.limit ?? LIMIT_DEFAULT, LIMIT_MAX))
  const plan = await planSearch(db, query)
  const rows =
    query.near && query.order === 'distance'
      ? await findNearest(db, plan, query.near, { after: query.cursor, limit: limit + 1 })
      : await findByDate(db, plan, query, limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => ({
      ...toCafe(row),
      ...(query.near && { distanceKm: row.distance_km ?? 0 }),
    })),
    next: last && writeCursor(toCursor(last, query)),
  }
}

const toCursor = (row: HitRow, { near, order }: CafeQuery): SearchCursor =>
  near && order === 'distance'
    ? { order, distanceKm: row.distance_km ?? 0, id: row.id }
    : { order: order === 'recent' ? 'recent' : 'date', position: row.position }

/** How many cafés there are on all pages; of more than `atMost`, that many. */
export async function countCafes(
  db: Database,
  query: CafeQuery,
  { atMost = Number.MAX_SAFE_INTEGER }: { atMost?: number } = {},
): Promise<number> {
  const plan = withNear(await planSearch(db, query), query.near)
  return countHits(db, plan, atMost)
}

/** One café that whoever has its address may see, by this server's id or by its ActivityPub id. */
export async function findPublicCafe(
  db: Database,
  key: { id: string } | { uri: string },
): Promise<Cafe | undefined> {
  const row = await db
    .selectFrom('cafe')
    .selectAll('cafe')
    .$if('id' in key, (qb) => qb.where('cafe.id', '=', 'id' in key ? key.id : ''))
    .$if('uri' in key, (qb) => qb.where('cafe.uri', '=', 'uri' in key ? key.uri : ''))
    .where(isOpenByAddress)
    .executeTakeFirst()
  return row && toCafe(row)
}
