import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { refusalText } from '../../../ui/locales/messages.ts'
import type { Config } from '../../config.ts'
import type { Borrower } from '../../turns/memory.ts'
import { languageOf } from './language.ts'

type Bound = { Bindings: Partial<HttpBindings> }

/** The policy allows no script, nothing from other sites, no frame on another site, and forms to this site only. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const PERMISSIONS = 'camera=(), geolocation=(), microphone=(), interest-cohort=()'

/**
 * The policy of the administration, whose own scripts count characters and keep what is typed; its pages show no text
 * from elsewhere as HTML.
 */
const ADMIN_CONTENT_SECURITY_POLICY = `${CONTENT_SECURITY_POLICY}; script-src 'self'`

/** Allows the map tiles where the operator chose some: pictures come from their origin, and nothing else does. */
export const allowTiles =
  (tilesOrigin: string): MiddlewareHandler =>
  async (c, next) => {
    c.header(
      'Content-Security-Policy',
      ADMIN_CONTENT_SECURITY_POLICY.replace("img-src 'self'", `img-src 'self' ${tilesOrigin}`),
    )
    await next()
  }

/** Allows our own script on a public page, where it adds to what works without it. */
export const allowOwnScript: MiddlewareHandler = async (c, next) => {
  c.header('Content-Security-Policy', ADMIN_CONTENT_SECURITY_POLICY)
  await next()
}

/** Allows the script of a page of the administration to send its form by itself. */
export const allowOwnFetch: MiddlewareHandler = async (c, next) => {
  c.header('Content-Security-Policy', `${ADMIN_CONTENT_SECURITY_POLICY}; connect-src 'self'`)
  await next()
}

/**
 * Allows what the search needs: its own script asks our own API for towns, and the visitor's browser for their
 * position.
 */
export const allowPosition: MiddlewareHandler = async (c, next) => {
  c.header('Content-Security-Policy', `${ADMIN_CONTENT_SECURITY_POLICY}; connect-src 'self'`)
  c.header('Permissions-Policy', PERMISSIONS.replace('geolocation=()', 'geolocation=(self)'))
  await next()
}

const isAdmin = (path: string): boolean => /^\/administration(?:\/|$)/.test(path)

/** Adds these headers to every answer; a header that a route set itself stays. */
export const secureHeaders = (config: Pick<Config, 'origin'>): MiddlewareHandler => {
  const headers: Record<string, string> = {
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    // It is not `no-referrer`: with it, browsers send `Origin: null` with our own forms (Fetch standard, §3.2.7).
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': PERMISSIONS,
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(config.origin.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
  }
  return async (c, next) => {
    await next()
    // `c.header` would make the whole answer again for each header.
    const given = c.res.headers
    if (isAdmin(c.req.path) && !given.has('Content-Security-Policy'))
      given.set('Content-Security-Policy', ADMIN_CONTENT_SECURITY_POLICY)
    for (const [name, value] of Object.entries(headers))
      if (!given.has(name)) given.set(name, value)
  }
}

/** The addresses in which a segment may be a whole encoded address, or a sender's own key. */
const ENCODED_ID =
  /^\/api\/v1\/(?:cafes|series|(?:cafes|places)\/by-reference)\/[^/]+(\/(?:cancel|postpone|move-online|reinstate|report|registrations(?:\/[\w-]+)?))?$/

/** Returns the path as it came, before anything normalises it. */
const rawPathOf = (c: HonoContext<Bound>): string => {
  const url = c.env?.incoming?.url ?? new URL(c.req.url).pathname
  return url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '')
}

/** Returns whether two programs may read a path in two ways; such a path is refused with 400 before routing. */
const isOddPath = (path: string): boolean => {
  if (!path.startsWith('/') || /\/\/|\\|%5c|%00|[\0-\x20\x7f]/i.test(path)) return true
  if (/%2f/i.test(path) && !ENCODED_ID.test(path)) return true
  if (/%(?![0-9a-f]{2})/i.test(path)) return true
  return path
    .replace(/%2e/gi, '.')
    .split('/')
    .some((segment) => segment === '.' || segment === '..')
}

/** Refuses such paths: a visitor gets a sentence, a program what `refuseProgram` makes. */
export const refuseOddPaths =
  (refuseProgram: (c: HonoContext) => Response): MiddlewareHandler<Bound> =>
  async (c, next) => {
    const path = rawPathOf(c)
    if (!isOddPath(path)) return next()
    if (isForPrograms(path)) return refuseProgram(c)
    return c.text(refusalText('site.malformed_address', languageOf(c)), 400)
  }

/** Returns whether failures at this path are answered as a problem (RFC 9457) and not as a page. */
export const isForPrograms = (path: string): boolean => /^\/(?:api|export)\//.test(path)

/**
 * Returns the visitor's address: that of the socket, or what a trusted proxy says (CVE-2023-49952: a header from
 * anybody else proves nothing). Of several hops the last one that is not ours counts, since the client wrote those
 * before it.
 */
export function addressOf(
  incoming: Pick<IncomingMessage, 'headers' | 'socket'> | undefined,
  { trustProxy }: Pick<Config, 'trustProxy'>,
): string {
  const socket = withoutMapping(incoming?.socket.remoteAddress ?? '')
  if (!trustProxy.has(socket)) return socket
  const forwarded = [incoming?.headers['x-forwarded-for'] ?? []].flat().join(',')
  const hops = forwarded.split(',').map((hop) => withoutMapping(hop.trim()))
  const client = hops.findLast((hop) => !trustProxy.has(hop))
  return client && isIP(client) ? client : socket
}

/** Removes the mapping: `::ffff:192.0.2.1` is 192.0.2.1. */
const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

/**
 * Returns the network of one household or one server: the whole IPv4 address, or the first 64 bits of an IPv6 address.
 */
export function networkOf(address: string): string {
  return isIP(address) === 6 ? `${firstGroups(address, 4)}::/64` : address
}

/** Returns who borrows memory for an answer to this address. */
export const borrowerOf = (address: string): Borrower => ({
  network: networkOf(address),
  near: neighbourhoodOf(address),
})

/** Returns the network around an address: one subscriber may have all addresses of a /48 (RFC 6177). */
export const neighbourhoodOf = (address: string): string =>
  isIP(address) === 6
    ? `${firstGroups(address, 3)}::/48`
    : `${address.split('.').slice(0, 3).join('.')}.0/24`

function firstGroups(address: string, many: number): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const before = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  const groups = tail === undefined ? before : [...before, ...zeros, ...after]
  return groups
    .slice(0, many)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/**
 * Leads an address with parameters to the page itself, where the page reads none but the language: each other text after
 * `?` would be one more page to make and to keep.
 */
export const withoutParameters: MiddlewareHandler = async (c, next) => {
  const { pathname, searchParams } = new URL(c.req.url)
  const lang = searchParams.get('lang')
  const isPlain =
    searchParams.size === 0 || (searchParams.size === 1 && /^(?:fr|en)$/.test(lang ?? ''))
  if (isPlain) return next()
  return c.redirect(lang === 'en' ? `${pathname}?lang=en` : pathname, 303)
}
