import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { foldWords } from '../search-index/fold-words.ts'
import { updateCafes } from '../search-index/write-cafes.ts'

/** A structure for which this server publishes. */
export type Organization = { id: string; slug: string; name: string }

export const ORGANIZATION_COLUMNS = ['id', 'slug', 'name'] as const

/** Finds a structure of ours by its id; undefined where there is none. */
export async function findOrganization(
  db: Database,
  id: string,
): Promise<Organization | undefined> {
  return (await selectOrganization(db, { id })).rows[0]
}

const selectOrganization = prepare((db, { id }: { id: string }) =>
  db.selectFrom('organization').select(ORGANIZATION_COLUMNS).where('id', '=', id),
)

/** Returns whether a structure of ours has this name in addresses. */
export async function isOwnSlug(db: Database, slug: string): Promise<boolean> {
  const row = await db
    .selectFrom('organization')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Stores a structure of ours; the profile is saved apart. Where another process has just stored one of that `slug`,
 * nothing changes.
 */
export async function insertOrganization(
  db: Database,
  organization: Organization,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('organization')
    .values({
      ...organization,
      search_text: foldWords(organization.name),
      created_at: toInstantText(now),
    })
    .onConflict((oc) => oc.column('slug').doNothing())
    .execute()
}

/** Renames a structure. Its cafés are announced under the new name from their next revision on. */
export async function renameOrganization(db: Database, id: string, name: string): Promise<void> {
  await db
    .updateTable('organization')
    .set({ name, search_text: foldWords(name) })
    .where('id', '=', id)
    .execute()
  await db
    .updateTable('resource')
    .set({ owner_name: name })
    .where('organization_id', '=', id)
    .execute()
  await updateCafes(db, { organizer_name: name }, (qb) => qb.where('organization_id', '=', id))
}
