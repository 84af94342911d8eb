import type { Suspension } from '../../node/domain/structures/hosted.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import type { Logo } from '../../node/domain/values/logo.ts'

export type NavLink = { href: string; label: string }

/** The picture for previews of a shared link. Sizes are in pixels, where they are known. */
export type SharedPicture = {
  url: string
  alt: string
  type?: string | undefined
  width?: number | undefined
  height?: number | undefined
}

/** What every page shows of the server: its settings, not its state. */
export type Site = {
  /** The name of the structure or of the directory. */
  name: string
  kind: 'node' | 'hub'
  /** Whether it sends mails about new cafés to whoever asks. */
  sendsAlerts?: boolean | undefined
  /** The structure's logo, if it has one. */
  logo?: Logo | undefined
  /** The origin, such as `https://mediatheque.example`, without a slash at the end. */
  origin: string
  lang: Lang
  /** The language that the address of this page names; the addresses of its links name it too. */
  chosen?: Lang | undefined
  /**
   * The address of this page in the other language; undefined for the answer to a form, which cannot be requested
   * again.
   */
  translation?: { lang: Lang; href: string } | undefined
  nav: NavLink[]
  /** The footer's links, only to pages that exist: accessibility, personal data, legal notice, source code. */
  footerLinks: NavLink[]
  /** The address to follow from Mastodon and compatible networks, such as `@cafes@mediatheque.example`. */
  handle: string
  /** The picture for previews of its pages, unless a page has one of its own. */
  picture?: SharedPicture | undefined
  /** The style sheet with the operator's colours, where they chose some. */
  themeHref?: string | undefined
  /** The calendar to subscribe to, where there is one. */
  agendaHref?: string | undefined
  /** The ActivityPub actor that the handle names. */
  actorHref: string
  /**
   * The site's cafés in other formats: calendar, feeds, the actor to follow. Every page that search engines may list
   * declares them.
   */
  alternates: { href: string; type: string; title?: string | undefined }[]
}

/**
 * Returns the link to the actor, for pages about all the cafés: a server of the fediverse whose search gets their
 * address finds the actor.
 */
export const actorAlternate = ({ actorHref }: Pick<Site, 'actorHref'>) => ({
  href: actorHref,
  type: 'application/activity+json',
})

/** The signed-in person, as the administration's pages need them. */
export type AdminSession = {
  /** The name in the greeting of the administration; otherwise the e-mail address. */
  name: string
  /** Whether the pages offer what only administrators may do. */
  isAdministrator: boolean
  /** The hosted structure for which the person works now; undefined for that of the site. */
  hosted?: { name: string; suspension: Suspension | undefined } | undefined
  /** The structures between which the person may choose; undefined where there is nothing to choose. */
  structures?: StructureChoices | undefined
  /** For a referent: the code of the territory, whose menu replaces the team's. */
  territory?: string | undefined
  /** The CSRF token, which every form sends as `csrf`. */
  csrf: string
}

/** The structures between which a person of the administration may choose. */
type StructureChoices = {
  /** The name of the one that they work for now. */
  current: string
  listed: readonly { id: string; name: string }[]
  /** The number of those that are not listed. */
  others: number
  /** Whether the person may work for all, and has a list of them. */
  areAll: boolean
}
