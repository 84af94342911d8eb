import type { MapOfFrance } from '../../node/domain/cafes/map.ts'
import { FoldedDepartements } from '../components/folded-departements.tsx'
import { FranceMap, MapLegend, type MapPoint } from '../components/france-map.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { territoryText } from '../locales/french-articles.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { OtherMeanings } from './understood.tsx'

type MapSearch = {
  href: string
  title: string
  /** The address of the same search within a département, and of its online cafés. */
  hrefWithin: (departement: string) => string
  hrefOnline: string
  /** Links to maps of other places that the text may mean. */
  or: NavLink[]
  /** How many cafés the counts include, where more were found. */
  counted: number | undefined
}

export type MapPageProps = {
  site: Site
  map: MapOfFrance
  /** The number of cafés to come, or of those found, by the code of the département. */
  counts: ReadonlyMap<string, number>
  points: readonly MapPoint[]
  /** The number of cafés on the map, where more were found. */
  shown?: number | undefined
  /** The number of cafés of no département: online, or in an unknown town. */
  placeless: number
  /** The operator's tile server, for a movable map where scripts run. */
  tiles?: { url: string; credit: string } | undefined
  /** The same search as a list, and in words; undefined without a search. */
  search?: MapSearch | undefined
  signedIn?: boolean | undefined
}

/** Shows the cafés to come on a map, and the same as a list of links. */
export function MapPage(props: MapPageProps) {
  const { site, map, counts, points, search, placeless, tiles } = props
  const t = messagesFor(site.lang)
  const departements = listDepartements(map).map(({ code, name }) => ({
    code,
    name,
    count: counts.get(code) ?? 0,
  }))
  const some = departements.filter(({ count }) => count > 0)
  const none = departements.filter(({ count }) => count === 0)
  const hrefOf = (code: string) =>
    search && counts.has(code) ? search.hrefWithin(code) : paths.territory(code)
  const title = search ? t.map.titleOfSearch(search.title) : t.map.title
  return (
    <Layout
      title={title}
      site={site}
      current={paths.map}
      canonical={`${site.origin}${paths.map}`}
      noindex={search !== undefined}
      signedIn={props.signedIn}
    >
      <h1>{title}</h1>
      <p class="lead">{t.map.lead}</p>
      {search && (
        <>
          <OtherMeanings links={search.or} t={t} />
          <p>
            <Link href={search.href}>{t.map.toSearch}</Link>
          </p>
        </>
      )}
      <div class="map-page">
        <div>
          <p class="skip-map">
            <Link href="#departements">{t.map.asList}</Link>
          </p>
          {tiles && <TileMap tiles={tiles} points={points} t={t} />}
          <FranceMap
            map={map}
            counts={counts}
            points={points}
            hrefOf={hrefOf}
            titleOf={search && t.map.found}
            t={t}
          />
          <MapLegend
            counts={counts}
            hasPoints={points.length > 0}
            title={search && t.map.legendOfSearch}
            t={t}
          />
          {search?.counted !== undefined && <p class="hint">{t.map.counted(search.counted)}</p>}
          {props.shown !== undefined && <p class="hint">{t.map.capped(props.shown)}</p>}
          {placeless > 0 && (
            <p class="hint">
              {t.map.placeless(placeless)}{' '}
              <Link href={search?.hrefOnline ?? `${paths.home}?mode=en-ligne`}>
                {t.map.seeOnline}
              </Link>
            </p>
          )}
          <p class="hint">{t.map.credit}</p>
        </div>
        <section aria-labelledby="departements">
          <h2 id="departements" tabindex={-1}>
            {t.map.listTitle}
          </h2>
          {some.length === 0 && <p>{search ? t.map.noneFound : t.map.nowhere}</p>}
          <ul class="counted">
            {some.map(({ code, name, count }) => (
              <li>
                <Link href={hrefOf(code)}>
                  {territoryText(name)} ({code})
                </Link>{' '}
                <small>{t.map.count(count)}</small>
              </li>
            ))}
          </ul>
        </section>
      </div>
      <section class="map-rest" aria-labelledby="sans-cafe">
        <h2 id="sans-cafe">{search ? t.map.restOfSearch : t.map.restTitle}</h2>
        <p>{t.map.restLead}</p>
        <FoldedDepartements departements={none} t={t} />
      </section>
    </Layout>
  )
}

/** Returns each département once, by its name. */
function listDepartements({ outlines }: MapOfFrance): { code: string; name: string }[] {
  const names = new Map(outlines.map(({ code, name }) => [code, name]))
  return [...names]
    .map(([code, name]) => ({ code, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'fr'))
}

/**
 * The container of the movable map: it is empty and hidden until the script fills it; without scripts, the drawn map
 * stays.
 */
const TileMap = ({
  tiles,
  points,
  t,
}: {
  tiles: { url: string; credit: string }
  points: readonly MapPoint[]
  t: Messages
}) => (
  <>
    <link rel="stylesheet" href="/public/leaflet.css" />
    <section
      id="carte-mobile"
      aria-label={t.map.zoom}
      hidden
      data-tiles={tiles.url}
      data-credit={tiles.credit}
      data-zoom-in={t.map.zoomIn}
      data-zoom-out={t.map.zoomOut}
      data-close-popup={t.map.closePopup}
      data-points={JSON.stringify(
        points.map(({ latitude, longitude, href, title }) => [latitude, longitude, href, title]),
      )}
    />
    <script src="/public/leaflet.js" defer></script>
    <script src="/public/map.js" defer></script>
  </>
)
