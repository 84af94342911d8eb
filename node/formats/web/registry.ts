import { createHash, createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import type { Primitives, Registry } from '../../domain/federation/verification.ts'

const Registered = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      controller: z.string(),
      publicKeyMultibase: z.string(),
      name: z.string().default(''),
      expires: z.iso.datetime({ offset: true }).optional(),
    }),
  ),
  revoked: z.array(z.string()).default([]),
})

/** The signed registry as `verification.ts` wants it; undefined when the text is something else. */
export function parseRegistry(text: string): Registry | undefined {
  try {
    const { items, revoked } = Registered.parse(JSON.parse(text))
    return { keys: items.map(({ expires, ...key }) => ({ ...key, retiredAt: expires })), revoked }
  } catch {
    return undefined
  }
}

/** SubjectPublicKeyInfo header of an Ed25519 key (RFC 8410 §4). */
const SPKI_HEADER = Buffer.from('302a300506032b6570032100', 'hex')

/** What `verification.ts` wants of the machine, by OpenSSL. */
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
