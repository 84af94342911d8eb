import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { LRUCache } from 'lru-cache'
import type { Context } from '../../node/context.ts'
import type { ActorKey } from '../../node/domain/federation/actor-key.ts'
import {
  isLeaked,
  type KeyDates,
  keyName,
  listPublished,
} from '../../node/domain/federation/actor-key.ts'
import {
  hasLaterKeys,
  insertActorKey,
  listActorKeys,
  listKeyDates,
} from '../../node/store/directory/actor-keys.ts'
import type { ActorKeys, KeyRing, ProofKey, RequestKey, Services } from '../services.ts'
import { actorUri, authorOf, CAFES } from '../wire/uris.ts'

const generate = promisify(generateKeyPair)

const ALGORITHMS = ['rsa', 'ed25519'] as const
/** The maximum number of actors whose keys are kept in memory: more than a directory has. */
const REMEMBERED = 1000

type Known = { dates: KeyDates[]; keys: readonly ReadKey[] }

/**
 * Makes the ring of our actors' keys. Keys are made when they are first needed, and are read once and then remembered,
 * since peers cache them under their id for days. The dates of an actor's rows are read at each use, because `cafe-ia
 * keys rotate` runs in another process.
 */
export function createKeyRing(context: Pick<Context, 'db' | 'config' | 'now'>): KeyRing {
  const known = new LRUCache<string, Known>({ max: REMEMBERED })

  async function keysOf(actor: string): Promise<ActorKeys> {
    const { db, now } = context
    let dates = await listKeyDates(db, actor)
    if (!ALGORITHMS.every((algorithm) => hasCurrent(dates, algorithm))) {
      await makeFirstKeys(context, actor)
      dates = await listKeyDates(db, actor)
    }
    const before = known.get(actor)
    if (before && isSame(before.dates, dates)) return toActorKeys(actor, before, now())
    const read = { dates, keys: (await listActorKeys(db, actor, now())).map(readKey) }
    known.set(actor, read)
    return toActorKeys(actor, read, now())
  }

  return { keysOf }
}

const hasCurrent = (dates: readonly KeyDates[], algorithm: KeyDates['algorithm']): boolean =>
  dates.some((key) => key.algorithm === algorithm && key.retiredAt === undefined)

const isSame = (one: readonly KeyDates[], other: readonly KeyDates[]): boolean =>
  one.length === other.length &&
  one.every(
    ({ keyId, createdAt, retiredAt }, index) =>
      keyId === other[index]?.keyId &&
      createdAt.equals(other[index].createdAt) &&
      String(retiredAt) === String(other[index].retiredAt),
  )

/**
 * Makes a new pair of each kind: RSA-2048 for requests and Ed25519 for proofs.
 * @param made.isFirst - Whether they bear the names of first keys; all others are named after `now`, in milliseconds.
 */
export async function createActorKeys(
  origin: string,
  actor: string,
  { now, isFirst }: { now: Temporal.Instant; isFirst: boolean },
): Promise<ActorKey[]> {
  const rsa = await generate('rsa', { modulusLength: 2048 })
  const ed25519 = await generate('ed25519')
  const toKey = (
    algorithm: KeyDates['algorithm'],
    firstName: string,
    pair: typeof rsa,
  ): ActorKey => ({
    keyId: `${actorUri(origin, actor)}#${isFirst ? firstName : keyName(algorithm, now)}`,
    actor,
    algorithm,
    createdAt: now,
    retiredAt: undefined,
    privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  })
  return [toKey('rsa', 'main-key', rsa), toKey('ed25519', 'ed25519-key', ed25519)]
}

/**
 * Makes the first keys of an actor. On a site that lost all its keys they do not bear the names of first keys, under
 * which other servers may still remember the lost ones.
 */
async function makeFirstKeys(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  actor: string,
): Promise<void> {
  const keys = await createActorKeys(config.origin, actor, {
    now: now(),
    isFirst: !(await hasLaterKeys(db)),
  })
  for (const key of keys) await insertActorKey(db, key)
}

type ReadKey = KeyDates & ProofKey & RequestKey

function readKey({ privatePem, publicPem, ...dates }: ActorKey): ReadKey {
  const privateKey = createPrivateKey(privatePem)
  return {
    ...dates,
    publicPem,
    privateKey,
    publicKey: createPublicKey(publicPem),
    signer: { privateKey, verificationMethod: dates.keyId },
  }
}

function toActorKeys(actor: string, { dates, keys }: Known, now: Temporal.Instant): ActorKeys {
  const [rsa, ...former] = listPublished(keys, 'rsa', now)
  const proofKeys = listPublished(keys, 'ed25519', now)
  const [newest] = proofKeys
  const ed25519 = proofKeys.at(-1)
  if (!rsa || !newest || !ed25519) throw new Error(`actor ${actor} lacks a key`)
  return {
    ...{ rsa, former, ed25519, proofKeys },
    posterSigner: newest.signer,
    leaked: dates
      .filter((key) => key.algorithm === 'ed25519' && isLeaked(key))
      .sort((one, other) => Temporal.Instant.compare(one.createdAt, other.createdAt))
      .map(({ keyId }) => keyId),
  }
}

/**
 * Finds the keys with which a café of ours is signed: those of the account of its structure, and the key of `cafes` for
 * what stands on paper, since it is by this one that a poster is verified.
 *
 * @param cafe - Undefined for one that is gone meanwhile.
 */
export async function findAuthorKeys(
  { config }: Pick<Context, 'config'>,
  { keyRing }: Pick<Services, 'keyRing'>,
  cafe: { organizer: { uri: string } } | undefined,
): Promise<ActorKeys> {
  const site = await keyRing.keysOf(CAFES)
  const author = cafe ? authorOf(config.origin, cafe) : CAFES
  if (author === CAFES) return site
  return { ...(await keyRing.keysOf(author)), posterSigner: site.posterSigner }
}
