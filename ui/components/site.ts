import type { Lang } from '../../node/domain/values/lang.ts'
import type { Logo } from '../../node/domain/values/logo.ts'

export type NavLink = { href: string; label: string }

/** What stands for the page where its link is shared. Sizes in pixels, where they are known. */
export type SharedPicture = {
  url: string
  alt: string
  type?: string | undefined
  width?: number | undefined
  height?: number | undefined
}

/** What every page says of the server that shows it: its settings, never its state. */
export type Site = {
  /** The place's or the directory's own name. */
  name: string
  kind: 'node' | 'hub'
  /** The structure's mark, where it gave one. */
  logo?: Logo | undefined
  /** `https://mediatheque.example`, without a slash at the end. */
  origin: string
  lang: Lang
  /** The language that the address of this page names, and those of its links therefore do too. */
  chosen?: Lang | undefined
  /** This page in the other language; the answer to a form has no address to ask it at. */
  translation?: { lang: Lang; href: string } | undefined
  nav: NavLink[]
  /** Only pages that exist: accessibility, personal data, legal notice, source code. */
  footerLinks: NavLink[]
  /** `@cafes@mediatheque.example`: the address to follow from Mastodon and compatible networks. */
  handle: string
  /** What stands for its pages where a link to them is shown, unless they have a picture of their own. */
  picture?: SharedPicture | undefined
  /** The operator's colours, where they chose some. */
  themeHref?: string | undefined
  /** The calendar to subscribe to, where there is one. */
  agendaHref?: string | undefined
  /** The account that the handle names, for programs. */
  actorHref: string
  /** The site's cafés for programs: calendar, feeds, the account to follow. Of every page that may be found. */
  alternates: { href: string; type: string; title?: string | undefined }[]
}

/** Of the pages that are about all the cafés: a network in whose search one pastes their address finds the account. */
export const actorAlternate = ({ actorHref }: Pick<Site, 'actorHref'>) => ({
  href: actorHref,
  type: 'application/activity+json',
})

/** Who is signed in, as the administration's pages need it. */
export type AdminSession = {
  /** How the administration greets: a name, else the e-mail address. */
  name: string
  /** What only they may do is not offered to others. */
  isAdministrator: boolean
  /** Of a referent: the code of the territory, whose menu takes the place of the team's. */
  territory?: string | undefined
  /** Goes into every form, as `csrf`. */
  csrf: string
}
