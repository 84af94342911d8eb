import { sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { toCafe } from '../cafes/cafes.ts'
import { isVisible } from '../cafes/visibility.ts'
import { takesPlace, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** The cafés that used resources: those that began by now, were not called off, and everybody may see. */

const selectNaming = (db: Database) =>
  db
    .selectFrom('cafe_resource')
    .innerJoin('cafe', 'cafe.id', 'cafe_resource.cafe_id')
    .where(isVisible)
    .where('cafe.open_to', '=', 'public')
    .where(takesPlace)

const selectUses = (db: Database, now: Temporal.Instant) =>
  selectNaming(db).where('cafe.starts_at', '<=', toInstantText(now))

/** Counts the cafés that used each of these resources, by their addresses; one that none used is left out. */
export async function countUses(
  db: Database,
  uris: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, number>> {
  if (uris.length === 0) return new Map()
  const rows = await selectUses(db, now)
    .select('cafe_resource.uri')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('cafe_resource.uri', 'in', uris)
    .groupBy('cafe_resource.uri')
    .execute()
  return new Map(rows.map(({ uri, total }) => [uri, Number(total)]))
}

/** Lists cafés that name a resource: those to come, the soonest first, or those that used it, the latest first. */
export async function listUsingCafes(
  db: Database,
  { uri, is, limit }: { uri: string; is: 'soon' | 'past'; limit: number },
  now: Temporal.Instant,
): Promise<Cafe[]> {
  const rows = await selectNaming(db)
    .selectAll('cafe')
    .where('cafe_resource.uri', '=', uri)
    .where('cafe.starts_at', is === 'soon' ? '>' : '<=', toInstantText(now))
    .orderBy('cafe.starts_at', is === 'soon' ? 'asc' : 'desc')
    .orderBy('cafe.id')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}

/** Counts anew how many cafés used each resource, by which lists are ordered. */
export async function updateUses(db: Database, now: Temporal.Instant): Promise<void> {
  const counted = selectUses(db, now)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(sql<boolean>`cafe_resource.uri = resource.uri`)
  await db
    .updateTable('resource')
    .set({ used: sql<number>`(${counted})` })
    .where(sql<boolean>`used <> (${counted})`)
    .execute()
}
