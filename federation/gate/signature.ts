import { readCavage } from './signature-cavage.ts'
import { readMessageSignature } from './signature-message.ts'
import type { ReadSignature, RefusedSignature, SignedRequest } from './signature-parts.ts'

/** An RSA-4096 signature is 684 characters; a header far longer is not a signature. */
const MAX_HEADER = 4096

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

/** Returns whether Host is our own, with or without the default port of our scheme. */
function isOwnHost({ headers, origin }: SignedRequest): boolean {
  const own = new URL(origin)
  const host = headers.get('host')?.trim().toLowerCase()
  const defaultPort = own.protocol === 'https:' ? '443' : '80'
  return host === own.host || (own.port === '' && host === `${own.hostname}:${defaultPort}`)
}
