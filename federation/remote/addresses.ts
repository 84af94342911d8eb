import { BlockList, isIP } from 'node:net'

/**
 * Which servers of this very machine may be spoken to, for the demo and for tests: none, every loopback address
 * (`all`), or a list of origins such as `http://127.0.0.1:4000`.
 */
export type AllowLoopback = 'none' | 'all' | ReadonlySet<string>

/**
 * The IPv4 addresses of IANA's special-purpose registry, and 168.63.129.16, where Azure answers its own virtual
 * machines.
 */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/**
 * Of IPv6 only global unicast is allowed, which leaves out mapped, NAT64, link-local, unique local and other addresses.
 */
const GLOBAL_V6 = ['2000::/3']

/**
 * The special ranges inside global unicast: IETF protocols with Teredo, documentation twice, and 6to4, which carries
 * any IPv4 address.
 */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const specialV4 = blockListOf(SPECIAL_V4, 'ipv4')
const globalV6 = blockListOf(GLOBAL_V6, 'ipv6')
const specialV6 = blockListOf(SPECIAL_V6, 'ipv6')
const loopbackV4 = blockListOf(['127.0.0.0/8'], 'ipv4')

/** Returns whether an IP address, in any textual form that a resolver returns, is on the public Internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !specialV4.check(address)
  if (family !== 6 || address.includes('%')) return false
  return globalV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6')
}

/** Returns whether an address is in 127.0.0.0/8 or is ::1; their mapped and compatible forms do not count. */
export const isLoopbackAddress = (address: string): boolean =>
  isIP(address) === 4 ? loopbackV4.check(address) : address === '::1'

/**
 * Returns the IP address of a URL whose host is one, without brackets. The URL parser has already normalised
 * hexadecimal, octal and short forms.
 */
export function literalOf(url: URL): string | undefined {
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) ? bare : undefined
}

/** Returns whether this URL names a server of this machine that may be contacted, also by http. */
export function isAllowedLoopback(url: URL, allow: AllowLoopback): boolean {
  if (allow === 'none') return false
  if (allow !== 'all') return allow.has(url.origin)
  const literal = literalOf(url)
  return literal ? isLoopbackAddress(literal) : isLocalhost(url.hostname)
}

/**
 * Returns whether a host name is `localhost` or below it (RFC 6761, §6.3); addresses of the loopback network are not
 * asked.
 */
export const isLocalhost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost')

/**
 * Returns the part of an address that identifies one source: all of an IPv4 address, and the /64 of an IPv6 one, since
 * a home or a rented machine has a whole /64.
 */
export function sourceOf(address: string): string {
  const [unscoped = ''] = address.split('%', 1)
  const bare = unscoped.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIP(bare) !== 6) return bare
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::')
  const groups = head ? head.split(':') : []
  if (tail !== undefined) {
    const after = tail ? tail.split(':') : []
    groups.push(...Array.from({ length: 8 - groups.length - after.length }, () => '0'), ...after)
  }
  return `${groups.slice(0, 4).join(':')}::/64`
}

function blockListOf(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/')
    list.addSubnet(network, Number(prefix), family)
  }
  return list
}
