import { NO_LEGAL_NOTICE, type Settings } from '../../domain/structures/legal-notice.ts'
import type { Database } from './database.ts'
import { findSetting, saveSetting } from './settings.ts'

/** One row holds all of them, since every page reads them together. */
const NAME = 'site'

type Stored = Omit<Settings, 'legal'> & {
  legal: Omit<Settings['legal'], 'auditedOn' | 'declaredOn'> & {
    auditedOn?: string
    declaredOn?: string
  }
}

/** Finds the team's settings of the site; those of a new one are empty. */
export async function findSettings(db: Database): Promise<Settings> {
  const text = await findSetting(db, NAME)
  if (text === undefined)
    return { legal: NO_LEGAL_NOTICE, themeColour: undefined, sourceUrl: undefined }
  const { legal, themeColour, sourceUrl } = JSON.parse(text) as Stored
  const dates = { auditedOn: toDay(legal.auditedOn), declaredOn: toDay(legal.declaredOn) }
  return { legal: { ...NO_LEGAL_NOTICE, ...legal, ...dates }, themeColour, sourceUrl }
}

const toDay = (text: string | undefined): Temporal.PlainDate | undefined =>
  text === undefined ? undefined : Temporal.PlainDate.from(text)

/** Replaces the settings that the team makes in the administration. */
export const saveSettings = (db: Database, settings: Settings): Promise<void> =>
  saveSetting(db, NAME, JSON.stringify(settings))
