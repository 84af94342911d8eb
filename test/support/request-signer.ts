import { createHash, generateKeyPairSync, type KeyObject, sign, webcrypto } from 'node:crypto'
import { signRequest } from '@fedify/fedify/sig'

/** An RSA pair takes a tenth of a second to make, so tests that need none of their own share one. */
export type KeyPair = { privateKey: KeyObject; publicKey: KeyObject }
export const makeRsaPair = (modulusLength = 2048): KeyPair =>
  generateKeyPairSync('rsa', { modulusLength })
export const makeEd25519Pair = (): KeyPair => generateKeyPairSync('ed25519')

export const pemOf = (key: KeyObject): string =>
  key.export({ type: 'spki', format: 'pem' }).toString()

export type Spec = 'draft-cavage-http-signatures-12' | 'rfc9421'

/** Signs with Fedify, an implementation that is not ours. RSA only. */
export async function signByFedify(
  request: Request,
  { privateKey, keyId }: { privateKey: KeyObject; keyId: string },
  options: { spec?: Spec; currentTime?: Temporal.Instant } = {},
): Promise<Request> {
  const key = await webcrypto.subtle.importKey(
    'pkcs8',
    privateKey.export({ type: 'pkcs8', format: 'der' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    true,
    ['sign'],
  )
  const { spec = 'draft-cavage-http-signatures-12', currentTime } = options
  return signRequest(request, key as CryptoKey, new URL(keyId), {
    spec,
    ...(currentTime && { currentTime }),
  })
}

export type CavageSpec = {
  keyId: string
  privateKey: KeyObject
  /** The names to cover, in order. */
  covered: string[]
  /** Header values and parameters in the order in which they are written. */
  headers: Record<string, string>
  parameters?: Record<string, string>
  target: string
  hash?: string | null
}

/** Makes a draft-cavage signature by hand, so that each part can be wrong on purpose. */
export function signCavage(spec: CavageSpec): string {
  const { parameters = { algorithm: 'rsa-sha256' }, hash = 'sha256' } = spec
  const base = spec.covered
    .map((name) => {
      if (name === '(request-target)') return `${name}: ${spec.target}`
      if (name.startsWith('(')) return `${name}: ${parameters[name.slice(1, -1)]}`
      return `${name}: ${spec.headers[name]}`
    })
    .join('\n')
  const signature = sign(hash, Buffer.from(base), spec.privateKey).toString('base64')
  const rest = Object.entries(parameters).map(([name, value]) =>
    /^\d+$/.test(value) ? `${name}=${value}` : `${name}="${value}"`,
  )
  return [
    `keyId="${spec.keyId}"`,
    ...rest,
    `headers="${spec.covered.join(' ')}"`,
    `signature="${signature}"`,
  ].join(',')
}

export type MessageSpec = {
  /** The covered components, in order, each with its value. */
  components: [string, string][]
  /** The parameters after the inner list, e.g. `;created=1;keyid="…";alg="ed25519"`. */
  parameters: string
  makeSignature: (base: Buffer) => Buffer
  label?: string
}

/** Makes an RFC 9421 signature by hand; returns the two headers. */
export function signMessage({
  components,
  parameters,
  makeSignature,
  label = 'sig1',
}: MessageSpec) {
  const input = `(${components.map(([name]) => `"${name}"`).join(' ')})${parameters}`
  const lines = components.map(([name, value]) => `"${name}": ${value}`)
  const base = Buffer.from([...lines, `"@signature-params": ${input}`].join('\n'))
  return {
    'signature-input': `${label}=${input}`,
    signature: `${label}=:${makeSignature(base).toString('base64')}:`,
  }
}

export const sha256 = (body: string | Uint8Array): string =>
  createHash('sha256').update(body).digest('base64')
