import type { Env, Hono, MiddlewareHandler } from 'hono'
import { findTargetHandler } from 'hono/utils/handler'
import type { TokenScope } from '../../domain/structures/token-scope.ts'
import type { Owned } from '../../store/structures/ownership.ts'

/**
 * What a route needs of who asks:
 * `anybody` nothing · `signature` what is signed is verified by the gate of the federation · `link` a secret address ·
 * `signed-in` a session · `team` a role in the structure for which the session counts, or the mandate under which a
 * café was announced · `administrator` that role · `site` to work for the structure whose name the site bears · `mandate` the current mandate of the territory in the address ·
 * `manager` to manage the network in the address · `token:cafes` and so on an API token with this scope, which counts for
 * its structure · `own:cafe` and so on that what the address names is not another structure's.
 */
export type Need =
  | 'anybody'
  | 'signature'
  | 'link'
  | 'signed-in'
  | 'team'
  | 'administrator'
  | 'site'
  | 'mandate'
  | 'manager'
  | `token:${TokenScope}`
  | `own:${Owned}`

type Handlers = Pick<Hono, 'routes'>
type Handler = Hono['routes'][number]['handler']

const declared = new WeakMap<object, Need>()

/** Makes a middleware the gate of a need: each route behind it has that need, and `needsOf` finds it. */
export function declareGate<E extends Env>(
  need: Need,
  gate: MiddlewareHandler<E>,
): MiddlewareHandler<E> {
  declared.set(gate, need)
  return gate
}

/**
 * Declares what the routes of a router need that have no gate within it: nothing, or what their handlers verify
 * themselves. `method` narrows it to some of them.
 */
export function open<Router extends Handlers>(
  router: Router,
  need: 'anybody' | 'signature' | 'link' = 'anybody',
  method?: string,
): Router {
  for (const route of router.routes)
    if (route.method !== 'ALL' && (method === undefined || route.method === method))
      if (needOf(route.handler) === undefined) declared.set(findTargetHandler(route.handler), need)
  return router
}

const needOf = (handler: Handler): Need | undefined => declared.get(findTargetHandler(handler))

/**
 * A route that answers a method, with all that it needs; none for a route without a declaration.
 *
 * @internal
 */
export type DeclaredRoute = { method: string; path: string; needs: ReadonlySet<Need> }

/**
 * Lists each route of a router with the needs of its own handlers and of the gates that are mounted before it. A gate
 * covers its path, and all below it where that ends with `*`.
 *
 * @internal
 */
export function needsOf({ routes }: Handlers): DeclaredRoute[] {
  const isBehind = (gate: string, path: string) => {
    const base = gate.replace(/\/\*$/, '')
    return path === base || (base !== gate && path.startsWith(`${base}/`))
  }
  const found = new Map<string, { method: string; path: string; needs: Set<Need> }>()
  for (const [at, { method, path }] of routes.entries()) {
    if (method === 'ALL') continue
    const key = `${method} ${path}`
    const route = found.get(key) ?? { method, path, needs: new Set<Need>() }
    found.set(key, route)
    for (const gate of routes.slice(0, at + 1)) {
      const need = needOf(gate.handler)
      const isIts = gate.method === method ? gate.path === path : gate.method === 'ALL'
      if (need !== undefined && isIts && isBehind(gate.path, path)) route.needs.add(need)
    }
  }
  return [...found.values()]
}
