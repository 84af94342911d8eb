import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Point } from '../../geo/distance.ts'
import type { Database } from '../database/database.ts'
import type { CafeTable } from '../schema/cafes.ts'
import type { CafeQuery } from './cafe-query.ts'
import { toDistance, within } from './conditions.ts'
import type { SearchCursor } from './cursor.ts'
import { type HitOrder, orderBy, type Plan, selectHits } from './hits.ts'

type Circle = Point & { radiusKm: number }

/** A café as stored, with its place in the index and, where a place was asked for, how far it is. */
export type HitRow = Selectable<CafeTable> & { position: number; distance_km: number | null }

export const withNear = (plan: Plan, near: Circle | undefined): Plan =>
  near ? { ...plan, conditions: [...plan.conditions, within(near, plan.dialect)] } : plan

/** Soonest first, or the latest first, from the cursor on. */
export async function findByDate(
  db: Database,
  plan: Plan,
  { near, cursor, order }: CafeQuery,
  limit: number,
): Promise<HitRow[]> {
  const backwards = order === 'recent'
  const reached = cursor && cursor.order !== 'distance' ? cursor.position : undefined
  const rest =
    reached === undefined
      ? plan
      : backwards
        ? { ...plan, last: Math.min(plan.last, reached - 1) }
        : { ...plan, first: Math.max(plan.first, reached + 1) }
  return readCafes(db, withNear(rest, near), {
    distance: near ? toDistance(near, plan.dialect) : sql<number | null>`null`,
    order: backwards ? 'latest' : 'soonest',
    limit,
  })
}

/** Kilometres of the first look around; each look goes twice as far. */
const FIRST_LOOK = 1

/** The nearest first, from the cursor on: looks around no farther than it takes to find so many. */
export async function findNearest(
  db: Database,
  plan: Plan,
  near: Circle,
  { after, limit }: { after: SearchCursor | undefined; limit: number },
): Promise<HitRow[]> {
  const reached = after?.order === 'distance' ? after : undefined
  const distance = toDistance(near, plan.dialect)
  const isAfter =
    reached && sql<boolean>`(${distance}, entry.cafe_id) > (${reached.distanceKm}, ${reached.id})`
  const beyond = isAfter ? { ...plan, conditions: [...plan.conditions, { test: isAfter }] } : plan
  let radiusKm = (reached?.distanceKm ?? 0) * 1.05 + FIRST_LOOK
  for (;;) {
    const circle = { ...near, radiusKm: Math.min(radiusKm, near.radiusKm) }
    const rows = await readCafes(db, withNear(beyond, circle), {
      distance,
      order: sql`distance_km, cafe_id`,
      limit,
    })
    if (rows.length === limit || radiusKm >= near.radiusKm) return rows
    radiusKm *= 2
  }
}

type Asked = { distance: RawBuilder<number | null>; order: HitOrder; limit: number }

async function readCafes(db: Database, plan: Plan, asked: Asked): Promise<HitRow[]> {
  const { distance, order, limit } = asked
  const columns = sql`entry.position, entry.cafe_id, ${distance} as distance_km`
  const { rows } = await sql<HitRow>`
    select cafe.*, hit.position, hit.distance_km
    from (${selectHits(plan, { columns, order, limit })}) as hit
    ${plan.dialect.join} cafe on cafe.id = hit.cafe_id order by ${orderBy(order, sql`hit.position`)}`.execute(
    db,
  )
  return rows
}

/** Of more than `atMost`, that many. */
export async function countHits(db: Database, plan: Plan, atMost: number): Promise<number> {
  const columns = sql`entry.position`
  const hits = selectHits(plan, { columns, order: 'soonest', limit: atMost })
  const { rows } = await sql<{ total: number }>`select count(*) as total from (${hits})`.execute(db)
  return rows[0]?.total ?? 0
}
