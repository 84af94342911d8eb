import { type Selectable, sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { sizeOf } from '../../domain/cafes/cafe-size.ts'
import { giveWay } from '../../turns/turns.ts'
import { toCafe } from '../cafes/cafes.ts'
import { isOpenByAddress } from '../cafes/visibility.ts'
import type { Database } from '../database/database.ts'
import { isAmong } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import type { CafeTable } from '../schema/cafes.ts'
import { BRIEF_COLUMNS } from './brief-columns.ts'
import type { CafeQuery } from './cafe-query.ts'
import { type SearchCursor, writeCursor } from './cursor.ts'
import {
  countHits,
  type FoundHit,
  findByDate,
  findHits,
  findKeysByDate,
  findNearest,
  type HitRow,
  readFound,
  withNear,
} from './find.ts'
import { type Plan, planSearch } from './hits.ts'

export type FoundCafe = Cafe & { distanceKm?: number }
export type FoundCafes = {
  items: FoundCafe[]
  /** The text of the cursor of the page that follows. */
  next: string | undefined
  /** Whether the page ends before its limit because of its size. */
  isCut: boolean
}

const LIMIT_DEFAULT = 30
const LIMIT_MAX = 100

/** A page of a list is read at once; so many cafés of the greatest size take 25 ms. */
const ROWS_AT_ONCE = LIMIT_DEFAULT + 1

/** Of a longer page so many cafés are read before their size is known. */
const FIRST_ROWS = 8

/** Of a longer page so many characters are read at once, and other requests pass in between. */
const CHARACTERS_AT_ONCE = 512 * 1024

/**
 * Searches one page, in the given order.
 *
 * @param size - In characters. Once so many are read the page may end before its limit, and what follows may be
 * nothing.
 */
export async function searchCafes(
  db: Database,
  query: CafeQuery,
  { size = Number.POSITIVE_INFINITY }: { size?: number } = {},
): Promise<FoundCafes> {
  const limit = Math.max(1, Math.min(query.limit ?? LIMIT_DEFAULT, LIMIT_MAX))
  const plan = await planSearch(db, query)
  if (limit >= ROWS_AT_ONCE || size < Number.POSITIVE_INFINITY)
    return searchInParts(db, plan, query, { limit, size })
  const rows = await findRows(db, plan, query, limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const next = last && writeCursor(toCursor(last, query))
  return { items: rows.slice(0, limit).map((row) => toFound(row, query)), next, isCut: false }
}

/** Finds the whole page first, and then reads its cafés, some at a time. */
async function searchInParts(
  db: Database,
  plan: Plan,
  query: CafeQuery,
  { limit, size }: { limit: number; size: number },
): Promise<FoundCafes> {
  const hits = await findHits(db, plan, query, limit + 1)
  const shown = hits.slice(0, limit)
  const cursorAfter = ({ cafe_id: id, ...hit }: FoundHit) =>
    writeCursor(toCursor({ id, ...hit }, query))
  const items: FoundCafe[] = []
  let read = 0
  let atOnce = FIRST_ROWS
  for (let at = 0; at < shown.length; ) {
    const part = shown.slice(at, at + atOnce)
    at += part.length
    for (const row of await readFound(db, plan, query, part)) {
      const found = toFound(row, query)
      items.push(found)
      read += sizeOf(found)
    }
    const last = at < shown.length ? part.at(-1) : undefined
    if (!last) break
    if (read >= size) return { items, next: cursorAfter(last), isCut: true }
    const fitting = Math.floor((CHARACTERS_AT_ONCE * items.length) / Math.max(1, read))
    atOnce = Math.max(1, Math.min(ROWS_AT_ONCE, fitting))
    await giveWay()
  }
  const last = hits.length > limit ? shown.at(-1) : undefined
  return { items, next: last && cursorAfter(last), isCut: false }
}

/** What is needed to place a café behind another one on a page; a thousand of them are no large answer. */
export type CafeKey = {
  id: string
  organizerUri: string
  series: string | undefined
  /** Whether its date no longer holds, and no other is known. */
  isPostponed: boolean
  isCancelled: boolean
  /** The day at its place, as `2026-12-03`. */
  day: string
  /** The cursor of what follows it. */
  cursor: string
}

/** Lists keys in the order of dates, from the cursor on. */
export async function listCafeKeys(
  db: Database,
  query: CafeQuery,
  limit: number,
): Promise<CafeKey[]> {
  const rows = await findKeysByDate(db, await planSearch(db, query), query, limit)
  return rows.map((row) => ({
    id: row.id,
    organizerUri: row.organizer_uri,
    series: row.series ?? undefined,
    isPostponed: row.status === 'postponed',
    isCancelled: row.status === 'cancelled',
    day: row.wall_starts_at.slice(0, 10),
    cursor: writeCursor(toCursor(row, query)),
  }))
}

/** Lists these cafés, in their order, with empty descriptions; one that was deleted in between is left out. */
export async function listFoundCafes(db: Database, ids: readonly string[]): Promise<FoundCafe[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Selectable<CafeTable>>`
    select ${BRIEF_COLUMNS} from cafe where ${isAmong(db, sql`cafe.id`, ids)}`.execute(db)
  const cafes = new Map(rows.map((row) => [row.id, toCafe(row)]))
  return ids.flatMap((id) => cafes.get(id) ?? [])
}

const toFound = (row: HitRow, { near }: CafeQuery): FoundCafe => ({
  ...toCafe(row),
  ...(near && { distanceKm: row.distance_km ?? 0 }),
})

function findRows(db: Database, plan: Plan, query: CafeQuery, limit: number): Promise<HitRow[]> {
  const { near, order } = query
  return near && order === 'distance'
    ? findNearest(db, plan, { ...query, near }, limit)
    : findByDate(db, plan, query, limit)
}

const toCursor = (
  row: Pick<HitRow, 'id' | 'position' | 'distance_km'>,
  { near, order }: CafeQuery,
): SearchCursor =>
  near && order === 'distance'
    ? { order, distanceKm: row.distance_km ?? 0, id: row.id }
    : { order: order === 'recent' ? 'recent' : 'date', position: row.position }

/** Counts the cafés on all pages, up to `atMost`. */
export async function countCafes(
  db: Database,
  query: CafeQuery,
  { atMost = Number.MAX_SAFE_INTEGER }: { atMost?: number } = {},
): Promise<number> {
  const plan = withNear(await planSearch(db, query), query.near)
  return countHits(db, plan, atMost)
}

/** The greatest number that is counted, so that no question costs more as there are more cafés. */
const FOUND_MAX = 10_000

/**
 * Counts the cafés that a search finds on all pages: those that take place, and the cancelled ones separately. Where
 * there are more than 10,000 in all, `total` is at most that, and `cancelled` is not known.
 */
export async function countFound(
  db: Database,
  query: CafeQuery,
): Promise<{ total: number; cancelled?: number }> {
  const whole = { ...query, cursor: undefined }
  const total = await countCafes(db, { ...whole, isHeld: true }, { atMost: FOUND_MAX })
  await giveWay()
  const all = await countCafes(db, whole, { atMost: FOUND_MAX + 1 })
  return all > FOUND_MAX ? { total } : { total, cancelled: all - total }
}

/** Finds one café that everybody who has its address may see, by this server's id or by its ActivityPub id. */
export async function findPublicCafe(
  db: Database,
  key: { id: string } | { uri: string },
): Promise<Cafe | undefined> {
  const found = 'id' in key ? await selectOpenById(db, key) : await selectOpenByUri(db, key)
  const [row] = found.rows
  return row && toCafe(row)
}

/** Lists those of these cafés that everybody who has their address may see, by their ids here; of one territory or of all. */
export async function listPublicCafes(
  db: Database,
  ids: readonly string[],
  within: { region?: string; departement?: string },
): Promise<Map<string, Cafe>> {
  if (ids.length === 0) return new Map()
  const { region, departement } = within
  const rows = await db
    .selectFrom('cafe')
    .selectAll('cafe')
    .where('cafe.id', 'in', ids)
    .where(isOpenByAddress)
    .$if(region !== undefined, (qb) => qb.where('cafe.region', '=', region ?? ''))
    .$if(departement !== undefined, (qb) => qb.where('cafe.departement', '=', departement ?? ''))
    .execute()
  return new Map(rows.map((row) => [row.id, toCafe(row)]))
}

const selectOpenById = prepare((db, { id }: { id: string }) =>
  db.selectFrom('cafe').selectAll('cafe').where('cafe.id', '=', id).where(isOpenByAddress),
)

const selectOpenByUri = prepare((db, { uri }: { uri: string }) =>
  db.selectFrom('cafe').selectAll('cafe').where('cafe.uri', '=', uri).where(isOpenByAddress),
)
