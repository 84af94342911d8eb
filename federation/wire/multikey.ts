import { createPublicKey, type KeyObject } from 'node:crypto'
import { base58 } from '@scure/base'

/** Multicodec prefixes of public keys, as varints: Ed25519 (0xed), RSA (0x1205). */
const ED25519_PREFIX = Buffer.from([0xed, 0x01])
const RSA_PREFIX = Buffer.from([0x85, 0x24])
/** The SubjectPublicKeyInfo header of an Ed25519 key (RFC 8410 §4). */
const SPKI_HEADER = Buffer.from('302a300506032b6570032100', 'hex')
/** An Ed25519 key takes 48 characters, RSA-8192 about 1430. */
const MOST_CHARACTERS = 1500

/**
 * Returns a public key as FEP-521a's `publicKeyMultibase`: `z6Mk…` for Ed25519, or `z4MX…` for RSA, with the bytes of
 * PKCS #1.
 */
export function toMultibase(publicKey: KeyObject): string {
  const bytes =
    publicKey.asymmetricKeyType === 'rsa'
      ? [RSA_PREFIX, publicKey.export({ type: 'pkcs1', format: 'der' })]
      : [
          ED25519_PREFIX,
          publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI_HEADER.length),
        ]
  return `z${base58.encode(Buffer.concat(bytes))}`
}

/** Returns the Ed25519 or RSA key that a Multikey names, or undefined when it is of another kind or broken. */
export function fromMultibase(text: string): KeyObject | undefined {
  if (!text.startsWith('z') || text.length > MOST_CHARACTERS) return undefined
  try {
    const bytes = Buffer.from(base58.decode(text.slice(1)))
    const [prefix, key] = [bytes.subarray(0, 2), bytes.subarray(2)]
    if (prefix.equals(RSA_PREFIX)) return createPublicKey({ key, format: 'der', type: 'pkcs1' })
    if (bytes.length !== 34 || !prefix.equals(ED25519_PREFIX)) return undefined
    const spki = Buffer.concat([SPKI_HEADER, key])
    return createPublicKey({ key: spki, format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}
