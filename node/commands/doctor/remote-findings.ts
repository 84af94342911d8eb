import { z } from 'zod'
import { parseActorDocument } from '../../../federation/remote/actor-document.ts'
import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Egress } from '../../../federation/services.ts'
import { ACTIVITY_TYPE } from '../../../federation/wire/media-types.ts'
import type { Config } from '../../config.ts'
import { isLoopbackHost } from '../../domain/values/host.ts'
import { completeWebAddress } from '../../domain/values/web-address.ts'
import { describeFault } from '../../server/network-fault.ts'
import { type Finding, toFault } from './finding.ts'
import { checkFromOutside } from './outside-findings.ts'

/** Signatures older than an hour are refused; five minutes leave room for slow networks. */
const MAX_SKEW_SECONDS = 300

/**
 * Looks at a site from here as a stranger does: its name, certificate and account, what it says of itself, its keys,
 * whether it refuses what nobody signed, its clock, and what it must not show. Nothing is read of this machine's data.
 */
export async function checkRemote(
  config: Config,
  egress: Egress,
  typed: string,
): Promise<Finding[]> {
  const address = typed === '' ? config.origin : completeWebAddress(typed)
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return [
      toFault(
        `« ${typed} » n’est pas l’adresse d’un site.`,
        'Par exemple : --remote https://cafes.example',
      ),
    ]
  const { origin } = new URL(address)
  const reached = await checkFromOutside({ ...config, origin, originChosen: true }, egress)
  if (reached.some(({ is }) => is === 'wrong')) return reached
  const checks = [checkNodeInfo, checkActor, checkInbox, checkTheirClock, checkMeasures]
  const findings: Finding[] = []
  for (const check of checks) findings.push(await orFault(origin, () => check(egress, origin)))
  return [...reached, ...findings]
}

/** Returns what a check found, or that the site broke off in it. */
async function orFault(origin: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check()
  } catch (error) {
    if (!(error instanceof EgressError)) throw error
    return toFault(
      `${origin} n’a pas répondu jusqu’au bout (${describeFault(error.message)}).`,
      'Réessayez ; si cela dure, voyez le journal du serveur web.',
    )
  }
}

const JSON_ACCEPTED = { accept: 'application/json' }

async function checkNodeInfo(egress: Egress, origin: string): Promise<Finding> {
  const wrong = toFault(
    'Le site ne dit pas quel logiciel il est (/nodeinfo/2.1) : d’autres serveurs ne le reconnaissent pas.',
    'Le serveur web doit transmettre /.well-known/ et /nodeinfo/ tels quels.',
  )
  const { status, text } = await egress.get(`${origin}/nodeinfo/2.1`, JSON_ACCEPTED)
  if (status !== 200) return wrong
  const software = readSoftware(text)
  return software
    ? {
        is: 'right',
        words: `Le site dit ce qu’il est : ${software.name} ${software.version}`.trim(),
      }
    : wrong
}

const NodeInfo = z.object({
  software: z.object({
    name: z.string().regex(/^[\w-]{1,60}$/),
    version: z
      .string()
      .regex(/^[\w.+-]{1,40}$/)
      .catch(''),
  }),
})

/** Reads what a NodeInfo says of its software; undefined for anything else. */
function readSoftware(text: string): z.infer<typeof NodeInfo>['software'] | undefined {
  try {
    return NodeInfo.parse(JSON.parse(text)).software
  } catch {
    return undefined
  }
}

async function checkActor(egress: Egress, origin: string): Promise<Finding> {
  const uri = `${origin}/actors/cafes`
  const { json } = await egress.getJson(uri)
  const document = parseActorDocument(json, { uri, check: egress.check })
  if (!document)
    return toFault(
      `Le compte ${uri} ne se présente pas sous sa propre adresse : ses messages seront refusés.`,
      'CAFE_IA_ORIGIN doit être l’adresse par laquelle les autres arrivent, et l’en-tête Host transmis tel quel.',
    )
  if (document.keys.length > 0)
    return { is: 'right', words: `Le compte et ses clés sont lus (${document.keys.length}).` }
  return toFault(
    'Le compte n’a aucune clé lisible : personne ne peut vérifier ses signatures.',
    'Sur la machine du site : cafe-ia doctor, puis docs/operate.md.',
  )
}

/** Sends what nobody has signed, which every inbox refuses. */
async function checkInbox(egress: Egress, origin: string): Promise<Finding> {
  const body = JSON.stringify({ type: 'Like', id: `${origin}/#essai`, actor: `${origin}/#essai` })
  const headers = { 'content-type': ACTIVITY_TYPE }
  const { status } = await egress.post(`${origin}/inbox`, { body, headers })
  if ([400, 401, 403].includes(status))
    return {
      is: 'right',
      words: 'La boîte aux messages répond, et refuse ce que personne n’a signé.',
    }
  return toFault(
    `La boîte aux messages (/inbox) répond ${status} à un message que personne n’a signé.`,
    status < 300
      ? 'Ce programme ne vérifie pas les signatures.'
      : 'Le serveur web doit laisser passer POST vers /inbox, avec le corps et les en-têtes tels quels.',
  )
}

async function checkTheirClock(egress: Egress, origin: string): Promise<Finding> {
  const { headers } = await egress.get(`${origin}/healthz`, { accept: '*/*' })
  const theirs = Date.parse(headers.date ?? '')
  if (Number.isNaN(theirs)) return { is: 'unknown', words: 'Le site ne donne pas l’heure.' }
  const seconds = Math.round(Math.abs(Temporal.Now.instant().epochMilliseconds - theirs) / 1000)
  if (seconds <= MAX_SKEW_SECONDS)
    return { is: 'right', words: 'Son horloge et celle d’ici sont d’accord.' }
  return toFault(
    `Son horloge et celle d’ici diffèrent de ${seconds} secondes : ses signatures seront refusées.`,
    'Sur la machine qui se trompe : timedatectl set-ntp true',
  )
}

async function checkMeasures(egress: Egress, origin: string): Promise<Finding> {
  if (isLoopbackHost(new URL(origin).hostname))
    return { is: 'unknown', words: 'Ses mesures (/metrics) se lisent depuis la machine même.' }
  const { status } = await egress.get(`${origin}/metrics`, { accept: 'text/plain' })
  if (status !== 200) return { is: 'right', words: 'Ses mesures (/metrics) ne sont pas publiques.' }
  return toFault(
    'Ses mesures (/metrics) sont lues par tout le monde.',
    'Elles le sont depuis la machine même ; sinon, le serveur web doit transmettre X-Forwarded-For (CAFE_IA_TRUST_PROXY).',
  )
}
