import type { Cafe } from '../../domain/cafes/cafe.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { toCafe } from './cafes.ts'

/** What the source of an imported café said last: one text for each thing that can be said of a café. */
export type ImportSnapshot = { readonly [aspect: string]: string }

/** @returns undefined when the café does not come from an import. */
export async function findImportSnapshot(
  db: Database,
  cafeId: string,
): Promise<ImportSnapshot | undefined> {
  const row = await db
    .selectFrom('imported')
    .select('said')
    .where('cafe_id', '=', cafeId)
    .executeTakeFirst()
  return row && (JSON.parse(row.said) as ImportSnapshot)
}

export async function saveImportSnapshot(
  db: Database,
  cafeId: string,
  said: ImportSnapshot,
): Promise<void> {
  const text = JSON.stringify(said)
  await db
    .insertInto('imported')
    .values({ cafe_id: cafeId, said: text })
    .onConflict((oc) => oc.column('cafe_id').doUpdateSet({ said: text }))
    .execute()
}

/** The dates of one UID that an import brought, soonest first, which begin after `from` and by `until`. */
export async function listImportedDates(
  db: Database,
  {
    organizationId,
    uid,
    from,
    until,
  }: { organizationId: string; uid: string; from: Temporal.Instant; until: Temporal.Instant },
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .innerJoin('imported', 'imported.cafe_id', 'cafe.id')
    .selectAll('cafe')
    .where('organization_id', '=', organizationId)
    .where('uid', '=', uid)
    .where('starts_at', '>', toInstantText(from))
    .where('starts_at', '<=', toInstantText(until))
    .orderBy('starts_at')
    .execute()
  return rows.map(toCafe)
}
