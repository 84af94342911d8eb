import type {
  AccessibilityCode,
  AttendanceMode,
  Cafe,
  Intention,
  Openness,
} from '../domain/cafe.ts'
import type { Point } from '../geo/distance.ts'
import type { Territory } from '../geo/territories.ts'
import { toCafe } from './cafes.ts'
import type { Database } from './database.ts'
import { type SearchCursor, writeCursor } from './search-cursor.ts'
import { isVisible, listComparable, selectMatching, toDistance } from './search-filters.ts'

/** What to look for among the cafés that everyone may see. Each part narrows; one left out does not. */
export type CafeQuery = {
  near?: (Point & { radiusKm: number }) | undefined
  /**
   * Leaves out what is over by then; undefined for the past too. A date is the day at the place of each café, so that
   * the 9th at Saint-Denis de La Réunion begins three hours before the 9th in Paris.
   */
  from: Temporal.Instant | Temporal.PlainDate | undefined
  /** Leaves out what begins at this instant or later, or after this day. */
  until?: Temporal.Instant | Temporal.PlainDate | undefined
  /** All of them, each as the beginning of a word of the café; without a letter or figure, no filter. */
  words?: string | undefined
  territory?: Territory | undefined
  mode?: AttendanceMode | undefined
  format?: string | undefined
  /** At least one of them. */
  intentions?: readonly Intention[] | undefined
  audience?: string | undefined
  /** All of them. */
  accessibility?: readonly AccessibilityCode[] | undefined
  /** Open to everyone by default: a school's own café is found by who asks for it. */
  openTo?: Openness | 'all' | undefined
  /** URI of who announces it. */
  organizer?: string | undefined
  /** Slug of a structure of this server. */
  structure?: string | undefined
  updatedSince?: Temporal.Instant | undefined
  ids?: readonly string[] | undefined
  /** By distance only with `near`. */
  order?: 'date' | 'distance' | undefined
  limit?: number | undefined
  cursor?: SearchCursor | undefined
}

export type FoundCafe = Cafe & { distanceKm?: number }
export type FoundCafes = { items: FoundCafe[]; next: string | undefined }

const LIMIT_DEFAULT = 30
const LIMIT_MAX = 100

/** One page, soonest or nearest first. `next` is the text of the cursor of the page that follows. */
export async function searchCafes(db: Database, query: CafeQuery): Promise<FoundCafes> {
  const { near, cursor } = query
  const limit = Math.max(1, Math.min(query.limit ?? LIMIT_DEFAULT, LIMIT_MAX))
  const byDistance = near !== undefined && query.order === 'distance'
  const distance = toDistance(near ?? { latitude: 0, longitude: 0 })
  const rows = await (await selectMatching(db, query))
    .selectAll('cafe')
    .select(distance.as('distance_km'))
    .$if(cursor?.order === 'date' && !byDistance, (qb) =>
      qb.where((eb) =>
        eb(
          eb.refTuple('cafe.starts_at', 'cafe.id'),
          '>',
          eb.tuple(cursor?.order === 'date' ? cursor.startsAt : '', cursor?.id ?? ''),
        ),
      ),
    )
    .$if(cursor?.order === 'distance' && byDistance, (qb) => {
      const reached = cursor?.order === 'distance' ? cursor.distanceKm : 0
      return qb.where((eb) =>
        eb.or([
          eb(distance, '>', reached),
          eb.and([eb(distance, '=', reached), eb('cafe.id', '>', cursor?.id ?? '')]),
        ]),
      )
    })
    .$if(byDistance, (qb) => qb.orderBy(distance))
    .$if(!byDistance, (qb) => qb.orderBy('cafe.starts_at'))
    .orderBy('cafe.id')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => ({ ...toCafe(row), ...(near && { distanceKm: row.distance_km }) })),
    next: last && writeCursor(toCursor(last, byDistance)),
  }
}

const toCursor = (
  row: { id: string; starts_at: string; distance_km: number },
  byDistance: boolean,
): SearchCursor =>
  byDistance
    ? { order: 'distance', distanceKm: row.distance_km, id: row.id }
    : { order: 'date', startsAt: row.starts_at, id: row.id }

/** How many cafés there are on all pages. */
export async function countCafes(db: Database, query: CafeQuery): Promise<number> {
  const { total } = await (await selectMatching(db, query))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** One café that everyone may see, by this server's id or by its ActivityPub id. */
export async function findPublicCafe(
  db: Database,
  key: { id: string } | { uri: string },
): Promise<Cafe | undefined> {
  const row = await db
    .selectFrom('cafe')
    .selectAll('cafe')
    .$if('id' in key, (qb) => qb.where('cafe.id', '=', 'id' in key ? key.id : ''))
    .$if('uri' in key, (qb) => qb.where('cafe.uri', '=', 'uri' in key ? key.uri : ''))
    .where(isVisible)
    .executeTakeFirst()
  return row && toCafe(row)
}

/** Formats in use, to suggest; one spelling of each. */
export async function listDistinctFormats(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('cafe')
    .select('format')
    .distinct()
    .where('format', 'is not', null)
    .where(isVisible)
    .orderBy('format')
    .limit(500)
    .execute()
  return listComparable(rows.flatMap(({ format }) => format ?? []))
}
