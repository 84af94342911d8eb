import type { NavLink } from '../components/site.ts'
import type { Strings } from '../locales/messages.ts'

/** Whoever works in several places is led from the first page of each to the others. */
export const OtherDesks = ({ desks, t }: { desks: readonly NavLink[] | undefined; t: Strings }) =>
  !desks || desks.length === 0 ? null : (
    <nav class="other-desks" aria-label={t.territoryDesk.otherDesks}>
      <p>{t.desk.form.inField(t.territoryDesk.otherDesks)}</p>
      <ul>
        {desks.map(({ href, label }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
