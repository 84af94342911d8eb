import type { PropsWithChildren } from 'hono/jsx'
import { CsrfInput } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import type { DeskSession, NavLink, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type FlashKey = keyof Strings['desk']['flash']

type DeskLayoutProps = PropsWithChildren<{
  title: string
  site: Site
  session: DeskSession
  current?: string | undefined
  /** What has just been done, said once on the next page. */
  flash?: FlashKey | undefined
}>

/** A page of the administration, for somebody who is signed in. */
export function DeskLayout({ title, site, session, current, flash, children }: DeskLayoutProps) {
  const t = stringsFor(site.lang)
  const nav = [
    { href: paths.desk, label: t.desk.nav.cafes },
    { href: paths.venues, label: t.venues.nav },
    { href: paths.import, label: t.desk.nav.import },
  ]
  const links = foldedLinks(session, site, t)
  const inside = links.find(({ href }) => href === current)?.label
  const more = { label: t.safety.more, links, inside }
  return (
    <Layout {...{ title, site, nav, more, current }} noindex>
      <div class="desk" {...draftWords(t)}>
        {flash && (
          <p class="flash" role="status">
            {t.desk.flash[flash]}
          </p>
        )}
        {children}
        <form method="post" action={paths.signOut} class="sign-out">
          <CsrfInput csrf={session.csrf} />
          <button type="submit" class="link">
            {t.layout.signOut}
          </button>
        </form>
      </div>
      <script src="/public/desk.js" defer></script>
    </Layout>
  )
}

/** What is not of every day; only what this person may open. */
function foldedLinks({ isAdministrator }: DeskSession, { kind }: Site, t: Strings): NavLink[] {
  const forAdministrators = [
    { href: paths.place, label: t.desk.nav.place },
    { href: paths.team, label: t.team.title },
    { href: paths.network, label: t.desk.nav.network },
    { href: paths.deskNetworks, label: t.structureNetworks.desk.nav },
    ...(kind === 'hub' ? [{ href: paths.duplicates, label: t.duplicates.nav }] : []),
    ...(kind === 'hub' ? [{ href: paths.deskLetter, label: t.letter.desk.nav }] : []),
    ...(kind === 'hub' ? [{ href: paths.deskDemands, label: t.territory.desk.nav }] : []),
    { href: paths.deskReferents, label: t.referentDesk.nav },
    { href: paths.settings, label: t.desk.nav.settings },
    { href: paths.tokens, label: t.desk.nav.tokens },
    { href: paths.mails, label: t.team.courriels.title },
  ]
  return [
    { href: paths.deskFacilitators, label: t.facilitator.desk.title },
    { href: paths.findPeople, label: t.people.desk.title },
    ...(isAdministrator ? forAdministrators : []),
    { href: paths.account, label: t.desk.nav.account },
    { href: paths.home, label: t.desk.nav.site },
  ]
}

/** What the script says; see `public/desk.js`. */
const draftWords = ({ script }: Strings) => ({
  'data-left': script.left,
  'data-over': script.over,
  'data-found': script.found,
  'data-resume': script.resume,
  'data-discard': script.discard,
})
