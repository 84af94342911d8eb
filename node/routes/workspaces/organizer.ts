import type { Config } from '../../config.ts'
import type { Organizer } from '../../domain/cafes/cafe.ts'
import type { Organization } from '../../store/structures/organizations.ts'

/** Returns the organizer of the cafés of this server: with one structure, the feed `cafes` is that structure. */
export const organizerOf = (
  { origin }: Pick<Config, 'origin'>,
  { name }: Pick<Organization, 'name'>,
): Organizer => ({ uri: structureUriOf(origin), name, url: `${origin}/` })

/** Returns the URI of the one structure of this server, for others and as the organizer of its cafés. */
export const structureUriOf = (origin: string): string => `${origin}/actors/cafes`
