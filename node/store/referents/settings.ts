import { ReferentSettings, USUAL_REFERENT_SETTINGS } from '../../domain/referents/referent.ts'
import type { EditedNoun } from '../accounts/saved-edit.ts'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

const SETTINGS = 'referents'

/**
 * Finds what the team has set for referents; the usual settings where it set nothing, or where what is stored no longer
 * fits the schema.
 */
export async function findReferentSettings(db: Database): Promise<ReferentSettings> {
  const text = await findSetting(db, SETTINGS)
  const read = text === undefined ? undefined : ReferentSettings.safeParse(JSON.parse(text)).data
  return read ?? USUAL_REFERENT_SETTINGS
}

/** What the team sets for referents, which people edit by `saveEdit`. */
export const REFERENT_SETTINGS: EditedNoun<ReferentSettings> = {
  type: 'settings',
  find: findReferentSettings,
  versionOf: (settings) => JSON.stringify(settings),
  save: async (trx, { after }) => {
    await saveSetting(trx, SETTINGS, JSON.stringify(after))
    return after
  },
}
