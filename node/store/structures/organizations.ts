import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { updateCafes } from '../search-index/write-cafes.ts'

/** A local structure for which this server publishes. There is only one so far. */
export type Organization = { id: string; slug: string; name: string }

const COLUMNS = ['id', 'slug', 'name'] as const

/**
 * Finds the structure for which this server publishes, the oldest one of its database; undefined where there is none
 * yet.
 */
export async function findFirstOrganization(db: Database): Promise<Organization | undefined> {
  return db
    .selectFrom('organization')
    .select(COLUMNS)
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst()
}

/** Finds a structure of ours by its id; undefined where there is none. */
export async function findOrganization(
  db: Database,
  id: string,
): Promise<Organization | undefined> {
  return db.selectFrom('organization').select(COLUMNS).where('id', '=', id).executeTakeFirst()
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
    .values({ ...organization, created_at: toInstantText(now) })
    .onConflict((oc) => oc.column('slug').doNothing())
    .execute()
}

/** Renames a structure. Its cafés are announced under the new name from their next revision on. */
export async function renameOrganization(db: Database, id: string, name: string): Promise<void> {
  await db.updateTable('organization').set({ name }).where('id', '=', id).execute()
  await updateCafes(db, { organizer_name: name }, (qb) => qb.where('organization_id', '=', id))
}
