import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { DomainError } from '../../domain/values/errors.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import type { Database } from '../../store/database/database.ts'
import { belongsToOther, type Owned } from '../../store/structures/ownership.ts'
import { declareGate } from '../http/needs.ts'
import type { WebEnv } from './access.ts'

/** What is said of what is not here: that it is not found or, of what a colleague may just have removed, that it is gone. */
const REFUSALS: { readonly [what in Owned]: readonly ['not_found' | 'gone', Refusal] } = {
  cafe: ['not_found', 'cafes.not_yours'],
  venue: ['not_found', 'cafes.venue_not_yours'],
  calendar: ['gone', 'data.calendar_gone'],
  person: ['gone', 'facilitators.profile_gone'],
  token: ['not_found', 'accounts.token_gone'],
  network: ['not_found', 'networks.not_yours'],
  colleague: ['gone', 'accounts.account_gone'],
  invitation: ['not_found', 'accounts.invitation_gone'],
  mandate: ['gone', 'referents.person_gone'],
}

/** Returns the failure for something that does not exist, which is also that for something of another structure. */
export const missing = (what: Owned): DomainError => new DomainError(...REFUSALS[what])

/**
 * Behind `adminGate`: what the address names by `:id` or `:slug` must not be another structure's. What is no structure's
 * here (another server's, a proposal) is left to its route.
 */
export const needsOwn = ({ db }: { db: Database }, what: Owned): MiddlewareHandler<WebEnv> =>
  declareGate(`own:${what}`, async (c, next) => {
    const { id: organizationId } = c.var.admin.organization
    if (await belongsToOther(db, { what, id: namedIn(c), organizationId })) throw missing(what)
    await next()
  })

/** Returns what an address names. */
export const namedIn = (c: HonoContext): string => c.req.param('id') ?? c.req.param('slug') ?? ''
