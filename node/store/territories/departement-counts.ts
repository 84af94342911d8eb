import { findTerritory } from '../../geo/territories.ts'
import { mainCommuneOf } from '../../geo/territory-family.ts'
import type { Database } from '../database/database.ts'
import { countShownByPlace, type TownCount } from '../search/shown-counts.ts'
import { countToCome } from './territory-counts.ts'

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

export type PlacesToCome = {
  /** The number of upcoming cafés by the code of their département; those that are only online are under `undefined`. */
  counts: ReadonlyMap<string | undefined, number>
  /** The same by town, and the first thousand that are cancelled. */
  towns: readonly TownCount[]
}

/**
 * Counts upcoming cafés that are open to everybody by département and by town. A directory with very many cafés has one
 * town for each département, the largest, as of the last hour.
 */
export async function countPlacesToCome(
  db: Database,
  now: Temporal.Instant,
): Promise<PlacesToCome> {
  const counted = await findCounted(db)
  if (counted) return { counts: counted, towns: [...counted].flatMap(toMainTown) }
  const rows = await countToCome(db, { now, byCommune: true })
  const { towns: cancelled } = await countShownByPlace(db, { from: now, isCancelled: true })
  const counts = new Map<string | undefined, number>()
  const towns = new Map(cancelled.map((town) => [town.codeInsee, town]))
  for (const { departement, codeInsee, total } of rows) {
    counts.set(departement, (counts.get(departement) ?? 0) + total)
    if (codeInsee === undefined) continue
    const { held, cancelled: off } = towns.get(codeInsee) ?? { held: 0, cancelled: 0 }
    towns.set(codeInsee, { codeInsee, held: held + total, cancelled: off })
  }
  return { counts, towns: [...towns.values()] }
}

function toMainTown([code = '', held]: [string | undefined, number]): TownCount[] {
  const territory = findTerritory(code)
  const town = territory?.kind === 'departement' ? mainCommuneOf(territory) : undefined
  return town ? [{ codeInsee: town.codeInsee, held, cancelled: 0 }] : []
}
