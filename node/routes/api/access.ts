import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Context } from '../../context.ts'
import type { TokenScope } from '../../domain/structures/token-scope.ts'
import { type ApiToken, findToken, markTokenUsed } from '../../store/accounts/api-tokens.ts'
import { findHosted } from '../../store/structures/hosted.ts'
import { findOrganization, type Organization } from '../../store/structures/organizations.ts'
import { belongsToOther, type Owned } from '../../store/structures/ownership.ts'
import { isSiteStructure } from '../../store/structures/workspaces.ts'
import { declareGate } from '../http/needs.ts'
import { namedIn } from '../workspaces/ownership.ts'
import { refuse } from './problems.ts'
import type { RequestLimits } from './request-limits.ts'
import { findNamedStructure, refuseStructure } from './structures.ts'

/** A program that may write, and the structure for which it writes. */
export type Writer = { token: ApiToken; organization: Organization }

export type ApiEnv = {
  Bindings: Partial<HttpBindings>
  Variables: { writer: Writer; origin: string }
}

/** Finds the writer by the token of the request; undefined without a valid one, or while its structure is suspended. */
export async function findWriter(
  c: HonoContext,
  { db, now }: Context,
): Promise<Writer | undefined> {
  const [, secret] = /^Bearer +([\w-]+)$/i.exec(c.req.header('Authorization') ?? '') ?? []
  const token = secret === undefined ? undefined : await findToken(db, secret, now())
  const organization = token && (await findOrganization(db, token.organizationId))
  const isSuspended = organization && (await findHosted(db, organization))?.suspension
  return token && organization && !isSuspended ? { token, organization } : undefined
}

/**
 * Binds a writer to the structure that `?structure=` names; undefined where its token may not read or write for that one.
 */
export async function findNamedWriter(
  c: HonoContext,
  context: Context,
  writer: Writer,
): Promise<Writer | undefined> {
  const slug = c.req.query('structure')
  if (slug === undefined) return writer
  const organization = await findNamedStructure(context, writer.organization, slug)
  return organization && { ...writer, organization }
}

/** Guards every write: it needs a token with this scope, and no program may write more often than its limit. */
export const requireWriter = (
  context: Context,
  limits: RequestLimits,
  { scope, what = 'write' }: { scope: TokenScope; what?: 'write' | 'batch' },
): MiddlewareHandler<ApiEnv> =>
  declareGate(`token:${scope}`, async (c, next) => {
    const known = await findWriter(c, context)
    if (!known) {
      const tooMany = await limits.spend(c, 'failure', limits.whoAsks(c))
      return tooMany ?? refuseStranger(c, context)
    }
    if (!mayUse(known, scope)) return refuseScope(c, context, scope)
    const tooMany = await limits.spend(c, what, known.token.id)
    if (tooMany) return tooMany
    const writer = await findNamedWriter(c, context, known)
    if (!writer) return refuse(c, context.config, refuseStructure())
    await markTokenUsed(context.db, writer.token, context.now())
    c.set('writer', writer)
    return next()
  })

/** Guards what is read of one's own structure: it needs a token with this scope. */
export const requireReader = (context: Context, scope: TokenScope): MiddlewareHandler<ApiEnv> =>
  declareGate(`token:${scope}`, async (c, next) => {
    const known = await findWriter(c, context)
    if (!known) return refuseStranger(c, context)
    if (!mayUse(known, scope)) return refuseScope(c, context, scope)
    const writer = await findNamedWriter(c, context, known)
    if (!writer) return refuse(c, context.config, refuseStructure())
    c.set('writer', writer)
    return next()
  })

/** Returns whether a program's token has this scope. */
export const mayUse = ({ token }: Writer, scope: TokenScope): boolean =>
  token.scopes.includes(scope)

/**
 * Behind `requireWriter` or `requireReader`: what the address names must not be another structure's, which is answered as
 * if it did not exist.
 * @param how.isNamedInBody - Whether the body may name one of the structures that the site hosts; what reads the body
 *   then compares its structure with that of the object.
 */
export const requireOwn = (
  { db, config }: Context,
  what: Extract<Owned, 'cafe' | 'calendar' | 'series' | 'resource' | 'webhook'>,
  { isNamedInBody = false }: { isNamedInBody?: boolean } = {},
): MiddlewareHandler<ApiEnv> =>
  declareGate(`own:${what}`, async (c, next) => {
    const { id: organizationId } = c.var.writer.organization
    if (isNamedInBody && (await isSiteStructure(db, organizationId))) return next()
    const isOthers = await belongsToOther(db, { what, id: namedIn(c), organizationId })
    return isOthers ? refuse(c, config, { type: 'not-found' }) : next()
  })

const refuseStranger = (c: HonoContext, { config }: Context): Response =>
  refuse(c, config, { type: 'unauthorized' }, challenge(c))

/** Refuses a token that lacks this scope, and names it (RFC 6750 §3.1). */
export const refuseScope = (c: HonoContext, { config }: Context, scope: TokenScope): Response =>
  refuse(
    c,
    config,
    { type: 'insufficient-scope', scope },
    {
      'WWW-Authenticate': `Bearer realm="cafe-ia", error="insufficient_scope", scope="${scope}"`,
    },
  )

/** Returns the challenge of a 401 answer (RFC 6750 §3). */
const challenge = (c: HonoContext): Record<string, string> => ({
  'WWW-Authenticate': c.req.header('Authorization')
    ? 'Bearer realm="cafe-ia", error="invalid_token"'
    : 'Bearer realm="cafe-ia"',
})
