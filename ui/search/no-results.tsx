import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { LinkChoices } from '../components/link-list.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import type { ShownTerritory } from '../territories/shown-territory.ts'
import type { SearchNames } from './facets.tsx'
import { type Suggestion, suggestionText, toSuggestedSearch } from './suggestions.ts'
import { RADII, type SearchValues, searchHref } from './values.ts'

type Props = {
  values: SearchValues
  radiusKm: number | undefined
  nearest: ListedCafe | undefined
  /** Those that lead to a café. */
  suggestions: readonly Suggestion[]
  place: string | undefined
  names: SearchNames
  territory: ShownTerritory | undefined
  now: Temporal.Instant
  t: Messages
}

/** An empty result is a beginning: the nearest café, and links that take one condition away each. */
export const SearchNothing = (props: Props) => {
  const { nearest, now, t } = props
  return (
    <>
      {nearest && (
        <>
          <h3>{t.search.nearest}</h3>
          <CafeList cafes={[nearest]} level={4} now={now} t={t} />
        </>
      )}
      <p>{t.search.whatNow}</p>
      <LinkChoices links={linksOf(props)} />
    </>
  )
}

function linksOf({
  values,
  radiusKm,
  nearest,
  suggestions,
  territory,
  t,
  ...known
}: Props): NavLink[] {
  const wider = RADII.find((km) => radiusKm !== undefined && km > radiusKm && reaches(km, nearest))
  const links = [
    ...(wider === undefined
      ? []
      : [{ href: searchHref(values, { rayon: String(wider) }), label: t.search.widen(wider) }]),
    ...suggestions.map((way) => ({
      href: searchHref(toSuggestedSearch(values, way)),
      label: suggestionText(way, values, known, t),
    })),
    ...(territory
      ? [{ href: paths.territory(territory.code), label: t.explore.tellMe(territory.label) }]
      : []),
  ]
  // What asks for nothing any more asks for all of them, of which the home shows few.
  const ways = links.map((link) =>
    link.href === paths.home ? { ...link, href: paths.cafes } : link,
  )
  const isEverywhere = ways.some(({ href }) => href === paths.cafes)
  return isEverywhere ? ways : [...ways, { href: paths.cafes, label: t.search.everywhere }]
}

/** Nobody is sent to a circle that is empty as well. */
const reaches = (km: number, nearest: ListedCafe | undefined): boolean =>
  nearest?.distanceKm !== undefined && nearest.distanceKm <= km
