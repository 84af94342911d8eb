import { Link } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'

/** Links from the first page of a workspace to the others, for somebody who has several. */
export const OtherWorkspaces = ({
  workspaces,
  t,
}: {
  workspaces: readonly NavLink[] | undefined
  t: Messages
}) =>
  !workspaces || workspaces.length === 0 ? null : (
    <nav class="other-workspaces" aria-label={t.referentDashboard.otherWorkspaces}>
      <p>{t.admin.form.inField(t.referentDashboard.otherWorkspaces)}</p>
      <ul>
        {workspaces.map(({ href, label }) => (
          <li>
            <Link href={href}>{label}</Link>
          </li>
        ))}
      </ul>
    </nav>
  )
