import { createHash, createPublicKey, verify } from 'node:crypto'
import type { Primitives } from '../../domain/federation/verification.ts'

/** The SubjectPublicKeyInfo header of an Ed25519 key (RFC 8410 §4). */
const SPKI_HEADER = Buffer.from('302a300506032b6570032100', 'hex')

/** The operations that `verification.ts` needs of the platform, by OpenSSL. */
export const nodePrimitives: Primitives = {
  sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
  verify: async (signature, message, publicKey) => {
    const der = Buffer.concat([SPKI_HEADER, publicKey])
    return verify(
      null,
      message,
      createPublicKey({ key: der, format: 'der', type: 'spki' }),
      signature,
    )
  },
}
