import { createKeyRing } from '../../../federation/actors/keys.ts'
import { isOwnAddress } from '../../../federation/moves/own-address.ts'
import { createEgress } from '../../../federation/remote/egress.ts'
import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Context } from '../../context.ts'
import { plural } from '../../domain/values/number-text.ts'
import { VERSION } from '../../program/version.ts'
import { describeFault } from '../../server/network-fault.ts'
import { listFollowings } from '../../store/directory/followings.ts'
import { countAccounts } from '../../store/feeds/followers.ts'
import { countPublished, findPlannedMove, savePlannedMove } from '../../store/moves/moves.ts'
import { CommandError } from '../command-error.ts'

type Options = { confirm: boolean; cancel: boolean }

/**
 * Plans the move of this site to another address, or undoes the plan: without `confirm` it says what would happen.
 * @returns What was done and what is left to do, in French.
 * @throws CommandError where the address is none, is not this site's, or another move is planned.
 */
export async function planMove(
  context: Context,
  address: string | undefined,
  { confirm, cancel }: Options,
): Promise<string> {
  const { db, config, isDirectory } = context
  const planned = await findPlannedMove(db)
  if (cancel) {
    if (planned === undefined) throw new CommandError('aucun déménagement n’est prévu')
    await savePlannedMove(db, undefined)
    return `Le déménagement vers ${planned} est annulé. Rien n’avait changé.`
  }
  if (isDirectory)
    throw new CommandError(
      'un annuaire ne change pas d’adresse : tous ses membres lui écrivent sous celle-ci',
    )
  const to = readOrigin(address, config)
  if (planned !== undefined && planned !== to)
    throw new CommandError(
      `un déménagement vers ${planned} est déjà prévu : annulez-le d’abord (cafe-ia move --cancel)`,
    )
  await refuseStranger(context, to)
  if (!confirm) return `${await describeMove(context, to)}\n\n${HOW_TO_CONFIRM}`
  await savePlannedMove(db, to)
  return `C’est prévu. Rien ne change tant que le site n’est pas redémarré sous ${to} :

${stepsTo(to)}

D’ici là, « cafe-ia move --cancel » annule tout.`
}

const HOW_TO_CONFIRM =
  'Rien n’est changé. Faites une sauvegarde, puis relancez la commande avec « --confirm ».'

const stepsTo = (to: string): string => `  1. sauvegardez : cafe-ia backup
  2. arrêtez le site (tous ses processus)
  3. écrivez CAFE_IA_ORIGIN=${to} dans .env
  4. démarrez-le : il déplace ses données, et prévient ceux qui le suivent
  5. gardez l’ancien nom de domaine, qui doit continuer de mener à ce site`

/** Reads the new origin as the settings would: https, unless it is on loopback and that is allowed. */
function readOrigin(
  address: string | undefined,
  { origin, allowLoopback }: Context['config'],
): string {
  const url = address === undefined ? null : URL.parse(address)
  const isHttp =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && allowLoopback !== 'none')
  if (!url || !isHttp || url.pathname !== '/' || url.search || url.hash || url.username)
    throw new CommandError(
      `donnez la nouvelle adresse seule, comme https://cafes.exemple.fr${address ? ` (et non ${address})` : ''}`,
    )
  if (url.origin === origin) throw new CommandError(`le site est déjà à ${origin}`)
  return url.origin
}

/**
 * Checks that the new address leads to this site: it answers with our account and our key, which no other server has.
 * @throws CommandError in one sentence that says what to do.
 */
async function refuseStranger(context: Context, to: string): Promise<void> {
  const { config } = context
  const egress = createEgress({
    allow: config.allowLoopback,
    proxy: config.egressProxy,
    userAgent: `cafe-ia/${VERSION} (+${config.origin}/)`,
  })
  try {
    if (await isOwnAddress({ egress, keyRing: createKeyRing(context) }, to)) return
  } catch (error) {
    if (!(error instanceof EgressError)) throw error
    throw new CommandError(
      `${to} ne mène pas à ce site (${describeFault(error.message)}) : le site doit tourner, et ce nom y mener par le DNS et le serveur web`,
    )
  } finally {
    await egress.close()
  }
  throw new CommandError(`${to} est l’adresse d’un autre site`)
}

async function describeMove({ db, config }: Context, to: string): Promise<string> {
  const cafes = await countPublished(db)
  const followings = (await listFollowings(db)).filter(({ state }) => state === 'accepted')
  return `De ${config.origin} à ${to}, qui mène bien à ce site :

  - ${plural(cafes, 'café publié', 'cafés publiés')} : chaque ancienne adresse mène à la nouvelle, les codes des affiches aussi ;
  - ${plural(await countAccounts(db), 'abonné', 'abonnés')} : leurs serveurs reçoivent le déménagement (Mastodon les fait suivre tout seul ; d’autres logiciels non) ;
  - ${plural(followings.length, 'annuaire ou site suivi', 'annuaires ou sites suivis')} : ils l’apprennent, et relisent le site ;
  - les comptes, les inscriptions, les profils et les accords des personnes restent ; chacun se connecte de nouveau.

Ce qui ne suit pas : les messages déjà publiés chez d’autres y restent sous l’ancien nom ; qui suit d’un logiciel
sans déménagement suit de nouveau à la main.`
}
