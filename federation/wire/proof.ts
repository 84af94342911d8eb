import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { base58 } from '@scure/base'
import canonicalize from 'json-canon'
import { instantOf, isObject, type Json, textOf } from './json.ts'

/**
 * Object integrity proofs: FEP-8b32 with the cryptosuite eddsa-jcs-2022 (W3C vc-di-eddsa §3.3). What is signed is
 * SHA-256 of the proof's options followed by SHA-256 of the document, both in the canonical form of RFC 8785.
 */

export type Signer = {
  /** An Ed25519 key. */
  privateKey: KeyObject
  /** The address of the key, e.g. `https://…/actors/cafes#ed25519-key`. */
  verificationMethod: string
}

/**
 * Adds a proof to a document. `created` is written in UTC without a fraction. The proof repeats the document's context
 * (vc-di-eddsa §3.3.1), so that verifiers agree on the bytes whether or not they add it themselves.
 */
export function addProof<T extends Json>(
  document: T,
  { privateKey, verificationMethod }: Signer,
  now: Temporal.Instant,
): T & { proof: Json } {
  const options = {
    ...contextOf(document),
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    verificationMethod,
    proofPurpose: 'assertionMethod',
    created: now.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
  }
  const signature = sign(null, hashOf(document, options), privateKey)
  return { ...document, proof: { ...options, proofValue: `z${base58.encode(signature)}` } }
}

/**
 * Returns whether the document's proof was made by this key over exactly this document. A proof that does not repeat
 * the context was made either without one (the first drafts of FEP-8b32) or with the document's (Fedify).
 */
export function verifyProof(document: Json, publicKey: KeyObject): boolean {
  const { proof, ...unsecured } = document
  if (!isObject(proof) || proof.cryptosuite !== 'eddsa-jcs-2022') return false
  if (proof.type !== 'DataIntegrityProof' || proof.proofPurpose !== 'assertionMethod') return false
  const { proofValue, ...options } = proof
  const signature = decodeBase58(proofValue)
  if (!signature || publicKey.asymmetricKeyType !== 'ed25519') return false
  const readings =
    '@context' in options ? [options] : [options, { ...contextOf(document), ...options }]
  return readings.some((reading) => verify(null, hashOf(unsecured, reading), publicKey, signature))
}

/** Returns the address of the key with which a document says that it was signed. */
export const verificationMethodOf = (document: Json): string | undefined =>
  isObject(document.proof) ? textOf(document.proof.verificationMethod) : undefined

/** Returns the time at which a document says that it was signed. */
export function proofTimeOf(document: Json): Temporal.Instant | undefined {
  const created = isObject(document.proof) ? textOf(document.proof.created) : undefined
  try {
    return created === undefined ? undefined : Temporal.Instant.from(created)
  } catch {
    return undefined
  }
}

/** Returns when a document was said, as it says itself: the last change of an object, the time of an activity. */
export const wordTimeOf = ({ updated, published }: Json): Temporal.Instant | undefined =>
  instantOf(updated) ?? instantOf(published)

const contextOf = (document: Json): Json =>
  document['@context'] === undefined ? {} : { '@context': document['@context'] }

const hashOf = (document: Json, options: Json): Buffer =>
  Buffer.concat([sha256(canonicalize(options)), sha256(canonicalize(document))])

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

function decodeBase58(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || !value.startsWith('z') || value.length > 100) return undefined
  try {
    return base58.decode(value.slice(1))
  } catch {
    return undefined
  }
}
