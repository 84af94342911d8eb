import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Egress } from '../../../federation/services.ts'
import { paths } from '../../../ui/paths.ts'
import type { Config } from '../../config.ts'
import { endOfOverlap, type KeyDates } from '../../domain/federation/actor-key.ts'
import { isWholeServer, type Peer } from '../../domain/federation/peer.ts'
import { openRegistry, type PinnedKey } from '../../domain/federation/verification.ts'
import { momentText, relativePast } from '../../domain/values/date-text.ts'
import { plural } from '../../domain/values/number-text.ts'
import { nodePrimitives } from '../../formats/web/verification-primitives.ts'
import type { Database } from '../../store/database/database.ts'
import { listKeyDates, listKeyHolders } from '../../store/directory/actor-keys.ts'
import { listPeers } from '../../store/directory/peers.ts'
import { readDataState } from '../../store/migrations/data-state.ts'
import { openDatabase } from '../../store/open-database.ts'
import type { Finding } from './finding.ts'

/**
 * The maximum number of peers that are asked: a directory follows thousands of places, and a few of them show which
 * keys all of them know.
 */
const MOST_ASKED = 3
const REGISTRY_BYTES = 64 * 1024 ** 2

/**
 * Checks how old the keys are, whether they are being changed, and whether the sites that hear this one still accept
 * them: one that was restored from an old backup may sign with keys that were given up since. Nothing is changed.
 */
export async function checkKeys(config: Config, egress: Egress): Promise<Finding[]> {
  const unread: Finding = { is: 'unknown', words: 'Clés : les données ne peuvent pas être lues.' }
  const state = await readDataState(config.database).catch(() => undefined)
  if (!state) return [unread]
  if (state.isNew) return []
  if (state.due.length > 0 || state.unknown !== undefined)
    return [{ is: 'unknown', words: 'Clés : les données sont d’une autre version du programme.' }]
  const db = await openDatabase(config.database).catch(() => undefined)
  if (!db) return [unread]
  try {
    const keys: KeyDates[] = []
    const accounts = await listKeyHolders(db)
    for (const account of accounts) keys.push(...(await listKeyDates(db, account)))
    if (keys.length === 0)
      return [{ is: 'unknown', words: 'Clés : aucune encore, elles naissent au premier besoin.' }]
    return [
      describeAge(keys, accounts.length, Temporal.Now.instant()),
      ...(await askAll(db, { keys, egress })),
    ]
  } finally {
    await db.destroy()
  }
}

function describeAge(keys: readonly KeyDates[], accounts: number, now: Temporal.Instant): Finding {
  const current = keys.filter(({ retiredAt }) => retiredAt === undefined)
  const [oldest] = current.map(({ createdAt }) => createdAt).sort(Temporal.Instant.compare)
  const until = endOfOverlap(keys, now)
  const age = oldest
    ? `les plus anciennes en service ont été faites ${relativePast(oldest, now)}`
    : ''
  const change = until
    ? ` ; un changement est en cours, les anciennes restent publiées jusqu’au ${momentText(until)}`
    : ''
  return {
    is: 'right',
    words: `Clés de ${plural(accounts, 'compte', 'comptes')} : ${age}${change}.`,
  }
}

async function askAll(
  db: Database,
  { keys, egress }: { keys: readonly KeyDates[]; egress: Egress },
): Promise<Finding[]> {
  const seenAt = ({ lastSeenAt }: Peer) => lastSeenAt?.epochMilliseconds ?? 0
  const followed = (await listPeers(db))
    .filter((peer) => peer.following === 'accepted' && isWholeServer(peer))
    .sort((one, other) => seenAt(other) - seenAt(one))
    .slice(0, MOST_ASKED)
  return Promise.all(followed.map((peer) => askOne(peer, { keys, egress })))
}

async function askOne(
  { origin, host }: Peer,
  { keys, egress }: { keys: readonly KeyDates[]; egress: Egress },
): Promise<Finding> {
  const unanswered: Finding = {
    is: 'unknown',
    words: `Clés : ${host} ne dit pas ce qu’il en croit.`,
  }
  try {
    const { text } = await egress.get(`${origin}${paths.registry}`, {
      accept: 'application/json',
      maxBytes: REGISTRY_BYTES,
    })
    const registry = await openRegistry(text, { primitives: nodePrimitives, now: Date.now() })
    return registry && typeof registry !== 'string'
      ? compareKeys(host, keys, registry.keys)
      : unanswered
  } catch (error) {
    if (error instanceof EgressError) return unanswered
    throw error
  }
}

const isLongPast = (retiredAt: string): boolean => Date.parse(retiredAt) === 0

/** Compares the keys for proofs only: a key for requests is fetched anew whenever a signature does not hold. */
function compareKeys(
  host: string,
  keys: readonly KeyDates[],
  pinned: readonly PinnedKey[],
): Finding {
  const ours = keys.filter(({ algorithm }) => algorithm === 'ed25519')
  const current = ours.filter(({ retiredAt }) => retiredAt === undefined)
  const actors = new Set(ours.map(({ keyId }) => keyId.split('#')[0]))
  const theirs = pinned.filter(({ controller }) => actors.has(controller))
  const isKnown = ({ keyId }: KeyDates) => theirs.some(({ id }) => id === keyId)
  if (!current.some(isKnown))
    return { is: 'unknown', words: `Clés : ${host} n’a pas encore lu celles de ce site.` }
  const leaked = current.some(({ keyId }) =>
    theirs.some(({ id, retiredAt }) => id === keyId && retiredAt && isLongPast(retiredAt)),
  )
  if (leaked)
    return {
      is: 'wrong',
      words: `${host} tient les clés de ce site pour compromises, et refuse ce qu’il annonce : elles viennent d’une sauvegarde d’avant « keys rotate --now ».`,
      advice: 'Donnez-lui de nouvelles clés : cafe-ia keys rotate --now',
    }
  const isUnknown = ({ id }: PinnedKey) => !ours.some(({ keyId }) => keyId === id)
  const later = theirs.filter((key) => isUnknown(key) && !key.retiredAt)
  const givenUp = current.some(({ keyId }) =>
    theirs.some(({ id, retiredAt }) => id === keyId && retiredAt),
  )
  if (later.length > 0 || givenUp)
    return {
      is: 'wrong',
      words: `${host} connaît des clés de ce site qui ne sont plus ici : ce site vient d’une sauvegarde d’avant un changement de clés.`,
      advice:
        'Changez-les encore une fois : cafe-ia keys rotate (avec --now si les anciennes avaient fui)',
    }
  return { is: 'right', words: `Les clés de ce site sont celles que connaît ${host}.` }
}
