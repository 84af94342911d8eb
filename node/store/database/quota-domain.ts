import { isIP } from 'node:net'
import { LRUCache } from 'lru-cache'
import { getDomain } from 'tldts'

/**
 * Returns the domain by which limits count: the one that somebody had to register (public suffix list, private suffixes
 * included, so that neighbours on a hosting service do not share). An IP address or a name without one counts with its
 * port. `host` is as in a URL, with its port where it has one.
 */
export function quotaDomainOf(host: string): string {
  const known = domains.get(host)
  if (known !== undefined) return known
  const domain = findDomain(host)
  domains.set(host, domain)
  return domain
}

/** Domains are cached, since several limits ask for that of each message. */
const domains = new LRUCache<string, string>({ max: 1000 })

/**
 * Returns the domain of the hosting service on which somebody has this domain, a name below a private suffix, which
 * costs nothing there; undefined for a domain that was registered.
 */
export function hostingOf(quotaDomain: string): string | undefined {
  const registered = getDomain(quotaDomain) ?? quotaDomain
  return registered === quotaDomain ? undefined : registered
}

/** Returns where a host name comes from: its registrable domain, or the hosting service below which it is free. */
export function sourceOf(host: string): string {
  const domain = quotaDomainOf(host)
  return hostingOf(domain) ?? domain
}

/** Returns whether somebody can have registered this name: it is an IP address, or below a public suffix. */
export const isRegistrable = (host: string): boolean =>
  host.startsWith('[') || isIP(host.replace(/:\d+$/, '')) > 0 || getDomain(host) !== null

function findDomain(host: string): string {
  const { hostname } = new URL(`http://${host}`)
  if (hostname.startsWith('[') || isIP(hostname)) return host
  return getDomain(hostname, { allowPrivateDomains: true }) ?? host
}
