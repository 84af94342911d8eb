import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Egress } from '../../../federation/services.ts'
import type { Config } from '../../config.ts'
import { parseHandle } from '../../domain/values/host.ts'
import { describeFault } from '../../server/network-fault.ts'
import { listJoinings } from '../../store/directory/joinings.ts'
import { readDataState } from '../../store/migrations/data-state.ts'
import { openDatabase } from '../../store/open-database.ts'
import type { Finding } from './finding.ts'

/** Signatures older than an hour are refused; five minutes leave room for slow networks. */
const MAX_SKEW_SECONDS = 300

/** Compares the clock with the directory's, since our own would always agree. */
export async function checkClock(config: Config, egress: Egress): Promise<Finding> {
  const address = originOf(config.hub?.address ?? (await findJoined(config)))
  if (!address)
    return {
      is: 'unknown',
      words: 'Horloge : ce site n’est dans aucun annuaire pour comparer. Voyez « timedatectl ».',
    }
  try {
    const { headers } = await egress.get(`${address}/healthz`, { accept: '*/*' })
    const theirs = Date.parse(headers.date ?? '')
    const seconds = Math.round(Math.abs(Temporal.Now.instant().epochMilliseconds - theirs) / 1000)
    if (Number.isNaN(seconds)) return { is: 'unknown', words: 'L’annuaire ne donne pas l’heure.' }
    if (seconds <= MAX_SKEW_SECONDS)
      return { is: 'right', words: 'L’horloge est à l’heure de l’annuaire.' }
    return {
      is: 'wrong',
      words: `L’horloge a ${seconds} secondes d’écart avec l’annuaire.`,
      advice: 'Mettez-la à l’heure : timedatectl set-ntp true',
    }
  } catch (error) {
    if (!(error instanceof EgressError)) throw error
    return {
      is: 'wrong',
      words: `L’annuaire ${address} ne répond pas (${describeFault(error.message)}).`,
      advice: 'Vérifiez que cette machine peut sortir en https, et l’adresse de l’annuaire.',
    }
  }
}

/** Finds the directory that was joined in the administration; data of another version of the program is left alone. */
async function findJoined({ database }: Config): Promise<string | undefined> {
  const state = await readDataState(database).catch(() => undefined)
  if (!state || state.isNew || state.due.length > 0 || state.unknown !== undefined) return undefined
  const db = await openDatabase(database).catch(() => undefined)
  if (!db) return undefined
  try {
    return (await listJoinings(db)).find(({ targetUri }) => targetUri !== undefined)?.targetUri
  } finally {
    await db.destroy()
  }
}

/** Returns the origin of what can be followed: `https://annuaire.example/`, or `@instance@annuaire.example`. */
function originOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const handle = parseHandle(address)
  return handle ? `https://${handle.host}` : new URL(address).origin
}
