import type { Database } from './database.ts'
import { newSecret } from './secrets.ts'

/**
 * Finds a value that the site stored under a name; undefined where it never did. The settings of the environment are
 * not here.
 */
export async function findSetting(db: Database, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

/** Stores a value under a name, in place of the one before. */
export async function saveSetting(db: Database, name: string, value: string): Promise<void> {
  await db
    .insertInto('setting')
    .values({ name, value })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value }))
    .execute()
}

/** Deletes a value; nothing happens where none is stored. */
export async function deleteSetting(db: Database, name: string): Promise<void> {
  await db.deleteFrom('setting').where('name', '=', name).execute()
}

/**
 * Finds a secret of this site by its name, which is drawn the first time that it is needed; all processes of a site have
 * the same one.
 */
export async function findDrawnSecret(db: Database, name: string): Promise<string> {
  const known = await findSetting(db, name)
  if (known !== undefined) return known
  await db
    .insertInto('setting')
    .values({ name, value: newSecret() })
    .onConflict((oc) => oc.doNothing())
    .execute()
  return findDrawnSecret(db, name)
}
