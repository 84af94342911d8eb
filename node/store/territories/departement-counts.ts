import type { Database } from '../database/database.ts'
import { countToCome } from './territory-counts.ts'

/**
 * Counts upcoming cafés that are open to everybody, by the code of their département; those that are only online are
 * under `undefined`.
 */
export async function countByDepartement(
  db: Database,
  now: Temporal.Instant,
): Promise<Map<string | undefined, number>> {
  return (await findCounted(db)) ?? countNow(db, now)
}

/** Beyond this number the count of the last hour is given, since counting takes longer than a page may wait. */
const COUNTED_AT_ONCE = 30_000

/**
 * Finds the count of the last hour, for a directory with very many cafés; undefined for any other, which counts at
 * once.
 */
export async function findCounted(
  db: Database,
): Promise<Map<string | undefined, number> | undefined> {
  const rows = await db
    .selectFrom('monthly_count')
    .select((eb) => ['departement', eb.fn.sum<number>('to_come').as('total')])
    .groupBy('departement')
    .execute()
  const counted = rows.map((row) => [row.departement || undefined, Number(row.total)] as const)
  const total = counted.reduce((sum, [, each]) => sum + each, 0)
  return total > COUNTED_AT_ONCE ? new Map(counted) : undefined
}

async function countNow(
  db: Database,
  now: Temporal.Instant,
): Promise<Map<string | undefined, number>> {
  const rows = await countToCome(db, { now, byCommune: false })
  return new Map(rows.map(({ departement, total }) => [departement, total]))
}
