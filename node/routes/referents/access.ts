import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { TerritorySession } from '../../../ui/referents/dashboard-props.ts'
import type { Context } from '../../context.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { listMandates, markReferentSeen } from '../../store/referents/referents.ts'
import { declareGate } from '../http/needs.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import type { SignedInEnv } from '../workspaces/access.ts'

export type ReferentEnv = {
  Bindings: SignedInEnv['Bindings']
  /**
   * `mandates` are those under which the person may act today; perhaps none. `mandate` is that of the territory in the
   * address, behind `needsMandate`.
   */
  Variables: SignedInEnv['Variables'] & { mandates: Referent[]; mandate: Mandate }
}

/**
 * Follows `signedInGate`: anybody who is signed in may enter, and sees what their current mandates allow. Their visit
 * is stored, so that nobody is told that they are silent.
 */
export const withMandates =
  (context: Context): MiddlewareHandler<ReferentEnv> =>
  async (c, next) => {
    const mandates = await listMandates(context.db, c.var.signedIn.account.id, context.now())
    const ids = mandates.filter((one) => isUnseenFor(one, context.now())).map(({ id }) => id)
    if (ids.length > 0) await markReferentSeen(context.db, ids, context.now())
    c.set('mandates', mandates)
    return next()
  }

/** Returns whether the last visit is older than an hour, since one write an hour is enough. */
const isUnseenFor = ({ lastSeenAt }: Referent, now: Temporal.Instant): boolean =>
  !lastSeenAt || Temporal.Instant.compare(lastSeenAt.add({ hours: 1 }), now) < 0

export type Mandate = { referent: Referent; territory: Territory }

/**
 * Behind `withMandates`: only the mandate of the territory in the address lets a person act there; which territories
 * exist is no secret.
 */
export const needsMandate: MiddlewareHandler<ReferentEnv> = declareGate(
  'mandate',
  async (c, next) => {
    const code = c.req.param('code') ?? ''
    const territory = findTerritory(code)
    const referent = c.var.mandates.find((one) => one.territory === code)
    if (!territory) throw new DomainError('not_found', 'referents.not_your_territory')
    if (!referent) throw new DomainError('forbidden', 'referents.not_your_territory')
    c.set('mandate', { referent, territory })
    await next()
  },
)

/** Returns what the pages of a territory's space show of the session: its CSRF token and the territory. */
export const sessionOf = (c: HonoContext<ReferentEnv>, territory: Territory): TerritorySession => ({
  csrf: c.var.signedIn.csrf,
  territory: { code: territory.code, label: labelOfTerritory(territory) },
})
