import { resolve } from 'node:path'
import { ConfigError, readConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import { type BackupManifest, RefusedBackup } from '../../domain/backup/backup.ts'
import { clock, plainDate } from '../../domain/values/date-text.ts'
import { plural } from '../../domain/values/number-text.ts'
import { createBackup } from '../../jobs/backup/create-backup.ts'
import { createBackupNow } from '../../jobs/backup/daily-backup.ts'
import { checkBackup } from '../../jobs/backup/unpack-backup.ts'
import { backupFoldersOf } from '../../store/backup/erasure-journal.ts'
import { CommandError } from '../command-error.ts'
import { createProgressLine } from '../progress-line.ts'

type Environment = Record<string, string | undefined>

/**
 * Makes one file of the whole site, beside the server that may be running on it, and checks whether it can be restored.
 * With `check` the file exists already, and is only checked.
 * @throws CommandError or ConfigError in one sentence.
 */
export async function backup(
  env: Environment,
  { file, check }: { file: string; check: boolean },
): Promise<void> {
  const config = readConfig(env)
  const { database, data, backups } = config
  const path = resolve(file)
  const line = createProgressLine()
  const work = { file: path, passphrase: backups.passphrase }
  try {
    if (!check) {
      const now = Temporal.Now.instant().toString()
      await createBackup({ ...work, database, data }, now, line.report)
    }
    const checked = await checkBackup(work, line.report)
    line.end()
    process.stdout.write(summaryOf(path, checked, backups.passphrase !== undefined))
  } catch (error) {
    line.end()
    throw toCommandError(error)
  }
}

/**
 * Makes a backup as each night, in the site's own folder and in all places to which backups are copied.
 * @returns What was made, and where, in French.
 * @throws CommandError in one sentence where it was not made, or is not in all places.
 */
export async function createBackupEverywhere(context: Pick<Context, 'db' | 'config' | 'now'>) {
  const { config } = context
  const begun = context.now()
  const state = await createBackupNow(context)
  const isMade = state?.last && Temporal.Instant.compare(state.last.at, begun) >= 0
  if (!isMade || !state.last)
    throw new CommandError(state?.problem ?? 'Le site fait déjà une sauvegarde : attendez.')
  const [folder = '', ...others] = backupFoldersOf(config)
  const { s3 } = config.backups
  const places = [folder, ...others, ...(s3 ? [s3.address] : [])]
  if (state.problem !== undefined)
    throw new CommandError(
      `${state.last.file} est dans ${folder}, mais pas à tous les endroits réglés : ${state.problem}`,
    )
  return `Sauvegarde faite et vérifiée : ${state.last.file} (${megabytes(state.last.bytes)})\n${places.join('\n')}`
}

/**
 * Returns a refused backup as an error that the command line shows as its sentence alone; any other error is returned
 * as it is.
 */
export const toCommandError = (error: unknown): unknown =>
  error instanceof RefusedBackup && !(error instanceof ConfigError)
    ? new CommandError(error.message)
    : error

const summaryOf = (
  path: string,
  { manifest, bytes }: { manifest: BackupManifest; bytes: number },
  isEncrypted: boolean,
): string =>
  `Sauvegarde vérifiée : ${path} (${megabytes(bytes)})
${describeBackup(manifest)}
${isEncrypted ? 'Elle ne s’ouvre qu’avec votre phrase secrète : gardez les deux à des endroits différents.' : 'Elle contient les clés du site et des données personnelles : gardez-la à l’abri, ailleurs que sur cette machine.'}
`

const megabytes = (bytes: number): string =>
  bytes < 1024 ** 2
    ? `${Math.ceil(bytes / 1024)} ko`
    : `${(bytes / 1024 ** 2).toFixed(1).replace('.', ',')} Mo`

/** Describes in two lines of which site a backup is, when it was made and what it holds. */
export function describeBackup({ origin, createdAt, counts, parts }: BackupManifest): string {
  const at = Temporal.Instant.from(createdAt).toZonedDateTimeISO(Temporal.Now.timeZoneId())
  const { members, listed } = counts
  const things = [
    ...(members > 0 ? [plural(members, 'site membre', 'sites membres')] : []),
    ...(listed > 0 ? [plural(listed, 'café d’un autre site', 'cafés d’autres sites')] : []),
    plural(counts.cafes, 'café', 'cafés'),
    plural(counts.people, 'profil', 'profils'),
    plural(counts.followers, 'abonné', 'abonnés'),
    plural(parts.length - 1, 'fichier d’image', 'fichiers d’images'),
  ]
  return `${origin}, ${plainDate(at)}, ${clock(at)}\n${things.join(', ')}`
}
