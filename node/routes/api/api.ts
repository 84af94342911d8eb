import { Hono, type Context as HonoContext } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { generateSpecs, openAPIRouteHandler } from 'hono-openapi'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { openReads } from '../http/answers.ts'
import type { ApiEnv } from './access.ts'
import { openApiDocument } from './openapi.ts'
import { refuse } from './problems.ts'
import { createRequestLimits, type RequestLimits } from './request-limits.ts'

/** Makes every address that the OpenAPI document describes. */
export type ApiParts = (context: Context, limits: RequestLimits) => Hono<ApiEnv>

/** The JSON API with these parts, to be mounted at `/api/v1`. */
export function apiRoutes(context: Context, parts: ApiParts) {
  const limits = createRequestLimits(context)
  const described = parts(context, limits)
  const routes = new Hono<ApiEnv>()
    .use(openReads)
    .use((c, next) => {
      c.set('origin', context.config.origin)
      return next()
    })
    .use(limits.limitReads)
    .route('/', described)
    .get('/openapi.json', openAPIRouteHandler(described, openApiDocument(context.config)))
  refuseOtherMethods(routes, context)
  return routes
    .all('*', (c) => refuse(c, context.config, { type: 'not-found' }))
    .onError((error, c) => toRefusal(error, c, context))
}

/** Returns the OpenAPI document, for a page to be made of it. */
export const describeApi = (context: Context, parts: ApiParts) =>
  generateSpecs(parts(context, createRequestLimits(context)), openApiDocument(context.config))

/** Answers other methods at an address that exists with 405 and the methods that it allows. */
function refuseOtherMethods(routes: Hono<ApiEnv>, { config }: Context): void {
  const methods = Map.groupBy(
    routes.routes.filter(({ method, path }) => method !== 'ALL' && path !== '/*'),
    ({ path }) => path,
  )
  for (const [path, handlers] of methods) {
    const allowed = new Set(handlers.map(({ method }) => method))
    if (allowed.has('GET')) allowed.add('HEAD')
    const Allow = [...allowed, 'OPTIONS'].join(', ')
    routes.all(path, (c) => refuse(c, config, { type: 'method-not-allowed' }, { Allow }))
  }
}

const REFUSED = {
  invalid: 'invalid',
  not_found: 'not-found',
  gone: 'gone',
  conflict: 'conflict',
  forbidden: 'not-found',
  too_large: 'too-large',
  too_many: 'too-many-requests',
  busy: 'busy',
} as const

/** Answers the caller's failures as problems; ours are thrown on, to be logged. */
function toRefusal(error: Error, c: HonoContext, { config }: Context): Response {
  if (error instanceof DomainError) return refuse(c, config, { type: REFUSED[error.code] })
  if (error instanceof HTTPException && error.status < 500)
    return refuse(c, config, { type: 'bad-request' })
  throw error
}
