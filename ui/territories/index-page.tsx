import { Layout } from '../components/layout.tsx'
import { Link, LinkChoices } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { territoryText } from '../locales/french-articles.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { FranceMap, pointLegend, type WholeMap } from '../maps/france-map.tsx'
import { paths } from '../paths.ts'
import type { TerritoryLink } from './territory-page.tsx'

export type TerritoriesPageProps = {
  site: Site
  /** The régions by name, each with its départements. */
  regions: { region: TerritoryLink; departements: (TerritoryLink & { code: string })[] }[]
  map: WholeMap
  signedIn?: boolean | undefined
}

/** Lists every région and département with its number of cafés to come, on a map and as lists. */
export function TerritoriesPage({ site, map, regions, signedIn }: TerritoriesPageProps) {
  const t = messagesFor(site.lang)
  const all = regions.flatMap(({ departements }) => departements)
  const some = all
    .filter(({ toCome }) => toCome > 0)
    .toSorted((one, other) => other.toCome - one.toCome)
  const known = new Map(all.map((one) => [one.code, one]))
  const { title, lead } = t.territory.index
  return (
    <Layout
      title={title}
      site={site}
      current={paths.territories}
      description={lead}
      signedIn={signedIn}
    >
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <div class="map-page">
        <div>
          <FranceMap
            map={map}
            linkOf={(code) => {
              const { label = '', toCome = 0 } = known.get(code) ?? {}
              return { href: paths.territory(code), title: t.map.departement(label, code, toCome) }
            }}
            legend={pointLegend(map, t)}
            t={t}
          />
          <p class="hint">{t.map.credit}</p>
        </div>
        <section aria-labelledby="departements">
          <h2 id="departements" tabindex={-1}>
            {t.territory.index.some}
          </h2>
          {some.length === 0 && <p>{t.map.nowhere}</p>}
          <ul class="counted">
            {some.map(({ href, label, toCome }) => (
              <li>
                <Link href={href}>{territoryText(label)}</Link> <small>{t.map.count(toCome)}</small>
              </li>
            ))}
          </ul>
        </section>
      </div>
      <details class="all-regions" open={some.length === 0}>
        <summary>{t.territory.index.all}</summary>
        <Regions regions={regions} t={t} />
      </details>
    </Layout>
  )
}

const Regions = ({ regions, t }: Pick<TerritoriesPageProps, 'regions'> & { t: Messages }) => (
  <ul class="regions">
    {regions.map(({ region, departements }) => (
      <li>
        <h2>
          <Link href={region.href}>{territoryText(region.label)}</Link>{' '}
          {region.toCome > 0 && <small>{t.territory.cafes(region.toCome)}</small>}
        </h2>
        {departements.length > 1 && (
          <ul class="territories">
            {departements.map(({ href, label, toCome }) => (
              <li>
                <Link href={href}>{territoryText(label)}</Link>{' '}
                {toCome > 0 && <small>{t.territory.cafes(toCome)}</small>}
              </li>
            ))}
          </ul>
        )}
      </li>
    ))}
  </ul>
)

export type UnknownTerritoryPageProps = {
  site: Site
  suggestions: NavLink[]
  signedIn?: boolean | undefined
}

/** The page for an unknown code of a territory, with similar ones. */
export function UnknownTerritoryPage({ site, suggestions, signedIn }: UnknownTerritoryPageProps) {
  const texts = messagesFor(site.lang).territory.unknown
  return (
    <Layout title={texts.title} site={site} noindex signedIn={signedIn} narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.text}</p>
      {suggestions.length > 0 && (
        <>
          <h2>{texts.suggestions}</h2>
          <LinkChoices links={suggestions} />
        </>
      )}
      <p>
        <Link href={paths.territories}>{texts.all}</Link>
      </p>
    </Layout>
  )
}
