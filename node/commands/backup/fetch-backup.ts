import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readConfig } from '../../config.ts'
import { timeOfBackup } from '../../domain/backup/backup-state.ts'
import { fetchErasures } from '../../jobs/backup/log-erasures.ts'
import { isStoredPicture } from '../../jobs/backup/picture-store.ts'
import { openS3Storage } from '../../jobs/backup/s3-storage.ts'
import { CommandError } from '../command-error.ts'
import { createProgressLine } from '../progress-line.ts'
import { toCommandError } from './backup.ts'

/**
 * Fetches the last backup from the S3 storage, or that of a name, into a folder, with its pictures and the journal of
 * erasures, for `restore`. What is there already is not fetched again.
 * @throws CommandError or ConfigError in one sentence.
 */
export async function fetchBackup(
  env: Record<string, string | undefined>,
  { folder, name: wanted }: { folder: string; name: string | undefined },
): Promise<void> {
  const config = readConfig(env)
  if (!config.backups.s3) throw new CommandError('CAFE_IA_BACKUP_S3 ne nomme aucun stockage')
  const into = resolve(folder)
  const storage = openS3Storage(config.backups.s3, config)
  const line = createProgressLine()
  try {
    const there = await storage.list()
    const all = there
      // All that this program stores there is encrypted; what is not was put there by somebody else.
      .filter((name) => timeOfBackup(name) !== undefined && name.endsWith('.age'))
      .sort()
    const last = wanted === undefined ? all.at(-1) : all.find((name) => name === wanted)
    if (!last && wanted !== undefined)
      throw new CommandError(`${wanted} n’est pas sur ${storage.title} : ${all.join(', ')}`)
    if (!last) throw new CommandError(`Il n’y a aucune sauvegarde sur ${storage.title}.`)
    await mkdir(into, { recursive: true, mode: 0o700 })
    const names = [...there.filter(isStoredPicture), last]
    for (const [done, name] of names.entries()) {
      line.report({ step: 'fichiers', done, total: names.length })
      if (!existsSync(join(into, name))) await storage.fetchFile(name, join(into, name))
    }
    await fetchErasures(storage, into)
    line.end()
    process.stdout.write(
      `Reçue : ${join(into, last)}\nRemettez-la : cafe-ia restore ${join(into, last)}\n`,
    )
  } catch (error) {
    line.end()
    throw toCommandError(error)
  } finally {
    await storage.close()
  }
}
