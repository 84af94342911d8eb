import type { KeyObject } from 'node:crypto'
import {
  type Digest,
  findLateness,
  hasBody,
  hashOf,
  isDigestOf,
  type ReadSignature,
  type RefusedSignature,
  readBase64,
  type Signed,
  type SignedRequest,
  verifyAs,
} from './signature-parts.ts'

/** Reads the form of draft-cavage-http-signatures-12, which Mastodon and nearly all others send. */
export function readCavage(
  request: SignedRequest,
  signature: string,
  now: Temporal.Instant,
): ReadSignature | RefusedSignature {
  const parameters = parseCavage(signature)
  const keyId = parameters?.get('keyId')
  const bytes = readBase64(parameters?.get('signature'))
  if (!parameters || !keyId || !bytes) return { refused: 'the signature is malformed' }
  const covered = (parameters.get('headers') ?? 'date').toLowerCase().split(' ')
  const timed = covered.includes('date') || covered.includes('(created)')
  const needed = ['(request-target)', 'host', ...(hasBody(request) ? ['digest'] : [])]
  if (!timed || !needed.every((name) => covered.includes(name)))
    return { refused: 'the signature must cover (request-target), host, date and digest' }

  const algorithm = (parameters.get('algorithm') ?? 'hs2019').toLowerCase()
  if (!CAVAGE_ALGORITHMS.includes(algorithm)) return { refused: `unknown algorithm ${algorithm}` }
  const late = findLateness(
    {
      date: covered.includes('date') ? (request.headers.get('date') ?? '') : undefined,
      created: covered.includes('(created)') ? (parameters.get('created') ?? '') : undefined,
      expires: parameters.get('expires') ?? (covered.includes('(expires)') ? '' : undefined),
    },
    now,
  )
  if (late) return { refused: late }
  if (covered.includes('(created)') && algorithm !== 'hs2019')
    return { refused: '(created) needs the algorithm hs2019' }
  if (hasBody(request) && !isDigestOf(parseDigest(request.headers.get('digest')), request.body))
    return { refused: 'the digest is not that of the body' }

  const lines: string[] = []
  for (const name of covered) {
    const value = cavageValue(name, request, parameters)
    if (value === undefined) return { refused: `the signature covers ${name}, which is missing` }
    lines.push(`${name}: ${value}`)
  }
  const base = Buffer.from(lines.join('\n'))
  const verify = (key: KeyObject) => verifyCavage(algorithm, { key, base, bytes })
  return { keyId, signed: hashOf(base), verify }
}

const CAVAGE_ALGORITHMS = ['hs2019', 'rsa-sha256', 'rsa-sha512', 'ed25519']

function cavageValue(
  name: string,
  request: SignedRequest,
  parameters: ReadonlyMap<string, string>,
): string | undefined {
  if (name === '(request-target)') return `${request.method.toLowerCase()} ${request.path}`
  if (name === '(created)' || name === '(expires)') return parameters.get(name.slice(1, -1))
  return request.headers.get(name)?.trim()
}

/**
 * Verifies a cavage signature. With an RSA key, `hs2019` means PKCS #1 v1.5 with SHA-256 in practice, whatever the
 * draft says.
 */
function verifyCavage(algorithm: string, signed: Signed): boolean {
  if (signed.key.asymmetricKeyType === 'ed25519')
    return !algorithm.startsWith('rsa') && verifyAs('ed25519', signed)
  if (algorithm === 'ed25519') return false
  return verifyAs(algorithm === 'rsa-sha512' ? 'rsa-v1_5-sha512' : 'rsa-v1_5-sha256', signed)
}

/**
 * Parses `name="value"` or `name=number`, separated by commas; undefined when anything else is in it, or a name twice.
 */
function parseCavage(header: string): Map<string, string> | undefined {
  const parameters = new Map<string, string>()
  const pattern = /\s*([A-Za-z]+)=(?:"([^"\\]*)"|(\d+))\s*(?:,|$)/y
  while (pattern.lastIndex < header.length) {
    const [, name, quoted, number] = pattern.exec(header) ?? []
    const value = quoted ?? number
    if (name === undefined || value === undefined || parameters.has(name)) return undefined
    parameters.set(name, value)
  }
  return parameters
}

/**
 * Returns the digests of a Digest header (RFC 3230): `SHA-256=base64`, separated by commas; two headers arrive as one
 * list.
 */
const parseDigest = (header: string | null | undefined): Digest[] =>
  (header ?? '').split(',').map((item) => {
    const at = item.indexOf('=')
    return {
      algorithm: item.slice(0, Math.max(at, 0)).trim().toLowerCase(),
      bytes: readBase64(item.slice(at + 1).trim()),
    }
  })
