import { sql } from 'kysely'
import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import { isVisible } from './search-filters.ts'

/** Cafés to come by INSEE code, of one or several départements. Read from the index `cafe_departement` alone. */
export async function countByCommune(
  db: Database,
  { departements, now }: { departements: readonly string[]; now: Temporal.Instant },
): Promise<Map<string, number>> {
  if (departements.length === 0) return new Map()
  const rows = await toCome(db, now)
    .select((eb) => ['cafe.code_insee', eb.fn.countAll<number>().as('total')])
    .where('cafe.departement', 'in', departements)
    .where('cafe.code_insee', 'is not', null)
    .groupBy('cafe.code_insee')
    .execute()
  return new Map(rows.map(({ code_insee, total }) => [code_insee ?? '', total]))
}

const toCome = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('cafe')
    .where(isVisible)
    // In the words of the index, which a bound value would not match.
    .where(sql<boolean>`cafe.open_to = 'public'`)
    .where('cafe.status', '<>', 'cancelled')
    .where('cafe.ends_at', '>', toInstantText(now))
