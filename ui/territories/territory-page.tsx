import { distance } from '../../node/domain/values/number-text.ts'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { Layout, type LayoutProps } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { userTextLang } from '../components/user-text.tsx'
import { AlertPanel } from '../follow/alert-form.tsx'
import { territoryText } from '../locales/french-articles.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { type ListMap, MapPanel, ToMap } from '../maps/map-panel.tsx'
import { paths } from '../paths.ts'
import { type Answering, ReferentPanel } from '../referents/panel.tsx'
import { type StructureCard, StructureCards } from '../structures/cards.tsx'
import { HelpPanel } from '../structures/help-panel.tsx'
import { type FeedToFollow, FollowTerritory, territoryFiles } from './follow-panel.tsx'
import { type RequestNotice, RequestPanel } from './request-form.tsx'
import type { ShownTerritory } from './shown-territory.ts'

/** A link to a territory's page, with its number of cafés to come. */
export type TerritoryLink = NavLink & { toCome: number }

export type TerritoryPageProps = {
  site: Site
  territory: ShownTerritory
  /** The territories that contain it, the widest first. */
  parents: NavLink[]
  /** Where people are helped with computers nearby. */
  help: { href: string; name: string | undefined }
  /** The first page of cafés, soonest first. */
  cafes: ListedCafe[]
  toCome: number
  /** The address of the remaining cafés. */
  moreHref: string | undefined
  /** Cafés near a commune, outside it. */
  around: { cafes: ListedCafe[]; radiusKm: number } | undefined
  /** Where no café takes place here: the nearest one, and the town from which the distance is measured. */
  nearest: { listed: ListedCafe; from: string } | undefined
  /** The map of the numbered cafés; undefined where none of our maps shows them. */
  map: ListMap | undefined
  structures: StructureCard[]
  structureTotal: number
  /** The territories within it. */
  parts: TerritoryLink[]
  neighbours: TerritoryLink[]
  /** The accounts that announce these cafés. */
  feeds: FeedToFollow[]
  /** The number of requests in the last twelve months; undefined while there are few. */
  requests: number | undefined
  requestNotice?: RequestNotice | undefined
  /** Whether this server sends mail. */
  mailWorks: boolean
  /** The referents of this territory. */
  answering: Answering
  /** The picture for previews of a shared link. */
  picture?: LayoutProps['picture']
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

export function TerritoryPage(props: TerritoryPageProps) {
  const { site, territory, toCome } = props
  const t = messagesFor(site.lang)
  const title = t.territory.title(territory.label)
  const isThin =
    props.cafes.length === 0 && (territory.kind === 'epci' || territory.kind === 'commune')
  // Without cafés, the list below says so.
  const facts = [
    (toCome > 0 || props.cafes.length > 0) && t.territory.toCome(toCome),
    props.structureTotal > 0 && t.territory.structures(props.structureTotal),
  ].filter((fact) => fact !== false)
  return (
    <Layout
      title={title}
      site={site}
      current={paths.territory(territory.code)}
      description={t.territory.description(territory.label, toCome)}
      alternates={territoryFiles(territory, t).map(({ href, type, label }) => ({
        href,
        type,
        title: label,
      }))}
      noindex={isThin}
      picture={props.picture}
      signedIn={props.signedIn}
    >
      <Breadcrumb parents={props.parents} t={t} />
      <h1>{title}</h1>
      <p class="lead">
        {facts.length > 0 && `${facts.join(', ')}. `}
        <ToMap map={props.map} t={t} />
      </p>
      <div class="split">
        <div>
          <Cafes {...props} t={t} />
          {props.structures.length > 0 && (
            <section aria-labelledby="structures">
              <h2 id="structures">{t.territory.structuresHere}</h2>
              <StructureCards structures={props.structures} level={3} t={t} />
              {props.structureTotal > props.structures.length && (
                <p class="more">
                  <Link href={`${paths.structures}?territoire=${territory.code}`}>
                    {t.territory.allStructures}
                  </Link>
                </p>
              )}
            </section>
          )}
          <Territories
            id="dans"
            heading={t.territory.children[territory.kind]}
            links={props.parts}
            t={t}
          />
          <Territories
            id="voisins"
            heading={t.territory.neighbours[territory.kind]}
            links={props.neighbours}
            t={t}
          />
        </div>
        <aside>
          {props.map && (
            <MapPanel
              map={props.map}
              href={paths.territorySearch(territory.code).replace(/^\//, paths.map)}
              t={t}
            />
          )}
          <ReferentPanel {...props} t={t} />
          {!isNoneHeld(props) && <Invitations {...props} t={t} />}
          <FollowTerritory territory={territory} feeds={props.feeds} site={site} t={t} />
          <HelpPanel help={props.help} t={t} />
        </aside>
      </div>
    </Layout>
  )
}

const Breadcrumb = ({ parents, t }: { parents: NavLink[]; t: Messages }) => (
  <nav class="breadcrumb" aria-label={t.territory.breadcrumb}>
    <ol>
      {[{ href: paths.territories, label: 'France' }, ...parents].map(({ href, label }) => (
        <li>
          <Link href={href} lang={userTextLang({}, t)}>
            {territoryText(label)}
          </Link>
        </li>
      ))}
    </ol>
  </nav>
)

type Shown = TerritoryPageProps & { t: Messages }

/** Returns whether no café takes place here: there is none to come, or all are cancelled. */
const isNoneHeld = ({ cafes, moreHref }: TerritoryPageProps): boolean =>
  cafes.length === 0 ||
  (moreHref === undefined && cafes.every(({ cafe }) => cafe.status === 'cancelled'))

function Cafes(props: Shown) {
  const { cafes, moreHref, around, nearest, now, t } = props
  if (isNoneHeld(props))
    return (
      <section aria-labelledby="cafes">
        <h2 id="cafes">{t.territory.upcoming}</h2>
        <CafeList cafes={cafes} first={1} now={now} t={t} level={3} />
        <p>{noneOf(props)}</p>
        {nearest && <Nearest {...nearest} now={now} t={t} />}
        <div class="invitations">
          <Invitations {...props} />
        </div>
        {around && <Around around={around} first={cafes.length + 1} now={now} t={t} />}
      </section>
    )
  return (
    <section aria-labelledby="cafes">
      <h2 id="cafes">{t.territory.upcoming}</h2>
      <CafeList cafes={cafes} first={1} now={now} t={t} level={3} />
      {moreHref && (
        <p class="more">
          <Link class="button quiet" href={moreHref}>
            {t.territory.more}
          </Link>
        </p>
      )}
      <p>
        <Link href={paths.territoryProgramme(props.territory.code)}>{t.kit.leaflet.link}</Link>
      </p>
      {around && <Around around={around} first={cafes.length + 1} now={now} t={t} />}
    </section>
  )
}

function noneOf({ cafes, around, nearest, t }: Shown): string {
  if (cafes.length > 0) return t.territory.noneHeld
  if (around && around.cafes.length === 0) return t.territory.noneNear(around.radiusKm)
  if (!around?.cafes.length && !nearest) return t.territory.noneAnywhere
  return t.territory.none
}

type NearestProps = NonNullable<Shown['nearest']> & { now: Temporal.Instant; t: Messages }

function Nearest({ listed, from, now, t }: NearestProps) {
  const far = distance(listed.distanceKm ?? 0, listed.approximate, t.lang)
  return (
    <>
      <h3 class="around">{t.territory.nearest(far, from)}</h3>
      <CafeList cafes={[listed]} level={4} now={now} t={t} />
    </>
  )
}

type AroundProps = {
  around: NonNullable<Shown['around']>
  /** The number of the first café of the list. */
  first: number
  now: Temporal.Instant
  t: Messages
}

const Around = ({ around, first, now, t }: AroundProps) =>
  around.cafes.length === 0 ? null : (
    <>
      <h3 class="around">{t.territory.around(around.radiusKm)}</h3>
      <CafeList cafes={around.cafes} first={first} level={4} now={now} t={t} />
    </>
  )

const Invitations = ({ site, territory, feeds, mailWorks, requests, requestNotice, t }: Shown) => (
  <>
    <AlertPanel
      about={{ territoire: territory.code }}
      place={territory.label}
      mailWorks={mailWorks}
      feed={feeds[0]?.name}
      t={t}
    />
    <RequestPanel territory={territory} total={requests} said={requestNotice} site={site} t={t} />
  </>
)

type TerritoriesProps = { id: string; heading: string; links: TerritoryLink[]; t: Messages }

const Territories = ({ id, heading, links, t }: TerritoriesProps) =>
  links.length === 0 ? null : (
    <nav aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <ul class="territories">
        {links.map(({ href, label, toCome }) => (
          <li>
            <Link href={href} lang={userTextLang({}, t)}>
              {territoryText(label)}
            </Link>{' '}
            {toCome > 0 && <small>{t.territory.cafes(toCome)}</small>}
          </li>
        ))}
      </ul>
    </nav>
  )
