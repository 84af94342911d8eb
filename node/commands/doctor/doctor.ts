import { existsSync } from 'node:fs'
import { readFile, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { createEgress } from '../../../federation/remote/egress.ts'
import { type Config, readConfig } from '../../config.ts'
import { RESTORE_FOLDER } from '../../domain/backup/backup.ts'
import { LEAST_FREE_BYTES } from '../../domain/monitoring/trouble.ts'
import { fileSize } from '../../domain/values/number-text.ts'
import { toPrintable } from '../../formats/images/printable.ts'
import { VERSION } from '../../program/version.ts'
import { describeFault } from '../../server/network-fault.ts'
import { isPostgresUrl, UnfitDatabase } from '../../store/database/address.ts'
import { findDamage } from '../../store/database/health.ts'
import { readDataState, refuseUnfit } from '../../store/migrations/data-state.ts'
import { checkBackups } from './backup-findings.ts'
import { checkClock } from './clock-finding.ts'
import { checkFactors } from './factor-findings.ts'
import { type Finding, isWritable, showFindings, toFault } from './finding.ts'
import { checkKeys } from './key-findings.ts'
import { checkMail } from './mail-findings.ts'
import { checkFromOutside } from './outside-findings.ts'
import { checkRemote } from './remote-findings.ts'
import { checkRestore } from './restore-findings.ts'

/**
 * Checks everything that can make a server silent to others, and says what to do. The server should be running.
 * @param options.mail - To whom a test mail is sent.
 * @param options.remote - The address of a site that is looked at from here, as a stranger sees it, and nothing else; an
 * empty text means this site.
 * @returns The exit code: 0 when nothing is wrong, otherwise 1.
 */
export async function doctor(
  env: Record<string, string | undefined>,
  { mail, remote }: { mail: string | undefined; remote: string | undefined },
): Promise<number> {
  const config = readConfig(env)
  const egress = createEgress({
    allow: config.allowLoopback,
    proxy: config.egressProxy,
    userAgent: `cafe-ia/${VERSION} (+${config.origin}/)`,
  })
  try {
    if (remote !== undefined) return showFindings(await checkRemote(config, egress, remote))
    const findings = [
      ...(await checkFromOutside(config, egress)),
      await checkClock(config, egress),
      ...(await checkFolder(config)),
      await checkDatabase(config),
      ...(await checkKeys(config, egress)),
      ...(await checkBackups(config)),
      ...(await checkRestore(config)),
      ...(await checkFactors(config)),
      ...(await checkMail(config, mail)),
      checkProxy(config),
      ...(await checkMovement(config)),
    ]
    return showFindings(findings)
  } finally {
    await egress.close()
  }
}

/** Checks that the logo of the movement, where one is set, is a picture. */
async function checkMovement({ movement }: Config): Promise<Finding[]> {
  const { logoFile: file } = movement
  if (file === undefined) return []
  const logo = await readFile(file).then(toPrintable, () => undefined)
  if (logo) return [{ is: 'right', words: 'Le logo du mouvement peut être imprimé.' }]
  return [
    toFault(
      `Le logo du mouvement (${file}) ne peut pas être lu : les affiches ont la tasse.`,
      'Donnez à CAFE_IA_MOVEMENT_LOGO le chemin d’un PNG, d’un WebP ou d’un JPEG que ce compte peut lire.',
    ),
  ]
}

async function checkFolder({ data }: Config): Promise<Finding[]> {
  const found = await stat(data).catch(() => undefined)
  if (!found)
    return [
      {
        is: 'unknown',
        words: `Le dossier ${data} (CAFE_IA_DATA) n’existe pas encore : démarrez le site.`,
      },
    ]
  const isShared = (found.mode & 0o077) !== 0
  const rights: Finding = !(await isWritable(data))
    ? {
        is: 'wrong',
        words: `Ce compte ne peut pas écrire dans ${data}.`,
        advice: `Donnez le dossier au compte du service : chown -R cafe-ia ${data}`,
      }
    : isShared
      ? {
          is: 'wrong',
          words: `D’autres comptes de la machine peuvent lire ${data}, où sont les clés.`,
          advice: `Réservez-le au compte du service : chmod 700 ${data}`,
        }
      : { is: 'right', words: `Le dossier ${data} est lu et écrit par ce compte seul.` }
  const { bavail, bsize } = await statfs(data)
  const free = bavail * bsize
  const disk: Finding =
    free >= LEAST_FREE_BYTES
      ? { is: 'right', words: `Il reste ${fileSize(free)} sur le disque.` }
      : {
          is: 'wrong',
          words: `Il ne reste que ${fileSize(free)} sur le disque.`,
          advice: `Libérez de la place : ${fileSize(LEAST_FREE_BYTES)} au moins.`,
        }
  return [rights, disk]
}

async function checkDatabase(config: Config): Promise<Finding> {
  const { database } = config
  if (isPostgresUrl(database)) return checkPostgres(config)
  const found = await stat(database).catch(() => undefined)
  if (!found && existsSync(join(config.data, RESTORE_FOLDER)))
    return toFault(
      'Une remise d’après une sauvegarde a été interrompue.',
      'Relancez-la : cafe-ia restore FICHIER',
    )
  if (!found) return { is: 'unknown', words: 'Il n’y a pas encore de données.' }
  const damage = findDamage(database)
  if (damage === undefined) return { is: 'right', words: 'La base de données est intacte.' }
  return {
    is: 'wrong',
    words: `La base de données est abîmée (${damage}).`,
    advice: 'Arrêtez le site et remettez une sauvegarde : docs/guides/sauvegarder.md',
  }
}

async function checkPostgres(config: Config): Promise<Finding> {
  try {
    // The state is only read: checking must change nothing.
    refuseUnfit(await readDataState(config.database), config.database)
    return { is: 'right', words: 'La base PostgreSQL répond.' }
  } catch (error) {
    if (error instanceof UnfitDatabase)
      return toFault(error.message, 'Le guide : docs/guides/mettre-a-jour.md')
    if (!(error instanceof Error && 'code' in error)) throw error
    return toFault(
      `La base PostgreSQL ne répond pas (${describeFault(error.message || String(error.code))}).`,
      'Vérifiez CAFE_IA_DATABASE, et que PostgreSQL tourne.',
    )
  }
}

const checkProxy = ({ egressProxy }: Config): Finding =>
  egressProxy
    ? { is: 'unknown', words: `Les demandes sortent par le proxy ${egressProxy.host}.` }
    : { is: 'unknown', words: 'Les demandes sortent sans proxy.' }
