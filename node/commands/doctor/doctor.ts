import { existsSync } from 'node:fs'
import { readFile, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { createEgress } from '../../../federation/remote/egress.ts'
import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Egress } from '../../../federation/services.ts'
import { type Config, readConfig } from '../../config.ts'
import { RESTORE_FOLDER } from '../../domain/backup/backup.ts'
import { LEAST_FREE_BYTES } from '../../domain/monitoring/trouble.ts'
import { fileSize } from '../../domain/values/number-text.ts'
import { toPrintableAnew } from '../../formats/images/printable.ts'
import { VERSION } from '../../program/version.ts'
import { describeFault, isFaultOfTls } from '../../server/network-fault.ts'
import { isPostgresUrl, UnfitDatabase } from '../../store/database/address.ts'
import { findDamage } from '../../store/database/health.ts'
import { readDataState, refuseUnfit } from '../../store/migrations/data-state.ts'
import { checkBackups } from './backup-findings.ts'
import { checkClock } from './clock-finding.ts'
import { checkFactors } from './factor-findings.ts'
import { type Finding, isWritable, showFindings, toFault } from './finding.ts'
import { checkKeys } from './key-findings.ts'
import { checkMail } from './mail-findings.ts'
import { lookUpName } from './name-lookup.ts'
import { checkRestore } from './restore-findings.ts'

/**
 * Checks everything that can make a server silent to others, and says what to do. The server should be running.
 * @param options.mail - To whom a test mail is sent.
 * @returns The exit code: 0 when nothing is wrong, otherwise 1.
 */
export async function doctor(
  env: Record<string, string | undefined>,
  { mail }: { mail: string | undefined },
): Promise<number> {
  const config = readConfig(env)
  const egress = createEgress({
    allow: config.allowLoopback,
    proxy: config.egressProxy,
    userAgent: `cafe-ia/${VERSION} (+${config.origin}/)`,
  })
  try {
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
  const logo = await readFile(file).then(toPrintableAnew, () => undefined)
  if (logo) return [{ is: 'right', words: 'Le logo du mouvement peut être imprimé.' }]
  return [
    toFault(
      `Le logo du mouvement (${file}) ne peut pas être lu : les affiches ont la tasse.`,
      'Donnez à CAFE_IA_MOVEMENT_LOGO le chemin d’un PNG, d’un WebP ou d’un JPEG que ce compte peut lire.',
    ),
  ]
}

/** Checks the site as others reach it: its name, its certificate, its answer, and the address to follow. */
async function checkFromOutside(config: Config, egress: Egress): Promise<Finding[]> {
  const { origin } = config
  const { host, protocol } = new URL(origin)
  if (!config.originChosen)
    return [
      {
        is: 'wrong',
        words: 'Le site n’a pas encore d’adresse publique.',
        advice:
          'Lancez cette commande dans le dossier où est votre fichier .env, écrivez-y CAFE_IA_ORIGIN, ou lancez « cafe-ia init ».',
      },
    ]
  if (protocol === 'http:' && config.allowLoopback === 'none')
    return [
      {
        is: 'unknown',
        words: `${origin} est une adresse d’essai : personne ne la voit du dehors.`,
      },
    ]
  const misled = await checkName(config)
  if (misled) return [misled]
  try {
    const { status } = await egress.get(`${origin}/healthz`, { accept: '*/*' })
    const reached: Finding[] = [
      { is: 'right', words: `Le nom ${host} mène à une machine qui répond.` },
      protocol === 'https:'
        ? { is: 'right', words: 'Le certificat est valable.' }
        : { is: 'unknown', words: 'Pas de certificat à vérifier : l’adresse est en http.' },
    ]
    if (status === 200) return [...reached, await checkWebFinger(config, egress)]
    const answer: Finding = {
      is: 'wrong',
      words: `Le serveur web répond, mais pas le programme derrière lui (erreur ${status}).`,
      advice: `Vérifiez que le programme tourne et que le serveur web envoie vers ${config.host}:${config.port}.`,
    }
    return [...reached, answer]
  } catch (error) {
    if (error instanceof EgressError) return [notReached(error, config)]
    throw error
  }
}

/** Checks that the name resolves; not behind the operator's proxy, which looks names up itself. */
async function checkName({ origin, egressProxy }: Config): Promise<Finding | undefined> {
  const { hostname } = new URL(origin)
  switch (egressProxy ? 'found' : await lookUpName(hostname)) {
    case 'found':
      return undefined
    case 'unknown':
      return toFault(
        `Le nom ${hostname} ne mène nulle part.`,
        'Vérifiez le nom dans CAFE_IA_ORIGIN. S’il est juste, créez un enregistrement DNS A (et AAAA) qui mène à cette machine, puis attendez une heure.',
      )
    case 'unanswered':
      return toFault(
        `Aucun serveur de noms ne dit où mène ${hostname}.`,
        'Cette machine est-elle reliée au réseau ? Vérifiez ses serveurs DNS : voyez « resolvectl status » ou /etc/resolv.conf.',
      )
  }
}

/** Returns why the site was not reached, by the error of the network. */
function notReached(error: EgressError, { origin, host, port }: Config): Finding {
  const name = new URL(origin).host
  if (error.code === 'blocked_address')
    return toFault(
      `Vu d’ici, le nom ${name} mène à une adresse privée.`,
      'Les autres sites ne peuvent pas la joindre. Vérifiez le DNS et le fichier /etc/hosts.',
    )
  const reason = describeFault(error.message)
  if (isFaultOfTls(error.message))
    return toFault(
      `Le certificat de ${name} ne convient pas (${reason}).`,
      'Caddy en obtient un tout seul si les ports 80 et 443 sont ouverts : voyez son journal.',
    )
  return toFault(
    `Rien ne répond à ${origin} (${reason}).`,
    `Vérifiez que le serveur web tourne, que les ports 80 et 443 sont ouverts, et que le programme écoute sur ${host}:${port}.`,
  )
}

async function checkWebFinger({ origin }: Config, egress: Egress): Promise<Finding> {
  const account = `cafes@${new URL(origin).host}`
  const url = `${origin}/.well-known/webfinger?resource=${encodeURIComponent(`acct:${account}`)}`
  const { status, text } = await egress.get(url, { accept: 'application/jrd+json' })
  if (status === 200 && text.includes(`"acct:${account}"`))
    return { is: 'right', words: `On peut suivre @${account} depuis les autres réseaux.` }
  return {
    is: 'wrong',
    words: `L’adresse à suivre, @${account}, n’est pas trouvée (réponse ${status}).`,
    advice: 'Le serveur web doit transmettre /.well-known/ et l’en-tête Host tels quels.',
  }
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
