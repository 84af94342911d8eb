import { decodeDict, type Item, serializeInnerList } from 'structured-field-values'
import {
  type Algorithm,
  type Digest,
  findLateness,
  hasBody,
  hashOf,
  isDigestOf,
  type ReadSignature,
  type RefusedSignature,
  type SignedRequest,
  verifyAs,
} from './signature-parts.ts'

const MAX_LABELS = 4

/** Reads the form of RFC 9421. The first label that is complete counts. */
export function readMessageSignature(
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
  const late = findLateness({ created: textOf(created) ?? '', expires: textOf(expires) }, now)
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
] as const satisfies Algorithm[]

const ALGORITHM_OF_KEY: Record<string, Algorithm | undefined> = {
  rsa: 'rsa-v1_5-sha256',
  ed25519: 'ed25519',
  ec: 'ecdsa-p256-sha256',
}

const textOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'number' ? String(value) : 'not a number'

/** Returns the digests of a Content-Digest header (RFC 9530), which is a dictionary of byte sequences. */
const parseContentDigest = (header: string | null | undefined): Digest[] =>
  Object.entries(decodeFields(header ?? '')).map(([algorithm, { value }]) => ({
    algorithm,
    bytes: value instanceof Uint8Array ? value : undefined,
  }))

/** Decodes a dictionary of structured fields (RFC 8941); empty when it is not one. */
function decodeFields(header: string): Record<string, Item> {
  try {
    return decodeDict(header) as Record<string, Item>
  } catch {
    return {}
  }
}
