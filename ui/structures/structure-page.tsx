import type { Address, StructureProfile } from '../../node/domain/structures/structure-profile.ts'
import { relativePast } from '../../node/domain/values/date-text.ts'
import type { Kind } from '../../node/domain/values/structure-kinds.ts'
import { webHref } from '../../node/domain/values/web-address.ts'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { type Source, UnreachableNotice } from '../cafes/freshness.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { PageFlag } from '../components/page-flag.tsx'
import { actorAlternate, type NavLink, type Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { toPrintedName } from '../locales/typography.ts'
import { type ListMap, MapPanel } from '../maps/map-panel.tsx'
import { paths } from '../paths.ts'
import { AddressLines } from '../site/legal-pages.tsx'
import { kindText } from './cards.tsx'
import { HelpPanel } from './help-panel.tsx'
import { StructureNetworkList } from './networks-list.tsx'
import { PlacePanel } from './panel.tsx'

export type StructurePageProps = {
  /** The day on which it closed, in words. */
  closedOn?: string | undefined
  site: Site
  structure: {
    id: string
    uri: string
    name: string
    url: string
    handle: string | undefined
    kind: Kind | undefined
    address: Address | undefined
    website: string | undefined
    lastWordAt: Temporal.Instant
  }
  /** The first page of cafés, soonest first. */
  cafes: ListedCafe[]
  hasMore: boolean
  /** The map of these cafés; undefined where none of our maps shows them. */
  map: ListMap | undefined
  /** Past cafés, the latest first. */
  past: ListedCafe[]
  /** The territories that it is in, as links to their pages. */
  territories: NavLink[]
  /** The networks that it belongs to. */
  networks: NavLink[]
  /** The people who lead its cafés, where this site hosts it. */
  people?: NavLink[] | undefined
  /** What a structure that this site hosts says of itself; undefined for any other. */
  profile?: StructureProfile | undefined
  /** Where people are helped with computers nearby. */
  help: { href: string; name: string | undefined }
  /** The server that announces it; undefined for our own. */
  source: Source | undefined
  now: Temporal.Instant
  signedIn?: boolean | undefined
  /** Whether somebody who administers the directory looks at it. */
  mayHide?: boolean | undefined
}

export function StructurePage(props: StructurePageProps) {
  const { site, structure, cafes, past, people = [], now } = props
  const t = messagesFor(site.lang)
  const texts = t.structure
  const kind = kindText(structure.kind, t)
  const ownSite = webHref(structure.url)
  return (
    <Layout
      title={toPrintedName(structure.name)}
      site={site}
      current={paths.structure(structure.id)}
      description={texts.description(structure.name)}
      alternates={alternatesOf(props, texts.calendar)}
      signedIn={props.signedIn}
    >
      {kind && <p class="kicker">{kind}</p>}
      <h1>{toPrintedName(structure.name)}</h1>
      {props.closedOn && <p class="notice">{t.leaving.closedSince(props.closedOn)}</p>}
      <div class="split">
        <div>
          <section aria-labelledby="cafes">
            <h2 id="cafes">{texts.toCome}</h2>
            {cafes.length === 0 && (
              <p>{props.source?.hiddenSince ? t.cafe.freshness.hiddenPlace : texts.noneToCome}</p>
            )}
            <CafeList cafes={cafes} first={1} now={now} t={t} level={3} />
            {cafes.length > 0 && (
              <p class="more">
                <Link href={paths.structureProgramme(structure.id)}>{t.kit.leaflet.link}</Link>
              </p>
            )}
            {props.hasMore && ownSite && !props.profile && (
              <p class="more">
                <Link class="button quiet" href={ownSite}>
                  {texts.moreToCome}
                </Link>
              </p>
            )}
          </section>
          {past.length > 0 && (
            <section aria-labelledby="passes">
              <h2 id="passes">{texts.held}</h2>
              <CafeList cafes={past} level={3} now={now} t={t} />
              <p class="more">
                <Link href={paths.structureCertificate(structure.id)}>{t.certificate.link}</Link>
              </p>
            </section>
          )}
        </div>
        <aside>
          {props.map && <MapPanel map={props.map} t={t} />}
          {props.profile ? (
            <PlacePanel profile={props.profile} networks={props.networks} t={t} />
          ) : (
            <About {...props} t={t} />
          )}
          {people.length > 0 && (
            <section class="panel" aria-labelledby="animation">
              <h2 id="animation">{t.facilitator.title}</h2>
              <ul class="plain">
                {people.map(({ href, label }) => (
                  <li>
                    <Link href={href}>{label}</Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <FollowStructure
            {...{ structure, t }}
            calendar={calendarOf(props)}
            embed={props.profile && embedOf(structure.id)}
          />
          <HelpPanel help={props.help} t={t} />
        </aside>
      </div>
      <PageFlag
        address={site.origin + paths.structure(structure.id)}
        kind="structure"
        mayHide={props.source && props.mayHide}
        t={t}
      />
    </Layout>
  )
}

const fileOf = (uri: string, format: 'ics' | 'atom'): string =>
  `/export/cafes.${format}?${new URLSearchParams({ organizer: uri })}`

/** The address of its agenda: a short one where this site hosts it. */
const calendarOf = ({ structure, profile }: StructurePageProps): string =>
  profile ? paths.structureAgenda(structure.id, 'ics') : fileOf(structure.uri, 'ics')

/** The address of the page that makes the code by which its cafés are shown on another site. */
const embedOf = (slug: string): string =>
  `${paths.embed}?${new URLSearchParams({ structure: slug })}`

const alternatesOf = (props: StructurePageProps, title: string) => [
  { href: calendarOf(props), type: 'text/calendar', title },
  ...(props.profile
    ? [
        { href: paths.structureAgenda(props.structure.id, 'atom'), type: 'application/atom+xml' },
        actorAlternate({ actorHref: props.structure.uri }),
      ]
    : []),
]

function About({
  structure,
  territories,
  networks,
  source,
  now,
  t,
}: StructurePageProps & { t: Messages }) {
  const texts = t.structure
  const site = webHref(structure.url)
  const website = webHref(structure.website)
  return (
    <section class="panel" aria-labelledby="la-structure">
      <h2 id="la-structure">{texts.about}</h2>
      {structure.address && (
        <p>
          <AddressLines address={structure.address} />
        </p>
      )}
      {territories.length > 0 && (
        <ul class="plain">
          {territories.map(({ href, label }) => (
            <li>
              <Link href={href}>{label}</Link>
            </li>
          ))}
        </ul>
      )}
      <StructureNetworkList networks={networks} t={t} />
      <ul class="plain">
        {site && <SiteLink label={texts.ownSite} href={site} />}
        {website && website !== site && <SiteLink label={texts.website} href={website} />}
      </ul>
      <p class="fine">{texts.lastWord(relativePast(structure.lastWordAt, now, t.lang))}</p>
      <UnreachableNotice source={source} now={now} t={t} />
    </section>
  )
}

const SiteLink = ({ label, href }: { label: string; href: string }) => (
  <li>
    {label}
    {'\u00a0: '}
    <OuterLink href={href}>{href.replace(/^https?:\/\//, '').replace(/\/$/, '')}</OuterLink>
  </li>
)

type FollowProps = Pick<StructurePageProps, 'structure'> & {
  calendar: string
  embed: string | undefined
  t: Messages
}

const FollowStructure = ({ structure, calendar, embed, t }: FollowProps) => (
  <section class="panel" aria-labelledby="suivre">
    <h2 id="suivre">{t.structure.follow}</h2>
    {structure.handle && (
      <>
        <p class="handle">
          <strong>{structure.handle}</strong>
        </p>
        <p>{t.structure.followHow}</p>
      </>
    )}
    <p>
      <Link href={calendar}>{t.structure.calendar}</Link>
    </p>
    {embed && (
      <p>
        <Link href={embed}>{t.structure.embed}</Link>
      </p>
    )}
  </section>
)
