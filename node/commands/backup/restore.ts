import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { renewKeys } from '../../../federation/actors/renew-keys.ts'
import { type Config, readConfig } from '../../config.ts'
import {
  type BackupManifest,
  DATABASE_PART,
  type OnBackupProgress,
  RESTORE_FOLDER,
  RefusedBackup,
} from '../../domain/backup/backup.ts'
import { plural } from '../../domain/values/number-text.ts'
import { toBackupProblem } from '../../jobs/backup/backup-problem.ts'
import { unpackBackup } from '../../jobs/backup/unpack-backup.ts'
import { countUnreadableFactors } from '../../store/accounts/second-factors.ts'
import { applyErasures, type Erased } from '../../store/backup/apply-erasures.ts'
import { backupFoldersOf, copyErasures, readErasures } from '../../store/backup/erasure-journal.ts'
import { prepareRestored } from '../../store/backup/prepare-restored.ts'
import { saveRestoration } from '../../store/backup/restoration.ts'
import { takeSiteKey } from '../../store/backup/snapshot.ts'
import { copyDatabase } from '../../store/copy/copy-database.ts'
import { RefusedCopy } from '../../store/copy/refused.ts'
import { isPostgresUrl } from '../../store/database/address.ts'
import type { OpenDatabase } from '../../store/database/database.ts'
import { lockFile } from '../../store/database/lock-file.ts'
import { listJoinedDirectories } from '../../store/facilitators/recipients.ts'
import { findSiteKey, KEY_FILE, saveSiteKey } from '../../store/files/site-key.ts'
import { openDatabase } from '../../store/open-database.ts'
import { findHeld, type Held } from '../../store/queues/held.ts'
import { CommandError } from '../command-error.ts'
import { createProgressLine } from '../progress-line.ts'
import { describeBackup, toCommandError } from './backup.ts'
import { describeHeld } from './held.ts'

/** The process that restores into this folder locks this file; the system unlocks it when the process ends. */
const LOCK_FILE = '.restore-lock'

/**
 * Restores a site from one file into an empty data folder: what was erased since stays erased, everybody must sign in
 * anew, and nothing is sent before a person has read what waits. The database gets its name last, so that an
 * interrupted restore has restored nothing and can be begun again.
 * @throws CommandError or ConfigError in one sentence.
 */
export async function restore(
  env: Record<string, string | undefined>,
  { file, arePicturesSpared }: { file: string; arePicturesSpared: boolean },
): Promise<void> {
  const config = readConfig(env)
  const line = createProgressLine()
  try {
    await mkdir(config.data, { recursive: true, mode: 0o700 })
    const unlock = lockFile(join(config.data, LOCK_FILE))
    if (!unlock) throw new RefusedBackup(`Une autre remise est en cours dans ${config.data}.`)
    try {
      const restored = await restoreInto(
        config,
        { file: resolve(file), arePicturesSpared },
        line.report,
      )
      line.end()
      process.stdout.write(summaryOf(restored, config))
    } finally {
      unlock()
    }
  } catch (error) {
    line.end()
    if (error instanceof RefusedCopy) throw new CommandError(error.message)
    throw toCommandError(toBackupProblem(error, file))
  }
}

type Restored = {
  manifest: BackupManifest
  /** How many files of pictures were not beside it. */
  missing: number
  /** Undefined where no journal was found. */
  erased: Erased | undefined
  /** Hosts of directories that are asked what was deleted since, as soon as the site runs. */
  asked: string[]
  held: Held | undefined
  /** How many accounts have an application whose codes this site cannot check, since its key is lost. */
  unreadable: number
}

async function restoreInto(
  config: Config,
  { file, arePicturesSpared }: { file: string; arePicturesSpared: boolean },
  onProgress: OnBackupProgress,
): Promise<Restored> {
  const { data, database, backups } = config
  const folder = join(data, RESTORE_FOLDER)
  await refuseFilled(config, existsSync(folder))
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  try {
    const { manifest, missing } = await unpackBackup(
      {
        ...{ file, folder, areMediaKept: true, arePicturesSpared, passphrase: backups.passphrase },
        onManifest: (manifest) => refuseOtherSite(manifest, config),
      },
      onProgress,
    )
    const journals = [...new Set([dirname(file), ...backupFoldersOf(config)])]
    const since = Temporal.Instant.from(manifest.createdAt)
    const site = { ...config, origin: manifest.origin }
    const reopened = await reopen(folder, { journals, since, site })
    const [kept = ''] = backupFoldersOf(config)
    // The journals are kept for backups that are older still.
    for (const journal of journals) await copyErasures(journal, kept)
    const key = join(folder, KEY_FILE)
    if (existsSync(key)) await rename(key, join(data, KEY_FILE))
    if (isPostgresUrl(database))
      await copyDatabase(
        { from: join(folder, DATABASE_PART), to: database, data: folder },
        ({ table, done, total }) => onProgress({ step: table, done, total }),
      )
    else await moveInto(folder, { data, database })
    await rm(folder, { recursive: true, force: true })
    return { manifest, missing, ...reopened }
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

/** Refuses a folder with data, which is or was somebody's site; after an interrupted restore only pictures are left. */
async function refuseFilled({ data, database }: Config, wasCutOff: boolean): Promise<void> {
  const sentence = (what: string) =>
    `Il y a déjà un site ici (${what}) : remettez la sauvegarde dans un dossier vide, ou déplacez d’abord ce dossier.`
  if (!isPostgresUrl(database))
    for (const suffix of ['', '-wal', '-shm'])
      if (existsSync(database + suffix)) throw new RefusedBackup(sentence(database + suffix))
  const pictures = await readdir(join(data, 'media')).catch(() => [])
  if (pictures.length > 0 && !wasCutOff) throw new RefusedBackup(sentence(join(data, 'media')))
}

function refuseOtherSite({ origin }: BackupManifest, config: Config): void {
  if (config.originChosen && config.origin !== origin)
    throw new RefusedBackup(
      `Cette sauvegarde est celle de ${origin}, et les réglages disent ${config.origin} : mettez CAFE_IA_ORIGIN=${origin}.`,
    )
}

async function reopen(
  folder: string,
  { journals, since, site }: { journals: readonly string[]; since: Temporal.Instant; site: Config },
): Promise<Omit<Restored, 'manifest' | 'missing'>> {
  const db = await openDatabase(join(folder, DATABASE_PART))
  try {
    const now = Temporal.Now.instant()
    await prepareRestored(db, now)
    const siteKey = await takeSiteKey(db)
    if (siteKey) await saveSiteKey(folder, siteKey)
    const held = await findHeld(db)
    const isGone = await readErasures(db, journals, since)
    // This comes afterwards, so that the erasures are sent again whatever the team decides about the held messages.
    const erased = isGone && (await applyErasures(db, isGone, now))
    if (erased?.keys) await renewAgain({ db, config: site, now }, erased.keys)
    if (erased) await removePictures(join(folder, 'media'), erased.mediaIds)
    const uris = (await listJoinedDirectories(db)).map(({ uri }) => uri)
    // They are asked even where there is a journal, which may be as old as the backup; but the site waits for them only
    // without one.
    await saveRestoration(db, { since, at: now, isLost: false, isClosed: !erased, uris })
    const key = siteKey ?? (await findSiteKey(site.data))
    const unreadable = await countUnreadableFactors(db, key)
    return { erased, held, unreadable, asked: uris.map((uri) => new URL(uri).host) }
  } finally {
    await db.destroy()
  }
}

/** Replaces keys that were given up after the backup, which other servers no longer accept, or not all of them. */
async function renewAgain(
  { db, config, now }: { db: OpenDatabase; config: Config; now: Temporal.Instant },
  why: 'replaced' | 'leaked',
): Promise<void> {
  await renewKeys(
    { db, config, now: () => now, isDirectory: config.role === 'hub' },
    { isLeaked: why === 'leaked', onMade: () => undefined },
  )
}

async function removePictures(folder: string, ids: readonly string[]): Promise<void> {
  for (const name of await readdir(folder))
    if (ids.includes(name.slice(0, 32))) await rm(join(folder, name))
}

async function moveInto(
  folder: string,
  { data, database }: { data: string; database: string },
): Promise<void> {
  await rm(join(data, 'media'), { recursive: true, force: true })
  await rename(join(folder, 'media'), join(data, 'media'))
  const from = join(folder, DATABASE_PART)
  await mkdir(dirname(database), { recursive: true, mode: 0o700 })
  await rename(from, database).catch(async (error) => {
    if (error.code !== 'EXDEV') throw error
    await copyFile(from, `${database}.part`, constants.COPYFILE_EXCL)
    await rename(`${database}.part`, database)
  })
}

const summaryOf = (
  { manifest, missing, erased, asked, held, unreadable }: Restored,
  { data, originChosen }: Config,
): string =>
  `Le site est remis dans ${data}.
${describeBackup(manifest)}${missing > 0 ? `\n${plural(missing, 'fichier d’image manque', 'fichiers d’images manquent')} : choisissez ces images de nouveau.` : ''}

${describeErased(erased)}${describeAsked(asked, erased !== undefined)}
Chacun devra se connecter de nouveau ; les liens reçus par courriel ne servent plus.${unreadable > 0 ? `\n${describeUnreadable(unreadable, data)}` : ''}
${held ? describeHeld(held) : ''} : rien ne partira avant votre choix (cafe-ia held).

${originChosen ? 'Démarrez : cafe-ia start' : `Écrivez CAFE_IA_ORIGIN=${manifest.origin} dans les réglages, puis démarrez : cafe-ia start`}
`

/** Says what becomes of second factors without the key of the site, and the ways in. */
const describeUnreadable = (total: number, data: string): string =>
  `La clé du site n’est ni dans cette sauvegarde, faite sans phrase secrète, ni dans ${data} : ${plural(total, 'compte ne peut', 'comptes ne peuvent')} plus entrer avec les codes d’une application. Remettez-y le fichier ${KEY_FILE} d’avant ; sinon, un code de secours ouvre toujours, et cafe-ia account factor ADRESSE retire le deuxième facteur.`

const describeErased = (erased: Erased | undefined): string => {
  if (!erased)
    return 'Aucun journal des effacements n’est à côté de la sauvegarde : lancez cafe-ia doctor, il demande à l’annuaire si vos clés valent encore.'
  const { cafes, cancelled, facilitators, hidden, keys } = erased
  const again =
    cancelled > 0
      ? `\n${plural(cancelled, 'café annulé depuis l’est de nouveau', 'cafés annulés depuis le sont de nouveau')}, sans sa raison : récrivez-la.`
      : ''
  return `Effacés depuis la sauvegarde, et restés effacés : ${plural(cafes, 'café', 'cafés')}, ${plural(facilitators, 'profil', 'profils')} ; ${plural(hidden, 'profil modifié depuis attend', 'profils modifiés depuis attendent')} un nouvel accord.${again}${keys ? `\n${KEYS_RENEWED[keys]}` : ''}`
}

const KEYS_RENEWED = {
  replaced:
    'Les clés du site avaient été changées depuis la sauvegarde (cafe-ia keys rotate) : elles le sont de nouveau, car celles d’entre-temps sont perdues. Réimprimez les affiches des cafés à venir, et sauvegardez maintenant.',
  leaked:
    'Les clés de cette sauvegarde avaient fui et ne valent plus rien (cafe-ia keys rotate --now) : le site en a de nouvelles. Réimprimez les affiches des cafés à venir, sauvegardez maintenant, et détruisez cette sauvegarde.',
}

const describeAsked = (asked: readonly string[], hasJournal: boolean): string => {
  const hosts = asked.join(', ')
  if (hasJournal)
    return asked.length === 0
      ? ''
      : `\nAu démarrage, le site demande aussi à ${hosts} ce qui a été supprimé depuis.`
  if (asked.length === 0)
    return ' Ce site n’est dans aucun annuaire qui le saurait : ce qui a été supprimé ou retiré depuis est revenu. Relisez les cafés et les profils.'
  return `\nAu démarrage, le site demande à ${hosts} ce qui a été supprimé ou retiré depuis : ses pages restent fermées jusqu’à la réponse (cafe-ia held dit où cela en est).`
}
