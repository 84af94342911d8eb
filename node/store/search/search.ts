import type {
  AccessibilityCode,
  AttendanceMode,
  Cafe,
  Intention,
  Openness,
} from '../../domain/cafes/cafe.ts'
import type { Kind } from '../../domain/values/structure-kinds.ts'
import type { Point } from '../../geo/distance.ts'
import type { Territory } from '../../geo/territories.ts'
import { toCafe } from '../cafes/cafes.ts'
import { isOpenByAddress } from '../cafes/visibility.ts'
import type { Database } from '../open-database.ts'
import { type SearchCursor, writeCursor } from './cursor.ts'
import { countHits, findByDate, findNearest, type HitRow, withNear } from './find.ts'
import { planSearch } from './hits.ts'

type SearchOrder = SearchCursor['order']

/** What to look for among the cafés that everyone may see. Each part narrows; one left out does not. */
export type CafeQuery = {
  near?: (Point & { radiusKm: number }) | undefined
  /**
   * Leaves out what is over by then; undefined for the past too. A date is the day at the place of each café, so that
   * the 9th at Saint-Denis de La Réunion begins three hours before the 9th in Paris.
   */
  from: Temporal.Instant | Temporal.PlainDate | undefined
  /** Leaves out what is not over by then. */
  overBy?: Temporal.Instant | undefined
  /** Leaves out what begins at this instant or later, or after this day. */
  until?: Temporal.Instant | Temporal.PlainDate | undefined
  /**
   * Leaves out what begins more than so many days after today, which each café has by its own clock: when it is
   * evening in Paris it is tomorrow in Saint-Denis de La Réunion.
   */
  withinOwn?: { now: Temporal.Instant; days: number } | undefined
  /** All of them, each as the beginning of a word of the café; without a letter or figure, no filter. */
  words?: string | undefined
  territory?: Territory | undefined
  mode?: AttendanceMode | undefined
  format?: string | undefined
  /** Tag of a language that it is held in, e.g. `fr`. */
  language?: string | undefined
  /** Kinds of the structure that announces it, at least one of them, where it is known. */
  kinds?: readonly Kind[] | undefined
  /** At least one of them. */
  intentions?: readonly Intention[] | undefined
  audience?: string | undefined
  /** All of them. */
  accessibility?: readonly AccessibilityCode[] | undefined
  /** Open to everyone by default: a school's own café is found by who asks for it. */
  openTo?: Openness | 'all' | undefined
  /** Leaves out what is cancelled. */
  isHeld?: boolean | undefined
  /** URI of who announces it. */
  organizer?: string | undefined
  /** Slug of a structure of this server, or the name of anybody's page at `/structures`. */
  structure?: string | undefined
  /** Slug of a network, as it is called here: what its members announce. */
  network?: string | undefined
  updatedSince?: Temporal.Instant | undefined
  ids?: readonly string[] | undefined
  /** Soonest first, the latest first, or the nearest first, which needs `near`. */
  order?: SearchOrder | undefined
  limit?: number | undefined
  cursor?: SearchCursor | undefined
}

export type FoundCafe = Cafe & { distanceKm?: number }
export type FoundCafes = { items: FoundCafe[]; next: string | undefined }

const LIMIT_DEFAULT = 30
const LIMIT_MAX = 100

/** One page, in the order asked for. `next` is the text of the cursor of the page that follows. */
export async function searchCafes(db: Database, query: CafeQuery): Promise<FoundCafes> {
  const limit = Math.max(1, Math.min(query.limit ?? LIMIT_DEFAULT, LIMIT_MAX))
  const plan = await planSearch(db, query)
  const rows =
    query.near && query.order === 'distance'
      ? await findNearest(db, plan, query.near, { after: query.cursor, limit: limit + 1 })
      : await findByDate(db, plan, query, limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => ({
      ...toCafe(row),
      ...(query.near && { distanceKm: row.distance_km ?? 0 }),
    })),
    next: last && writeCursor(toCursor(last, query)),
  }
}

const toCursor = (row: HitRow, { near, order }: CafeQuery): SearchCursor =>
  near && order === 'distance'
    ? { order, distanceKm: row.distance_km ?? 0, id: row.id }
    : { order: order === 'recent' ? 'recent' : 'date', position: row.position }

/** How many cafés there are on all pages; of more than `atMost`, that many. */
export async function countCafes(
  db: Database,
  query: CafeQuery,
  { atMost = Number.MAX_SAFE_INTEGER }: { atMost?: number } = {},
): Promise<number> {
  const plan = withNear(await planSearch(db, query), query.near)
  return countHits(db, plan, atMost)
}

/** One café that whoever has its address may see, by this server's id or by its ActivityPub id. */
export async function findPublicCafe(
  db: Database,
  key: { id: string } | { uri: string },
): Promise<Cafe | undefined> {
  const row = await db
    .selectFrom('cafe')
    .selectAll('cafe')
    .$if('id' in key, (qb) => qb.where('cafe.id', '=', 'id' in key ? key.id : ''))
    .$if('uri' in key, (qb) => qb.where('cafe.uri', '=', 'uri' in key ? key.uri : ''))
    .where(isOpenByAddress)
    .executeTakeFirst()
  return row && toCafe(row)
}
