import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import type { NavLink } from '../../../ui/components/site.ts'
import type { SearchOutcome } from '../../../ui/search/outcome.ts'
import type { PlaceNote } from '../../../ui/search/understood.tsx'
import { type SearchValues, searchHref } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { comparableName, withoutArticle } from '../../geo/names.ts'
import type { Territory } from '../../geo/territories.ts'
import { lookUpWhere } from '../../geo/where.ts'
import type { Database } from '../../store/database/database.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { readCursor } from '../../store/search/cursor.ts'
import { countShown, type ShownCounts } from '../../store/search/shown-counts.ts'
import { dayOf, toListedDates } from '../cafes/first-dates.ts'
import { feedsOf, labelOfTerritory } from '../http/territory-links.ts'
import { findAlternatives } from './alternatives.ts'
import { countOthers, type FoldedPage, type FoundCard, findFoldedPage } from './folded-page.ts'
import { askFor, choicesOf, type PlaceChoice, toChoice } from './place-choices.ts'
import type { SearchQuery } from './query.ts'
import { describeCafesMap, findOthers } from './results-map.ts'
import { findSearchNames } from './search-names.ts'
import { isNameOf } from './suggested-names.ts'
import { findSuggestions } from './suggestions.ts'

type Typed = { values: SearchValues; typed: string }

/** Finds one page of what a search finds, with the links to go on. */
export async function findCafes(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  { query, values, typed, lang }: Typed & { query: SearchQuery; lang: Lang },
  cursorText: string | undefined,
): Promise<SearchOutcome> {
  const cursor = cursorText ? readCursor(cursorText, query.order ?? 'date') : undefined
  const asked = { ...query, cursor }
  const page = await findFoldedPage(db, asked, values)
  const cafes = await listFolded(db, page.found, { query, values, isCut: page.next !== undefined })
  const counts = cursor ? undefined : page.all ? countsOf(page.all) : await countShown(db, query)
  // Cancelled cafés alone are nothing that one could go to.
  const isNothing = !cursor && (cafes.length === 0 || counts?.total === 0)
  const groups = isNothing ? await findAlternatives(db, { query, values, now: now() }) : []
  const shown = isNothing ? groups.flatMap((group) => group.cafes).concat(cafes) : cafes
  return {
    type: 'found',
    place: query.place,
    beside: query.beside,
    understood: {
      note:
        query.note === 'words' &&
        isNameOf(
          values.ou,
          page.found.map(({ cafe }) => cafe),
        )
          ? 'name'
          : (query.note ?? noteOfTyped(typed, query)),
      typed,
      hasDay: typed !== '' && lookUpWhere(typed).day !== undefined,
      others: query.others && linksTo(query.others.map(toChoice), values),
      or: query.or && linksTo(choicesOf(query.or), values),
    },
    area: query.area && toArea(query.area, config.origin),
    radiusKm: query.near?.radiusKm,
    cafes,
    nextHref: page.next && withCursor(searchHref(values), page.next),
    continued: cursor !== undefined,
    counts,
    names: await findSearchNames(db, values, page.found[0]?.cafe),
    groups,
    suggestions: isNothing ? await findSuggestions(db, values, now()) : [],
    map: describeCafesMap(
      query,
      shown,
      await findOthers(db, query, { isWhole: isWhole(page) && !cursor, lang }),
    ),
  }
}

/** Returns whether a page has all that its search found, and nothing is folded. */
const isWhole = ({ found, next }: FoldedPage): boolean =>
  next === undefined && found.every(({ others, laterDates }) => others + laterDates === 0)

/** Counts the cafés of a search that are all known. */
function countsOf(cafes: readonly Cafe[]): ShownCounts {
  const cancelled = cafes.filter(({ status }) => status === 'cancelled').length
  return { total: cafes.length - cancelled, cancelled, isCapped: false }
}

/** Returns links to the same search for each of these places. */
const linksTo = (choices: readonly PlaceChoice[], values: SearchValues): NavLink[] =>
  choices.map((choice) => ({ href: searchHref(values, askFor(choice)), label: choice.label }))

/** Returns links to what may have been meant by a place that is not known. */
export function linksToClose(values: SearchValues): NavLink[] {
  const where = values.ou === '' ? undefined : lookUpWhere(values.ou)
  return where?.kind === 'unknown' ? linksTo(choicesOf(where.close), values) : []
}

/** Says that the place is called otherwise than it was typed, or that a day was typed with it. */
function noteOfTyped(typed: string, { area }: SearchQuery): PlaceNote | undefined {
  const where = typed === '' ? undefined : lookUpWhere(typed)
  if (!where || where.kind === 'point' || where.kind === 'unknown') return undefined
  if (where.day) return 'called'
  return area && isCalledOtherwise(typed, area.name) ? 'called' : undefined
}

const CITY_PART = / \d+(?:er|e)? arrondissement$/

/** Returns whether a text has letters, but not the whole name of the town or territory that it was taken for. */
function isCalledOtherwise(typed: string, name: string): boolean {
  const words = ` ${comparableName(typed)} `
  const called = withoutArticle(comparableName(name)).replace(CITY_PART, '')
  return /[a-z]{3}/.test(words) && !/\d{5}/.test(words) && !words.includes(` ${called} `)
}

const toArea = (territory: Territory, origin: string) => ({
  territory: { code: territory.code, kind: territory.kind, label: labelOfTerritory(territory) },
  feeds: feedsOf(territory, origin),
})

const withCursor = (href: string, cursor: string): string =>
  `${href}${href.includes('?') ? '&' : '?'}curseur=${cursor}`

type Shown = { query: CafeQuery; values: SearchValues; isCut: boolean }

async function listFolded(db: Database, found: FoundCard[], shown: Shown): Promise<ListedCafe[]> {
  const listed = await toListedDates(db, found)
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
