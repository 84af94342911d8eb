import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type SiteMapPageProps = { site: Site; pages: NavLink[]; signedIn?: boolean | undefined }

/** The site map, which the accessibility rules require (RGAA 12.2). */
export function SiteMapPage({ site, pages, signedIn }: SiteMapPageProps) {
  const texts = messagesFor(site.lang).site.siteMap
  const files: NavLink[] = [
    { href: paths.agenda, label: texts.calendar },
    { href: paths.atom, label: texts.feed },
    { href: paths.jsonFeed, label: texts.jsonFeed },
  ]
  return (
    <Layout title={texts.title} site={site} current={paths.siteMap} signedIn={signedIn} narrow>
      <h1>{texts.title}</h1>
      <h2>{texts.pages}</h2>
      <Links links={pages} />
      <h2>{texts.files}</h2>
      <Links links={files} />
    </Layout>
  )
}

const Links = ({ links }: { links: NavLink[] }) => (
  <ul>
    {links.map(({ href, label }) => (
      <li>
        <Link href={href}>{label}</Link>
      </li>
    ))}
  </ul>
)
