import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFederation } from '../../federation/federation.ts'
import { createSite } from '../../node/app.ts'
import { createPageCache } from '../../node/routes/http/page-cache.ts'
import type { WebServer } from './server.ts'

/** Returns the router with every address of the site. */
export function siteOf({ context }: Pick<WebServer, 'context'>) {
  const { signal } = new AbortController()
  const federation = createFederation(context, { version: 'test', signal, woken: async () => {} })
  const pages = createPageCache(context, 1024)
  return createSite(context, federation, { logFailure: () => undefined, pages })
}

/**
 * Lists every pattern of an address that answers the method, from the router itself, so that a future one is included.
 */
export function patternsOf(server: Pick<WebServer, 'context'>, method: string): string[] {
  const patterns = siteOf(server)
    .routes.filter((route) => route.method === method && !route.path.includes('*'))
    .map(({ path }) => path)
  return [...new Set(patterns)]
}

/** Lists an address of each pattern, with the value in place of what is variable, or its first choice. */
export const pathsOf = (
  server: Pick<WebServer, 'context'>,
  method: string,
  value: string,
): string[] => [...new Set(patternsOf(server, method).map((path) => fillPattern(path, value)))]

/** Returns whether the pattern matches the address. */
export const hasPath = (pattern: string, path: string): boolean =>
  new RegExp(
    `^${pattern.replaceAll(VARIABLE, (_, rule?: string) => `(?:${rule ?? '[^/]+'})`)}$`,
  ).test(path)

const VARIABLE = /:\w+(?:\{((?:[^{}]|\{[^}]*\})*)\})?\??/g

export function fillPattern(path: string, value: string): string {
  return path.replaceAll(VARIABLE, (_, pattern: string | undefined) => {
    if (pattern?.endsWith('\\.ics')) return `${value}.ics`
    return pattern && /^[\w|-]+$/.test(pattern) ? (pattern.split('|')[0] ?? value) : value
  })
}

const ROUTES = new URL('../../node/routes', import.meta.url).pathname

/** Lists the names of everything that a route of ours reads from an address or a form. */
export function listFieldNames(): string[] {
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(ROUTES, name), 'utf8'))
  return [
    ...new Set(files.flatMap((text) => [...text.matchAll(READ)].map(([, name]) => name ?? ''))),
  ]
}

/** Matches `c.req.query('page')`, `textOf(form, 'email')`, and the readers by a name alone. */
const READ =
  /\b(?:(?:query|queries|text|choice|parameter|get|has)\(|(?:textOf|textsOf)\([\w.]+, )'([\w.-]+)'/g
