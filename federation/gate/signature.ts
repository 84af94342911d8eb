import { constants, hash, type KeyObject, verify as verifyBytes } from 'node:crypto'
import { decodeDict, type Item, serializeInnerList } from 'structured-field-values'

/** How far the sender's clock may be from ours, either way. Mastodon allows 12 h, most other software 1 h. */
const WINDOW_MS = 60 * 60 * 1000
/** An RSA-4096 signature is 684 characters; a header far longer is not a signature. */
const MAX_HEADER = 4096
const MAX_LABELS = 4

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

/**
 * Reads the signature of a request and checks everything but the key: what it covers, its time, its host, and its
 * digest against the body (a GET has none). It is read as RFC 9421 when there is a Signature-Input, otherwise as
 * draft-cavage-http-signatures-12. It does no I/O.
 */
export function readSignature(
  request: SignedRequest,
  now: Temporal.Instant,
): ReadSignature | RefusedSignature {
  const signature = request.headers.get('signature')
  const input = request.headers.get('signature-input')
  if (!signature) return { refused: 'the request is not signed' }
  if (signature.length > MAX_HEADER || (input?.length ?? 0) > MAX_HEADER)
    return { refused: 'the signature is too long' }
  if (!isOwnHost(request)) return { refused: 'the request was meant for another host' }
  return input
    ? readMessageSignature(request, { signature, input }, now)
    : readCavage(request, signature, now)
}

/** Reads the form of draft-cavage-http-signatures-12, which Mastodon and nearly all others send. */
function readCavage(
  request: SignedRequest,
  signature: string,
  now: Temporal.Instant,
): ReadSignature | RefusedSignature {
  const parameters = parseCavage(signature)
  const keyId = parameters?.get('keyId')
  const bytes = decodeBase64(parameters?.get('signature'))
  if (!parameters || !keyId || !bytes) return { refused: 'the signature is malformed' }
  const covered = (parameters.get('headers') ?? 'date').toLowerCase().split(' ')
  const timed = covered.includes('date') || covered.includes('(created)')
  const needed = ['(request-target)', 'host', ...(hasBody(request) ? ['digest'] : [])]
  if (!timed || !needed.every((name) => covered.includes(name)))
    return { refused: 'the signature must cover (request-target), host, date and digest' }

  const algorithm = (parameters.get('algorithm') ?? 'hs2019').toLowerCase()
  if (!CAVAGE_ALGORITHMS.includes(algorithm)) return { refused: `unknown algorithm ${algorithm}` }
  const late = lateness(
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

const hashOf = (base: Buffer): string => hash('sha256', base, 'base64url')

const hasBody = ({ method }: SignedRequest): boolean => method !== 'GET' && method !== 'HEAD'

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

type Signed = { key: KeyObject; base: Buffer; bytes: Buffer }

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

/** Reads the form of RFC 9421. The first label that is complete counts. */
function readMessageSignature(
  request: SignedRequest,
  headers: { signature: string; input: string },
  now: Temporal.Instant,
): ReadSignature | RefusedSignature {
  const inputs = Object.entries(decodeFields(headers.input)).slice(0, MAX_LABELS)
  const signatures = decodeFields(headers.signature)
  let answer: RefusedSignature = { refused: 'the signature is malformed' }
  for (const [label, input] of inputs) {
    const bytes = Object.hasOwn(signatures, label) ? signatures[label]?.value : undefined
    if (!(bytes instanceof Uint8Array)) continue
    const read = readLabel(request, { input, bytes: Buffer.from(bytes) }, now)
    if (!('refused' in read)) return read
    answer = read
  }
  return answer
}

function readLabel(
  request: SignedRequest,
  { input, bytes }: { input: Item; bytes: Buffer },
  now: Temporal.Instant,
): ReadSignature | RefusedSignature {
  const components = componentsOf(input)
  const { keyid, alg, created, expires } = (input.params ?? {}) as Record<string, unknown>
  if (!components || typeof keyid !== 'string') return { refused: 'the signature is malformed' }
  if (!coversEnough(components, request))
    return { refused: 'the signature must cover @method, @target-uri and content-digest' }
  if (alg !== undefined && !MESSAGE_ALGORITHMS.some((known) => known === alg))
    return { refused: `unknown algorithm ${String(alg)}` }
  const late = lateness({ created: textOf(created) ?? '', expires: textOf(expires) }, now)
  if (late) return { refused: late }
  const digests = parseContentDigest(request.headers.get('content-digest'))
  if (hasBody(request) && !isDigestOf(digests, request.body))
    return { refused: 'the digest is not that of the body' }

  const lines: string[] = []
  for (const name of components) {
    const value = componentValue(name, request)
    if (value === undefined) return { refused: `the signature covers ${name}, which is missing` }
    lines.push(`"${name}": ${value}`)
  }
  lines.push(`"@signature-params": ${serializeInnerList(input)}`)
  const base = Buffer.from(lines.join('\n'))
  return {
    keyId: keyid,
    signed: hashOf(base),
    verify: (key) => {
      const algorithm = alg ?? ALGORITHM_OF_KEY[key.asymmetricKeyType ?? '']
      return algorithm !== undefined && verifyAs(algorithm as Algorithm, { key, base, bytes })
    },
  }
}

/**
 * Returns the names of the covered components; undefined where one has parameters (`;sf`, `;req`…), which nobody sends,
 * or comes twice.
 */
function componentsOf(input: Item): string[] | undefined {
  if (!Array.isArray(input.value)) return undefined
  const items = input.value as Item[]
  const names = items.flatMap(({ value, params }) =>
    typeof value === 'string' && Object.keys(params ?? {}).length === 0 ? [value] : [],
  )
  return names.length === items.length && new Set(names).size === names.length ? names : undefined
}

function coversEnough(components: readonly string[], request: SignedRequest): boolean {
  const { path } = request
  const has = (name: string) => components.includes(name)
  const target =
    has('@target-uri') ||
    (has('@authority') &&
      (has('@request-target') || (has('@path') && (has('@query') || !path.includes('?')))))
  return has('@method') && target && (has('content-digest') || !hasBody(request))
}

function componentValue(name: string, request: SignedRequest): string | undefined {
  const [path = '', ...query] = request.path.split('?')
  const own = new URL(request.origin)
  switch (name) {
    case '@method':
      return request.method.toUpperCase()
    case '@target-uri':
      return own.origin + request.path
    case '@authority':
      return own.host
    case '@scheme':
      return own.protocol.slice(0, -1)
    case '@request-target':
      return request.path
    case '@path':
      return path
    case '@query':
      return `?${query.join('?')}`
  }
  return name.startsWith('@') ? undefined : request.headers.get(name)?.trim()
}

const MESSAGE_ALGORITHMS = [
  'rsa-v1_5-sha256',
  'rsa-pss-sha512',
  'ed25519',
  'ecdsa-p256-sha256',
] as const
type Algorithm = (typeof MESSAGE_ALGORITHMS)[number] | 'rsa-v1_5-sha512'

const ALGORITHM_OF_KEY: Record<string, Algorithm | undefined> = {
  rsa: 'rsa-v1_5-sha256',
  ed25519: 'ed25519',
  ec: 'ecdsa-p256-sha256',
}

/**
 * Returns whether the signature verifies. A key of another kind than the algorithm's never does, and an error of
 * OpenSSL counts as a no.
 */
function verifyAs(algorithm: Algorithm, signed: Signed): boolean {
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
function lateness(
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

const textOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'number' ? String(value) : 'not a number'

type Digest = { algorithm: string; bytes: Uint8Array | undefined }

/**
 * Returns the digests of a Digest header (RFC 3230): `SHA-256=base64`, separated by commas; two headers arrive as one
 * list.
 */
const parseDigest = (header: string | null | undefined): Digest[] =>
  (header ?? '').split(',').map((item) => {
    const at = item.indexOf('=')
    return {
      algorithm: item.slice(0, Math.max(at, 0)).trim().toLowerCase(),
      bytes: decodeBase64(item.slice(at + 1).trim()),
    }
  })

/** Returns the digests of a Content-Digest header (RFC 9530), which is a dictionary of byte sequences. */
const parseContentDigest = (header: string | null | undefined): Digest[] =>
  Object.entries(decodeFields(header ?? '')).map(([algorithm, { value }]) => ({
    algorithm,
    bytes: value instanceof Uint8Array ? value : undefined,
  }))

/**
 * Returns whether the digests are those of the body. Each must be of a known algorithm, given once, and right: a wrong
 * one beside a right one is an attack.
 */
function isDigestOf(digests: readonly Digest[], body: Uint8Array): boolean {
  const algorithms = new Set(digests.map(({ algorithm }) => algorithm))
  if (digests.length === 0 || algorithms.size !== digests.length) return false
  return digests.every(({ algorithm, bytes }) => {
    if (!bytes || !['sha-256', 'sha-512'].includes(algorithm)) return false
    return hash(algorithm.replace('-', ''), body, 'buffer').equals(bytes)
  })
}

/** Returns whether Host is our own, with or without the default port of our scheme. */
function isOwnHost({ headers, origin }: SignedRequest): boolean {
  const own = new URL(origin)
  const host = headers.get('host')?.trim().toLowerCase()
  const defaultPort = own.protocol === 'https:' ? '443' : '80'
  return host === own.host || (own.port === '' && host === `${own.hostname}:${defaultPort}`)
}

function decodeBase64(text: string | undefined): Buffer | undefined {
  if (!text || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  return Buffer.from(text, 'base64')
}

/** Decodes a dictionary of structured fields (RFC 8941); empty when it is not one. */
function decodeFields(header: string): Record<string, Item> {
  try {
    return decodeDict(header) as Record<string, Item>
  } catch {
    return {}
  }
}
