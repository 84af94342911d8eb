import type { Database } from '../database/database.ts'
import { ORGANIZATION_COLUMNS, type Organization } from './organizations.ts'

/**
 * Finds the structure whose name this site bears, with its actor `cafes`: the oldest one of its database. It says nothing
 * of whose a café, a place, a person or a token is. Undefined before the first start.
 */
export async function findSiteStructure(db: Database): Promise<Organization | undefined> {
  return db
    .selectFrom('organization')
    .select(ORGANIZATION_COLUMNS)
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst()
}
