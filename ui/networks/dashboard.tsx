import type { PropsWithChildren } from 'hono/jsx'
import type { Statistics } from '../../node/domain/territories/statistics.ts'
import { relativePast } from '../../node/domain/values/date-text.ts'
import { Rows } from '../admin/list.tsx'
import { OtherWorkspaces } from '../admin/other-workspaces.tsx'
import { SignedInLayout } from '../admin/signed-in-layout.tsx'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { ActionButton } from '../components/fields.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import type { StructureCard } from '../structures/cards.tsx'
import { type Answer, InvitationAnswers } from './invitation-answers.tsx'
import { NetworkStatistics } from './network-page.tsx'

type Shared = {
  site: Site
  csrf: string
  /** All networks that this person may see. */
  networks: { slug: string; name: string }[]
  /** The other places where this person works. */
  workspaces?: NavLink[] | undefined
}

export type NetworkDashboardPageProps = Shared & {
  network: { slug: string; name: string }
  /** What structures answered to invitations, until this person says that it was read. */
  answers?: readonly Answer[] | undefined
  memberTotal: number
  nextHref: string | undefined
  /** A directory knows the cafés of all members; another site knows its own, and who the members are. */
  known: Known | { links: NavLink[]; directories: string[] }
  now: Temporal.Instant
}

type Known = {
  members: (StructureCard & { lastWordAt: Temporal.Instant })[]
  cafes: ListedCafe[]
  hasMore: boolean
  statistics: Statistics
}

/**
 * The page for a person who manages a network without changing it: it shows everything, and its buttons change nothing
 * of the network.
 */
export function NetworkDashboardPage(props: NetworkDashboardPageProps) {
  const { network, known, memberTotal, now } = props
  const t = messagesFor(props.site.lang)
  const w = t.structureNetworks
  return (
    <DashboardLayout {...props} title={`${w.dashboard.title}\u00a0: ${network.name}`}>
      <p class="kicker">{w.dashboard.title}</p>
      <h1>{network.name}</h1>
      {'statistics' in known && (
        <p class="lead">{sentenceCase(w.page.counts(memberTotal, known.statistics.toCome))}</p>
      )}
      <p>{w.dashboard.lead}</p>
      <p>
        <Link href={paths.structureNetwork(network.slug)}>{w.dashboard.publicPage}</Link>
      </p>
      <OtherWorkspaces workspaces={props.workspaces} t={t} />
      <InvitationAnswers answers={props.answers ?? []} network={network.name} t={t}>
        <ActionButton action={paths.dashboardAnswersRead(network.slug)} csrf={props.csrf} quiet>
          {w.admin.answersRead}
        </ActionButton>
      </InvitationAnswers>
      <section aria-labelledby="structures">
        <h2 id="structures">{w.dashboard.structures}</h2>
        {memberTotal === 0 && <p>{w.page.noMember}</p>}
        {'links' in known && <Links links={known.links} />}
        {'statistics' in known && memberTotal > 0 && (
          <Members members={known.members} now={now} t={t} />
        )}
        {props.nextHref && (
          <p class="more">
            <Link class="button quiet" href={props.nextHref}>
              {w.page.nextMembers}
            </Link>
          </p>
        )}
        <p>
          <Link href={paths.dashboardCsv(network.slug)}>{w.dashboard.structuresCsv}</Link>
        </p>
      </section>
      {'statistics' in known && <Cafes known={known} slug={network.slug} now={now} t={t} />}
      {'links' in known && known.directories.length > 0 && (
        <>
          <p>{w.dashboard.elsewhere}</p>
          <Links links={known.directories.map((href) => ({ href, label: href }))} />
        </>
      )}
    </DashboardLayout>
  )
}

const Links = ({ links }: { links: readonly NavLink[] }) =>
  links.length === 0 ? null : (
    <ul>
      {links.map(({ href, label }) => (
        <li>
          <Link href={href}>{label}</Link>
        </li>
      ))}
    </ul>
  )

type CafesProps = { known: Known; slug: string; now: Temporal.Instant; t: Messages }

function Cafes({ known: { cafes, hasMore, statistics }, slug, now, t }: CafesProps) {
  const w = t.structureNetworks
  return (
    <>
      <section aria-labelledby="cafes">
        <h2 id="cafes">{w.page.toCome}</h2>
        {cafes.length === 0 && <p>{w.page.noneToCome}</p>}
        <CafeList cafes={cafes} now={now} t={t} level={3} />
        {hasMore && (
          <p class="more">
            <Link class="button quiet" href={paths.networkSearch(slug)}>
              {w.page.more}
            </Link>
          </p>
        )}
        <p class="more">
          <Link href={paths.networkFile(slug, 'csv')}>{w.dashboard.cafesCsv}</Link>
        </p>
      </section>
      <NetworkStatistics slug={slug} statistics={statistics} t={t} />
    </>
  )
}

type MembersProps = Pick<Known, 'members'> & { now: Temporal.Instant; t: Messages }

function Members({ members, now, t }: MembersProps) {
  const w = t.structureNetworks.dashboard
  return (
    <Rows
      rows={members}
      t={t}
      columns={[
        [
          t.structureNetworks.admin.structure,
          ({ id, name }) => <Link href={paths.structure(id)}>{name}</Link>,
        ],
        [
          w.town,
          ({ commune, departement }) =>
            commune ? (departement ? `${commune} (${departement})` : commune) : '–',
        ],
        [w.toCome, ({ toCome }) => toCome],
        [w.held, ({ held }) => held],
        [w.lastWord, ({ lastWordAt }) => relativePast(lastWordAt, now, t.lang)],
      ]}
    />
  )
}

/** Lists the networks that the person may see; there is none when the access was withdrawn. */
export function NetworkDashboardsPage(props: Shared) {
  const t = messagesFor(props.site.lang)
  const w = t.structureNetworks.dashboard
  return (
    <DashboardLayout {...props} title={w.choose}>
      <h1>{w.choose}</h1>
      <ul>
        {props.networks.map(({ slug, name }) => (
          <li>
            <Link href={paths.dashboard(slug)}>{name}</Link>
          </li>
        ))}
      </ul>
      <OtherWorkspaces workspaces={props.workspaces} t={t} />
    </DashboardLayout>
  )
}

function DashboardLayout({
  site,
  csrf,
  networks,
  title,
  children,
}: PropsWithChildren<Shared & { title: string }>) {
  const nav: NavLink[] = networks.map(({ slug, name }) => ({
    href: paths.dashboard(slug),
    label: name,
  }))
  return <SignedInLayout {...{ title, site, csrf, nav }}>{children}</SignedInLayout>
}
