import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { OnlinePart, type OnlineSeries } from '../cafes/series/online-series.tsx'
import { Drawn } from '../components/drawn.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { actorAlternate, type NavLink, type Site } from '../components/site.ts'
import { AROUND_A_TABLE } from '../drawings/around-a-table.ts'
import { INVITATION } from '../drawings/invitation.ts'
import { AlertPanel } from '../follow/alert-form.tsx'
import { inTerritoryText } from '../locales/french-articles.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { SmallFrance, type WholeMap } from '../maps/france-map.tsx'
import { paths } from '../paths.ts'
import { HowItGoes } from '../site/how-it-goes.tsx'
import { Questions } from '../site/questions.tsx'
import { HomeSearchForm } from './form.tsx'
import { SEARCH_SCRIPTS } from './search-page.tsx'

export type HomePageProps = {
  site: Site
  /** The next cafés that are not cancelled, soonest first. */
  cafes: ListedCafe[]
  /** The number of all cafés to come that are not cancelled. */
  total: number
  /** The codes of the départements with cafés to come. */
  departements: readonly string[]
  map: WholeMap
  /** The régions with cafés to come, those with the most first. */
  regions: readonly { code: string; name: string }[]
  /** The next date of the series that the directory holds online itself. */
  online: OnlineSeries | undefined
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

/** The home page of a directory, before a search. */
export function HomePage(props: HomePageProps) {
  const { site, cafes, now, signedIn } = props
  const t = messagesFor(site.lang)
  return (
    <Layout
      title={t.search.title}
      site={site}
      current={paths.home}
      signedIn={signedIn}
      description={t.search.lead}
      canonical={`${site.origin}/`}
      alternates={[actorAlternate(site)]}
      scripts={SEARCH_SCRIPTS}
    >
      <div class="welcome">
        <div>
          <h1>{t.search.titleHome}</h1>
          <p class="lead">{t.search.lead}</p>
          <HomeSearchForm t={t} />
        </div>
        <div class="scene">
          <Drawn drawing={AROUND_A_TABLE} alt={t.welcome.scene} />
        </div>
      </div>
      <section class="home-part" id="resultats" aria-labelledby="prochains">
        <h2 id="prochains">{t.search.next}</h2>
        {props.total === 0 ? (
          <p>{t.search.noneAnywhere}</p>
        ) : (
          <>
            <CafeList cafes={cafes} level={3} isGrid now={now} t={t} />
            <p class="more">
              <Link class="button quiet" href={paths.cafes}>
                {t.explore.all}
              </Link>
            </p>
          </>
        )}
      </section>
      {props.online && <OnlinePart online={props.online} t={t} />}
      {site.sendsAlerts && <AlertPanel about={{}} t={t} />}
      <HowItGoes t={t} />
      <EverywhereInFrance {...props} t={t} />
      <section class="home-part is-yours" aria-labelledby="chez-vous">
        <Drawn drawing={INVITATION} />
        <div>
          <h2 id="chez-vous">{t.explore.isYours}</h2>
          <p>{t.explore.isYoursText}</p>
        </div>
        <p class="buttons">
          <Link class="button" href={paths.organise}>
            {t.explore.toOrganise}
          </Link>
          <Link class="button quiet" href={paths.start}>
            {t.start.menu}
          </Link>
        </p>
      </section>
      <Questions site={site} t={t} />
    </Layout>
  )
}

const EverywhereInFrance = ({
  total,
  departements,
  regions,
  map,
  t,
}: HomePageProps & { t: Messages }) => (
  <section class="home-part everywhere" aria-labelledby="partout">
    <div>
      <h2 id="partout">{t.explore.heading}</h2>
      {total > 0 && (
        <p class="lead">
          {t.find.toCome(total)} {departements.length > 0 && t.explore.inDepartements(departements)}
        </p>
      )}
      <Links
        links={[
          ...regions.map(({ code, name }) => ({
            href: paths.territory(code),
            label: t.lang === 'fr' ? sentenceCase(inTerritoryText(name)) : name,
          })),
          { href: paths.territories, label: t.explore.allTerritories },
          { href: paths.map, label: t.find.map },
        ]}
      />
      <h3>{t.explore.more}</h3>
      <Links links={moreLinks(t)} />
    </div>
    <SmallFrance map={map} t={t} />
  </section>
)

const moreLinks = (t: Messages): NavLink[] => [
  { href: paths.structures, label: t.explore.structures },
  { href: paths.followPage, label: t.explore.follow },
  { href: paths.newsletter, label: t.explore.newsletter },
  { href: paths.statistics, label: t.explore.statistics },
  { href: paths.questions, label: t.questions.title },
  { href: paths.embed, label: t.explore.embed },
]

const Links = ({ links }: { links: readonly NavLink[] }) => (
  <ul class="links">
    {links.map(({ href, label }) => (
      <li>
        <Link href={href}>{label}</Link>
      </li>
    ))}
  </ul>
)
