import type { Problem } from '../node/domain/problem.ts'
import { CafeDays, CafeList, type ListedCafe } from './cafe-card.tsx'
import { FollowPanel } from './follow.tsx'
import { Layout } from './layout.tsx'
import { paths } from './paths.ts'
import { SearchForm } from './search-form.tsx'
import { RADII, type SearchValues, searchHref } from './search-values.ts'
import { actorAlternate, type NavLink, type Site } from './site.ts'
import { type Strings, stringsFor } from './strings.ts'

/** What the search found, or what it needs to know first. */
export type SearchOutcome =
  | {
      type: 'found'
      /** Where it was looked for, e.g. `Rennes (35)`; undefined for everywhere, or for a bare point. */
      place: string | undefined
      /** Undefined when no place was asked for. */
      radiusKm: number | undefined
      cafes: ListedCafe[]
      nextHref: string | undefined
      /** Of all cafés to come, where nothing narrows the search. */
      total?: number | undefined
      /** The nearest of those that meet the other conditions, when there is none within the radius. */
      nearest?: ListedCafe | undefined
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
  const t = stringsFor(site.lang)
  const asked = searchHref(values) !== paths.home
  const problems = outcome.type === 'problems' ? outcome.problems : []
  return (
    <Layout
      title={pageTitle(outcome, asked, t)}
      site={site}
      current={paths.home}
      signedIn={signedIn}
      description={t.search.lead}
      canonical={asked ? undefined : `${site.origin}/`}
      alternates={[actorAlternate(site)]}
      noindex={asked}
    >
      <div class="search-top">
        <h1>{asked ? t.search.title : t.search.titleHome}</h1>
        {!asked && <Lead outcome={outcome} t={t} />}
        <SearchForm values={values} problems={problems} t={t} />
      </div>
      <div class="split">
        <div id="resultats">
          {outcome.type === 'several-towns' && <Towns towns={outcome.towns} q={values.ou} t={t} />}
          {outcome.type === 'found' && (
            <Results outcome={outcome} values={values} asked={asked} now={now} t={t} />
          )}
        </div>
        <aside>
          <FollowPanel site={site} t={t} />
        </aside>
      </div>
    </Layout>
  )
}

function pageTitle(outcome: SearchOutcome, asked: boolean, t: Strings): string {
  if (outcome.type === 'found' && asked) return resultsHeading(outcome, asked, t)
  return t.search.title
}

const Lead = ({ outcome, t }: { outcome: SearchOutcome; t: Strings }) => (
  <p class="lead">
    {t.search.lead}{' '}
    {outcome.type === 'found' && outcome.total ? t.search.toCome(outcome.total) : ''}
  </p>
)

type Found = Extract<SearchOutcome, { type: 'found' }>

function resultsHeading(found: Found, asked: boolean, t: Strings): string {
  const { place, radiusKm, cafes, nextHref, continued } = found
  if (continued || !asked) return t.search.next
  if (cafes.length === 0) return t.search.none(place ?? '', radiusKm)
  return t.search.found(cafes.length, nextHref !== undefined, place ?? '', radiusKm)
}

const Towns = ({ towns, q, t }: { towns: NavLink[]; q: string; t: Strings }) => (
  <>
    <h2>{t.search.several(q)}</h2>
    <p>{t.search.choose}</p>
    <ul class="choices">
      {towns.map(({ href, label }) => (
        <li>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ul>
  </>
)

type ResultsProps = {
  outcome: Found
  values: SearchValues
  asked: boolean
  now: Temporal.Instant
  t: Strings
}

function Results({ outcome, values, asked, now, t }: ResultsProps) {
  const { cafes, nextHref, radiusKm } = outcome
  const isNear = radiusKm !== undefined
  const byDistance = values.tri === 'distance' && isNear
  return (
    <>
      <div class="results-head">
        <h2>{resultsHeading(outcome, asked, t)}</h2>
        {isNear && cafes.length > 1 && (
          <a href={searchHref(values, { tri: byDistance ? '' : 'distance' })}>
            {byDistance ? t.search.byDate : t.search.byDistance}
          </a>
        )}
      </div>
      {cafes.length === 0 && (
        <Nothing outcome={outcome} values={values} asked={asked} now={now} t={t} />
      )}
      {byDistance ? (
        <CafeList cafes={cafes} level={3} now={now} t={t} />
      ) : (
        <CafeDays cafes={cafes} level={3} now={now} t={t} />
      )}
      {nextHref && (
        <p class="more">
          <a class="button quiet" href={nextHref}>
            {t.search.moreResults}
          </a>
        </p>
      )}
    </>
  )
}

/** An empty result is a beginning: the nearest café, and links that take one condition away each. */
function Nothing({ outcome, values, asked, now, t }: ResultsProps) {
  if (!asked) return <p>{t.search.noneAnywhere}</p>
  const { radiusKm, nearest } = outcome
  const wider = RADII.filter(
    (km) => radiusKm !== undefined && km > radiusKm && reaches(km, nearest),
  )
  const ways: NavLink[] = [
    ...wider.slice(0, 1).map((km) => ({
      href: searchHref(values, { rayon: String(km) }),
      label: t.search.widen(km),
    })),
    ...(values.q
      ? [{ href: searchHref(values, { q: '' }), label: t.search.noWords(values.q) }]
      : []),
    ...(values.quand || values.du || values.au
      ? [{ href: searchHref(values, { quand: '', du: '', au: '' }), label: t.search.allDates }]
      : []),
    ...(values.mode
      ? [{ href: searchHref(values, { mode: '' }), label: t.search.allModes }]
      : [
          {
            href: searchHref(values, { ou: '', rayon: '', tri: '', mode: 'en-ligne' }),
            label: t.search.onlineInstead,
          },
        ]),
    { href: paths.home, label: t.search.everywhere },
  ]
  return (
    <>
      {nearest && (
        <>
          <h3>{t.search.nearest}</h3>
          <CafeList cafes={[nearest]} level={4} now={now} t={t} />
        </>
      )}
      <p>{t.search.whatNow}</p>
      <ul class="choices">
        {ways.map(({ href, label }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Nobody is sent to a circle that is empty as well. */
const reaches = (km: number, nearest: ListedCafe | undefined): boolean =>
  nearest?.distanceKm !== undefined && nearest.distanceKm <= km
