import { raw } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { LANGS, type Lang } from '../../node/domain/values/lang.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { writeOnce } from './drawn.tsx'
import { CupLogo } from './icons.tsx'
import { ChosenLanguage, Link } from './link.tsx'
import { LogoPicture } from './logo.tsx'
import type { NavLink, SharedPicture, Site } from './site.ts'

/** The same content in another format: an Event, a calendar, a feed. */
type Alternate = { href: string; type: string; title?: string | undefined }

export type LayoutProps = PropsWithChildren<{
  /** Whether the lines are kept short, for pages that are text or a form. */
  narrow?: boolean | undefined
  /** The page's own title; the site's name follows it. */
  title: string
  site: Site
  /** The address of the menu's entry that this page belongs to. */
  current?: string | undefined
  /** The page's description; by default the site's. */
  description?: string | undefined
  /** The page's absolute address; by default that of `current`. */
  canonical?: string | undefined
  alternates?: Alternate[] | undefined
  /** The page's own calendars and feeds; they are declared even where search engines are kept out. */
  feeds?: Alternate[] | undefined
  picture?: SharedPicture | undefined
  /** A schema.org object, already as the text of a script (`toScriptText`). */
  structuredData?: string | undefined
  /** Whether search engines are kept out: the administration, errors, searches. */
  noindex?: boolean | undefined
  /**
   * Whether search engines are kept out although people send each other the link: title and description for previews
   * are kept.
   */
  isSent?: boolean | undefined
  /** The menu of the administration, which replaces the site's. */
  nav?: NavLink[] | undefined
  /** Further entries of the menu, folded under one label, in named groups. */
  more?: { label: string; groups: readonly NavGroup[] } | undefined
  /** A landmark between the menu and the content; the skip link passes over it too. */
  before?: Child | undefined
  /** Addresses of our own scripts; the answer's Content-Security-Policy must allow them. */
  scripts?: readonly string[] | undefined
  /** Whether somebody is signed in, who gets a link to the administration. */
  signedIn?: boolean | undefined
}>

/** A whole page. Its children must contain one h1. */
export function Layout(props: LayoutProps) {
  const { title, site, current, signedIn, children } = props
  const t = messagesFor(site.lang).site.layout
  const ownNav = signedIn ? [...site.nav, { href: paths.admin, label: t.admin }] : site.nav
  const nav = props.nav ?? ownNav
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={site.lang}>
        <Head {...props} title={title === site.name ? title : `${title} – ${site.name}`} />
        <body>
          <ChosenLanguage.Provider value={site.chosen}>
            <Link class="skip" href="#contenu">
              {t.skip}
            </Link>
            <header class="site page">
              <Link class="name" href={paths.home}>
                {site.logo ? <LogoPicture logo={site.logo} alt="" size="small" /> : <CupLogo />}
                {site.name}
              </Link>
              {(nav.length > 0 || site.translation) && (
                <nav aria-label={t.mainNav}>
                  <NavList links={nav} current={current}>
                    {props.more ? (
                      <MoreLinks {...props.more} current={current}>
                        <Translation site={site} />
                      </MoreLinks>
                    ) : (
                      <Translation site={site} />
                    )}
                  </NavList>
                </nav>
              )}
            </header>
            {props.before && <div class="page">{props.before}</div>}
            <main id="contenu" class="page" tabindex={-1}>
              {props.narrow ? <div class="narrow">{children}</div> : children}
            </main>
            <footer class="site page">
              <p>{t.free}</p>
              {site.footerLinks.length > 0 && (
                <nav aria-label={t.footerNav}>
                  <NavList links={site.footerLinks} current={current} />
                </nav>
              )}
            </footer>
          </ChosenLanguage.Provider>
        </body>
      </html>
    </>
  )
}

function Head(props: LayoutProps) {
  const { title, site, noindex, structuredData } = props
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      {noindex && <meta name="robots" content="noindex" />}
      {(!noindex || props.isSent) && <Shared {...props} />}
      <meta name="color-scheme" content="light dark" />
      <Alternates links={props.feeds ?? []} />
      {!noindex && <Alternates links={props.alternates ?? []} />}
      {writeOnce(site.alternates, `${noindex ?? false} ${site.themeHref ?? ''}`, () => (
        <>
          {!noindex && <Alternates links={site.alternates} />}
          <link rel="icon" href="/public/favicon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/public/style.css" />
          {site.themeHref && <link rel="stylesheet" href={site.themeHref} />}
        </>
      ))}
      {props.scripts?.map((src) => (
        <script src={src} defer></script>
      ))}
      {structuredData && !noindex && (
        <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: structuredData }} />
      )}
    </head>
  )
}

const Alternates = ({ links }: { links: readonly Alternate[] }) => (
  <>
    {links.map(({ href, type, title }) => (
      <link rel="alternate" href={href} type={type} title={title} />
    ))}
  </>
)

/** The metadata for search engines and for previews of a shared link. */
function Shared(props: LayoutProps) {
  const { title, site, current, picture = site.picture } = props
  const description = props.description ?? messagesFor(site.lang).site.layout.description
  const canonical = props.canonical ?? (current && site.origin + current)
  return (
    <>
      <meta name="description" content={description} />
      {canonical && <link rel="canonical" href={canonical} />}
      {canonical?.startsWith(`${site.origin}/`) && <Translations canonical={canonical} />}
      {canonical && <meta property="og:url" content={canonical} />}
      <meta property="og:type" content="website" />
      <meta property="og:locale" content={LOCALES[site.lang]} />
      <meta property="og:site_name" content={site.name} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      {picture && (
        <>
          <meta property="og:image" content={picture.url} />
          <meta property="og:image:alt" content={picture.alt} />
          {picture.type && <meta property="og:image:type" content={picture.type} />}
          {picture.width && <meta property="og:image:width" content={String(picture.width)} />}
          {picture.height && <meta property="og:image:height" content={String(picture.height)} />}
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
    </>
  )
}

/** The locales in the form of Open Graph. */
const LOCALES: Record<Lang, string> = { fr: 'fr_FR', en: 'en_GB' }

/** The alternate addresses: one that follows the browser's language, and one for each language. */
const Translations = ({ canonical }: { canonical: string }) => (
  <>
    {LANGS.map((lang) => (
      <link rel="alternate" hreflang={lang} href={inLanguage(canonical, lang)} />
    ))}
    <link rel="alternate" hreflang="x-default" href={canonical} />
  </>
)

function inLanguage(address: string, lang: Lang): string {
  const url = new URL(address)
  url.searchParams.set('lang', lang)
  return url.href
}

/** A link to this page in the other language, in the words of that language. */
const Translation = ({ site: { translation } }: { site: Site }) =>
  translation ? (
    <li>
      <Link
        href={translation.href}
        lang={translation.lang}
        hreflang={translation.lang}
        rel="alternate"
      >
        {messagesFor(translation.lang).site.layout.inThisLanguage}
      </Link>
    </li>
  ) : null

export type NavGroup = { name: string; links: readonly NavLink[] }

type MoreLinksProps = PropsWithChildren<{
  label: string
  groups: readonly NavGroup[]
  current: string | undefined
}>

/** The folded entries. When the current page is one of them, its name replaces the label. */
function MoreLinks({ label, groups, current, children }: MoreLinksProps) {
  const inside = groups.flatMap(({ links }) => links).find(({ href }) => href === current)?.label
  return (
    <li class="more-links">
      <details>
        {inside ? (
          <summary class="is-current">
            <span class="unseen">{label} </span>
            {inside}
          </summary>
        ) : (
          <summary>{label}</summary>
        )}
        <div class="menu">
          {groups.map(({ name, links }, index) => (
            <div>
              <p id={`menu-${index}`}>{name}</p>
              <NavList links={links} current={current} labelledBy={`menu-${index}`}>
                {index === groups.length - 1 && children}
              </NavList>
            </div>
          ))}
        </div>
      </details>
    </li>
  )
}

type NavListProps = PropsWithChildren<{
  links: readonly NavLink[]
  current: string | undefined
  labelledBy?: string | undefined
}>

const NavList = ({ links, current, labelledBy, children }: NavListProps) => (
  <ul aria-labelledby={labelledBy}>
    {writeOnce(links, `${links.some(({ href }) => href === current) ? current : ''}`, () => (
      <>
        {links.map(({ href, label }) => (
          <li>
            <Link href={href} aria-current={href === current ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </>
    ))}
    {children}
  </ul>
)
