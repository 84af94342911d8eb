import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { LinkChoices } from '../components/link-list.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import type { TerritoryLink } from './territory-page.tsx'

export type TerritoriesPageProps = {
  site: Site
  /** Régions by name, each with its départements. */
  regions: { region: TerritoryLink; departements: TerritoryLink[] }[]
  signedIn?: boolean | undefined
}

/** Every région and département, and how many cafés are to come there. */
export function TerritoriesPage({ site, regions, signedIn }: TerritoriesPageProps) {
  const t = messagesFor(site.lang)
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
      <ul class="regions">
        {regions.map(({ region, departements }) => (
          <li>
            <h2>
              <Link href={region.href}>{region.label}</Link>{' '}
              {region.toCome > 0 && <small>{t.territory.cafes(region.toCome)}</small>}
            </h2>
            {departements.length > 1 && (
              <ul class="territories">
                {departements.map(({ href, label, toCome }) => (
                  <li>
                    <Link href={href}>{label}</Link>{' '}
                    {toCome > 0 && <small>{t.territory.cafes(toCome)}</small>}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Layout>
  )
}

export type UnknownTerritoryPageProps = {
  site: Site
  suggestions: NavLink[]
  signedIn?: boolean | undefined
}

/** No territory of that code, and those that may have been meant. */
export function UnknownTerritoryPage({ site, suggestions, signedIn }: UnknownTerritoryPageProps) {
  const texts = messagesFor(site.lang).territory.unknown
  return (
    <Layout title={texts.title} site={site} noindex signedIn={signedIn}>
      <div class="narrow">
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
      </div>
    </Layout>
  )
}
