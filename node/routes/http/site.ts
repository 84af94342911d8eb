import type { Context as HonoContext } from 'hono'
import type { Site } from '../../../ui/components/site.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { toPrintedName } from '../../../ui/locales/typography.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { accessibilityOn } from '../../domain/structures/legal-notice.ts'
import { describePageCard, siteCardWords } from '../../domain/values/card.ts'
import { dayInParis } from '../../domain/values/days.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { oncePerVersion } from '../../store/database/content-version.ts'
import { isAnybodyShown } from '../../store/facilitators/search.ts'
import { listResources } from '../../store/resources/resources.ts'
import { findSiteProfile } from '../../store/structures/profiles.ts'
import { findSettings } from '../../store/structures/site-settings.ts'
import { findSiteStructure } from '../../store/structures/site-structure.ts'
import { addressIn, languageInAddress, languageOf } from './language.ts'

/** The name of the feed to follow at each kind of server. */
const FEEDS = { node: 'cafes', hub: 'cafe-ia' }

type SiteContext = Pick<Context, 'db' | 'config' | 'isDirectory' | 'now'>

/** Every page shows these facts, and they hardly ever change. */
const findFacts = oncePerVersion(async (db) => ({
  organization: await findSiteStructure(db),
  settings: await findSettings(db),
  logo: (await findSiteProfile(db))?.logo,
  hasPeople: await isAnybodyShown(db),
  hasResources: (await listResources(db, { limit: 1, offset: 0 })).length > 0,
}))

type Facts = Awaited<ReturnType<typeof findFacts>>

/** Finds what every page says of this server, in the visitor's language; the name is the structure's own. */
export async function findSite(context: SiteContext, c: HonoContext): Promise<Site> {
  const lang = languageOf(c)
  const other = lang === 'fr' ? 'en' : 'fr'
  const isShown = c.req.method === 'GET' || c.req.method === 'HEAD'
  return {
    ...(await describeSite(context, lang)),
    chosen: languageInAddress(c),
    ...(isShown && { translation: { lang: other, href: addressIn(other, c) } }),
  }
}

/**
 * Finds the structure whose public pages these are, for what is asked of a site and not of one of its structures:
 * whoever wants to appear among its people asks its team.
 */
export const findPublicStructure = findSiteStructure

/** Finds the name of this server, for mails and where no page is made. */
export const nameOfSite = async ({ db, config }: Pick<Context, 'db' | 'config'>): Promise<string> =>
  toPrintedName((await findSiteStructure(db))?.name ?? new URL(config.origin).host)

/** The descriptions that were made of one version of the facts, by language, day, address and role. */
const described = new WeakMap<Facts, Map<string, Site>>()

/** Describes the site for no visitor in particular: what programs read is in French. */
export async function describeSite(
  { db, config: { origin, mail }, isDirectory, now }: SiteContext,
  lang: Lang = 'fr',
): Promise<Site> {
  const facts = await findFacts(db)
  const today = dayInParis(now())
  const key = `${lang} ${today} ${origin} ${isDirectory} ${mail !== undefined}`
  const known = described.get(facts) ?? new Map<string, Site>()
  described.set(facts, known)
  const site =
    known.get(key) ??
    toSite(facts, { origin, sendsMail: mail !== undefined, isDirectory, today, lang })
  known.set(key, site)
  return site
}

type Asked = {
  origin: string
  sendsMail: boolean
  isDirectory: boolean
  today: Temporal.PlainDate
  lang: Lang
}

function toSite(
  { organization, settings, logo, hasPeople, hasResources }: Facts,
  { origin, sendsMail, isDirectory, today, lang }: Asked,
): Site {
  const kind = isDirectory ? 'hub' : 'node'
  const { legal, themeColour } = settings
  const { host } = new URL(origin)
  const { footer } = messagesFor(lang).legal
  const { site, data, welcome, explore } = messagesFor(lang)
  const { layout, programs, siteMap } = site
  const { menu, team } = layout
  const name = toPrintedName(organization?.name ?? host)
  return {
    name,
    kind,
    sendsAlerts: isDirectory && sendsMail,
    logo,
    origin,
    lang,
    nav: navOf({ hasPeople, hasResources }, { kind, lang }),
    footerLinks: [
      { href: paths.about, label: welcome.title },
      ...(isDirectory
        ? [
            { href: paths.territories, label: explore.allTerritories },
            { href: paths.openData, label: data.open.title },
          ]
        : []),
      { href: paths.api, label: menu.api },
      { href: paths.admin, label: team },
      { href: paths.accessibility, label: footer.accessibility(accessibilityOn(legal, today)) },
      { href: paths.personalData, label: footer.personalData },
      { href: paths.legalNotice, label: footer.legalNotice },
      { href: paths.contact, label: footer.contact },
      { href: paths.source, label: footer.source },
      { href: paths.siteMap, label: siteMap.title },
    ],
    picture: describePageCard(siteCardWords(name, host), {
      address: origin + paths.sitePicture,
      shown: 'Dessin : des gens parlent autour d’une table',
    }),
    handle: `@${FEEDS[kind]}@${host}`,
    actorHref: `${origin}/actors/${FEEDS[kind]}`,
    themeHref: themeColour && paths.theme(themeColour),
    agendaHref: paths.agenda,
    alternates: [
      { href: paths.agenda, type: 'text/calendar', title: programs.calendar },
      { href: paths.atom, type: 'application/atom+xml', title: programs.feed },
      { href: paths.jsonFeed, type: 'application/feed+json', title: programs.feed },
    ],
  }
}

/** Returns the header: four links at a directory, and at a place those of which it has something to show. */
function navOf(
  { hasPeople, hasResources }: Pick<Facts, 'hasPeople' | 'hasResources'>,
  { kind, lang }: Pick<Site, 'kind' | 'lang'>,
): Site['nav'] {
  const { site, organise, facilitator, resources } = messagesFor(lang)
  const { menu } = site.layout
  const isDirectory = kind === 'hub'
  return [
    { href: paths.home, label: menu.home[kind] },
    isDirectory
      ? { href: paths.organise, label: organise.menu }
      : { href: paths.cafes, label: menu.cafes },
    ...(isDirectory || hasPeople
      ? [
          {
            href: paths.facilitators,
            label: isDirectory ? facilitator.menuShort : facilitator.menu,
          },
        ]
      : []),
    ...(isDirectory || hasResources ? [{ href: paths.resources, label: resources.menu }] : []),
  ]
}
