import type { PropsWithChildren } from 'hono/jsx'
import { RETENTION_DAYS } from '../../node/domain/values/retention.ts'
import { titleOfForm } from '../components/fields.tsx'
import { Flash, flashTitle } from '../components/flash.tsx'
import { Layout, type NavGroup } from '../components/layout.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { AdminSession, NavLink, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { PageHead, type PageHeadProps } from './page-head.tsx'
import { territoryLinks } from './territory-links.ts'

export type FlashKey = keyof Messages['admin']['flash']

/** What every page of the administration gets. */
export type AdminProps = {
  site: Site
  session: AdminSession
  /** What has just been done; the next page says it once. */
  flash?: FlashKey | undefined
}

type AdminPageProps = PropsWithChildren<
  AdminProps &
    PageHeadProps & {
      /** The title of the window, and the heading where the page has no other. */
      title: string
      current?: string | undefined
      narrow?: boolean | undefined
      /** What has just been done, where the page says it in words of its own in place of `flash`. */
      done?: string | undefined
      /** The page that this one was opened from; the link to it ends the page. */
      back?: NavLink | undefined
    }
>

/**
 * A page of the administration, for somebody who is signed in. Every one has the same order: what has just been done,
 * the head (`PageHead`), the page itself, the link back. The title of the window says that something in `form` is wrong.
 */
export function AdminPage(props: AdminPageProps) {
  const { title, site, session, current, flash, form, back } = props
  const t = messagesFor(site.lang)
  const done = props.done ?? (flash && t.admin.flash[flash])
  const { territory } = session
  const nav = territory
    ? [...territoryLinks(territory, t), { href: paths.account, label: t.admin.nav.account }]
    : linksOf(session, site, t)
  const more = territory ? undefined : { label: t.safety.more, groups: groupsOf(session, site, t) }
  const page = (
    <>
      {session.hosted?.suspension && (
        <p class="notice" role="status">
          <strong>{t.hosted.home.suspended}.</strong>{' '}
          {t.hosted.home.suspendedLead(session.hosted.suspension.reason)}
        </p>
      )}
      <PageHead {...props} t={t} />
      {props.children}
      {back && (
        <p class="unprinted">
          <Link href={back.href}>{back.label}</Link>
        </p>
      )}
    </>
  )
  return (
    <Layout
      title={form ? titleOfForm(form, flashTitle(done, title)) : flashTitle(done, title)}
      {...{ site, nav, more, current }}
      beside={session.structures && <StructureChoice session={session} t={t} />}
      noindex
    >
      <div class="admin" {...draftWords(t)}>
        {done && <Flash>{done}</Flash>}
        {props.narrow ? <div class="narrow">{page}</div> : page}
        <PostForm csrf={session.csrf} action={paths.signOut} class="sign-out">
          <button type="submit" class="link">
            {t.site.layout.signOut}
          </button>
        </PostForm>
      </div>
      <script src="/public/admin.js" defer></script>
    </Layout>
  )
}

/** Returns the menu's entries for daily work, only those that this person may open. */
function linksOf(
  { isAdministrator, hosted }: AdminSession,
  { kind }: Site,
  t: Messages,
): NavLink[] {
  const { nav } = t.admin
  const home = { href: paths.admin, label: nav.home }
  const cafes = { href: paths.adminCafes, label: nav.cafes }
  const team = { href: paths.team, label: t.team.title }
  const network = { href: paths.network, label: nav.network[kind] }
  if (!isAdministrator) return [home, cafes, venuesLink(t), importLink(t)]
  if (hosted) return [home, cafes, { href: paths.place, label: nav.place }, team]
  if (kind === 'node') return [home, cafes, network, team]
  return [
    home,
    network,
    cafes,
    { href: paths.adminReferents, label: t.referentAdmin.nav },
    { href: paths.adminNewsletter, label: t.newsletter.admin.nav },
    team,
  ]
}

/** The choice of the structure for which one works, beside the name of the site. */
const StructureChoice = ({ session, t }: { session: AdminSession; t: Messages }) => {
  const { structures, csrf } = session
  if (!structures) return null
  const { current, listed, others, areAll } = structures
  return (
    <details class="structure-choice">
      <summary>
        <span class="unseen">{t.hosted.choose.label} </span>
        {current}
      </summary>
      <PostForm csrf={csrf} action={paths.chooseStructure} class="menu">
        {listed.map(({ id, name }) => (
          <button
            type="submit"
            name="structure"
            value={id}
            class="link"
            aria-current={name === current ? 'true' : undefined}
          >
            {name}
          </button>
        ))}
        {areAll && others > 0 && (
          <Link href={paths.hostedStructures}>{t.hosted.choose.all(others)}</Link>
        )}
      </PostForm>
    </details>
  )
}

const venuesLink = (t: Messages): NavLink => ({
  href: paths.venues,
  label: t.cafeStatus.venues.nav,
})
const importLink = (t: Messages): NavLink => ({ href: paths.import, label: t.admin.nav.import })

/** Returns the menu's other entries in three groups, only those that this person may open. */
function groupsOf(
  { isAdministrator, hosted, structures }: AdminSession,
  { kind }: Site,
  t: Messages,
): NavGroup[] {
  const { nav } = t.admin
  const isDirectory = kind === 'hub'
  const people = [
    { href: paths.adminFacilitators, label: t.facilitator.admin.title },
    { href: paths.findRemoteFacilitators, label: t.facilitatorSearch.admin.title },
  ]
  const account = [
    { href: paths.account, label: nav.account },
    { href: paths.home, label: nav.site },
  ]
  const resources = { href: paths.adminResources, label: t.resources.admin.title }
  if (!isAdministrator)
    return [
      { name: nav.groups.people, links: [...people, resources] },
      { name: nav.groups.site, links: account },
    ]
  if (hosted)
    return [
      { name: nav.groups.place, links: [venuesLink(t), importLink(t), ...people] },
      { name: nav.groups.exchanges, links: [{ href: paths.tokens, label: nav.tokens }] },
      { name: nav.groups.site, links: account },
    ]
  const place = { href: paths.place, label: nav.place }
  return [
    {
      name: isDirectory ? nav.groups.content : nav.groups.place,
      links: [
        ...(isDirectory ? [{ href: paths.duplicates, label: t.duplicates.nav }] : [place]),
        venuesLink(t),
        importLink(t),
        resources,
        ...(isDirectory ? [{ href: paths.adminRequests, label: t.territory.admin.nav }] : []),
        ...people,
      ],
    },
    {
      name: nav.groups.exchanges,
      links: [
        { href: paths.flagCases, label: t.flag.admin.nav },
        { href: paths.adminNetworks, label: t.structureNetworks.admin.nav },
        ...(isDirectory ? [] : [{ href: paths.adminReferents, label: t.referentAdmin.nav }]),
        { href: paths.tokens, label: nav.tokens },
        { href: paths.mails, label: t.team.courriels.title },
      ],
    },
    {
      name: nav.groups.site,
      links: [
        ...(isDirectory ? [place] : []),
        ...(structures?.areAll ? [{ href: paths.hostedStructures, label: t.hosted.nav }] : []),
        { href: paths.settings, label: nav.settings },
        { href: paths.siteState, label: t.monitoring.title },
        { href: paths.backups, label: t.safety.backups.title },
        { href: paths.audit, label: nav.audit },
        ...account,
      ],
    },
  ]
}

/** Returns the texts that the script shows; see `public/admin.js`. */
const draftWords = ({ admin: { script } }: Messages) => ({
  'data-left': script.left,
  'data-over': script.over,
  'data-found': script.found,
  'data-resume': script.resume,
  'data-discard': script.discard,
  'data-days': RETENTION_DAYS.formDraft,
})
