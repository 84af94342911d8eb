import { sql } from 'kysely'
import { codesOfCommune, codesOfEpci } from '../../geo/epci-communes.ts'
import type { Territory } from '../../geo/territories.ts'
import { departementsOf } from '../../geo/territory-family.ts'
import { isVisible } from '../cafes/visibility.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/**
 * Counts the upcoming cafés in each of these territories, by code, in one query for all of them; cancelled ones do not
 * count.
 */
export async function countByTerritory(
  db: Database,
  { territories, now }: { territories: readonly Territory[]; now: Temporal.Instant },
): Promise<Map<string, number>> {
  const departements = [...new Set(territories.flatMap(departementsOf).map(({ code }) => code))]
  const { byCommune, byDepartement } = await countByCommune(db, { departements, now })
  const sum = (codes: readonly string[], counts: Map<string, number>) =>
    codes.reduce((total, code) => total + (counts.get(code) ?? 0), 0)
  return new Map(territories.map((territory) => [territory.code, sumOf(territory)]))

  function sumOf(territory: Territory): number {
    if (territory.kind === 'epci') return sum(codesOfEpci(territory.epci.code), byCommune)
    if (territory.kind === 'commune')
      return sum(codesOfCommune(territory.commune.codeInsee), byCommune)
    return sum(
      departementsOf(territory).map(({ code }) => code),
      byDepartement,
    )
  }
}

/**
 * Selects the cafés that are counted as upcoming, wherever they are: shown, open to everybody, not over and not
 * cancelled, since nobody would find those open. It is the rule of `isHeld` of a search, and reads the index
 * `cafe_departement` alone.
 */
export const selectToCome = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('cafe')
    .where(isVisible)
    // The condition is written as in the index, which a bound value would not match.
    .where(sql<boolean>`cafe.open_to = 'public'`)
    .where('cafe.status', '<>', 'cancelled')
    .where('cafe.ends_at', '>', toInstantText(now))

/** Counts the upcoming cafés in these départements: by the INSEE code of their commune, and by département. */
async function countByCommune(
  db: Database,
  { departements, now }: { departements: readonly string[]; now: Temporal.Instant },
): Promise<{ byCommune: Map<string, number>; byDepartement: Map<string, number> }> {
  const byCommune = new Map<string, number>()
  const byDepartement = new Map<string, number>()
  if (departements.length === 0) return { byCommune, byDepartement }
  const rows = await selectToCome(db, now)
    .select((eb) => ['cafe.departement', 'cafe.code_insee', eb.fn.countAll<number>().as('total')])
    .where('cafe.departement', 'in', departements)
    .groupBy(['cafe.departement', 'cafe.code_insee'])
    .execute()
  for (const { departement, code_insee, total } of rows) {
    const count = Number(total)
    if (code_insee !== null) byCommune.set(code_insee, (byCommune.get(code_insee) ?? 0) + count)
    if (departement !== null)
      byDepartement.set(departement, (byDepartement.get(departement) ?? 0) + count)
  }
  return { byCommune, byDepartement }
}
