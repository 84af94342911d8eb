import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Feed } from '../../domain/territories/feed.ts'
import { findTerritory } from '../../geo/territories.ts'
import { departementsOf } from '../../geo/territory-family.ts'
import { toCafe } from '../cafes/cafes.ts'
import { isVisible } from '../cafes/visibility.ts'
import { takesPlace, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isOfNetwork } from '../networks/cafes.ts'
import { findCounted } from '../territories/departement-counts.ts'
import { cutPage, isAfter, type UpcomingCursor } from './upcoming-cursor.ts'

/** The maximum length of an event, in days, ours or a peer's, so that one that began earlier is over. */
const LONGEST_DAYS = 31

/** Selects what everybody may see in this feed and is not over. */
function selectToCome(db: Database, { kind, code }: Feed, now: Temporal.Instant) {
  const cafes = db
    .selectFrom('cafe')
    .where(isVisible)
    .where('cafe.open_to', '=', 'public')
    .where('cafe.ends_at', '>', toInstantText(now))
    .where('cafe.starts_at', '>=', toInstantText(now.subtract({ hours: 24 * LONGEST_DAYS })))
  switch (kind) {
    case 'national':
      return cafes
    case 'online':
      return cafes.where((eb) =>
        eb.or([
          eb('cafe.attendance_mode', '<>', 'offline'),
          eb('cafe.status', '=', 'moved-online'),
        ]),
      )
    case 'region':
      return cafes.where('cafe.region', '=', code).where('cafe.attendance_mode', '<>', 'online')
    case 'departement':
      return cafes
        .where('cafe.departement', '=', code)
        .where('cafe.attendance_mode', '<>', 'online')
    case 'network':
      return cafes.where(isOfNetwork(code))
  }
}

/** Counts all of them, including cancelled ones: these are in the collection as well, so that followers learn of it. */
export const countFeedCafes = (db: Database, feed: Feed, now: Temporal.Instant): Promise<number> =>
  countUnlessKnown(db, feed, selectToCome(db, feed, now))

/** Counts them as pages do, without cancelled ones. */
export const countFeedCafesToCome = (
  db: Database,
  feed: Feed,
  now: Temporal.Instant,
): Promise<number> =>
  countUnlessKnown(db, feed, selectToCome(db, feed, now).where('cafe.status', '<>', 'cancelled'))

async function countUnlessKnown(
  db: Database,
  feed: Feed,
  cafes: ReturnType<typeof selectToCome>,
): Promise<number> {
  const counted = await findCountedOf(db, feed)
  if (counted !== undefined) return counted
  const { total } = await cafes
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** Finds the count of the last hour for the whole country or a territory, at a directory with very many cafés. */
async function findCountedOf(db: Database, { kind, code }: Feed): Promise<number | undefined> {
  if (kind === 'online' || kind === 'network') return undefined
  const counted = await findCounted(db)
  if (!counted || kind === 'departement') return counted?.get(code)
  const territory = kind === 'region' ? findTerritory(`r-${code}`) : undefined
  const within = territory && departementsOf(territory).map((one) => one.code)
  return [...counted]
    .filter(([departement]) => within === undefined || within.includes(departement ?? ''))
    .reduce((sum, [, total]) => sum + total, 0)
}

/** Lists their ids on the network, soonest first, a page at a time. */
export async function listFeedUris(
  db: Database,
  feed: Feed,
  {
    now,
    after,
    limit,
  }: { now: Temporal.Instant; after: UpcomingCursor | undefined; limit: number },
): Promise<{ uris: string[]; next: UpcomingCursor | undefined }> {
  const rows = await selectToCome(db, feed, now)
    .select(['cafe.uri', 'cafe.starts_at', 'cafe.id'])
    .$call((qb) => (after ? qb.where(isAfter(after)) : qb))
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { uris: page.map((row) => row.uri), next }
}

/** Lists those that one can attend, neither cancelled nor postponed without a date, soonest first. */
export async function listFeedCafes(
  db: Database,
  feed: Feed,
  { now, until, limit }: { now: Temporal.Instant; until?: Temporal.Instant; limit: number },
): Promise<Cafe[]> {
  const rows = await selectHeld(db, feed, { now, until })
    .selectAll('cafe')
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}

/**
 * Counts the cafés of a feed that are not over at `now`, begin before `until`, and are neither cancelled nor postponed.
 */
export async function countHeldFeedCafes(
  db: Database,
  feed: Feed,
  period: { now: Temporal.Instant; until: Temporal.Instant },
): Promise<number> {
  const { total } = await selectHeld(db, feed, period)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** Lists those of the given cafés that are still to be told; `evenOff`: postponed and cancelled ones too, where that is what there is to say. */
export async function listFeedCafesAmong(
  db: Database,
  feed: Feed,
  {
    now,
    uris,
    evenOff = false,
  }: { now: Temporal.Instant; uris: readonly string[]; evenOff?: boolean },
): Promise<Cafe[]> {
  if (uris.length === 0) return []
  const cafes = evenOff
    ? selectToCome(db, feed, now)
    : selectHeld(db, feed, { now, until: undefined })
  const rows = await cafes
    .selectAll('cafe')
    .where('cafe.uri', 'in', uris)
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .execute()
  return rows.map(toCafe)
}

const selectHeld = (
  db: Database,
  feed: Feed,
  { now, until }: { now: Temporal.Instant; until: Temporal.Instant | undefined },
) =>
  selectToCome(db, feed, now)
    .where(takesPlace)
    .$if(until !== undefined, (qb) =>
      qb.where('cafe.starts_at', '<', until ? toInstantText(until) : ''),
    )
