import { DomainError } from '../../domain/values/errors.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import type { Owned } from '../../store/structures/ownership.ts'

/** What is said of what is not here: that it is not found or, of what a colleague may just have removed, that it is gone. */
const REFUSALS: { readonly [what in Owned]: readonly ['not_found' | 'gone', Refusal] } = {
  cafe: ['not_found', 'cafes.not_yours'],
  venue: ['not_found', 'cafes.venue_not_yours'],
  series: ['not_found', 'cafes.series_not_yours'],
  calendar: ['gone', 'data.calendar_gone'],
  person: ['gone', 'facilitators.profile_gone'],
  token: ['not_found', 'accounts.token_gone'],
  webhook: ['gone', 'data.webhook_gone'],
  network: ['not_found', 'networks.not_yours'],
  resource: ['not_found', 'resources.not_yours'],
  colleague: ['gone', 'accounts.account_gone'],
  invitation: ['not_found', 'accounts.invitation_gone'],
  mandate: ['gone', 'referents.person_gone'],
}

/** Returns the failure for something that does not exist, which is also that for something of another structure. */
export const refusalOf = (what: Owned): DomainError => new DomainError(...REFUSALS[what])
