import { sql } from 'kysely'
import { codesOfCommune, codesOfEpci } from '../../geo/epci-communes.ts'
import type { Territory } from '../../geo/territories.ts'
import { departementsOf } from '../../geo/territory-family.ts'
import { isVisible } from '../cafes/visibility.ts'
import { toInstantText, toSeconds } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isAmong, isPostgres } from '../database/dialect.ts'
import { isHeld, isShown } from '../search-index/shown-entries.ts'
import { facetOf, token } from '../search-index/tokens.ts'

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
 * Counts upcoming cafés by département, and within each by the INSEE code of their commune where both are asked for;
 * undefined stands for those that have none. They are shown, open to everybody, not over and not cancelled, since nobody
 * would find those open: it is the rule of `isHeld` of a search.
 */
export async function countToCome(
  db: Database,
  {
    now,
    within,
    byCommune,
  }: { now: Temporal.Instant; within?: readonly string[]; byCommune: boolean },
): Promise<{ departement: string | undefined; codeInsee: string | undefined; total: number }[]> {
  const { from, departement, commune, toCode } = isPostgres(db)
    ? cafesToCome(now)
    : entriesToCome(now)
  const { rows } = await sql<{ departement: string | null; commune: string | null; total: number }>`
    select ${departement} as departement, ${byCommune ? commune : sql`null`} as commune, count(*) as total
    from ${from} and ${within ? isAmong(db, departement, within.map(toCode)) : sql`true`}
    group by ${byCommune ? sql`1, 2` : sql`1`}`.execute(db)
  return rows.map((row) => ({
    departement: row.departement?.toUpperCase(),
    codeInsee: row.commune?.toUpperCase(),
    total: Number(row.total),
  }))
}

/** Reads the index `cafe_departement`. */
const cafesToCome = (now: Temporal.Instant) => ({
  departement: sql`cafe.departement`,
  commune: sql`cafe.code_insee`,
  toCode: (code: string) => code,
  from: sql`cafe where ${isVisible} and cafe.open_to = 'public' and cafe.status <> 'cancelled'
    and cafe.ends_at > ${toInstantText(now)}`,
})

/** Reads the index `search_entry_territory`; its conditions are written as there, which a bound value would not match. */
const entriesToCome = (now: Temporal.Instant) => ({
  departement: facetAt(facetOf(token.departement(''))),
  commune: facetAt(facetOf(token.commune(''))),
  // Facets are in lower case, as Corsica’s `2a`.
  toCode: (code: string) => code.toLowerCase(),
  from: sql`search_entry as entry where entry.archived = 0 and entry.reserved = 0
    and ${isHeld} and entry.ends_at > ${toSeconds(now)} and ${isShown}`,
})

/** What follows the mark, of one letter, in the first facet that begins with it; null where there is none. */
const facetAt = (mark: string) => {
  const from = sql`nullif(instr(entry.facets, ${sql.lit(` ${mark}`)}), 0) + 2`
  return sql`substr(entry.facets, ${from}, instr(substr(entry.facets, ${from}), ' ') - 1)`
}

/** Counts the upcoming cafés in these départements: by the INSEE code of their commune, and by département. */
async function countByCommune(
  db: Database,
  { departements, now }: { departements: readonly string[]; now: Temporal.Instant },
): Promise<{ byCommune: Map<string, number>; byDepartement: Map<string, number> }> {
  const byCommune = new Map<string, number>()
  const byDepartement = new Map<string, number>()
  if (departements.length === 0) return { byCommune, byDepartement }
  const rows = await countToCome(db, { now, within: departements, byCommune: true })
  for (const { departement, codeInsee, total } of rows) {
    if (codeInsee !== undefined) byCommune.set(codeInsee, (byCommune.get(codeInsee) ?? 0) + total)
    if (departement !== undefined)
      byDepartement.set(departement, (byDepartement.get(departement) ?? 0) + total)
  }
  return { byCommune, byDepartement }
}
