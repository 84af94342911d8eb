import type { Facets } from '../../node/domain/cafes/search-facets.ts'
import { distance } from '../../node/domain/values/number-text.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { CafeDays, CafeList, type ListedCafe } from '../cafes/card.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { LinkChoices } from '../components/link-list.tsx'
import { actorAlternate, type NavLink, type Site } from '../components/site.ts'
import { FollowPanel } from '../follow/panel.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type FeedToFollow, FollowTerritory } from '../territories/follow-panel.tsx'
import type { ShownTerritory } from '../territories/shown-territory.ts'
import { Elsewhere } from './explore.tsx'
import { SearchFiles, searchFeeds } from './export-links.tsx'
import { ActiveCriteria, listActive, Refine, type SearchNames } from './facets.tsx'
import { FoldedSearchForm, SearchForm } from './form.tsx'
import { SearchMap } from './map-preview.tsx'
import { SearchNothing } from './no-results.tsx'
import type { Suggestion } from './suggestions.ts'
import { searchedAreaText, searchTitle } from './title.ts'
import { type Understanding, Understood } from './understood.tsx'
import { type SearchValues, searchHref } from './values.ts'

/** What the search found, or what it needs to know first. */
export type SearchOutcome =
  | {
      type: 'found'
      /** Where it was looked for, e.g. `Rennes (35)`, or two numbers; undefined for everywhere. */
      place: string | undefined
      /** The commune that a bare point is in or beside. */
      beside?: string | undefined
      /** How the place was understood. */
      understood?: Understanding | undefined
      /** The commune or territory that was asked for, and the accounts that announce its cafés. */
      area?: { territory: ShownTerritory; feeds: FeedToFollow[] } | undefined
      /** Undefined when no place was asked for. */
      radiusKm: number | undefined
      cafes: ListedCafe[]
      nextHref: string | undefined
      /** The nearest of those that meet the other conditions, when there is none within the radius. */
      nearest?: ListedCafe | undefined
      /** What to ask no more to find one, when there is none. */
      suggestions?: Suggestion[] | undefined
      /** The circle in which `cafes` are, when there is none within the radius that was asked for. */
      widenedKm?: number | undefined
      /** How many there are of what; undefined on a later page. */
      facets?: Facets | undefined
      /** Of régions and départements, by the code that the address has. */
      nameOf?: ((code: string) => string) | undefined
      names?: SearchNames | undefined
      /** A later page: `cafes` is not the whole beginning. */
      continued?: boolean | undefined
    }
  /** Each link is the same search with the town's own code. */
  | { type: 'several-towns'; towns: NavLink[] }
  /** Wrong input: the form says which. */
  | { type: 'problems'; problems: Problem[] }

export type SearchPageProps = {
  site: Site
  values: SearchValues
  outcome: SearchOutcome
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

export function SearchPage({ site, values, outcome, now, signedIn }: SearchPageProps) {
  const t = messagesFor(site.lang)
  const problems = outcome.type === 'problems' ? outcome.problems : []
  return (
    <Layout
      title={pageTitle(outcome, { values, t })}
      site={site}
      current={paths.home}
      signedIn={signedIn}
      description={t.search.lead}
      alternates={[actorAlternate(site)]}
      feeds={outcome.type === 'found' ? searchFeeds(values, t) : []}
      noindex
      scripts={SEARCH_SCRIPTS}
    >
      <div class="split search-page">
        <div class="search-top">
          <h1>{t.search.title}</h1>
          {outcome.type === 'found' && outcome.cafes.length > 0 ? (
            <FoldedSearchForm
              values={values}
              problems={problems}
              place={searchedAreaText(outcome, t)}
              names={outcome.names ?? NO_NAMES}
              t={t}
            />
          ) : (
            <SearchForm values={values} problems={problems} t={t} />
          )}
        </div>
        <div id="resultats">
          {outcome.type === 'several-towns' && <Towns towns={outcome.towns} q={values.ou} t={t} />}
          {outcome.type === 'found' && (
            <Results outcome={outcome} values={values} now={now} t={t} />
          )}
        </div>
        <Aside site={site} values={values} outcome={outcome} t={t} />
      </div>
    </Layout>
  )
}

type AsideProps = {
  site: Site
  values: SearchValues
  outcome: SearchOutcome
  t: Messages
}

function Aside({ site, values, outcome, t }: AsideProps) {
  const found = outcome.type === 'found' ? outcome : undefined
  return (
    <aside>
      {found && <ActiveCriteria values={values} names={found.names ?? NO_NAMES} t={t} />}
      {found?.facets && (
        <Refine values={values} facets={found.facets} nameOf={found.nameOf ?? String} t={t} />
      )}
      {found && (
        <div class="panel">
          <SearchMap values={values} t={t} />
        </div>
      )}
      {found?.area ? (
        <>
          <FollowTerritory {...found.area} site={site} t={t} />
          <Elsewhere territory={found.area.territory} t={t} />
        </>
      ) : (
        <FollowPanel site={site} t={t} />
      )}
      {found && <SearchFiles values={values} t={t} />}
    </aside>
  )
}

const NO_NAMES: SearchNames = { territory: undefined, organizer: undefined }

/** Suggests towns and knows where one is; the form works without. */
export const SEARCH_SCRIPTS = ['/public/search.js']

function pageTitle(
  outcome: SearchOutcome,
  { values, t }: { values: SearchValues; t: Messages },
): string {
  if (outcome.type === 'problems') return t.admin.form.error + t.search.title
  if (outcome.type !== 'found') return t.search.title
  const { radiusKm, names = NO_NAMES } = outcome
  return searchTitle(values, { place: searchedAreaText(outcome, t), radiusKm, ...names }, t)
}

type Found = Extract<SearchOutcome, { type: 'found' }>

function resultsHeading(found: Found, { values, t }: Pick<ResultsProps, 'values' | 't'>): string {
  const place = searchedAreaText(found, t) ?? ''
  const { radiusKm, cafes, nextHref, continued, nearest, facets, names } = found
  if (continued) return t.search.next
  const farKm = nearest?.distanceKm
  if (radiusKm !== undefined && farKm !== undefined)
    return t.find.widened(
      radiusKm,
      place,
      distance(farKm, nearest?.approximate, t.lang),
      isNarrowed(values, names, t),
    )
  const territory = names?.territory
  const within = (text: string) => (territory ? t.find.within(text, territory) : text)
  if (cafes.length === 0)
    return within(t.search.none(place, radiusKm, isNarrowed(values, names, t)))
  if (!facets) return within(t.search.found(cafes.length, nextHref !== undefined, place, radiusKm))
  const { total, cancelled, isCapped } = facets
  const held =
    total === 0
      ? t.search.none(place, radiusKm, isNarrowed(values, names, t))
      : t.search.found(total, isCapped, place, radiusKm)
  // Of very many nobody counts them apart.
  return within(cancelled > 0 && !isCapped ? t.search.besidesCancelled(held, cancelled) : held)
}

/** Whether a café may be there that is none of those asked for; the heading names the territory itself. */
const isNarrowed = (values: SearchValues, names: SearchNames = NO_NAMES, t: Messages): boolean =>
  values.quand !== '' || listActive(values, { ...names, territory: undefined }, t).length > 0

const Towns = ({ towns, q, t }: { towns: NavLink[]; q: string; t: Messages }) => (
  <>
    <h2>{t.search.several(q)}</h2>
    <p>{t.search.choose}</p>
    <LinkChoices links={towns} />
  </>
)

type ResultsProps = {
  outcome: Found
  values: SearchValues
  now: Temporal.Instant
  t: Messages
}

function Results({ outcome, values, now, t }: ResultsProps) {
  const { cafes, nextHref, radiusKm } = outcome
  const isNear = radiusKm !== undefined
  const byDistance = values.tri === 'distance' && isNear
  return (
    <>
      <div class="results-head">
        <h2>{resultsHeading(outcome, { values, t })}</h2>
        {isNear && cafes.length > 1 && (
          <Link href={searchHref(values, { tri: byDistance ? '' : 'distance' })}>
            {byDistance ? t.search.byDate : t.search.byDistance}
          </Link>
        )}
      </div>
      <Understood
        {...outcome.understood}
        typed={values.ou}
        place={outcome.place}
        isEmpty={cafes.length === 0}
        t={t}
      />
      {outcome.widenedKm !== undefined && <p>{t.find.around(outcome.widenedKm)}</p>}
      {cafes.length === 0 && (
        <SearchNothing
          values={values}
          radiusKm={radiusKm}
          nearest={outcome.nearest}
          suggestions={outcome.suggestions ?? []}
          place={searchedAreaText(outcome, t)}
          names={outcome.names ?? NO_NAMES}
          territory={outcome.area?.territory}
          now={now}
          t={t}
        />
      )}
      {byDistance ? (
        <CafeList cafes={cafes} level={3} now={now} t={t} />
      ) : (
        <CafeDays cafes={cafes} level={3} now={now} t={t} />
      )}
      {nextHref && (
        <p class="more">
          <Link class="button quiet" href={nextHref}>
            {t.search.moreResults}
          </Link>
        </p>
      )}
    </>
  )
}
