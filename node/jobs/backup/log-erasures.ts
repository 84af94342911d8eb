import type { Context } from '../../context.ts'
import { appendErasures, copyErasures } from '../../store/backup/erasure-journal.ts'
import { backupFoldersOf } from './backup-folders.ts'

/**
 * What went in the last minute is noted beside the backups, so that none of them brings it back.
 * @throws what the file system says; what could not be noted is tried again.
 */
export async function logErasures({ db, config }: Pick<Context, 'db' | 'config'>): Promise<void> {
  const [folder = '', ...others] = backupFoldersOf(config)
  await appendErasures(db, folder)
  for (const other of others) await copyErasures(folder, other)
}
