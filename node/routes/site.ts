import { paths } from '../../ui/paths.ts'
import type { Site } from '../../ui/site.ts'
import { stringsFor } from '../../ui/strings.ts'
import type { Context } from '../context.ts'
import { findFirstOrganization } from '../store/organizations.ts'
import { findSettings } from '../store/site-settings.ts'

/** The feed to follow, as it is called at each kind of server. */
const FEEDS = { node: 'cafes', hub: 'cafe-ia' }

type SiteContext = Pick<Context, 'db' | 'config' | 'isDirectory'>

/** What every page says of this server; its name is the structure's, which may change at any time. */
export async function findSite({ db, config, isDirectory }: SiteContext): Promise<Site> {
  const kind = isDirectory ? 'hub' : 'node'
  const organization = await findFirstOrganization(db)
  const { legal, themeColour } = await findSettings(db)
  const { host } = new URL(config.origin)
  const { footer } = stringsFor('fr').legal
  const { programs, siteMap } = stringsFor('fr')
  const { menu, team } = stringsFor('fr').layout
  return {
    name: organization?.name ?? host,
    kind,
    origin: config.origin,
    lang: 'fr',
    nav: [
      { href: paths.home, label: menu.home[kind] },
      { href: paths.cafes, label: menu.cafes },
    ],
    footerLinks: [
      { href: paths.api, label: menu.api },
      { href: paths.desk, label: team },
      { href: paths.accessibility, label: footer.accessibility(legal.accessibility) },
      { href: paths.personalData, label: footer.personalData },
      { href: paths.legalNotice, label: footer.legalNotice },
      { href: paths.contact, label: footer.contact },
      { href: paths.source, label: footer.source },
      { href: paths.siteMap, label: siteMap.title },
    ],
    handle: `@${FEEDS[kind]}@${host}`,
    actorHref: `${config.origin}/actors/${FEEDS[kind]}`,
    themeHref: themeColour && paths.theme(themeColour),
    agendaHref: paths.agenda,
    alternates: [
      { href: paths.agenda, type: 'text/calendar', title: programs.calendar },
      { href: paths.atom, type: 'application/atom+xml', title: programs.feed },
      { href: paths.jsonFeed, type: 'application/feed+json', title: programs.feed },
    ],
  }
}
