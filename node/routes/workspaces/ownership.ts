import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Database } from '../../store/database/database.ts'
import { belongsToOther, type Owned } from '../../store/structures/ownership.ts'
import { declareGate } from '../http/needs.ts'
import type { WebEnv } from './access.ts'
import { refusalOf } from './refusals.ts'

/**
 * Behind `adminGate`: what the address names by `:id` or `:slug` must not be another structure's. What is no structure's
 * here (another server's, a proposal) is left to its route.
 */
export const needsOwn = ({ db }: { db: Database }, what: Owned): MiddlewareHandler<WebEnv> =>
  declareGate(`own:${what}`, async (c, next) => {
    const { id: organizationId } = c.var.admin.organization
    if (await belongsToOther(db, { what, id: namedIn(c), organizationId })) throw refusalOf(what)
    await next()
  })

/** Returns what an address names. */
export const namedIn = (c: HonoContext): string => c.req.param('id') ?? c.req.param('slug') ?? ''
