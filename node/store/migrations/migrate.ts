import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { VERSION } from '../../program/version.ts'
import { saveSetting } from '../database/settings.ts'
import type { Schema } from '../schema.ts'
import { findDataState, refuseUnfit, VERSION_SETTING } from './data-state.ts'
import { migrations } from './index.ts'

/**
 * Migrates a database to the tables of this program and stores its version there: completely or not at all.
 * @throws UnfitDatabase for one that a newer program made, and the error of a migration that failed.
 */
export async function migrate(db: Kysely<Schema>, address: string): Promise<void> {
  const state = await findDataState(db)
  refuseUnfit(state, address)
  if (state.due.length === 0 && state.version === VERSION && !state.isNew) return
  await migrateTo(db, Object.keys(migrations).sort().at(-1) ?? '')
}

/**
 * Migrates up to one migration, which leaves the data as an earlier program did; `VERSION` is stored with the last one.
 */
export const migrateTo = (db: Kysely<Schema>, last: string): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => migrations } })
    const { error } = await migrator.migrateTo(last)
    if (error) throw error
    if (last === Object.keys(migrations).sort().at(-1))
      await saveSetting(trx, VERSION_SETTING, VERSION)
  })
