import { sql } from 'kysely'
import { isVisible } from '../cafes/visibility.ts'
import { takesPlace, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** The cafés that used resources: those that began by now, were not called off, and everybody may see. */

const selectUses = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('cafe_resource')
    .innerJoin('cafe', 'cafe.id', 'cafe_resource.cafe_id')
    .where('cafe.starts_at', '<=', toInstantText(now))
    .where(isVisible)
    .where(takesPlace)

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
