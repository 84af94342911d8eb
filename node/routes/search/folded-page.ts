import type { SearchValues } from '../../../ui/search/values.ts'
import { startsAtPlace } from '../../domain/cafes/cafe.ts'
import type { Database } from '../../store/database/database.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { readCursor } from '../../store/search/cursor.ts'
import {
  type CafeKey,
  countCafes,
  type FoundCafe,
  listCafeKeys,
  listFoundCafes,
  searchCafes,
} from '../../store/search/search.ts'
import { giveWay } from '../../turns/turns.ts'
import {
  type FirstDate,
  type FirstDates,
  findFirstDates,
  findFirstDatesPage,
  foldFirstDates,
  type SeriesKey,
  toCafeKey,
} from '../cafes/first-dates.ts'
import { type Folded, foldCafes } from '../cafes/fold-cafes.ts'

/** Number of cards on a page, and how often as many cafés are read to fill it where many are behind one. */
const CARDS = 30
const READ_ON_MAX = 10

/** The maximum number of a structure's cafés of one day that are counted. */
const COUNTED_MAX = 100

export type FoldedPage = {
  found: FoundCard[]
  next: string | undefined
  /** All cafés of the search, where they are on this page. */
  all: FoundCafe[] | undefined
}

/** A card: a café, with the number of others of its day, and of further dates of its series, that it stands for. */
export type FoundCard = Folded<FoundCafe> & FirstDate

/**
 * Finds enough cafés for a page of cards. Of a series only the next date that the search finds has a card. Around a
 * place, where the nearest may be any of them, and of a single structure, each other café has its own.
 */
export async function findFoldedPage(
  db: Database,
  query: CafeQuery,
  values: SearchValues,
): Promise<FoldedPage> {
  if (query.near || values.organisateur !== '' || values.structure !== '') {
    const { whole, ...page } = await findFirstDatesPage(db, { ...query, limit: CARDS })
    const found = page.found.map((each) => ({ ...each, others: 0 }))
    return { found, next: page.next, all: query.cursor ? undefined : whole }
  }
  const { items, next } = await searchCafes(db, { ...query, limit: CARDS, isBrief: true })
  const all = next || query.cursor ? undefined : items
  return { ...(await foldByDay({ db, query, items, next })), all }
}

type Page = { db: Database; query: CafeQuery; items: FoundCafe[]; next: string | undefined }

async function foldByDay({ db, query, items, next }: Page): Promise<Omit<FoldedPage, 'all'>> {
  const keys = items.map(toCafeKey)
  const dates = await findFirstDates(db, query, keys)
  const cards = foldCafes(keys.filter(dates.isFirst))
  if (!next || cards.length >= CARDS)
    return { found: await toCafes(db, cards, { known: items, dates }), next }
  await giveWay()
  const cursor = readCursor(next, query.order ?? 'date')
  const rest = await listCafeKeys(db, { ...query, cursor }, CARDS * READ_ON_MAX + 1)
  const allDates = await findFirstDates(db, query, [...keys, ...rest])
  for (let to = CARDS; ; to += CARDS) {
    const all = foldCafes([...keys, ...rest.slice(0, to)].filter(allDates.isFirst))
    const isEnd = to >= rest.length
    if (isEnd || all.length >= CARDS || to === CARDS * READ_ON_MAX)
      return {
        found: await toCafes(db, all, { known: items, dates: allDates }),
        next: isEnd ? undefined : rest[to - 1]?.cursor,
      }
  }
}

/**
 * Lists the keys of the first cards whose date holds, soonest first, without reading the cafés: `most` where there are
 * so many.
 */
export async function listFirstCards(
  db: Database,
  query: CafeQuery,
  most: number,
): Promise<CafeKey[]> {
  const few = await listCafeKeys(db, query, CARDS)
  const cards = foldDated(few)
  const isEnough = cards.length >= most || few.length < CARDS
  const all = isEnough ? cards : foldDated(await listCafeKeys(db, query, CARDS * READ_ON_MAX))
  return all.slice(0, most).map(({ cafe }) => cafe)
}

const foldDated = (keys: readonly CafeKey[]): Folded<CafeKey>[] => {
  const { isFirst } = foldFirstDates(keys)
  return foldCafes(keys.filter((key) => !key.isPostponed && isFirst(key)))
}

type Key = { id: string }

/** Reads the cafés that are shown; most were read already. */
async function toCafes<K extends Key & SeriesKey>(
  db: Database,
  cards: readonly Folded<K>[],
  { known, dates }: { known: readonly FoundCafe[]; dates: FirstDates },
): Promise<FoundCard[]> {
  const cafes = new Map(known.map((cafe) => [cafe.id, cafe]))
  const missing = cards.flatMap(({ cafe: { id } }) => (cafes.has(id) ? [] : id))
  for (const cafe of await listFoundCafes(db, missing)) cafes.set(cafe.id, cafe)
  return cards.flatMap(({ cafe: key, others }) => {
    const cafe = cafes.get(key.id)
    return cafe ? [{ cafe, others, laterDates: dates.countLater(key) }] : []
  })
}

type Others = { total: number; isMore: boolean; areCancelled: boolean }

/**
 * Counts how many more cafés of a structure's day there are than its first, among those that take place as it does, or
 * are cancelled as it is. Where a page ends in the middle of the day (`isCut`), the rest of the day is counted; `isMore`
 * says that there are more than are counted.
 */
export async function countOthers(
  db: Database,
  { cafe, others }: Folded<FoundCafe>,
  { query, isCut }: { query: CafeQuery; isCut: boolean },
): Promise<Others> {
  const areCancelled = cafe.status === 'cancelled'
  if (!isCut) return { total: others, isMore: false, areCancelled }
  const day = startsAtPlace(cafe).toPlainDate()
  const begins = day.toZonedDateTime(cafe.timezone).toInstant()
  const from =
    query.from instanceof Temporal.Instant && Temporal.Instant.compare(query.from, begins) > 0
      ? query.from
      : day
  const ofDay = { ...query, cursor: undefined, organizer: cafe.organizer.uri, from, until: day }
  const atMost = areCancelled ? Number.MAX_SAFE_INTEGER : COUNTED_MAX + 2
  const held = await countCafes(db, { ...ofDay, isHeld: true }, { atMost })
  const counted = areCancelled ? (await countCafes(db, ofDay, { atMost })) - held : held
  return counted > COUNTED_MAX + 1
    ? { total: COUNTED_MAX, isMore: true, areCancelled }
    : { total: Math.max(others, counted - 1), isMore: false, areCancelled }
}
