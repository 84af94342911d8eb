import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import type { NavLink } from '../../../ui/components/site.ts'
import type { SearchOutcome } from '../../../ui/search/search-page.tsx'
import { RADII, type SearchValues, searchHref } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import type { Database } from '../../store/database/database.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { readCursor } from '../../store/search/cursor.ts'
import { countFacets } from '../../store/search/facets.ts'
import { type FoundCafe, searchCafes } from '../../store/search/search.ts'
import { toListed } from '../cafes/cards.ts'
import type { Folded } from '../cafes/fold-cafes.ts'
import { feedsOf, labelOfTerritory } from '../http/territory-links.ts'
import { countOthers, dayOf, type FoldedPage, findFoldedPage } from './folded-page.ts'
import { askFor, choicesOf, type PlaceChoice, toChoice } from './place-choices.ts'
import type { SearchQuery } from './query.ts'
import { findSearchNames } from './search-names.ts'
import { findSuggestions } from './suggestions.ts'

/** One page of what a search finds, with what leads on from it. */
export async function findCafes(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  { query, values }: { query: SearchQuery; values: SearchValues },
  cursorText: string | undefined,
): Promise<SearchOutcome> {
  const cursor = cursorText ? readCursor(cursorText, query.order ?? 'date') : undefined
  const asked = { ...query, cursor }
  const page = await findFoldedPage(db, asked, values)
  const isEmpty = page.found.length === 0 && !cursor
  const nearest = isEmpty ? await findNearest(db, query) : undefined
  const widened = nearest && (await widen(db, { query, nearest, values }))
  const { found, next } = widened?.page ?? page
  const isNothing = isEmpty && !widened
  const radiusKm = widened ? String(widened.radiusKm) : values.rayon
  return {
    type: 'found',
    place: query.place,
    beside: query.beside,
    understood: {
      note: query.note,
      others: query.others && linksTo(query.others.map(toChoice), values),
      or: query.or && linksTo(choicesOf(query.or), values),
    },
    area: query.area && toArea(query.area, config.origin),
    radiusKm: query.near?.radiusKm,
    widenedKm: widened?.radiusKm,
    cafes: await listFolded(db, found, { query, values, isCut: next !== undefined }),
    nextHref: next && withCursor(searchHref(values, { rayon: radiusKm }), next),
    continued: cursor !== undefined,
    facets: cursor ? undefined : await countFacets(db, widened?.query ?? query),
    nameOf: (code) => findTerritory(code)?.name ?? code,
    names: await findSearchNames(db, values, found[0]?.cafe),
    suggestions: isNothing ? await findSuggestions(db, values, now()) : [],
    nearest: nearest && (await toListed(db, [nearest]))[0],
  }
}

/** The same search for each of these places. */
export const linksTo = (choices: readonly PlaceChoice[], values: SearchValues): NavLink[] =>
  choices.map((choice) => ({ href: searchHref(values, askFor(choice)), label: choice.label }))

const toArea = (territory: Territory, origin: string) => ({
  territory: { code: territory.code, kind: territory.kind, label: labelOfTerritory(territory) },
  feeds: feedsOf(territory, origin),
})

const withCursor = (href: string, cursor: string): string =>
  `${href}${href.includes('?') ? '&' : '?'}curseur=${cursor}`

type Shown = { query: CafeQuery; values: SearchValues; isCut: boolean }

async function listFolded(
  db: Database,
  found: Folded<FoundCafe>[],
  shown: Shown,
): Promise<ListedCafe[]> {
  const listed = await toListed(
    db,
    found.map(({ cafe }) => cafe),
  )
  return Promise.all(
    listed.map(async (item, index) => {
      const folded = found[index]
      if (!folded || folded.others === 0) return item
      const day = dayOf(item.cafe)
      const href = searchHref(shown.values, {
        organisateur: item.cafe.organizer.uri,
        quand: '',
        du: day,
        au: day,
      })
      return { ...item, others: { href, ...(await countOthers(db, folded, shown)) } }
    }),
  )
}

/** Kilometres, from Brest to Menton: beyond, the index has no cells, and every café would be read. */
const FAR_KM = 1100

async function findNearest(db: Database, query: CafeQuery): Promise<FoundCafe | undefined> {
  if (!query.near) return undefined
  const near = { ...query.near, radiusKm: FAR_KM }
  const { items } = await searchCafes(db, { ...query, near, order: 'distance', limit: 1 })
  return items[0]
}

/** Kilometres that are looked around without being asked. */
const WIDEST_KM = 100

/** The first wider circle with something in it. */
async function widen(
  db: Database,
  { query, nearest, values }: { query: CafeQuery; nearest: FoundCafe; values: SearchValues },
): Promise<{ query: CafeQuery; radiusKm: number; page: FoldedPage } | undefined> {
  const { near } = query
  const radiusKm = RADII.find(
    (km) => near && km <= WIDEST_KM && km > near.radiusKm && km >= (nearest.distanceKm ?? km),
  )
  if (!near || radiusKm === undefined) return undefined
  const wider = { ...query, near: { ...near, radiusKm } }
  return { query: wider, radiusKm, page: await findFoldedPage(db, wider, values) }
}
