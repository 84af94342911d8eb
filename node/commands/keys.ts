import { renewKeys } from '../../federation/actors/renew-keys.ts'
import type { Context } from '../context.ts'
import {
  endOfOverlap,
  isLeaked,
  type KeyDates,
  OVERLAP_HOURS,
} from '../domain/federation/actor-key.ts'
import { momentText, relativePast } from '../domain/values/date-text.ts'
import { plural } from '../domain/values/number-text.ts'
import { logErasures } from '../jobs/backup/log-erasures.ts'
import { listKeyDates, listKeyHolders } from '../store/directory/actor-keys.ts'
import { CommandError } from './command-error.ts'
import { createProgressLine } from './progress-line.ts'

/**
 * Describes every key with which an account of this server signs or signed, and since when.
 * @returns One line for each key, in French.
 */
export async function describeKeys({ db, now }: Pick<Context, 'db' | 'now'>): Promise<string> {
  const accounts = await listKeyHolders(db)
  if (accounts.length === 0)
    return 'Ce site n’a pas encore de clé : elles naissent au premier besoin.'
  const lines: string[] = []
  for (const account of accounts) {
    lines.push(account)
    const keys = await listKeyDates(db, account)
    keys.sort((one, other) => Temporal.Instant.compare(one.createdAt, other.createdAt))
    lines.push(...keys.map((key) => `  ${describeKey(key, now())}`))
  }
  return lines.join('\n')
}

const KINDS = { rsa: 'RSA', ed25519: 'Ed25519' }

function describeKey(key: KeyDates, now: Temporal.Instant): string {
  const name = key.keyId.split('#')[1] ?? key.keyId
  const made = `${KINDS[key.algorithm]}, ${name} : faite ${relativePast(key.createdAt, now)}`
  if (isLeaked(key)) return `${made}, compromise : rien de ce qu’elle a signé ne vaut`
  if (key.retiredAt === undefined) return `${made}, en service`
  const isOver = Temporal.Instant.compare(key.retiredAt, now) <= 0
  const at = momentText(key.retiredAt)
  return isOver ? `${made}, retirée le ${at}` : `${made}, encore publiée jusqu’au ${at}`
}

/**
 * Gives each account new keys, which the running server takes up by itself.
 * @param options.isLeaked - Somebody else may hold the current ones: they end at once.
 * @returns What was done and what is left to do, in French.
 * @throws CommandError where former keys are still published.
 */
export async function changeKeys(
  context: Context,
  { isLeaked: hasLeaked, dryRun }: { isLeaked: boolean; dryRun: boolean },
): Promise<string> {
  if (dryRun) return describePlan(context, hasLeaked)
  const progress = createProgressLine()
  const rotation = await renewKeys(context, {
    isLeaked: hasLeaked,
    onMade: (done, total) => progress.report({ step: 'des clés sont faites', done, total }),
  }).finally(progress.end)
  if (rotation.outcome === 'none') return 'Ce site n’a pas encore de clé : il n’y a rien à changer.'
  if (rotation.outcome === 'under-way') throw new CommandError(underWay(rotation.until))
  // An older backup must not be taken for a current one; the running server tries again each minute.
  await logErasures(context).catch(() => undefined)
  const accounts = plural(rotation.actors.length, 'compte a', 'comptes ont')
  if (rotation.until !== 'leaked')
    return `${accounts} de nouvelles clés.

Le site qui tourne les prend seul, et le dit à ceux qui le suivent.
Les anciennes restent publiées jusqu’au ${momentText(rotation.until)}, pour les serveurs
qui les retiennent, et ce qu’elles ont signé reste valable ensuite.

${ON_PAPER}
Sauvegardez maintenant : une sauvegarde d’avant contient les anciennes clés.`
  return `${accounts} de nouvelles clés. Les anciennes ne valent plus rien, dès maintenant.

Signé de nouveau par le site qui tourne :
${signedAgain(rotation)}  - les cafés passés et les messages, à leur adresse sur ce site.

Ne peut pas l’être :
  - ce qui a déjà été envoyé ou téléchargé : une vérification le dira « Signé avec une clé abandonnée » ;
  - les codes des affiches imprimées. ${ON_PAPER}
  - ce qu’un site éteint croit encore : il l’apprend quand il revient.

Un serveur peut retenir une ancienne clé, et refuser la nouvelle : ce qu’il refuse lui est
envoyé de nouveau pendant ${OVERLAP_HOURS} heures. Peuvent se perdre :
  - les messages et les partages pour un serveur qui la retient plus longtemps ;
  - ce que reçoit un serveur qui répond « reçu » avant de vérifier.

Maintenant : fermez la fuite (machine, sauvegarde, compte d’hébergement), détruisez ou
chiffrez les sauvegardes qui contiennent les anciennes clés, et faites-en une nouvelle.
Ce dossier contient aussi des données personnelles : voyez docs/operate.md, « Une clé a fui ».`
}

function signedAgain({ cafes, mandates }: { cafes: number; mandates: number }): string {
  const announced = plural(cafes, 'café à venir, annoncé', 'cafés à venir, annoncés')
  const renewed = plural(mandates, 'mandat, repris et redonné', 'mandats, repris et redonnés')
  return [
    cafes > 0 ? `  - ${announced} encore une fois, avec le code pour l’affiche ;\n` : '',
    mandates > 0 ? `  - ${renewed} ;\n` : '',
  ].join('')
}

const ON_PAPER = `Réimprimez les affiches des cafés à venir : le code des anciennes ne sera plus reconnu.`

const underWay = (until: Temporal.Instant): string =>
  `les clés ont déjà été changées, et les anciennes sont publiées jusqu’au ${momentText(until)} : attendez, ou « --now » si une clé a fui`

async function describePlan({ db, now }: Context, hasLeaked: boolean): Promise<string> {
  const accounts = await listKeyHolders(db)
  for (const account of accounts) {
    const until = endOfOverlap(await listKeyDates(db, account), now())
    if (until && !hasLeaked) throw new CommandError(underWay(until))
  }
  const changed = plural(accounts.length, 'compte aurait', 'comptes auraient')
  return hasLeaked
    ? `${changed} de nouvelles clés, et les anciennes ne vaudraient plus rien, dès maintenant. Rien n’est changé.`
    : `${changed} de nouvelles clés, et les anciennes resteraient publiées 48 heures. Rien n’est changé.`
}
