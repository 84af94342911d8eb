import { RefusedBackup } from '../../domain/backup/backup.ts'
import { type BackupInput, createBackup } from './create-backup.ts'
import { checkBackup } from './unpack-backup.ts'

/** What to make, and the time in ISO 8601. */
export type BackupOrder = BackupInput & { now: string }

/** The bytes of the file, or why there is none, in one sentence. */
export type BackupAnswer = { bytes: number } | { problem: string }

/** Makes a backup and checks it by restoring it. */
export async function createCheckedBackup({ now, ...input }: BackupOrder): Promise<BackupAnswer> {
  try {
    await createBackup(input, now)
    const { bytes } = await checkBackup(input)
    return { bytes }
  } catch (error) {
    if (error instanceof RefusedBackup) return { problem: error.message }
    throw error
  }
}
