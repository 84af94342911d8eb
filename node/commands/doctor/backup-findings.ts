import { readdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../config.ts'
import { RefusedBackup } from '../../domain/backup/backup.ts'
import { timeOfBackup } from '../../domain/backup/backup-state.ts'
import { relativePast } from '../../domain/values/date-text.ts'
import { openS3Storage } from '../../jobs/backup/s3-storage.ts'
import { backupFoldersOf } from '../../store/backup/erasure-journal.ts'
import { type Finding, isWritable, toFault } from './finding.ts'

/** Checks the backups by the names of the files, so that they can be checked while the site does not run. */
export async function checkBackups(config: Config): Promise<Finding[]> {
  const own = await checkOwnBackups(config)
  return config.backups.areDaily && config.backups.s3
    ? [own, await checkStorage(config, config.backups.s3)]
    : [own]
}

async function checkOwnBackups(config: Config): Promise<Finding> {
  const { backups, data } = config
  if (!backups.areDaily)
    return {
      is: 'unknown',
      words: 'Sauvegardes : ce site n’en fait pas lui-même (CAFE_IA_BACKUPS=off).',
    }
  const [folder = '', ...others] = backupFoldersOf(config)
  const lastIn = async (place: string) => lastOf(await readdir(place).catch(() => []))
  for (const other of others)
    if (!(await canBeMade(other)))
      return toFault(
        `Ce compte ne peut pas écrire dans ${other} (CAFE_IA_BACKUP_COPY).`,
        `Ce disque est-il branché ? Sinon : install -d -o cafe-ia -g cafe-ia -m 700 ${other}`,
      )
  const last = await lastIn(folder)
  if (!last)
    return { is: 'unknown', words: 'Sauvegardes : aucune encore, la première vient dans l’heure.' }
  const now = Temporal.Now.instant()
  const isOld = (at: Temporal.Instant | undefined) => isTooOld(at, now)
  const ago = relativePast(last, now)
  if (isOld(last))
    return toFault(
      `La dernière sauvegarde a été faite ${ago}.`,
      `Le site tourne-t-il ? Y a-t-il assez de place dans ${data} ? Essayez : cafe-ia backup ${folder}/essai.tar.gz`,
    )
  for (const other of others) {
    const copied = await lastIn(other)
    if (!copied)
      return toFault(
        `Il n’y a aucune sauvegarde dans ${other} (CAFE_IA_BACKUP_COPY).`,
        'Ce dossier vient d’être choisi ? « cafe-ia backup » y met la première. Sinon, ce disque est-il branché ?',
      )
    if (isOld(copied))
      return toFault(
        `La sauvegarde n’arrive plus dans ${other} (CAFE_IA_BACKUP_COPY).`,
        'Y a-t-il assez de place ? L’administration, page « Sauvegardes », dit ce qui a manqué.',
      )
  }
  return { is: 'right', words: `La dernière sauvegarde a été faite ${ago}.` }
}

const lastOf = (names: readonly string[]): Temporal.Instant | undefined =>
  names
    .flatMap((name) => timeOfBackup(name) ?? [])
    .sort(Temporal.Instant.compare)
    .at(-1)

const isTooOld = (at: Temporal.Instant | undefined, now: Temporal.Instant) =>
  !at || at.until(now).total('hours') > 48

/** Checks what is there, as the storage says it now. */
async function checkStorage(
  config: Config,
  settings: NonNullable<Config['backups']['s3']>,
): Promise<Finding> {
  const storage = openS3Storage(settings, config)
  try {
    const last = lastOf(await storage.list())
    const now = Temporal.Now.instant()
    if (last && !isTooOld(last, now))
      return {
        is: 'right',
        words: `La dernière sauvegarde sur ${storage.title} a été faite ${relativePast(last, now)}.`,
      }
    return last
      ? toFault(
          `La dernière sauvegarde sur ${storage.title} a été faite ${relativePast(last, now)}.`,
          'L’administration, page « Sauvegardes », dit ce qui a manqué cette nuit.',
        )
      : {
          is: 'unknown',
          words: `${storage.title} répond ; aucune sauvegarde n’y est encore, la prochaine nuit l’y met.`,
        }
  } catch (error) {
    if (error instanceof RefusedBackup)
      return toFault(error.message, 'Le guide : docs/guides/sauvegarder.md')
    throw error
  } finally {
    await storage.close()
  }
}

/** Returns whether this account may write in a folder, or make it where it is not there yet. */
async function canBeMade(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(({ code }) => (code === 'ENOENT' ? 'missing' : undefined))
  if (found === 'missing') return canBeMade(dirname(folder))
  return found?.isDirectory() === true && (await isWritable(folder))
}
