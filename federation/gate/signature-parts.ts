import { constants, hash, type KeyObject, verify as verifyBytes } from 'node:crypto'

/** What both forms of a signature have: its bytes, its times, and the digest of the body. */

export type SignedRequest = {
  method: string
  /** The path and query as on the request line. */
  path: string
  headers: { get(name: string): string | null | undefined }
  body: Uint8Array
  /** Our own configured origin, which the sender must have meant, whatever a proxy on the way did. */
  origin: string
}

export type ReadSignature = {
  keyId: string
  /** The hash of what is signed. The signature itself would not do: of one by ECDSA, anybody can make a second one. */
  signed: string
  verify: (key: KeyObject) => boolean
}
export type RefusedSignature = { refused: string }

/** How far the sender's clock may be from ours, either way. Mastodon allows 12 h, most other software 1 h. */
const WINDOW_MS = 60 * 60 * 1000

/** Returns the SHA-256 of what is signed, as base64url. */
export const hashOf = (base: Buffer): string => hash('sha256', base, 'base64url')

/** Returns whether a request has a body, of which the signature must cover a digest. */
export const hasBody = ({ method }: SignedRequest): boolean => method !== 'GET' && method !== 'HEAD'

export type Signed = { key: KeyObject; base: Buffer; bytes: Buffer }

export type Algorithm =
  | ('rsa-v1_5-sha256' | 'rsa-v1_5-sha512' | 'rsa-pss-sha512')
  | ('ed25519' | 'ecdsa-p256-sha256')

/**
 * Returns whether the signature verifies. A key of another kind than the algorithm's never does, and an error of
 * OpenSSL counts as a no.
 */
export function verifyAs(algorithm: Algorithm, signed: Signed): boolean {
  try {
    return isSignedAs(algorithm, signed)
  } catch {
    return false
  }
}

function isSignedAs(algorithm: Algorithm, { key, base, bytes }: Signed): boolean {
  const type = key.asymmetricKeyType
  const { padding, saltLength } = PSS
  switch (algorithm) {
    case 'ed25519':
      return type === 'ed25519' && verifyBytes(null, base, key, bytes)
    case 'ecdsa-p256-sha256':
      return type === 'ec' && verifyBytes('sha256', base, { key, dsaEncoding: 'ieee-p1363' }, bytes)
    case 'rsa-pss-sha512':
      return type === 'rsa' && verifyBytes('sha512', base, { key, padding, saltLength }, bytes)
    case 'rsa-v1_5-sha512':
      return type === 'rsa' && verifyBytes('sha512', base, key, bytes)
    case 'rsa-v1_5-sha256':
      return type === 'rsa' && verifyBytes('sha256', base, key, bytes)
  }
}

/** RFC 9421 §3.3.1: a salt of 64 bytes. */
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }

/** Returns why the times of a signature do not hold; undefined when they do. Each time that is given must hold. */
export function findLateness(
  times: { date?: string | undefined; created?: string | undefined; expires?: string | undefined },
  now: Temporal.Instant,
): string | undefined {
  const { date, created, expires } = times
  const away = (ms: number) => Math.abs(ms - now.epochMilliseconds)
  if (date !== undefined && !(away(parseHttpDate(date)) <= WINDOW_MS))
    return 'the date is missing, malformed or more than an hour away'
  if (created !== undefined && !(away(parseSeconds(created)) <= WINDOW_MS))
    return 'created is missing, malformed or more than an hour away'
  if (expires !== undefined && !(parseSeconds(expires) > now.epochMilliseconds))
    return 'the signature has expired'
  return undefined
}

/** Returns the instant of an HTTP date, in the one form that may be sent (RFC 9110 §5.6.7); NaN for any other. */
const parseHttpDate = (text: string): number =>
  /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text.trim())
    ? Date.parse(text)
    : Number.NaN

const parseSeconds = (text: string): number =>
  /^\d{1,12}(\.\d{1,3})?$/.test(text) ? Number(text) * 1000 : Number.NaN

export type Digest = { algorithm: string; bytes: Uint8Array | undefined }

/**
 * Returns whether the digests are those of the body. Each must be of a known algorithm, given once, and right: a wrong
 * one beside a right one is an attack.
 */
export function isDigestOf(digests: readonly Digest[], body: Uint8Array): boolean {
  const algorithms = new Set(digests.map(({ algorithm }) => algorithm))
  if (digests.length === 0 || algorithms.size !== digests.length) return false
  return digests.every(({ algorithm, bytes }) => {
    if (!bytes || !['sha-256', 'sha-512'].includes(algorithm)) return false
    return hash(algorithm.replace('-', ''), body, 'buffer').equals(bytes)
  })
}

/** Reads base64; undefined where it is none. */
export function readBase64(text: string | undefined): Buffer | undefined {
  if (!text || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  return Buffer.from(text, 'base64')
}
