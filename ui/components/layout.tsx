import { html, raw } from 'hono/html'
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
  /** What stands beside the name of the site, in its header. */
  beside?: Child | undefined
  /** A landmark between the menu and the content; the skip link passes over it too. */
  before?: Child | undefined
  /** Addresses of our own scripts; the answer's Content-Security-Policy must allow them. */
  scripts?: readonly string[] | undefined
  /** Whether somebody is signed in, who gets a link to the administration. */
  signedIn?: boolean | undefined
}>

/** A whole page. Its children must contain one h1. */
export function Layout(props: LayoutProps) {
  const { site, current, signedIn, children } = props
  const t = messagesFor(site.lang).site.layout
  const ownNav = signedIn ? [...site.nav, { href: paths.admin, label: t.admin }] : site.nav
  const nav = props.nav ?? ownNav
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={site.lang}>
        <Head {...props} />
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
              {props.beside}
              {(nav.length > 0 || site.translation) && <MainMenu {...props} links={nav} />}
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

/** The links of the header, which on a phone open from one button, also where no script runs. */
function MainMenu({ site, current, more, links }: LayoutProps & { links: readonly NavLink[] }) {
  const t = messagesFor(site.lang).site.layout
  const translation = <Translation site={site} />
  return (
    <>
      <button type="button" class="menu-button" popovertarget="menu">
        {t.menuButton}
      </button>
      <nav id="menu" aria-label={t.mainNav} popover="auto">
        <NavList links={links} current={current}>
          {more ? (
            <MoreLinks {...more} current={current}>
              {translation}
            </MoreLinks>
          ) : (
            translation
          )}
        </NavList>
      </nav>
    </>
  )
}

/**
 * Writes the head of a page as templates, which escape too: some thirty elements of a head would take a third of the
 * time of a whole page.
 */
function Head(props: LayoutProps) {
  const { title, site, noindex = false, isSent, structuredData } = props
  const name = title === site.name ? title : `${title} – ${site.name}`
  return html`<head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/><title>${name}</title>${
    noindex && ROBOTS
  }${(!noindex || isSent) && toShared(props, name)}<meta name="color-scheme" content="light dark"/>${props.feeds?.map(
    toAlternate,
  )}${!noindex && props.alternates?.map(toAlternate)}${toSiteLinks(site, noindex)}${props.scripts?.map(
    (src) => html`<script src="${src}" defer=""></script>`,
  )}${structuredData && !noindex && toData(structuredData)}</head>`
}

const ROBOTS = raw('<meta name="robots" content="noindex"/>')

const toData = (structuredData: string) =>
  html`<script type="application/ld+json">${raw(structuredData)}</script>`

const toAlternate = ({ href, type, title }: Alternate) =>
  html`<link rel="alternate" href="${href}" type="${type}"${title !== undefined && html` title="${title}"`}/>`

/** Links to the site's formats, its icon and its style sheets, which all its pages have. */
const toSiteLinks = ({ alternates, themeHref = '' }: Site, noindex: boolean) =>
  writeOnce(
    alternates,
    `${noindex} ${themeHref}`,
    () =>
      html`${!noindex && alternates.map(toAlternate)}<link rel="icon" href="/public/favicon.svg" type="image/svg+xml"/><link rel="apple-touch-icon" href="/public/icon.png"/><link rel="stylesheet" href="/public/style.css"/>${
        themeHref && html`<link rel="stylesheet" href="${themeHref}"/>`
      }`,
  )

/** The metadata for search engines and for previews of a shared link. */
function toShared(props: LayoutProps, name: string) {
  const { site, current, picture = site.picture } = props
  const description = props.description ?? messagesFor(site.lang).site.layout.description
  const canonical = props.canonical ?? (current && site.origin + current)
  const isOwn = canonical?.startsWith(`${site.origin}/`)
  return html`<meta name="description" content="${description}"/>${
    canonical && html`<link rel="canonical" href="${canonical}"/>`
  }${canonical && isOwn && toTranslations(canonical)}${
    canonical && html`<meta property="og:url" content="${canonical}"/>`
  }<meta property="og:type" content="website"/><meta property="og:locale" content="${
    LOCALES[site.lang]
  }"/><meta property="og:site_name" content="${site.name}"/><meta property="og:title" content="${
    name
  }"/><meta property="og:description" content="${description}"/>${picture && toPicture(picture)}`
}

const toPicture = ({ url, alt, type, width, height }: SharedPicture) =>
  html`<meta property="og:image" content="${url}"/><meta property="og:image:alt" content="${alt}"/>${
    type && html`<meta property="og:image:type" content="${type}"/>`
  }${width && html`<meta property="og:image:width" content="${width}"/>`}${
    height && html`<meta property="og:image:height" content="${height}"/>`
  }<meta name="twitter:card" content="summary_large_image"/>`

/** The locales in the form of Open Graph. */
const LOCALES: Record<Lang, string> = { fr: 'fr_FR', en: 'en_GB' }

/** The alternate addresses: one for each language, and one that follows the browser's. */
function toTranslations(canonical: string) {
  const url = new URL(canonical)
  const links = LANGS.map((lang) => {
    url.searchParams.set('lang', lang)
    return html`<link rel="alternate" hreflang="${lang}" href="${url.href}"/>`
  })
  return html`${links}<link rel="alternate" hreflang="x-default" href="${canonical}"/>`
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
