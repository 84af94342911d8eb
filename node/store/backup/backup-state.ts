import { z } from 'zod'
import { type BackupState, COPY_SETTINGS } from '../../domain/backup/backup-state.ts'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

const NAME = 'backup-state'

const Instant = z.string().transform((text) => Temporal.Instant.from(text))

const StoredSchema = z.object({
  since: Instant,
  last: z.object({ at: Instant, file: z.string(), bytes: z.int() }).optional(),
  problem: z.string().optional(),
  copyFailingSince: Instant.optional(),
  copySettings: z.array(z.enum(COPY_SETTINGS)).optional(),
  askedAt: Instant.optional(),
})

/** Returns what is known of the backups; undefined before the first was due. */
export async function findBackupState(db: Database): Promise<BackupState | undefined> {
  const text = await findSetting(db, NAME)
  if (text === undefined) return undefined
  const { since, last, problem, ...copies } = StoredSchema.parse(JSON.parse(text))
  return { since, last, problem, ...copies }
}

/** Notes that somebody asks for a backup at once; the server makes it within a minute. */
export async function askForBackup(db: Database, now: Temporal.Instant): Promise<void> {
  const known = await findBackupState(db)
  const state = known ?? { since: now, last: undefined, problem: undefined }
  await saveBackupState(db, { ...state, askedAt: now })
}

/** Replaces what is known of the backups. */
export const saveBackupState = (db: Database, state: BackupState): Promise<void> =>
  saveSetting(db, NAME, JSON.stringify(state))

/** Forgets the backups of the machine that a restored site comes from: there is none here, and the first is due. */
export const forgetBackups = async (db: Database): Promise<void> => {
  await db.deleteFrom('setting').where('name', '=', NAME).execute()
}
