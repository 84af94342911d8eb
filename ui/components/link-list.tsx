import { Link } from './link.tsx'
import type { NavLink } from './site.ts'

/** Links one of which is meant, or leads on. */
export const LinkChoices = ({ links }: { links: readonly NavLink[] }) => (
  <ul class="choices">
    {links.map(({ href, label }) => (
      <li>
        <Link href={href}>{label}</Link>
      </li>
    ))}
  </ul>
)
