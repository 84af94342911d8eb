import { ReferentSettings, USUAL_REFERENT_SETTINGS } from '../../domain/referents/referent.ts'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

const SETTINGS = 'referents'

export async function findReferentSettings(db: Database): Promise<ReferentSettings> {
  const text = await findSetting(db, SETTINGS)
  const read = text === undefined ? undefined : ReferentSettings.safeParse(JSON.parse(text)).data
  return read ?? USUAL_REFERENT_SETTINGS
}

export const saveReferentSettings = (db: Database, settings: ReferentSettings): Promise<void> =>
  saveSetting(db, SETTINGS, JSON.stringify(settings))
