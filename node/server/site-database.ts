import { constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Config, ConfigError } from '../config.ts'
import { RESTORE_FOLDER } from '../domain/backup/backup.ts'
import { isDiskFull } from '../domain/values/errors.ts'
import { VERSION } from '../program/version.ts'
import { isPostgresUrl, UnfitDatabase, withoutPassword } from '../store/database/address.ts'
import type { OpenDatabase } from '../store/database/database.ts'
import { lockUpgrade } from '../store/database/upgrade-lock.ts'
import { type DataState, readDataState } from '../store/migrations/data-state.ts'
import { openDatabase } from '../store/open-database.ts'

type SiteConfig = Pick<Config, 'data' | 'database' | 'backups' | 'origin' | 'originChosen'>

/** Is told what the operator should read while they wait, in one line. */
type Report = (line: string) => void

const reportOnStderr: Report = (line) => process.stderr.write(`${line}\n`)

/**
 * Opens the data of a site. Data of an earlier version is backed up, checked, and only then migrated to this one. Data
 * that was published under another origin is refused before anything in it is changed, and so is a folder in which a
 * restore was interrupted.
 * @throws ConfigError in one sentence.
 */
export async function openDatabaseOf(
  config: SiteConfig,
  report: Report = reportOnStderr,
): Promise<OpenDatabase> {
  const name = settingOf(config)
  const folder = isPostgresUrl(config.database) ? config.data : dirname(config.database)
  try {
    makeFolder(folder)
  } catch {
    const setting = folder === config.data ? 'CAFE_IA_DATA' : name
    throw new ConfigError(`${setting} : le dossier ${folder} ne peut pas être créé`)
  }
  try {
    const state = await readDataState(config.database)
    if (!isPlannedMove(state, config)) refuseOtherOrigin(state.origin, config)
    refuseCutRestore(state, config)
    return isUpgrade(state) ? await upgrade(config, report) : await openDatabase(config.database)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    if (error instanceof UnfitDatabase) throw new ConfigError(error.message)
    if (!(error instanceof Error && 'code' in error)) throw error
    const why = await findObstacle(config.database, error)
    const refused = new ConfigError(
      `${name} : la base ${withoutPassword(config.database)} ne peut pas être ouverte (${why})`,
    )
    throw Object.assign(refused, { mayPass: true })
  }
}

/** Returns the setting that says where the database is. */
const settingOf = ({ data, database }: SiteConfig): string =>
  database === join(data, 'cafe-ia.sqlite') ? 'CAFE_IA_DATA' : 'CAFE_IA_DATABASE'

/** Returns why a database cannot be opened: what the operator can put right in French, else the words of the error. */
async function findObstacle(database: string, error: Error & { code?: unknown }): Promise<string> {
  if (isPostgresUrl(database)) return error.message || String(error.code)
  const folder = dirname(database)
  if (isDiskFull(error) || (await isFull(folder))) return 'le disque est plein'
  const isClosed = async (path: string) =>
    await access(path, constants.R_OK | constants.W_OK).then(
      () => false,
      ({ code }) => code !== 'ENOENT',
    )
  if ((await isClosed(folder)) || (await isClosed(database)))
    return `ce compte ne peut pas y lire et y écrire : chown -R cafe-ia ${folder}`
  return error.message
}

/** Returns whether a disk has no room at all, where SQLite says `disk I/O error` as it opens a database. */
const isFull = (folder: string): Promise<boolean> =>
  statfs(folder).then(
    ({ bavail }) => bavail === 0,
    () => false,
  )

/**
 * Refuses an origin that is not the one under which the data was published: the addresses of cafés stay for ever, and
 * another origin would break all of them.
 * @param known - The stored origin; undefined for data that has none yet.
 * @throws ConfigError in one sentence that names both.
 */
export function refuseOtherOrigin(
  known: string | undefined,
  { origin, originChosen }: Pick<Config, 'origin' | 'originChosen'>,
): void {
  if (known === undefined || (originChosen && known === origin)) return
  throw new ConfigError(
    `CAFE_IA_ORIGIN ${originChosen ? `vaut ${origin}` : 'n’est pas réglé'}, mais ces données ont été publiées sous ${known} : remettez cette adresse`,
  )
}

/**
 * Refuses to begin a new site where a restore was interrupted: it would have the address of the lost one, and other
 * keys.
 * @throws ConfigError in one sentence that says how to go on.
 */
function refuseCutRestore({ origin }: DataState, { data }: Pick<Config, 'data'>): void {
  const folder = join(data, RESTORE_FOLDER)
  if (origin !== undefined || !existsSync(folder)) return
  throw new ConfigError(
    `Une remise a été interrompue dans ${data}, et le site n’y est pas encore : relancez-la (cafe-ia restore FICHIER). Pour commencer un site neuf à la place, supprimez d’abord ${folder}.`,
  )
}

/** Returns whether the data is to move to the origin of the settings, which `cafe-ia move` has checked. */
export const isPlannedMove = (
  { origin, movesTo }: Pick<DataState, 'origin' | 'movesTo'>,
  config: Pick<Config, 'origin' | 'originChosen'>,
): boolean => config.originChosen && origin !== config.origin && movesTo === config.origin

/** Makes a folder one step at a time: Node's `recursive` never returns where a folder refuses any (`/proc/x`). */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

const isUpgrade = ({ isNew, due, unknown }: DataState): boolean =>
  !isNew && due.length > 0 && unknown === undefined

async function upgrade(config: SiteConfig, report: Report): Promise<OpenDatabase> {
  const unlock = await lockUpgrade(config.database)
  try {
    // The process that held the lock before may have upgraded the database.
    const state = await readDataState(config.database)
    const file = isUpgrade(state) ? await backUp(config, state, report) : undefined
    const db = await openDatabase(config.database).catch((error) => {
      throw isUpgrade(state) ? toCutOff(error, config.database, file) : error
    })
    if (file !== undefined) {
      const { removeFormerUpgradeBackups } = await import('../jobs/backup/upgrade-backup.ts')
      // A backup that cannot be deleted is no reason to stop.
      await removeFormerUpgradeBackups(file).catch(() => undefined)
    }
    return db
  } finally {
    await unlock()
  }
}

/** Makes the backup and returns its file; undefined where there is nothing to lose, or the operator makes their own. */
async function backUp(
  config: SiteConfig,
  { version, origin }: DataState,
  report: Report,
): Promise<string | undefined> {
  if (origin === undefined) return undefined
  const versions = version === VERSION ? '' : `, de la version ${version} à la version ${VERSION}`
  const step = `Mise à jour des données${versions}`
  if (!config.backups.areDaily) {
    report(`${step}, sans sauvegarde d’abord (CAFE_IA_BACKUPS=off).`)
    return undefined
  }
  const { createUpgradeBackup, upgradeBackupPath } = await import(
    '../jobs/backup/upgrade-backup.ts'
  )
  const now = Temporal.Now.instant()
  const file = upgradeBackupPath(config, now)
  report(`${step} ; d’abord, une sauvegarde : ${file}`)
  try {
    await createUpgradeBackup(config, file, now)
    return file
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ConfigError(
      `La mise à jour s’est arrêtée avant de rien changer, car la sauvegarde d’abord n’a pas pu être faite : ${toClause(why)} (si vous avez une autre sauvegarde, démarrez une fois avec CAFE_IA_BACKUPS=off).`,
    )
  }
}

/**
 * Returns the error of an interrupted upgrade. Its migrations are undone; of what follows them, such as the index of
 * the search, some may be done.
 */
function toCutOff(error: unknown, database: string, file: string | undefined): unknown {
  if (!(error instanceof Error && 'code' in error)) return error
  const why = isDiskFull(error)
    ? `il n’y a plus assez de place pour ${withoutPassword(database)}`
    : error.message || error.code
  const kept = file === undefined ? '' : ` (la sauvegarde d’avant : ${file})`
  const refused = new ConfigError(
    `La mise à jour des données s’est arrêtée, et reprendra au prochain démarrage : ${why}${kept}.`,
  )
  return Object.assign(refused, { mayPass: true })
}

const toClause = (sentence: string): string =>
  sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')
