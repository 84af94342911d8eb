import { createPublicKey, type KeyObject } from 'node:crypto'

/** Smaller keys are within reach of a determined attacker; larger keys and large exponents only cost us time. */
const RSA_BITS = { least: 2048, most: 8192 }
const GREATEST_EXPONENT = 2n ** 32n

/**
 * Returns the text from the first BEGIN line to its END line: Debian's snac2 leaves bytes of its memory after it.
 *
 * @internal
 */
export function trimPem(pem: string): string | undefined {
  const start = pem.indexOf('-----BEGIN ')
  const end = pem.indexOf('-----END ', start)
  const close = pem.indexOf('-----', end + '-----END '.length)
  if (start < 0 || end < 0 || close < 0) return undefined
  return `${pem.slice(start, close)}-----\n`
}

/**
 * Parses a public key that may sign requests, from `publicKeyPem`; undefined for anything else, private keys included.
 */
export function parsePublicPem(pem: string): KeyObject | undefined {
  const trimmed = trimPem(pem)
  if (!trimmed || trimmed.includes('PRIVATE')) return undefined
  try {
    const key = createPublicKey(trimmed)
    return isAcceptable(key) ? key : undefined
  } catch {
    return undefined
  }
}

/** Returns whether a public key is of a kind and size with which requests may be signed. */
export function isAcceptable(key: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'ed25519') return true
  if (key.asymmetricKeyType === 'ec') return namedCurve === 'prime256v1'
  if (key.asymmetricKeyType !== 'rsa') return false
  const sized = modulusLength >= RSA_BITS.least && modulusLength <= RSA_BITS.most
  return sized && publicExponent <= GREATEST_EXPONENT
}
