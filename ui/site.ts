import type { PageLang } from './strings.ts'

export type NavLink = { href: string; label: string }

/** What every page says of the server that shows it: its settings, never its state. */
export type Site = {
  /** The place's or the directory's own name. */
  name: string
  kind: 'node' | 'hub'
  /** `https://mediatheque.example`, without a slash at the end. */
  origin: string
  lang: PageLang
  nav: NavLink[]
  /** Only pages that exist: accessibility, personal data, legal notice, source code. */
  footerLinks: NavLink[]
  /** `@cafes@mediatheque.example`: the address to follow from Mastodon and compatible networks. */
  handle: string
  /** The calendar to subscribe to, where there is one. */
  agendaHref?: string | undefined
}

/** Who is signed in, as the desk's pages need it. */
export type DeskSession = {
  /** How the desk greets: a name, else the e-mail address. */
  name: string
  /** Goes into every form, as `csrf`. */
  csrf: string
}
