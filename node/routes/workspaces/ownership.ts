import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { DomainError } from '../../domain/values/errors.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import type { Database } from '../../store/database/database.ts'
import { belongsToOther, type Owned } from '../../store/structures/ownership.ts'
import { declareGate } from '../http/needs.ts'
import type { WebEnv } from './access.ts'

/** What is said of something of another structure: the same as of what does not exist. */
const REFUSALS: { readonly [what in Owned]: Refusal } = {
  cafe: 'cafes.not_yours',
  venue: 'cafes.venue_not_yours',
  calendar: 'data.calendar_gone',
  person: 'facilitators.profile_gone',
  token: 'accounts.token_gone',
  network: 'networks.not_yours',
  colleague: 'accounts.account_gone',
  invitation: 'accounts.invitation_gone',
  mandate: 'referents.person_gone',
}

/**
 * Behind `adminGate`: what the address names by `:id` or `:slug` must not be another structure's. What is no structure's
 * here (another server's, a proposal) is left to its route.
 */
export const needsOwn = ({ db }: { db: Database }, what: Owned): MiddlewareHandler<WebEnv> =>
  declareGate(`own:${what}`, async (c, next) => {
    const { id: organizationId } = c.var.admin.organization
    if (await belongsToOther(db, { what, id: namedIn(c), organizationId }))
      throw new DomainError('not_found', REFUSALS[what])
    await next()
  })

/** Returns what an address names. */
export const namedIn = (c: HonoContext): string => c.req.param('id') ?? c.req.param('slug') ?? ''
