import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Point } from '../../geo/distance.ts'
import { endIfLeft, giveWay } from '../../turns/turns.ts'
import type { Database } from '../database/database.ts'
import { isAmong } from '../database/dialect.ts'
import type { CafeTable } from '../schema/cafes.ts'
import { BRIEF_COLUMNS } from './brief-columns.ts'
import type { CafeQuery } from './cafe-query.ts'
import { toDistance, within } from './conditions.ts'
import type { SearchCursor } from './cursor.ts'
import { type Hit, type HitOrder, listHits, type Plan, selectHits } from './hits.ts'

type Circle = Point & { radiusKm: number }

/** The position of a café in the index and, where a place was given, its distance. */
type Found = { position: number; distance_km: number | null }

/** A café as stored. */
export type HitRow = Selectable<CafeTable> & Found

/** The columns that tell a café's organizer, its series, its status and its day at its place, without its texts. */
export type KeyRow = Pick<
  Selectable<CafeTable>,
  'id' | 'organizer_uri' | 'series' | 'status' | 'wall_starts_at'
> &
  Found

const WHOLE = sql`cafe.*`
const columnsOf = ({ isBrief }: CafeQuery) => (isBrief ? BRIEF_COLUMNS : WHOLE)
const KEY = sql`cafe.id, cafe.organizer_uri, cafe.series, cafe.status, cafe.wall_starts_at`

/** Returns the plan with the condition that a café lies within the circle; the plan itself where there is none. */
export const withNear = (plan: Plan, near: Circle | undefined): Plan =>
  near ? { ...plan, conditions: [...plan.conditions, within(near, plan.dialect)] } : plan

type FindByDate<Row> = (db: Database, plan: Plan, query: CafeQuery, limit: number) => Promise<Row[]>

/** Finds cafés soonest first, or latest first, from the cursor on. */
export const findByDate: FindByDate<HitRow> = (db, plan, query, limit) =>
  alongDates(columnsOf(query), db, plan, query, limit)

/** Finds only the keys, for any number of cafés. */
export const findKeysByDate: FindByDate<KeyRow> = (...asked) => alongDates(KEY, ...asked)

function alongDates<Row extends Found>(
  columns: RawBuilder<unknown>,
  db: Database,
  plan: Plan,
  query: CafeQuery,
  limit: number,
): Promise<Row[]> {
  const { along, around } = restOf(plan, query)
  const { near } = query
  return readCafes(db, around, { columns, distance: distanceTo(near, plan), order: along, limit })
}

/** Returns what is left of a search along the dates from its cursor on. */
function restOf(plan: Plan, { near, cursor, order }: CafeQuery) {
  const backwards = order === 'recent'
  const reached = cursor && cursor.order !== 'distance' ? cursor.position : undefined
  const rest =
    reached === undefined
      ? plan
      : backwards
        ? { ...plan, last: Math.min(plan.last, reached - 1) }
        : { ...plan, first: Math.max(plan.first, reached + 1) }
  return { along: backwards ? 'latest' : 'soonest', around: withNear(rest, near) } as const
}

const distanceTo = (near: Circle | undefined, { dialect }: Plan): RawBuilder<number | null> =>
  near ? toDistance(near, dialect) : sql<number | null>`null`

/** A café that a search finds, of which nothing is read yet. */
export type FoundHit = Hit & Found

/** Finds where cafés stand in the given order, from the cursor on, without reading them. */
export function findHits(
  db: Database,
  plan: Plan,
  query: CafeQuery,
  limit: number,
): Promise<FoundHit[]> {
  const { near, order } = query
  if (near && order === 'distance') return nearestHits(db, plan, { ...query, near }, limit)
  const { along, around } = restOf(plan, query)
  const columns = sql`entry.position, entry.cafe_id, ${distanceTo(near, plan)} as distance_km`
  return listHits<FoundHit>(db, around, { columns, order: along, limit })
}

/** Reads the cafés of some hits, in their order. One that has left its place since is left out. */
export async function readFound(
  db: Database,
  plan: Plan,
  query: CafeQuery,
  hits: readonly FoundHit[],
): Promise<HitRow[]> {
  const ids = hits.map(({ cafe_id }) => cafe_id)
  const { rows } = await sql<Omit<HitRow, 'distance_km'>>`
    select ${columnsOf(query)}, entry.position
    from cafe ${plan.dialect.join} search_entry as entry on entry.cafe_id = cafe.id
    where ${isAmong(db, sql`cafe.id`, ids)}`.execute(db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return hits.flatMap(({ cafe_id, position, distance_km }) => {
    const row = byId.get(cafe_id)
    return row?.position === position ? [{ ...row, distance_km }] : []
  })
}

/** The radius of the first search around a point, in kilometres; each further one has twice the radius. */
const FIRST_LOOK = 1

type Reached = Extract<SearchCursor, { order: 'distance' }>
type Look = { after: Reached | undefined; limit: number }
type NearQuery = CafeQuery & { near: Circle }

const reachedIn = ({ cursor }: CafeQuery): Reached | undefined =>
  cursor?.order === 'distance' ? cursor : undefined

/** Finds the nearest cafés first, from the cursor on. */
export function findNearest(
  db: Database,
  plan: Plan,
  query: NearQuery,
  limit: number,
): Promise<HitRow[]> {
  const { near } = query
  const asked = { ...byDistance(near, plan, limit), columns: columnsOf(query) }
  return lookAround(plan, near, { after: reachedIn(query), limit }, (each) =>
    readCafes(db, each, asked),
  )
}

const nearestHits = (
  db: Database,
  plan: Plan,
  query: NearQuery,
  limit: number,
): Promise<FoundHit[]> =>
  lookAround(plan, query.near, { after: reachedIn(query), limit }, async (each) => {
    const { rows } = await sql<FoundHit>`
      ${hitsOf(each, byDistance(query.near, plan, limit))}`.execute(db)
    return rows
  })

/** Searches around a point, no farther than needed to find so many. */
async function lookAround<T>(
  plan: Plan,
  near: Circle,
  { after, limit }: Look,
  read: (plan: Plan) => Promise<T[]>,
): Promise<T[]> {
  const distance = toDistance(near, plan.dialect)
  const isAfter =
    after && sql<boolean>`(${distance}, entry.cafe_id) > (${after.distanceKm}, ${after.id})`
  const beyond = isAfter ? { ...plan, conditions: [...plan.conditions, { test: isAfter }] } : plan
  let radiusKm = (after?.distanceKm ?? 0) * 1.05 + FIRST_LOOK
  for (;;) {
    const circle = { ...near, radiusKm: Math.min(radiusKm, near.radiusKm) }
    const rows = await read(withNear(beyond, circle))
    if (rows.length === limit || radiusKm >= near.radiusKm) return rows
    radiusKm *= 2
  }
}

const byDistance = (near: Circle, { dialect }: Plan, limit: number): Asked => ({
  columns: WHOLE,
  distance: toDistance(near, dialect),
  order: sql`distance_km, cafe_id`,
  limit,
})

type Asked = {
  /** The columns of the café. */
  columns: RawBuilder<unknown>
  distance: RawBuilder<number | null>
  order: HitOrder
  limit: number
}

const hitsOf = (plan: Plan, { distance, order, limit }: Asked): RawBuilder<unknown> =>
  selectHits(plan, {
    columns: sql`entry.position, entry.cafe_id, ${distance} as distance_km`,
    order,
    limit,
  })

/** Reads cafés. SQLite would sort rows that hold whole texts, so those along the dates are sorted here. */
async function readCafes<Row extends Found>(
  db: Database,
  plan: Plan,
  asked: Asked,
): Promise<Row[]> {
  const { columns, order } = asked
  const { rows } = await sql<Row>`
    select ${columns}, hit.position, hit.distance_km
    from (${hitsOf(plan, asked)}) as hit
    ${plan.dialect.join} cafe on cafe.id = hit.cafe_id
    ${typeof order === 'string' ? sql`` : sql`order by ${order}`}`.execute(db)
  if (order === 'soonest') return rows.toSorted((one, other) => one.position - other.position)
  if (order === 'latest') return rows.toSorted((one, other) => other.position - one.position)
  return rows
}

/** Hits that are counted between two turns of other requests. */
const COUNTED_AT_ONCE = 1000

/**
 * Counts the hits, up to `atMost`.
 *
 * @throws VisitorLeft when nobody waits for it any more.
 */
export async function countHits(db: Database, plan: Plan, atMost: number): Promise<number> {
  let total = 0
  for (let rest = plan; ; ) {
    const limit = Math.min(COUNTED_AT_ONCE, atMost - total)
    const hits = selectHits(rest, { columns: sql`entry.position`, order: 'soonest', limit })
    const { rows } = await sql<{ total: number; last: number | null }>`
      select count(*) as total, max(position) as last from (${hits}) as hit`.execute(db)
    const [counted] = rows
    total += counted?.total ?? 0
    if (counted?.last == null || counted.total < limit || total >= atMost) return total
    rest = { ...rest, first: counted.last + 1 }
    await giveWay()
    endIfLeft()
  }
}
