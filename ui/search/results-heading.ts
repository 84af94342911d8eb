import type { Messages } from '../locales/messages.ts'
import { listActive } from './active-criteria.ts'
import type { Found } from './outcome.ts'
import { daysText, searchedAreaText } from './title.ts'
import type { SearchValues } from './values.ts'

/**
 * Returns the heading of the results: how many were found and where, or that there are none. It claims no more than
 * what was counted.
 */
export function resultsHeading(found: Found, values: SearchValues, t: Messages): string {
  const { radiusKm, cafes, nextHref, continued, counts, names } = found
  if (continued) return t.search.next
  const place = searchedAreaText(found, t) ?? ''
  const within = (text: string) => (names?.territory ? t.find.within(text, names.territory) : text)
  const none = () =>
    within(
      t.search.none({
        when: daysText(values, t),
        place,
        radiusKm,
        isNarrowed: isNarrowed(found, values, t),
      }),
    )
  if (cafes.length === 0) return none()
  if (!counts) return within(t.search.found(cafes.length, nextHref !== undefined, place, radiusKm))
  const { total, cancelled, isCapped } = counts
  if (total === 0) return t.search.besidesCancelled(none(), cancelled)
  const held = within(t.search.found(total, isCapped, place, radiusKm))
  // Above the cap, cancelled cafés are not counted separately.
  return cancelled > 0 && !isCapped ? t.search.besidesCancelled(held, cancelled) : held
}

/**
 * Returns whether a filter may hide other cafés there; the territory and the days do not count, since the heading names
 * them.
 */
const isNarrowed = ({ names, understood }: Found, values: SearchValues, t: Messages): boolean =>
  understood?.note === 'words' ||
  understood?.note === 'abroad' ||
  listActive(
    { ...values, du: '', au: '' },
    { territory: undefined, organizer: names?.organizer, network: names?.network },
    t,
  ).length > 0
