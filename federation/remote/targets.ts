import {
  type AllowLoopback,
  isAllowedLoopback,
  isLocalhost,
  isPublicAddress,
  literalOf,
} from './addresses.ts'
import { EgressError } from './egress-error.ts'

/**
 * Returns the target of a call, without a fragment.
 * @throws EgressError where no request may be sent.
 */
export function parseTarget(url: string | URL, allow: AllowLoopback): URL {
  const problem = problemOf(url, allow)
  if (problem) throw problem
  const target = new URL(url)
  if (target.hash) target.hash = ''
  return target
}

/**
 * Returns why no request may be sent there: scheme, user, port, name or literal address. Only the name is looked at
 * here; its addresses are checked when connecting.
 */
export function problemOf(address: string | URL, allow: AllowLoopback): EgressError | undefined {
  const url = address instanceof URL ? address : URL.parse(address)
  if (!url) return new EgressError('blocked_address', 'not an address')
  const loopback = isAllowedLoopback(url, allow)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    return new EgressError('scheme', `${url.protocol} is not allowed, only https`)
  if (url.username || url.password)
    return new EgressError('blocked_address', 'an address with a user name in it')
  if (url.port === '0') return new EgressError('blocked_address', 'an address with port 0')
  if (url.hostname.endsWith('.'))
    return new EgressError('blocked_address', 'a host that ends with a dot')
  if (loopback) return undefined
  const literal = literalOf(url)
  if (literal ? isPublicAddress(literal) : isPublicName(url.hostname)) return undefined
  return new EgressError('blocked_address', `${url.hostname} is not a public server`)
}

/**
 * Returns whether a name is public. Names that are only meaningful locally (RFC 6761, RFC 6762, RFC 8375, ICANN's
 * `internal`) are not, wherever they resolve.
 */
const isPublicName = (hostname: string): boolean =>
  hostname.includes('.') &&
  !isLocalhost(hostname) &&
  !['.local', '.internal', '.home.arpa'].some((suffix) => hostname.endsWith(suffix))
