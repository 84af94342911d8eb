import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  findRetiredKey,
  listPinnedKeys,
  listProofKeys,
  type PublisherKey,
  pinKeys,
} from '../../node/store/directory/pinned-keys.ts'
import { listRevokedUris } from '../../node/store/referents/attestations.ts'
import { findSiteProfile } from '../../node/store/structures/profiles.ts'
import type { ActorDocument } from '../remote/actor-document.ts'
import type { KeyRing } from '../services.ts'
import { ACTIVITY_STREAMS, DATA_INTEGRITY } from '../wire/context.ts'
import type { Json } from '../wire/json.ts'
import { toMultibase } from '../wire/multikey.ts'
import { signatureOf } from '../wire/poster-address.ts'
import { addProof, proofTimeOf } from '../wire/proof.ts'
import { actorUri, INSTANCE } from '../wire/uris.ts'
import { findSpeaker } from './owners.ts'

/**
 * The signed registry of the keys that make the proofs of this network, so that anybody can check published objects
 * without asking the network.
 */

/** Signs what stands on paper with the newest key of the site, as multibase. */
export const signPaper = async (keyRing: KeyRing, statement: string): Promise<string> =>
  signatureOf(statement, (await keyRing.keysOf(INSTANCE)).posterSigner)

const registryUri = (origin: string): string => `${origin}/registry.json`

/** Keeps the keys for proofs of an actor that we hear. Keys of strangers are not kept. */
export async function pinProofKeys(
  trx: Database,
  uri: string,
  { keys, leaked }: Pick<ActorDocument, 'keys' | 'leaked'>,
  now: Temporal.Instant,
): Promise<void> {
  if (!(await findSpeaker(trx, uri))) return
  const proofKeys = keys.filter(({ key }) => key.asymmetricKeyType === 'ed25519')
  await pinKeys(trx, uri, { keys: proofKeys, leaked }, now)
}

/** A delivery is retried for this long: what was signed before a key was given up may still be on its way. */
const ON_ITS_WAY_HOURS = 7 * 24
/** The clocks of two servers are taken to differ by less than this. */
const SKEW_HOURS = 1

/** Finds a key that an actor has given up lately, to verify what it signed before that time. */
export async function findFormerKey(
  { db, now }: Pick<Context, 'db' | 'now'>,
  signed: Json,
  key: { keyId: string; actorUri: string },
): Promise<KeyObject | undefined> {
  const signedAt = proofTimeOf(signed)
  const found = await findRetiredKey(db, key, now().subtract({ hours: ON_ITS_WAY_HOURS }))
  if (!signedAt || !found) return undefined
  const latest = found.retiredAt.add({ hours: SKEW_HOURS })
  return Temporal.Instant.compare(signedAt, latest) > 0
    ? undefined
    : createPublicKey(found.publicPem)
}

/** Returns the registry as JSON text, with our keys and those of the actors that we hear, signed by `instance`. */
export async function signedRegistry(
  { db, config, now, isDirectory }: Context,
  keyRing: KeyRing,
): Promise<string> {
  const { signer } = (await keyRing.keysOf(INSTANCE)).ed25519
  const name = (await findSiteProfile(db))?.name ?? new URL(config.origin).host
  const own = (await listProofKeys(db)).map((key) => ({
    ...key,
    name,
    actorUri: key.keyId.split('#')[0] ?? key.keyId,
  }))
  const keys = [...own, ...(await listPinnedKeys(db))].map(toJson)
  const document = {
    '@context': REGISTRY_CONTEXT,
    id: registryUri(config.origin),
    type: 'Collection',
    name: `Registre des clés : ${name}`,
    attributedTo: actorUri(config.origin, INSTANCE),
    updated: now().round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
    isDirectory,
    totalItems: keys.length,
    items: keys,
    revoked: await listRevokedUris(db, now()),
  }
  return JSON.stringify(addProof(document, signer, now()))
}

const toJson = ({
  keyId,
  actorUri,
  publicPem,
  name,
  firstSeenAt,
  retiredAt,
}: PublisherKey): Json => ({
  id: keyId,
  type: 'Multikey',
  controller: actorUri,
  publicKeyMultibase: toMultibase(createPublicKey(publicPem)),
  name,
  published: firstSeenAt.toString(),
  ...(retiredAt && { expires: retiredAt.toString() }),
})

const SECURITY = 'https://w3id.org/security#'

const REGISTRY_CONTEXT = [
  ACTIVITY_STREAMS,
  DATA_INTEGRITY,
  {
    Multikey: `${SECURITY}Multikey`,
    isDirectory: 'https://ns.cafe-ia.example/v1#isDirectory',
    controller: { '@id': `${SECURITY}controller`, '@type': '@id' },
    expires: {
      '@id': `${SECURITY}expiration`,
      '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
    },
    publicKeyMultibase: { '@id': `${SECURITY}publicKeyMultibase`, '@type': `${SECURITY}multibase` },
    revoked: { '@id': `${SECURITY}revoked`, '@type': '@id', '@container': '@set' },
  },
] as const
