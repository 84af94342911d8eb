import { OPERATOR } from '../../domain/cafes/edit.ts'
import { NO_LEGAL_NOTICE, type Settings } from '../../domain/structures/legal-notice.ts'
import { type EditedNoun, saveEdit } from '../accounts/saved-edit.ts'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

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

/** The settings of the site, which people edit by `saveEdit`; their id is always `site`. */
export const OWN_SETTINGS: EditedNoun<Settings> = {
  type: 'settings',
  find: findSettings,
  versionOf: (settings) => JSON.stringify(settings),
  save: async (trx, { after }) => {
    await saveSetting(trx, NAME, JSON.stringify(after))
    return after
  },
}

/** Saves the settings as a command of the operator says them. */
export async function saveSettings(
  db: Database,
  settings: Settings,
  now: Temporal.Instant,
): Promise<void> {
  const decide = () => ({ value: settings })
  await saveEdit(db, OWN_SETTINGS, { id: NAME, by: OPERATOR, seen: undefined, decide }, now)
}
