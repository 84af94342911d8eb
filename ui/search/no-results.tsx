import { LinkChoices } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { CafeGroups } from './cafe-groups.tsx'
import type { Found } from './outcome.ts'
import { suggestionText, toSuggestedSearch } from './suggestions.ts'
import { type SearchValues, searchHref } from './values.ts'

type Props = {
  found: Found
  values: SearchValues
  place: string | undefined
  now: Temporal.Instant
  t: Messages
}

/** The page for a search without results: similar cafés, and links that drop one condition each. */
export const NoResults = (props: Props) => {
  const { found, place, now, t } = props
  const groups = found.groups ?? []
  const where = place ?? found.names?.territory
  const links = linksOf(props)
  return (
    <>
      <CafeGroups groups={groups} place={where} now={now} t={t} />
      {links.length > 0 && (
        <>
          <p>{groups.length > 0 ? t.search.alsoPossible : t.search.whatNow}</p>
          <LinkChoices links={links} />
        </>
      )}
    </>
  )
}

function linksOf({ found, values, place, t }: Props): NavLink[] {
  const names = found.names ?? { territory: undefined, organizer: undefined }
  const ways = (found.suggestions ?? [])
    .map((way) => ({
      href: searchHref(toSuggestedSearch(values, way)),
      label: suggestionText(way, values, { place, names }, t),
    }))
    // A search without conditions leads to the list of all cafés, since the home page shows only a few.
    .map((link) => (link.href === paths.home ? { ...link, href: paths.cafes } : link))
    .filter(({ href }) => !(found.groups ?? []).some((group) => group.href === href))
  const isEverywhere = ways.some(({ href }) => href === paths.cafes)
  return isEverywhere ? ways : [...ways, { href: paths.cafes, label: t.search.everywhere }]
}
