import type { PropsWithChildren } from 'hono/jsx'
import { RETENTION_DAYS } from '../../node/domain/values/retention.ts'
import { CsrfInput } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form } from '../components/link.tsx'
import type { AdminSession, NavLink, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type FlashKey = keyof Messages['admin']['flash']

type AdminLayoutProps = PropsWithChildren<{
  title: string
  site: Site
  session: AdminSession
  current?: string | undefined
  /** What has just been done, said once on the next page. */
  flash?: FlashKey | undefined
}>

/** A page of the administration, for somebody who is signed in. */
export function AdminLayout({ title, site, session, current, flash, children }: AdminLayoutProps) {
  const t = messagesFor(site.lang)
  const nav = [
    { href: paths.admin, label: t.admin.nav.home },
    { href: paths.adminCafes, label: t.admin.nav.cafes },
    { href: paths.venues, label: t.cafeStatus.venues.nav },
    { href: paths.import, label: t.admin.nav.import },
  ]
  const links = foldedLinks(session, site, t)
  const inside = links.find(({ href }) => href === current)?.label
  const more = { label: t.safety.more, links, inside }
  return (
    <Layout {...{ title, site, nav, more, current }} noindex>
      <div class="admin" {...draftWords(t)}>
        {flash && (
          <p class="flash" role="status">
            {t.admin.flash[flash]}
          </p>
        )}
        {children}
        <Form method="post" action={paths.signOut} class="sign-out">
          <CsrfInput csrf={session.csrf} />
          <button type="submit" class="link">
            {t.site.layout.signOut}
          </button>
        </Form>
      </div>
      <script src="/public/admin.js" defer></script>
    </Layout>
  )
}

/** What is not of every day; only what this person may open. */
function foldedLinks({ isAdministrator }: AdminSession, { kind }: Site, t: Messages): NavLink[] {
  const forAdministrators = [
    { href: paths.place, label: t.admin.nav.place },
    { href: paths.team, label: t.team.title },
    { href: paths.network, label: t.admin.nav.network },
    { href: paths.adminNetworks, label: t.structureNetworks.admin.nav },
    ...(kind === 'hub' ? [{ href: paths.duplicates, label: t.duplicates.nav }] : []),
    ...(kind === 'hub' ? [{ href: paths.adminNewsletter, label: t.newsletter.admin.nav }] : []),
    ...(kind === 'hub' ? [{ href: paths.adminRequests, label: t.territory.admin.nav }] : []),
    { href: paths.adminReferents, label: t.referentAdmin.nav },
    { href: paths.settings, label: t.admin.nav.settings },
    { href: paths.tokens, label: t.admin.nav.tokens },
    { href: paths.mails, label: t.team.courriels.title },
  ]
  return [
    { href: paths.adminFacilitators, label: t.facilitator.admin.title },
    { href: paths.findRemoteFacilitators, label: t.facilitatorSearch.admin.title },
    ...(isAdministrator ? forAdministrators : []),
    { href: paths.account, label: t.admin.nav.account },
    { href: paths.home, label: t.admin.nav.site },
  ]
}

/** What the script says; see `public/admin.js`. */
const draftWords = ({ admin: { script } }: Messages) => ({
  'data-left': script.left,
  'data-over': script.over,
  'data-found': script.found,
  'data-resume': script.resume,
  'data-discard': script.discard,
  'data-days': RETENTION_DAYS.formDraft,
})
