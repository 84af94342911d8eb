import { paths } from '../../ui/paths.ts'
import type { Site } from '../../ui/site.ts'
import { stringsFor } from '../../ui/strings.ts'
import type { Context } from '../context.ts'
import { findFirstOrganization } from '../store/organizations.ts'

/** The feed to follow, as it is called at each kind of server. */
const FEEDS = { node: 'cafes', hub: 'cafe-ia' }

/** What every page says of this server; its name is the structure's, which may change at any time. */
export async function findSite({ db, config }: Pick<Context, 'db' | 'config'>): Promise<Site> {
  const organization = await findFirstOrganization(db)
  const { host } = new URL(config.origin)
  const { menu } = stringsFor('fr').layout
  return {
    name: organization?.name ?? host,
    kind: config.role,
    origin: config.origin,
    lang: 'fr',
    nav: [
      { href: paths.home, label: menu.home[config.role] },
      { href: paths.cafes, label: menu.cafes },
    ],
    footerLinks: [{ href: paths.api, label: menu.api }],
    handle: `@${FEEDS[config.role]}@${host}`,
    agendaHref: paths.agenda,
  }
}
