import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import { type Cafe, startsAtPlace } from '../../domain/cafes/cafe.ts'
import type { Database } from '../../store/database/database.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { readCursor } from '../../store/search/cursor.ts'
import { type FoundCafe, listCafeKeys, searchCafes } from '../../store/search/search.ts'
import { giveWay } from '../../turns/turns.ts'
import { toListed } from './cards.ts'

/** What tells which series a café is a date of: the same text of two organizers means two series. */
export type SeriesKey = {
  id: string
  organizerUri: string
  series: string | undefined
  isCancelled: boolean
}

/** The maximum number of dates of the series of a page that are looked at. */
const MOST_DATES = 3000

/** Which dates of series stand for the others. */
export type FirstDates = {
  /** Whether a café is of no series, or the first of its dates. */
  isFirst: (key: SeriesKey) => boolean
  /** How many more dates there are than the first. */
  countLater: (key: SeriesKey) => number
}

const keyOf = ({ series, organizerUri, isCancelled }: SeriesKey): string =>
  `${isCancelled} ${organizerUri} ${series}`

/** Folds the dates of series that are in a list from its beginning on, the soonest first. */
export function foldFirstDates(keys: readonly SeriesKey[]): FirstDates {
  const ofSeries = Map.groupBy(
    keys.filter(({ series }) => series !== undefined),
    keyOf,
  )
  const datesOf = (key: SeriesKey) => ofSeries.get(keyOf(key))
  return {
    isFirst: (key) => (datesOf(key)?.[0]?.id ?? key.id) === key.id,
    countLater: (key) => Math.max(0, (datesOf(key)?.length ?? 0) - 1),
  }
}

/**
 * Finds the first date of each of these cafés' series that a search for what is to come finds, on whatever page it is;
 * dates that take place and those that are cancelled are folded apart.
 */
export async function findFirstDates(
  db: Database,
  query: CafeQuery,
  keys: readonly SeriesKey[],
): Promise<FirstDates> {
  const series = [...new Set(keys.flatMap((key) => key.series ?? []))]
  if (series.length === 0 || query.from === undefined || query.order === 'recent')
    return foldFirstDates([])
  const asked = { ...query, cursor: undefined, order: 'date', series } as const
  return foldFirstDates(await listCafeKeys(db, asked, MOST_DATES))
}

/** Returns what a list needs to know of a café to fold it. */
export const toCafeKey = (cafe: FoundCafe) => ({
  ...{ id: cafe.id, organizerUri: cafe.organizer.uri, series: cafe.series, day: dayOf(cafe) },
  isCancelled: cafe.status === 'cancelled',
})

/** Returns the day on which a café begins, at its place. */
export const dayOf = (cafe: Cafe): string => startsAtPlace(cafe).toPlainDate().toString()

/** A café of a list, with the number of further dates of its series that it stands for. */
export type FirstDate = { cafe: FoundCafe; laterDates: number }

type FirstDatesPage = {
  found: FirstDate[]
  next: string | undefined
  /** All that the search finds after its cursor, where one page has it. */
  whole: FoundCafe[] | undefined
}

/** How often a page is read on while most of its cafés are further dates of series. */
const READ_ON_MAX = 10

/** Finds a page of cafés, of each series only the next date that the search finds. */
export async function findFirstDatesPage(
  db: Database,
  query: CafeQuery & { limit: number },
): Promise<FirstDatesPage> {
  const found: FirstDate[] = []
  let { items, next } = await searchCafes(db, { ...query, isBrief: true })
  const whole = next ? undefined : items
  for (let pages = 1; ; pages++) {
    const dates = await findFirstDates(db, query, items.map(toCafeKey))
    for (const cafe of items) {
      const key = toCafeKey(cafe)
      if (dates.isFirst(key)) found.push({ cafe, laterDates: dates.countLater(key) })
    }
    if (!next || found.length >= query.limit || pages === READ_ON_MAX) return { found, next, whole }
    await giveWay()
    const cursor = readCursor(next, query.order ?? 'date')
    const further = await searchCafes(db, { ...query, cursor, isBrief: true })
    ;({ items, next } = further)
  }
}

/** Adds to cafés what a list shows of them, and the number of further dates. */
export async function toListedDates(
  db: Database,
  found: readonly FirstDate[],
): Promise<ListedCafe[]> {
  const listed = await toListed(
    db,
    found.map(({ cafe }) => cafe),
  )
  return listed.map((item, at) => ({ ...item, laterDates: found[at]?.laterDates }))
}

/**
 * Lists the next cafés of a search, at most its limit, of each series only the next date; `hasMore` says that there are
 * others.
 */
export async function listNextCafes(
  db: Database,
  query: CafeQuery & { limit: number },
): Promise<{ cafes: ListedCafe[]; hasMore: boolean }> {
  const { found, next } = await findFirstDatesPage(db, query)
  const hasMore = next !== undefined || found.length > query.limit
  return { cafes: await toListedDates(db, found.slice(0, query.limit)), hasMore }
}
