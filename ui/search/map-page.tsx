import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { territoryText } from '../locales/french-articles.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import type { MapPoint } from '../maps/drawn-map.tsx'
import { FranceMap, pointLegend, type WholeMap } from '../maps/france-map.tsx'
import type { ListMap } from '../maps/map-panel.tsx'
import { PartMap } from '../maps/part-map.tsx'
import { paths } from '../paths.ts'
import { NO_NAMES, type SearchNames } from './active-criteria.ts'
import { MapFilters } from './filters.tsx'
import { OtherMeanings } from './understood.tsx'
import { NO_SEARCH, type SearchValues, searchHref } from './values.ts'

type MapSearch = {
  values: SearchValues
  /** The names of what the address has as a code. */
  names: SearchNames
  title: string
  /** The address of the same search within a territory, and of its online cafés. */
  hrefWithin: (territory: string) => string
  hrefOnline: string
  /** Links to maps of other places that the text may mean. */
  or: NavLink[]
  /** How many cafés the counts include, where more were found. */
  counted: number | undefined
}

/** A point of the movable map: where it is, where it leads and what it says. */
type TilePoint = readonly [latitude: number, longitude: number, href: string, title: string]

/** A town with the number of its cafés in words, and where they are listed. */
type TownLink = Pick<MapPoint, 'href' | 'title' | 'held'>

type Area = { code: string; name: string }
/** A région with its départements. */
type MappedRegion = Area & { departements: readonly Area[] }

export type MapPageProps = {
  site: Site
  /** The whole of France, or the part of it where a search looked. */
  map:
    | { kind: 'whole'; whole: WholeMap }
    | { kind: 'part'; part: ListMap; towns: readonly TownLink[] }
  /** The régions of the mainland, and for a search those overseas too, which are otherwise only beside the map. */
  regions: readonly MappedRegion[]
  /** The number of cafés to come, or of those found, by the code of the département. */
  counts: ReadonlyMap<string | undefined, number>
  /** The number of cafés of no département: online, or in an unknown town. */
  placeless: number
  /** The operator's tile server, for a movable map where scripts run, and its points. */
  tiles?: { url: string; credit: string; points: readonly TilePoint[] } | undefined
  /** The same search as a list, and in words; undefined without a search. */
  search?: MapSearch | undefined
  signedIn?: boolean | undefined
}

/** Shows the cafés to come on a map, and the same as a list of links. */
export function MapPage(props: MapPageProps) {
  const { site, map, search, counts, placeless, tiles } = props
  const towns = map.kind === 'part' ? map.towns : []
  const t = messagesFor(site.lang)
  const total = counts.values().reduce((sum, count) => sum + count, 0) + placeless
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
      <h1>{search ? title : t.map.heading(total)}</h1>
      {search && (
        <>
          <OtherMeanings links={search.or} t={t} />
          <p>
            <Link href={searchHref(search.values)}>{t.map.toSearch}</Link>
          </p>
        </>
      )}
      <MapFilters values={search?.values ?? NO_SEARCH} names={search?.names ?? NO_NAMES} t={t} />
      <div class="map-page">
        <div>
          {tiles && <TileMap tiles={tiles} t={t} />}
          {map.kind === 'part' ? (
            <PartMap map={map.part} t={t} />
          ) : (
            <FranceMap
              map={map.whole}
              linkOf={linksOf(props, map.whole, t)}
              legend={pointLegend(map.whole, t)}
              t={t}
            />
          )}
          <p class="hint">{t.map.credit}</p>
        </div>
        <div>
          {!search && <NearYou t={t} />}
          <section class="regions-list" aria-labelledby="regions">
            <h2 id="regions">{towns.length > 0 ? t.map.townsTitle : t.map.listTitle}</h2>
            {towns.length > 0 ? <Towns towns={towns} /> : <Regions {...props} t={t} />}
            {search?.counted !== undefined && <p class="hint">{t.map.counted(search.counted)}</p>}
            {placeless > 0 && (
              <p class="hint">
                {t.map.placeless(placeless)}{' '}
                <Link href={search?.hrefOnline ?? `${paths.home}?mode=en-ligne`}>
                  {t.map.seeOnline}
                </Link>
              </p>
            )}
          </section>
        </div>
      </div>
    </Layout>
  )
}

/** Returns where a département leads, and what it says. */
function linksOf({ regions, counts, search }: MapPageProps, { overseas }: WholeMap, t: Messages) {
  const areas = [
    ...regions.flatMap(({ departements }) => departements),
    ...overseas.flatMap(({ territories }) => territories),
  ]
  const names = new Map(areas.map(({ code, name }) => [code, name]))
  return (code: string) => {
    const count = counts.get(code) ?? 0
    const say = search ? t.map.found : t.map.departement
    return { href: hrefOf(code, count, search), title: say(names.get(code) ?? '', code, count) }
  }
}

const hrefOf = (code: string, count: number, search: MapSearch | undefined): string =>
  search && count > 0 ? search.hrefWithin(code) : paths.territory(code)

/** The field that finds what is near, which says more on a phone than seven hundred points. */
const NearYou = ({ t }: { t: Messages }) => (
  <Form class="panel near-you" action={paths.home}>
    <label for="ou">{t.map.nearYou}</label>
    <div>
      <input id="ou" name="ou" type="text" placeholder={t.map.town} autocomplete="postal-code" />
      <button type="submit" class="button">
        {t.map.see}
      </button>
    </div>
  </Form>
)

/** The towns of the map, with their numbers there. */
const Towns = ({ towns }: { towns: readonly TownLink[] }) => (
  <ul class="counted">
    {towns.map(({ href, title, held }, at) => (
      <li id={`commune-${at + 1}`} class={held === 0 ? 'is-cancelled' : undefined}>
        <span class="number" aria-hidden="true">
          {at + 1}
        </span>
        <Link href={href}>{title}</Link>
      </li>
    ))}
  </ul>
)

/** The régions with their numbers; each opens the list of its départements. A search has those where it found cafés. */
function Regions({ regions, counts, search, t }: MapPageProps & { t: Messages }) {
  const counted = regions.map(({ departements, ...region }) => {
    const each = departements.map((one) => ({ ...one, count: counts.get(one.code) ?? 0 }))
    return {
      ...region,
      count: each.reduce((sum, { count }) => sum + count, 0),
      departements: each
        .filter(({ count }) => !search || count > 0)
        .toSorted((one, other) => other.count - one.count),
    }
  })
  const shown = counted.filter(({ count }) => !search || count > 0)
  if (shown.length === 0) return <p>{t.map.noneFound}</p>
  return (
    <>
      {shown.map(({ name, count, departements }) => (
        <details open={search && shown.length <= OPEN_MAX}>
          <summary>
            {territoryText(name)} <b class={count === 0 ? 'none' : undefined}>{count}</b>
          </summary>
          <ul>
            {departements.map((one) => (
              <li>
                <Link href={hrefOf(one.code, one.count, search)}>
                  {territoryText(one.name)} ({one.code})
                </Link>{' '}
                <small>{one.count}</small>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  )
}

/** Up to so many régions of a search are open: what one looks for is seen at once. */
const OPEN_MAX = 3

/**
 * The container of the movable map: it is empty and hidden until the script fills it; without scripts, the drawn map
 * stays.
 */
const TileMap = ({ tiles, t }: { tiles: NonNullable<MapPageProps['tiles']>; t: Messages }) => (
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
      data-points={JSON.stringify(tiles.points)}
    />
    <script src="/public/leaflet.js" defer></script>
    <script src="/public/map.js" defer></script>
  </>
)
