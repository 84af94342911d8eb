import type { SearchValues } from '../../../ui/search/values.ts'
import { type Cafe, startsAtPlace } from '../../domain/cafes/cafe.ts'
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
import { type Folded, foldCafes } from '../cafes/fold-cafes.ts'

/** Number of cards on a page, and how often as many cafés are read to fill it where many are behind one. */
const CARDS = 30
const READ_ON_MAX = 10

/** The maximum number of a structure's cafés of one day that are counted. */
const COUNTED_MAX = 100

export type FoldedPage = {
  found: Folded<FoundCafe>[]
  next: string | undefined
  /** All cafés of the search, where they are on this page. */
  all: FoundCafe[] | undefined
}

const isCancelled = ({ status }: Cafe): boolean => status === 'cancelled'

/** Returns the day on which a café begins, at its place. */
export const dayOf = (cafe: Cafe): string => startsAtPlace(cafe).toPlainDate().toString()

/**
 * Finds enough cafés for a page of cards; in the order of distance, and of a single structure, each café has its own
 * card.
 */
export async function findFoldedPage(
  db: Database,
  query: CafeQuery,
  values: SearchValues,
): Promise<FoldedPage> {
  const { items, next } = await searchCafes(db, { ...query, limit: CARDS, isBrief: true })
  const whole = next || query.cursor ? undefined : items
  if (query.order === 'distance' || values.organisateur !== '' || values.structure !== '')
    return { found: items.map((cafe) => ({ cafe, others: 0 })), next, all: whole }
  const keys = items.map((cafe) => ({
    ...{ id: cafe.id, organizerUri: cafe.organizer.uri, day: dayOf(cafe) },
    isCancelled: isCancelled(cafe),
    distanceKm: cafe.distanceKm,
  }))
  const cards = foldCafes(keys)
  if (!next || cards.length >= CARDS)
    return { found: await toCafes(db, cards, items), next, all: whole }
  await giveWay()
  const cursor = readCursor(next, query.order ?? 'date')
  const rest = await listCafeKeys(db, { ...query, cursor }, CARDS * READ_ON_MAX + 1)
  for (let to = CARDS; ; to += CARDS) {
    const all = foldCafes([...keys, ...rest.slice(0, to)])
    const isEnd = to >= rest.length
    if (isEnd || all.length >= CARDS || to === CARDS * READ_ON_MAX)
      return {
        found: await toCafes(db, all, items),
        next: isEnd ? undefined : rest[to - 1]?.cursor,
        all: undefined,
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

const foldDated = (keys: readonly CafeKey[]): Folded<CafeKey>[] =>
  foldCafes(keys.filter(({ isPostponed }) => !isPostponed))

type Key = { id: string; distanceKm: number | undefined }

/** Reads the cafés that are shown; most were read already. */
async function toCafes(
  db: Database,
  cards: readonly Folded<Key>[],
  known: readonly FoundCafe[],
): Promise<Folded<FoundCafe>[]> {
  const cafes = new Map(known.map((cafe) => [cafe.id, cafe]))
  const keys = cards.map(({ cafe }) => cafe).filter(({ id }) => !cafes.has(id))
  for (const cafe of await listFoundCafes(db, keys)) cafes.set(cafe.id, cafe)
  return cards.flatMap(({ cafe: { id }, others }) => {
    const cafe = cafes.get(id)
    return cafe ? [{ cafe, others }] : []
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
  const areCancelled = isCancelled(cafe)
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
