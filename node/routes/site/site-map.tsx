import { Hono } from 'hono'
import type { NavLink, Site } from '../../../ui/components/site.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { SiteMapPage } from '../../../ui/site/site-map.tsx'
import type { Context } from '../../context.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

/** Every page of the site in one list. */
export const siteMapRoutes = (context: Context) =>
  new Hono<WebEnv>().get(paths.siteMap, async (c) => {
    const site = await findSite(context, c)
    return c.html(
      <SiteMapPage
        site={site}
        pages={publicPages(site)}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    )
  })

/**
 * The pages that are not a café's, each once: those of the menu, those for which it has no room, and those of the
 * footer.
 */
export function publicPages(site: Site): NavLink[] {
  const t = messagesFor(site.lang)
  const { data, verify, facilitator } = t
  const { siteMap } = t.site
  const between: NavLink[] = [
    { href: paths.pastCafes, label: siteMap.past },
    { href: paths.followPage, label: siteMap.follow },
    { href: paths.guides, label: t.site.guides.title },
    { href: paths.openData, label: data.open.title },
    { href: paths.embed, label: data.embed.title },
    { href: paths.verify, label: verify.title },
    { href: paths.facilitators, label: facilitator.title },
    { href: paths.statistics, label: t.statistics.title },
    ...(site.kind === 'hub' ? directoryPages(site) : []),
  ]
  const pages = [...site.nav, ...between, ...site.footerLinks].filter(
    ({ href }) => href.startsWith('/') && !href.startsWith(paths.admin),
  )
  return [...new Map(pages.map((page) => [page.href, page])).values()]
}

const directoryPages = ({ lang }: Site): NavLink[] => {
  const t = messagesFor(lang)
  const { cafe, territory, structure, structureNetworks, alert, referent } = t
  return [
    { href: paths.cafes, label: cafe.list.title },
    { href: paths.map, label: t.map.title },
    { href: paths.territories, label: territory.index.title },
    { href: paths.structures, label: structure.list.title },
    { href: paths.referents, label: referent.list.title },
    { href: paths.structureNetworks, label: structureNetworks.list.title },
    { href: paths.questions, label: t.questions.title },
    { href: paths.start, label: t.start.title },
    { href: paths.suggest, label: t.suggestion.form.title },
    { href: paths.alerts, label: alert.title },
    { href: paths.newsletter, label: t.newsletter.title },
    { href: paths.transparency, label: t.flag.transparency.title },
    { href: paths.publicState, label: t.monitoring.publicState.title },
  ]
}
