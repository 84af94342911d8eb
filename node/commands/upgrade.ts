import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { fileSize, plural } from '../domain/values/number-text.ts'
import { measureUpgradeSpace } from '../jobs/backup/upgrade-space.ts'
import { PROJECT_ROOT } from '../program/project-root.ts'
import { VERSION } from '../program/version.ts'
import { openDatabaseOf } from '../server/site-database.ts'
import { UnfitDatabase } from '../store/database/address.ts'
import { type DataState, readDataState, refuseUnfit } from '../store/migrations/data-state.ts'
import { type Finding, isWritable, showFindings, toFault } from './doctor/finding.ts'

type Environment = Record<string, string | undefined>

/** Migrates the data to this version, after a backup of it, without starting the server. */
export async function upgrade(env: Environment): Promise<void> {
  const db = await openDatabaseOf(readConfig(env))
  await db.destroy()
  process.stdout.write(`Les données sont à jour : version ${VERSION}.\n`)
}

/**
 * Says which versions the data and the program have, and whether an upgrade would succeed; changes nothing.
 * @returns The exit code: 0 when nothing prevents it, otherwise 1.
 */
export async function checkUpgrade(env: Environment): Promise<number> {
  try {
    const config = readConfig(env)
    const settings: Finding = { is: 'right', words: `Les réglages sont lus : ${config.origin}.` }
    return showFindings([settings, ...(await checkData(config))])
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const words = `Les réglages ne sont pas lus : ${error.message}`
    const advice = 'Corrigez ce réglage dans .env : docs/settings.md'
    return showFindings([{ is: 'wrong', words, advice }])
  }
}

async function checkData(config: Config): Promise<Finding[]> {
  try {
    const state = await readDataState(config.database)
    refuseUnfit(state, config.database)
    if (state.isNew)
      return [
        {
          is: 'unknown',
          words: `Programme : version ${VERSION}. Pas encore de données dans ${config.data}.`,
        },
      ]
    return [
      describeVersions(state),
      ...checkOrigin(config, state),
      ...checkPlace(config),
      ...(await checkWay(config, state)),
    ]
  } catch (error) {
    if (error instanceof UnfitDatabase)
      return [{ is: 'wrong', words: error.message, advice: GUIDE }]
    if (!(error instanceof Error && 'code' in error)) throw error
    const words = `Les données ne peuvent pas être lues (${error.message || error.code}).`
    const advice = 'Lancez cette commande avec le compte du service, et vérifiez CAFE_IA_DATA.'
    return [{ is: 'wrong', words, advice }]
  }
}

const GUIDE = 'Le guide : docs/guides/mettre-a-jour.md'

function describeVersions({ version, due }: DataState): Finding {
  const versions = `Données : version ${version}. Programme : version ${VERSION}.`
  const words =
    due.length === 0
      ? `${versions} Rien à changer dans les données.`
      : `${versions} Les données seront mises à jour au démarrage (${plural(due.length, 'étape', 'étapes')}).`
  return { is: 'right', words }
}

/** Checks the address: a server would not start on the data of another one. */
function checkOrigin(config: Config, { origin }: DataState): Finding[] {
  const chosen = config.originChosen ? config.origin : undefined
  if (origin === undefined || origin === chosen) return []
  return [
    {
      is: 'wrong',
      words: `Ces données sont celles de ${origin}, et les réglages disent ${chosen ?? 'rien'}.`,
      advice: `Écrivez CAFE_IA_ORIGIN=${origin} dans .env, ou corrigez CAFE_IA_DATA.`,
    },
  ]
}

/** Checks that the data are not in the folder of the former program, which this one replaces. */
function checkPlace({ data }: Config): Finding[] {
  const program = dirname(data)
  if (program === PROJECT_ROOT || !existsSync(join(program, 'bin', 'cafe-ia'))) return []
  return [
    {
      is: 'wrong',
      words: `Les données sont dans le dossier d’un programme (${data}), que cette mise à jour remplace.`,
      advice: 'Portez-les d’abord ailleurs : docs/guides/installer.md, étape 4.',
    },
  ]
}

/** Checks what could prevent the upgrade, where there is one to do. */
async function checkWay(config: Config, { due, origin }: DataState): Promise<Finding[]> {
  if (due.length === 0 || origin === undefined) return []
  if (!config.backups.areDaily)
    return [
      {
        is: 'unknown',
        words:
          'Aucune sauvegarde ne sera faite avant (CAFE_IA_BACKUPS=off) : faites la vôtre d’abord.',
      },
    ]
  return [await checkRights(config), await checkSpace(config)].flatMap((found) => found ?? [])
}

/** Checks the permissions; undefined when this account may write there, or make the folder. */
async function checkRights({ data }: Config): Promise<Finding | undefined> {
  const backups = join(data, 'backups')
  const folder = existsSync(backups) ? backups : data
  if (await isWritable(folder)) return undefined
  return toFault(
    `Ce compte ne peut pas écrire dans ${folder}, où va la sauvegarde d’avant.`,
    `Donnez le dossier au compte du service : chown -R cafe-ia ${data}`,
  )
}

async function checkSpace(config: Config): Promise<Finding> {
  const { needed, free } = await measureUpgradeSpace(config)
  const words = `Une sauvegarde sera faite avant : elle demande jusqu’à ${fileSize(needed)}, et il en reste ${fileSize(free)} sur le disque.`
  return free >= needed
    ? { is: 'right', words }
    : { is: 'wrong', words, advice: `Libérez de la place dans ${config.data}.` }
}
