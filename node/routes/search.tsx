import { Hono } from 'hono'
import { type SearchOutcome, SearchPage } from '../../ui/search.tsx'
import { NO_SEARCH, type SearchValues, searchHref } from '../../ui/search-values.ts'
import type { NavLink } from '../../ui/site.ts'
import type { Context } from '../context.ts'
import { findAreaNamed } from '../geo/named-areas.ts'
import { longLabelOf, lookUpPlace } from '../geo/places.ts'
import type { Territory } from '../geo/territories.ts'
import { mainCommuneOf } from '../geo/territory-family.ts'
import { countByDepartement } from '../store/departement-counts.ts'
import { findDesk, type WebEnv } from './access.ts'
import { findCafes } from './find-cafes.ts'
import { allowPosition } from './middleware.ts'
import { parameterOf, readSearch, readSearchValues, textForTown } from './search-query.ts'
import { findSite } from './site.ts'

/** The first page of a directory: « Où ? », and the cafés found. Every search is an address to share. */
export const searchRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', allowPosition, async (c) => {
    const values = readSearchValues(parameterOf(c))
    const outcome = await findOutcome(context, values, c.req.query('curseur'))
    return c.html(
      <SearchPage
        site={await findSite(context, c)}
        values={values}
        outcome={outcome}
        now={context.now()}
        signedIn={(await findDesk(c, context)) !== undefined}
      />,
    )
  })

async function findOutcome(
  context: Context,
  values: SearchValues,
  cursorText: string | undefined,
): Promise<SearchOutcome> {
  const towns = findMeanings(values)
  if (towns.length > 0) return { type: 'several-towns', towns }
  const { query, problems = [] } = readSearch(values, context.now())
  if (!query) return { type: 'problems', problems }
  const outcome = await findCafes(context, { query, values }, cursorText)
  const isHome = !cursorText && searchHref(values) === searchHref(NO_SEARCH)
  return isHome && outcome.type === 'found'
    ? { ...outcome, total: await countToCome(context) }
    : outcome
}

/** Each thing that the place may be, where it may be several: « Mayenne » is a town and a département. */
function findMeanings(values: SearchValues): NavLink[] {
  const place = lookUpPlace(values.ou)
  const communes = place.kind === 'several' ? place.choices : []
  if (place.kind === 'commune') communes.push(place.commune)
  const found = findAreaNamed(values.ou)
  const main = found && mainCommuneOf(found)?.codeInsee
  // Paris is one with its département.
  const area = communes.some(({ codeInsee }) => codeInsee === main) ? undefined : found
  if (communes.length === 0 || (communes.length === 1 && !area)) return []
  const towns = communes.map((commune) => ({
    href: searchHref(values, { ou: textForTown(commune) }),
    label: longLabelOf(commune),
  }))
  return area ? [linkToArea(values, area), ...towns] : towns
}

const linkToArea = (values: SearchValues, { code, kind, name }: Territory): NavLink => ({
  href: searchHref(values, { ou: '', rayon: '', territoire: code }),
  label: `${name} (${kind === 'region' ? 'région' : 'département'})`,
})

/** As the map and the figures count them, without the cancelled ones. */
async function countToCome({ db, now }: Context): Promise<number> {
  const counts = await countByDepartement(db, now())
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}
