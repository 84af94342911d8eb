import type { Database } from '../database/database.ts'

/** Selects the ids of the structures of ours that are suspended: they publish nothing, and nothing of them is shown. */
export const selectSuspended = (db: Database) =>
  db.selectFrom('organization').select('id').where('suspended_at', 'is not', null)

/** Returns whether a café, by its address, is of a structure of ours that is suspended: it is not there for now. */
export async function isSuspendedCafe(db: Database, uri: string): Promise<boolean> {
  const row = await db
    .selectFrom('cafe')
    .select('id')
    .where('uri', '=', uri)
    .where('hidden_reason', '=', 'suspended')
    .executeTakeFirst()
  return row !== undefined
}
