import type { Config } from '../../config.ts'
import type { ResourceHome } from '../../store/resources/resources.ts'
import type { Organization } from '../../store/structures/organizations.ts'
import { structureUriOf } from '../workspaces/organizer.ts'

/** Returns under whose name a structure of ours publishes its resources. */
export function resourceHomeOf(
  { origin }: Pick<Config, 'origin'>,
  organization: Organization,
): ResourceHome {
  // Resources speak through the account of the site, whichever of its structures describes them.
  const owner = { uri: structureUriOf(origin), name: organization.name }
  return { organizationId: organization.id, origin, owner }
}
