import { paths } from '../../../ui/paths.ts'
import type { Config } from '../../config.ts'
import type { Organizer } from '../../domain/cafes/cafe.ts'
import { SITE_SLUG } from '../../domain/structures/hosted.ts'
import type { Organization } from '../../store/structures/organizations.ts'

/** Returns the organizer of the cafés of a structure of this server: the site itself, or one that it hosts. */
export const organizerOf = (
  { origin }: Pick<Config, 'origin'>,
  { name, slug }: Pick<Organization, 'name' | 'slug'>,
): Organizer => ({
  uri: structureUriOf(origin, slug),
  name,
  url: slug === SITE_SLUG ? `${origin}/` : origin + paths.structure(slug),
})

/** Returns the URI of a structure of this server, by default that of the site, as the organizer of its cafés. */
export const structureUriOf = (origin: string, slug = SITE_SLUG): string =>
  `${origin}/actors/${slug}`
