import type { Config } from '../config.ts'
import type { Organizer } from '../domain/cafe.ts'
import type { Organization } from '../store/organizations.ts'

/** Who announces the cafés of this server: with one structure, the feed `cafes` is that structure. */
export const organizerOf = (
  { origin }: Pick<Config, 'origin'>,
  { name }: Pick<Organization, 'name'>,
): Organizer => ({ uri: `${origin}/actors/cafes`, name, url: `${origin}/` })
