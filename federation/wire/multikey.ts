import { createPublicKey, type KeyObject } from 'node:crypto'
import { base58 } from '@scure/base'

/** Multicodec prefix of an Ed25519 public key (varint 0xed). */
const ED25519_PREFIX = Buffer.from([0xed, 0x01])
/** SubjectPublicKeyInfo header of an Ed25519 key (RFC 8410 §4). */
const SPKI_HEADER = Buffer.from('302a300506032b6570032100', 'hex')

/** `z6Mk…`, as FEP-521a's `publicKeyMultibase` holds it. */
export function toMultibase(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  return `z${base58.encode(Buffer.concat([ED25519_PREFIX, spki.subarray(SPKI_HEADER.length)]))}`
}

/** The Ed25519 key that a Multikey names, or undefined when it is of another kind or broken. */
export function fromMultibase(text: string): KeyObject | undefined {
  if (!text.startsWith('z') || text.length > 100) return undefined
  try {
    const bytes = Buffer.from(base58.decode(text.slice(1)))
    if (bytes.length !== 34 || !bytes.subarray(0, 2).equals(ED25519_PREFIX)) return undefined
    return createPublicKey({
      key: Buffer.concat([SPKI_HEADER, bytes.subarray(2)]),
      format: 'der',
      type: 'spki',
    })
  } catch {
    return undefined
  }
}
