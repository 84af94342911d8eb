import type { Statistics } from '../../node/domain/territories/statistics.ts'
import { webHref } from '../../node/domain/values/web-address.ts'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { FoldedDepartements } from '../components/folded-departements.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase, toPrintedName } from '../locales/typography.ts'
import { FranceMap, type WholeMap } from '../maps/france-map.tsx'
import { type ListMap, MapPanel, ToMap } from '../maps/map-panel.tsx'
import { paths } from '../paths.ts'
import { type StructureCard, StructureCards } from '../structures/cards.tsx'
import { Months } from '../territories/statistics-months.tsx'
import { Emphasised } from '../territories/statistics-numbers.tsx'

export type ShownNetwork = {
  slug: string
  uri: string
  name: string
  /** Plain text, one paragraph per line. */
  presentation: string
  website: string | undefined
  isOurs: boolean
}

export type NetworkMap = {
  /** France, with the towns of the structures. */
  map: WholeMap
  /** All départements with structures or cafés to come, as a list. */
  departements: readonly { code: string; name: string; structures: number; toCome: number }[]
}

export type StructureNetworkPageProps = {
  site: Site
  network: ShownNetwork
  memberTotal: number
  toCome: number
  /** The first cafés, soonest first, including cancelled ones. */
  cafes: ListedCafe[]
  hasMore: boolean
  /** The map of these cafés; undefined where none of our maps shows them. */
  cafesMap: ListMap | undefined
  /**
   * A directory knows the structures and their cafés. Other sites know their names, and the directories that have their
   * pages.
   */
  members: { cards: StructureCard[] } | { links: NavLink[]; directories: string[] }
  nextHref: string | undefined
  statistics: Statistics | undefined
  map: NetworkMap | undefined
  /** The account's name and handle, such as `@reseau-la-poste@annuaire.example`, where there is one. */
  feed: { name: string; handle: string } | undefined
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

/** Shows one network: its next cafés, a map of its structures, its figures, and how to follow it. */
export function StructureNetworkPage(props: StructureNetworkPageProps) {
  const { site, network, cafes, toCome, memberTotal, now } = props
  const t = messagesFor(site.lang)
  const texts = t.structureNetworks.page
  return (
    <Layout
      title={texts.title(network.name)}
      site={site}
      current={paths.structureNetwork(network.slug)}
      description={texts.description(network.name)}
      alternates={
        props.feed
          ? [
              {
                href: paths.networkFile(network.slug, 'ics'),
                type: 'text/calendar',
                title: texts.calendar,
              },
              {
                href: paths.networkFile(network.slug, 'atom'),
                type: 'application/atom+xml',
                title: texts.feed,
              },
            ]
          : []
      }
      signedIn={props.signedIn}
    >
      <p class="kicker">{texts.kicker}</p>
      <h1>{toPrintedName(network.name)}</h1>
      <p class="lead">
        {'cards' in props.members
          ? sentenceCase(texts.counts(memberTotal, toCome))
          : sentenceCase(texts.structures(memberTotal))}{' '}
        <ToMap map={props.cafesMap} t={t} />
      </p>
      <div class="split">
        <div>
          <section aria-labelledby="cafes">
            <h2 id="cafes">{texts.toCome}</h2>
            {'cards' in props.members && cafes.length === 0 && <p>{texts.noneToCome}</p>}
            {'directories' in props.members && <Elsewhere {...props.members} t={t} />}
            <CafeList cafes={cafes} first={1} now={now} t={t} level={3} />
            {props.hasMore && (
              <p class="more">
                <Link class="button quiet" href={paths.networkSearch(network.slug)}>
                  {texts.more}
                </Link>
              </p>
            )}
          </section>
          <Members {...props} t={t} />
        </div>
        <aside>
          {props.cafesMap && (
            <MapPanel
              map={props.cafesMap}
              href={props.feed && paths.networkSearch(network.slug).replace(/^\//, paths.map)}
              t={t}
            />
          )}
          <About network={network} t={t} />
          {props.feed && <Follow site={site} slug={network.slug} feed={props.feed} t={t} />}
          <section class="panel" aria-labelledby="rejoindre">
            <h2 id="rejoindre">{texts.join}</h2>
            <p>{texts.joinHow}</p>
            <p>
              <code class="address">{network.uri}</code>
            </p>
          </section>
        </aside>
      </div>
      {props.map && <Where map={props.map} t={t} />}
      {props.statistics && (
        <NetworkStatistics slug={network.slug} statistics={props.statistics} t={t} />
      )}
    </Layout>
  )
}

const Elsewhere = ({ directories, t }: { directories: readonly string[]; t: Messages }) =>
  directories.length === 0 ? null : (
    <>
      <p>{t.structureNetworks.dashboard.elsewhere}</p>
      <ul>
        {directories.map((href) => (
          <li>
            <Link href={href}>{href}</Link>
          </li>
        ))}
      </ul>
    </>
  )

type Shown = StructureNetworkPageProps & { t: Messages }

function Members({ members, memberTotal, nextHref, t }: Shown) {
  const texts = t.structureNetworks.page
  return (
    <section aria-labelledby="structures">
      <h2 id="structures">{texts.members}</h2>
      {memberTotal === 0 && <p>{texts.noMember}</p>}
      {'cards' in members ? (
        <StructureCards structures={members.cards} level={3} t={t} />
      ) : (
        <ul>
          {members.links.map(({ href, label }) => (
            <li>
              <Link href={href}>{label}</Link>
            </li>
          ))}
        </ul>
      )}
      {nextHref && (
        <p class="more">
          <Link class="button quiet" href={nextHref}>
            {texts.nextMembers}
          </Link>
        </p>
      )}
    </section>
  )
}

function About({ network, t }: { network: ShownNetwork; t: Messages }) {
  const texts = t.structureNetworks.page
  const website = webHref(network.website)
  const lines = network.presentation.split(/\n+/).filter((line) => line.trim() !== '')
  if (lines.length === 0 && !website && network.isOurs) return null
  return (
    <section class="panel" aria-labelledby="a-propos">
      <h2 id="a-propos">{texts.about}</h2>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
      {website && (
        <p>
          {texts.website}
          {'\u00a0: '}
          <OuterLink href={website}>{shortOf(website)}</OuterLink>
        </p>
      )}
      {!network.isOurs && (
        <p class="fine">
          {texts.declaredAt} <OuterLink href={network.uri}>{new URL(network.uri).host}</OuterLink>
        </p>
      )}
    </section>
  )
}

const shortOf = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\/$/, '')

type FollowProps = {
  site: Site
  slug: string
  feed: NonNullable<StructureNetworkPageProps['feed']>
  t: Messages
}

function Follow({ site, slug, feed, t }: FollowProps) {
  const texts = t.structureNetworks.page
  const calendar = paths.networkFile(slug, 'ics')
  const files: NavLink[] = [
    { href: site.origin.replace(/^https?:/, 'webcal:') + calendar, label: texts.calendar },
    { href: paths.networkFile(slug, 'csv'), label: texts.spreadsheet },
    { href: paths.openData, label: texts.otherFiles },
  ]
  return (
    <section class="panel" aria-labelledby="suivre">
      <h2 id="suivre">{texts.follow}</h2>
      <p class="handle">
        <strong>{feed.handle}</strong>
      </p>
      <p>{texts.followHow}</p>
      <p>
        <Link href={paths.followFeed(feed.name)}>{texts.followOwn}</Link>
      </p>
      <h3>{texts.files}</h3>
      <ul class="plain">
        {files.map(({ href, label }) => (
          <li>
            <Link href={href}>{label}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Returns where a département leads, and what it says: its cafés to come. */
function linkOf({ departements }: NetworkMap, t: Messages) {
  const known = new Map(departements.map((one) => [one.code, one]))
  return (code: string) => {
    const { name, toCome = 0 } = known.get(code) ?? {}
    const title = name === undefined ? code : t.map.departement(name, code, toCome)
    return { href: paths.territory(code), title }
  }
}

const Where = ({ map, t }: { map: NetworkMap; t: Messages }) => (
  <section aria-labelledby="ou">
    <h2 id="ou">{t.structureNetworks.page.map}</h2>
    <p>{t.structureNetworks.page.mapLead}</p>
    <div class="network-map">
      <FranceMap map={map.map} linkOf={linkOf(map, t)} t={t} />
      <FoldedDepartements
        departements={map.departements.map(({ structures, toCome, ...departement }) => ({
          ...departement,
          detail: t.structureNetworks.list.counts(structures, toCome),
        }))}
        t={t}
      />
    </div>
    <p class="hint">{t.map.credit}</p>
  </section>
)

export function NetworkStatistics({
  slug,
  statistics,
  t,
}: {
  slug: string
  statistics: Statistics
  t: Messages
}) {
  const texts = t.structureNetworks.page
  const isEmpty = statistics.held + statistics.toCome + statistics.cancelled === 0
  const { held, toCome, organizers, departements } = statistics
  const figures = [
    `${held} ${texts.held(held)}`,
    `${toCome} ${texts.coming(toCome)}`,
    `${organizers} ${texts.active(organizers)}`,
    texts.departements(departements),
  ]
  return (
    <section aria-labelledby="chiffres">
      <h2 id="chiffres">{texts.statistics}</h2>
      {isEmpty ? (
        <p>{texts.noFigures}</p>
      ) : (
        <>
          <ul class="key-figures">
            {figures.map((text) => (
              <li>
                <p class="figure">
                  <Emphasised text={text} />
                </p>
              </li>
            ))}
          </ul>
          <Months statistics={statistics} t={t} />
        </>
      )}
      <p class="more">
        <Link href={paths.networkStatisticsCsv(slug)}>{texts.csv}</Link>
      </p>
    </section>
  )
}
