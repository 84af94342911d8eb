import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Config } from '../../config.ts'
import { isUpgradeBackup, upgradeBackupName } from '../../domain/backup/backup-state.ts'
import { VERSION } from '../../program/version.ts'
import { prepareFolder } from './backup-folders.ts'
import { toBackupProblem } from './backup-problem.ts'
import { createBackup } from './create-backup.ts'
import { checkBackup } from './unpack-backup.ts'

type UpgradeConfig = Pick<Config, 'data' | 'database' | 'backups'>

/**
 * Returns the file of the backup that is made before the data is migrated to this version. It does not exist yet: an
 * attempt of the same second may have left its own.
 */
export function upgradeBackupPath(config: UpgradeConfig, now: Temporal.Instant): string {
  const isEncrypted = config.backups.passphrase !== undefined
  const file = join(config.data, 'backups', upgradeBackupName(VERSION, now, isEncrypted))
  return existsSync(file) ? upgradeBackupPath(config, now.add({ seconds: 1 })) : file
}

/**
 * Makes the backup, and checks it as if it were restored. Backups of attempts whose upgrade did not finish are then
 * deleted.
 * @throws RefusedBackup in one sentence.
 */
export async function createUpgradeBackup(
  { data, database, backups: { passphrase } }: UpgradeConfig,
  file: string,
  now: Temporal.Instant,
): Promise<void> {
  const folder = dirname(file)
  try {
    await prepareFolder(folder)
    await createBackup({ database, data, file, passphrase }, now.toString())
    await checkBackup({ file, passphrase })
    await removeOthers(file, (name) => isUpgradeBackup(name, VERSION))
  } catch (error) {
    throw toBackupProblem(error, file)
  }
}

/** Deletes the backups of earlier upgrades, once this upgrade has finished. */
export const removeFormerUpgradeBackups = (file: string): Promise<void> =>
  removeOthers(file, (name) => isUpgradeBackup(name))

async function removeOthers(file: string, isOne: (name: string) => boolean): Promise<void> {
  const folder = dirname(file)
  for (const name of await readdir(folder))
    if (isOne(name) && name !== basename(file)) await rm(join(folder, name), { force: true })
}
