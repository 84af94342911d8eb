import type { PropsWithChildren } from 'hono/jsx'
import { Flash, flashTitle } from '../components/flash.tsx'
import { Layout } from '../components/layout.tsx'
import { PostForm } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import type { FlashKey } from './layout.tsx'

type SignedInLayoutProps = PropsWithChildren<{
  title: string
  site: Site
  csrf: string
  /** The places where this person works, or the pages of the territory that is open. */
  nav: readonly NavLink[]
  current?: string | undefined
  /** What has just been done; it is said once. */
  flash?: FlashKey | undefined
}>

/** The layout for somebody who is signed in without being a member of the team: its menu has no page of the team's. */
export function SignedInLayout({ children, ...props }: SignedInLayoutProps) {
  const { title, site, csrf, current, flash } = props
  const t = messagesFor(site.lang)
  const nav = [...props.nav, { href: paths.account, label: t.admin.nav.account }]
  return (
    <Layout
      title={flashTitle(flash && t.admin.flash[flash], title)}
      {...{ site, nav, current }}
      noindex
    >
      <div class="admin">
        {flash && <Flash>{t.admin.flash[flash]}</Flash>}
        {children}
        <PostForm csrf={csrf} action={paths.signOut} class="sign-out">
          <button type="submit" class="link">
            {t.site.layout.signOut}
          </button>
        </PostForm>
      </div>
    </Layout>
  )
}
