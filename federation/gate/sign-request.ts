import { hash, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { SignatureForm } from '../../node/store/directory/hosts.ts'
import type { SigningKey, UnsignedRequest } from '../services.ts'

/**
 * Signs with RSASSA-PKCS1-v1_5 and SHA-256, which both forms name. It runs off the main thread, since it takes a
 * millisecond.
 */
const signBytes = promisify<string, Buffer, KeyObject, Buffer>(sign)

/**
 * Returns the headers of a request with its host, date, digest and signature: draft-cavage-http-signatures-12, which
 * nearly every server reads, or RFC 9421. Both cover the query. `now` is the time of this machine, whatever clock the
 * program is given, because others compare it with theirs.
 */
export async function signHeaders(
  request: UnsignedRequest,
  key: SigningKey,
  form: SignatureForm,
  now: Temporal.Instant = Temporal.Now.instant(),
): Promise<Record<string, string>> {
  const { url, headers, body } = request
  const digest = request.digest ?? (body === undefined ? undefined : digestOf(body))
  const dated = {
    ...headers,
    host: url.host,
    date: new Date(now.epochMilliseconds).toUTCString(),
  }
  return form === 'cavage'
    ? signCavage(request, { ...dated, ...(digest && { digest: `SHA-256=${digest}` }) }, key)
    : signMessage(
        request,
        { ...dated, ...(digest && { 'content-digest': `sha-256=:${digest}:` }) },
        { key, created: Math.floor(now.epochMilliseconds / 1000) },
      )
}

/** Returns the SHA-256 of a body in base64. */
export const digestOf = (body: string | Uint8Array): string => hash('sha256', body, 'base64')

/** Signs as draft-cavage-http-signatures-12 §4.1.1 says. */
async function signCavage(
  { method, url }: UnsignedRequest,
  headers: Record<string, string>,
  { keyId, privateKey }: SigningKey,
): Promise<Record<string, string>> {
  const target = `${method.toLowerCase()} ${url.pathname}${url.search}`
  const covered = ['host', 'date', 'digest', 'content-type'].filter((name) => name in headers)
  const lines = covered.map((name) => `${name}: ${headers[name]}`)
  const base = [`(request-target): ${target}`, ...lines].join('\n')
  const bytes = await signBytes('sha256', Buffer.from(base), privateKey)
  const names = ['(request-target)', ...covered].join(' ')
  const signature = bytes.toString('base64')
  return {
    ...headers,
    signature: `keyId="${keyId}",algorithm="rsa-sha256",headers="${names}",signature="${signature}"`,
  }
}

/** Signs as RFC 9421 §2.5 and §3.1 say, under one label. */
async function signMessage(
  { method, url }: UnsignedRequest,
  headers: Record<string, string>,
  { key, created }: { key: SigningKey; created: number },
): Promise<Record<string, string>> {
  const components: [name: string, value: string][] = [
    ['@method', method],
    ['@target-uri', url.href],
    ['@authority', url.host],
    ...Object.entries(headers).filter(([name]) => COVERED.includes(name)),
  ]
  const names = components.map(([name]) => `"${name}"`).join(' ')
  const parameters = `(${names});alg="rsa-v1_5-sha256";keyid="${key.keyId}";created=${created}`
  const lines = components.map(([name, value]) => `"${name}": ${value}`)
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n')
  const bytes = await signBytes('sha256', Buffer.from(base), key.privateKey)
  return {
    ...headers,
    'signature-input': `sig1=${parameters}`,
    signature: `sig1=:${bytes.toString('base64')}:`,
  }
}

const COVERED = ['host', 'date', 'content-digest']
