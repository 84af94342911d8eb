import type { PropsWithChildren } from 'hono/jsx'
import { AdminPage, type FlashKey } from '../admin/layout.tsx'
import { PageHead } from '../admin/page-head.tsx'
import { SignedInLayout } from '../admin/signed-in-layout.tsx'
import { type FormState, titleOfForm } from '../components/fields.tsx'
import type { AdminSession, NavLink, Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** What each page of one's account needs. */
export type AccountFrameProps = {
  site: Site
  csrf: string
  /**
   * The session of a member of the team; it is undefined for other people who are signed in, who have no name to change
   * here.
   */
  team: AdminSession | undefined
  /** The other places where this person works, besides the team's administration. */
  workspaces: NavLink[]
  flash?: FlashKey | undefined
}

type Props = PropsWithChildren<AccountFrameProps & { title: string; form?: FormState | undefined }>

/** The page's frame: the team's administration, or the plain layout for somebody who has no access to it. */
export function AccountFrame({
  title,
  form,
  site,
  csrf,
  team,
  workspaces,
  flash,
  children,
}: Props) {
  const shared = { site, current: paths.account, flash }
  const head = { title, form, secret: true }
  const t = messagesFor(site.lang)
  return team ? (
    <AdminPage {...shared} {...head} session={team} narrow>
      {children}
    </AdminPage>
  ) : (
    <SignedInLayout
      {...shared}
      title={form ? titleOfForm(form, title) : title}
      csrf={csrf}
      nav={workspaces}
    >
      <div class="narrow">
        <PageHead {...head} t={t} />
        {children}
      </div>
    </SignedInLayout>
  )
}
