import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import { CupLogo } from './icons.tsx'
import { paths } from './paths.ts'
import type { NavLink, Site } from './site.ts'
import { stringsFor } from './strings.ts'

/** The same thing in another form: an Event, a calendar. */
type Alternate = { href: string; type: string; title?: string | undefined }

export type LayoutProps = PropsWithChildren<{
  /** The page's own; the site's name follows it. */
  title: string
  site: Site
  /** The address of the menu's entry that this page belongs to. */
  current?: string | undefined
  description?: string | undefined
  canonical?: string | undefined
  alternates?: Alternate[] | undefined
  /** Kept out of search engines: the desk, errors, searches. */
  noindex?: boolean | undefined
  /** Replaces the site's menu, at the desk. */
  nav?: NavLink[] | undefined
  /** Adds the way to the desk, for somebody who is signed in. */
  signedIn?: boolean | undefined
}>

/** A whole page: one h1 is the children's duty. */
export function Layout(props: LayoutProps) {
  const { title, site, current, signedIn, children } = props
  const t = stringsFor(site.lang).layout
  const nav = props.nav ?? [...site.nav, ...(signedIn ? [{ href: paths.desk, label: t.desk }] : [])]
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={site.lang}>
        <Head {...props} title={title === site.name ? title : `${title} – ${site.name}`} />
        <body>
          <a class="skip" href="#contenu">
            {t.skip}
          </a>
          <header class="site page">
            <a class="name" href={paths.home}>
              <CupLogo />
              {site.name}
            </a>
            {nav.length > 0 && (
              <nav aria-label={t.mainNav}>
                <NavList links={nav} current={current} />
              </nav>
            )}
          </header>
          <main id="contenu" class="page" tabindex={-1}>
            {children}
          </main>
          <footer class="site page">
            <p>{t.free}</p>
            {site.footerLinks.length > 0 && (
              <nav aria-label={t.footerNav}>
                <NavList links={site.footerLinks} current={current} />
              </nav>
            )}
          </footer>
        </body>
      </html>
    </>
  )
}

function Head({ title, description, canonical, alternates, noindex }: LayoutProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      {description && <meta name="description" content={description} />}
      {noindex && <meta name="robots" content="noindex" />}
      <meta name="color-scheme" content="light dark" />
      {canonical && <link rel="canonical" href={canonical} />}
      {alternates?.map(({ href, type, title }) => (
        <link rel="alternate" href={href} type={type} title={title} />
      ))}
      <link rel="icon" href="/public/favicon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/public/style.css" />
    </head>
  )
}

const NavList = ({ links, current }: { links: NavLink[]; current: string | undefined }) => (
  <ul>
    {links.map(({ href, label }) => (
      <li>
        <a href={href} aria-current={href === current ? 'page' : undefined}>
          {label}
        </a>
      </li>
    ))}
  </ul>
)
