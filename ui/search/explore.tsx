import { Link } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import type { ShownTerritory } from '../territories/shown-territory.ts'

/** For who found nothing that suits: what the page of the territory asks and offers. */
export function Elsewhere({ territory, t }: { territory: ShownTerritory; t: Messages }) {
  const page = paths.territory(territory.code)
  return (
    <Links
      id="rien"
      heading={t.explore.nothing}
      links={[
        { href: page, label: t.explore.page(territory.label) },
        { href: `${page}#prevenez-moi`, label: t.explore.alert },
        { href: `${page}#demande`, label: t.explore.demand },
        { href: paths.organise, label: t.explore.organise },
      ]}
    />
  )
}

const Links = ({ id, heading, links }: { id: string; heading: string; links: NavLink[] }) => (
  <nav class="panel" aria-labelledby={id}>
    <h2 id={id}>{heading}</h2>
    <ul>
      {links.map(({ href, label }) => (
        <li>
          <Link href={href}>{label}</Link>
        </li>
      ))}
    </ul>
  </nav>
)
