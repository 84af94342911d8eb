import { ALERT_CONDITIONS } from '../../node/domain/territories/alert.ts'
import { CafeList } from '../cafes/card.tsx'
import { Layout } from '../components/layout.tsx'
import { Link, LinkChoices } from '../components/link.tsx'
import { oembedLink } from '../components/oembed.ts'
import { actorAlternate, type Site } from '../components/site.ts'
import { AlertPanel } from '../follow/alert-form.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { MapPanel } from '../maps/map-panel.tsx'
import { paths } from '../paths.ts'
import { listActive, NO_NAMES } from './active-criteria.ts'
import { searchFeeds } from './export-links.ts'
import { Filters } from './filters.tsx'
import { FoldedSearchForm, SearchForm } from './form.tsx'
import { NextSteps } from './next-steps.tsx'
import { NoResults } from './no-results.tsx'
import { type Found, isNothingFound, type SearchOutcome } from './outcome.ts'
import { resultsHeading } from './results-heading.ts'
import { searchedAreaText, searchTitle } from './title.ts'
import { Understood } from './understood.tsx'
import { DEFAULT_RADIUS, mapHref, NO_SEARCH, type SearchValues, searchHref } from './values.ts'

export type SearchPageProps = {
  site: Site
  values: SearchValues
  outcome: SearchOutcome
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

/** The script that suggests towns and finds the visitor's position; the form works without it. */
export const SEARCH_SCRIPTS = ['/public/search.js']

export function SearchPage(props: SearchPageProps) {
  const { site, values, outcome, signedIn } = props
  const t = messagesFor(site.lang)
  return (
    <Layout
      title={pageTitle(outcome, { values, t })}
      site={site}
      current={paths.home}
      signedIn={signedIn}
      description={outcome.type === 'found' ? sentText(outcome, values, t) : t.search.lead}
      canonical={`${site.origin}${searchHref(values)}`}
      isSent={outcome.type === 'found'}
      alternates={[actorAlternate(site)]}
      feeds={
        outcome.type === 'found'
          ? [...searchFeeds(values, t), oembedLink(`${site.origin}${searchHref(values)}`)]
          : []
      }
      noindex
      scripts={SEARCH_SCRIPTS}
      before={outcome.type === 'found' && <Asked values={values} found={outcome} t={t} />}
    >
      {outcome.type === 'found' ? (
        <FoundPage {...props} found={outcome} t={t} />
      ) : (
        <QuestionPage {...props} t={t} />
      )}
    </Layout>
  )
}

function pageTitle(
  outcome: SearchOutcome,
  { values, t }: { values: SearchValues; t: Messages },
): string {
  if (outcome.type === 'problems') return t.admin.form.error + t.search.title
  return outcome.type === 'found' ? titleOf(outcome, { values, t }) : t.search.title
}

/** Returns the description for previews of the shared address: what the search finds now, and what a café is. */
const sentText = (found: Found, values: SearchValues, t: Messages): string =>
  `${resultsHeading(found, values, t)}. ${t.search.lead}`

function titleOf(found: Found, { values, t }: { values: SearchValues; t: Messages }): string {
  const { radiusKm, names = NO_NAMES } = found
  return searchTitle(values, { place: searchedAreaText(found, t), radiusKm, ...names }, t)
}

/** The page of a search with invalid input or an ambiguous place: the form as it was sent. */
function QuestionPage({ values, outcome, t }: SearchPageProps & { t: Messages }) {
  const problems = outcome.type === 'problems' ? outcome.problems : []
  return (
    <div class="search-page">
      <h1>{t.search.title}</h1>
      <search>
        <SearchForm values={values} problems={problems} t={t} />
        {outcome.type === 'problems' && outcome.or && outcome.or.length > 0 && (
          <>
            <p>{t.search.asked}</p>
            <LinkChoices links={outcome.or} />
          </>
        )}
        <Filters values={values} problems={problems} names={NO_NAMES} t={t} />
      </search>
    </div>
  )
}

type FoundProps = SearchPageProps & { found: Found; t: Messages }

/** The search in one line and some filters, which a screen reader can skip. */
function Asked({ values, found, t }: Pick<FoundProps, 'values' | 'found' | 't'>) {
  const { names = NO_NAMES } = found
  return (
    <search class="asked-part" aria-label={t.search.form}>
      <FoldedSearchForm
        values={values}
        problems={[]}
        place={searchedAreaText(found, t)}
        names={names}
        t={t}
      />
      <Filters values={values} problems={[]} names={names} t={t} />
    </search>
  )
}

function FoundPage({ site, values, found, now, t }: FoundProps) {
  const { map } = found
  const isNothing = isNothingFound(found)
  return (
    <div class="search-page">
      <div class={map ? 'results' : 'results is-mapless'}>
        <div>
          <h1>{resultsHeading(found, values, t)}</h1>
          <Understood
            {...found.understood}
            typed={found.understood?.typed ?? values.ou}
            place={found.place}
            territory={found.names?.territory}
            values={values}
            isEmpty={isNothing}
            t={t}
          />
          {isNothing ? (
            <Instead values={values} found={found} now={now} t={t} />
          ) : (
            <CafeList cafes={found.cafes} first={1} level={2} now={now} t={t} />
          )}
          {found.nextHref && (
            <p class="more">
              <Link class="button quiet" href={found.nextHref}>
                {t.search.moreResults}
              </Link>
            </p>
          )}
          {found.radiusKm !== undefined && found.cafes.length > 1 && (
            <p class="more">
              <OtherOrder values={values} t={t} />
            </p>
          )}
        </div>
        {map && (
          <div class="results-aside">
            <MapPanel map={map} href={isNothing ? undefined : mapHref(values)} t={t} />
          </div>
        )}
      </div>
      <SearchAlert {...{ site, values, found, t }} />
      <NextSteps
        site={site}
        values={values}
        title={titleOf(found, { values, t })}
        area={found.area}
        t={t}
      />
    </div>
  )
}

/** What one can do where nothing takes place: other cafés first, then those that are cancelled. */
function Instead({ values, found, now, t }: Pick<FoundProps, 'values' | 'found' | 'now' | 't'>) {
  const { cafes, groups = [] } = found
  const others = groups.reduce((count, group) => count + group.cafes.length, 0)
  return (
    <>
      <NoResults found={found} values={values} place={searchedAreaText(found, t)} now={now} t={t} />
      {cafes.length > 0 && (
        <section class="cafe-group" aria-labelledby="annules">
          <h2 id="annules">{t.search.cancelled(cafes.length)}</h2>
          <CafeList cafes={cafes} first={others + 1} level={3} now={now} t={t} />
        </section>
      )}
    </>
  )
}

/** Offers mails about what this search would find; nobody announces past cafés, and one online has no place. */
function SearchAlert({
  site,
  values,
  found,
  t,
}: Pick<FoundProps, 'site' | 'values' | 'found' | 't'>) {
  if (!site.sendsAlerts || values.passes === '1' || values.mode === 'en-ligne') return null
  const { radiusKm, names = NO_NAMES } = found
  const area = searchedAreaText(found, t) ?? names.territory
  const conditions = Object.fromEntries(ALERT_CONDITIONS.map((name) => [name, values[name]]))
  const words = listActive({ ...NO_SEARCH, ...conditions }, names, t).map(({ label }) => label)
  const { ou, territoire } = values
  const rayon = String(radiusKm ?? DEFAULT_RADIUS)
  return (
    <AlertPanel
      about={{ ...conditions, ...(ou && radiusKm ? { ou, rayon } : { territoire }) }}
      place={area && (radiusKm ? t.alert.placeOf(area, radiusKm) : area)}
      words={words}
      t={t}
    />
  )
}

const OtherOrder = ({ values, t }: { values: SearchValues; t: Messages }) => {
  const isByDistance = values.tri === 'distance'
  return (
    <Link href={searchHref(values, { tri: isByDistance ? '' : 'distance' })}>
      {isByDistance ? t.search.sortByDate : t.search.sortByDistance}
    </Link>
  )
}
