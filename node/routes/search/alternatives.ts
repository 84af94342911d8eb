import type { CafeGroup } from '../../../ui/search/cafe-groups.tsx'
import { RADII, type SearchValues, searchHref } from '../../../ui/search/values.ts'
import { labelOf } from '../../geo/places.ts'
import { mainCommuneOf } from '../../geo/territory-family.ts'
import type { Database } from '../../store/database/database.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import type { FoundCafe } from '../../store/search/search.ts'
import { toListed } from '../cafes/cards.ts'
import { findFirstDatesPage } from '../cafes/first-dates.ts'
import { readSearch, type SearchQuery } from './query.ts'

/**
 * The maximum distance in kilometres, from Brest to Menton: beyond it the index has no cells, and every café would be
 * read.
 */
const FAR_KM = 1100
const SHOWN = 3
const ANY_DAY = { quand: '', du: '', au: '' }
const NO_PLACE = { ou: '', rayon: '', tri: '', territoire: '' }

type Asked = { query: SearchQuery; values: SearchValues; now: Temporal.Instant }
type Found = Omit<CafeGroup, 'cafes'> & { found: FoundCafe[] }

/**
 * Finds alternatives where a search finds nothing: at another time, then farther away, then online, and if none of
 * these meets the other conditions, the next cafés of all. Each café is only in the first group that has it.
 */
export async function findAlternatives(db: Database, asked: Asked): Promise<CafeGroup[]> {
  if (asked.values.passes === '1') return []
  const isPlaceKnown = asked.query.note !== 'words' && asked.query.note !== 'abroad'
  const groups: Found[] = []
  if (isPlaceKnown) {
    const later = await findLater(db, asked)
    // Cafés at this place on another day are not farther: another day is searched farther away only where there are
    // none.
    const farther = await findFarther(db, asked, { isAnyDay: later === undefined })
    const online = await findOnline(db, asked)
    groups.push(...[later, farther, online].filter((group) => group !== undefined))
  }
  const known = groups.length > 0 ? groups : [await findNext(db, asked)]
  const seen = new Set<string>()
  const shown = known.map(({ found, ...group }) => {
    const own = found.filter(({ id }) => !seen.has(id))
    for (const { id } of own) seen.add(id)
    return { group, own }
  })
  return Promise.all(
    shown
      .filter(({ own }) => own.length > 0)
      .map(async ({ group, own }) => ({ ...group, cafes: await toListed(db, own) })),
  )
}

const hasDays = ({ quand, du, au }: SearchValues): boolean => `${quand}${du}${au}` !== ''

/** Returns the same search with some of its values changed. */
function changed({ values, now }: Asked, changes: Partial<SearchValues>): CafeQuery | undefined {
  return readSearch({ ...values, ...changes }, now).query
}

async function search(db: Database, query: CafeQuery | undefined): Promise<FoundCafe[]> {
  if (!query) return []
  const { found } = await findFirstDatesPage(db, { ...query, isHeld: true, limit: SHOWN })
  return found.slice(0, SHOWN).map(({ cafe }) => cafe)
}

async function findLater(db: Database, asked: Asked): Promise<Found | undefined> {
  if (!hasDays(asked.values)) return undefined
  const found = await search(db, changed(asked, ANY_DAY))
  return found.length === 0
    ? undefined
    : { kind: 'later', href: searchHref(asked.values, ANY_DAY), found }
}

/**
 * Finds cafés around the place, or the largest town of the territory, the nearest first; `isAnyDay` also searches other
 * days, where there is none on that day.
 */
async function findFarther(
  db: Database,
  asked: Asked,
  { isAnyDay }: { isAnyDay: boolean },
): Promise<Found | undefined> {
  const { query, values } = asked
  const town = !query.near && query.territory ? mainCommuneOf(query.territory) : undefined
  const center = query.near ?? town
  if (!center) return undefined
  const { latitude, longitude } = center
  const near = { latitude, longitude, radiusKm: FAR_KM }
  const around = (wanted: CafeQuery): CafeQuery => ({
    ...wanted,
    near,
    territory: undefined,
    order: 'distance',
  })
  const then = await search(db, around(query))
  const anyDay =
    isAnyDay && hasDays(values) && then.length === 0 ? changed(asked, ANY_DAY) : undefined
  const found = anyDay ? await search(db, around(anyDay)) : then
  const [nearest] = found
  if (!nearest) return undefined
  const radius = RADII.find((km) => km >= (nearest.distanceKm ?? 0))
  return {
    kind: then.length > 0 ? 'farther' : 'laterFarther',
    nearestKm: nearest.distanceKm,
    ...(town && { measuredFrom: labelOf(town) }),
    href:
      values.ou !== '' && radius !== undefined
        ? searchHref(values, { rayon: String(radius), ...(anyDay && ANY_DAY) })
        : undefined,
    radiusKm: radius,
    found,
  }
}

/** Finds online cafés at that time, otherwise on another day. */
async function findOnline(db: Database, asked: Asked): Promise<Found | undefined> {
  const { mode } = asked.values
  if (mode !== '' && mode !== 'en-ligne') return undefined
  const changes = { ...NO_PLACE, mode: 'en-ligne' }
  const then = await search(db, changed(asked, changes))
  if (then.length > 0)
    return { kind: 'online', href: searchHref(asked.values, changes), found: then }
  if (!hasDays(asked.values)) return undefined
  const found = await search(db, changed(asked, { ...changes, ...ANY_DAY }))
  const href = searchHref(asked.values, { ...changes, ...ANY_DAY })
  return found.length === 0 ? undefined : { kind: 'laterOnline', href, found }
}

/** Finds the next cafés, whatever was asked. */
async function findNext(db: Database, { now }: Asked): Promise<Found> {
  return { kind: 'next', found: await search(db, { from: now, order: 'date' }) }
}
