import type { Database } from '../database/database.ts'

/** Selects the ids of the structures of ours that are suspended: they publish nothing, and nothing of them is shown. */
export const selectSuspended = (db: Database) =>
  db.selectFrom('organization').select('id').where('suspended_at', 'is not', null)
