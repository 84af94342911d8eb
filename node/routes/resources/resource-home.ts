import type { Config } from '../../config.ts'
import type { ResourceHome } from '../../store/resources/resources.ts'
import type { Organization } from '../../store/structures/organizations.ts'
import { organizerOf } from '../workspaces/organizer.ts'

/** Returns under whose name a structure of ours publishes its resources. */
export function resourceHomeOf(
  { origin }: Pick<Config, 'origin'>,
  organization: Organization,
): ResourceHome {
  const { uri, name } = organizerOf({ origin }, organization)
  return { organizationId: organization.id, origin, owner: { uri, name } }
}
