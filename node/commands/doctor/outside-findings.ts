import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Egress } from '../../../federation/services.ts'
import type { Config } from '../../config.ts'
import { describeFault, isFaultOfTls } from '../../server/network-fault.ts'
import { type Finding, toFault } from './finding.ts'
import { lookUpName } from './name-lookup.ts'

/** Checks the site as others reach it: its name, its certificate, its answer, and the address to follow. */
export async function checkFromOutside(config: Config, egress: Egress): Promise<Finding[]> {
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
