import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  type DuplicateReason,
  type LikePair,
  MOST_PAIRS,
  matchOneToOne,
  originOf,
} from '../../domain/cafes/duplicate.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isNotApart, listCafes } from './alike.ts'
import { isVisible } from './visibility.ts'

/** Two announcements; `one` is the one that is shown where only one is. */
export type DuplicatePair = { one: Cafe; other: Cafe; reason: DuplicateReason | undefined }

const MOST_READ = 2000

/**
 * Lists pairs that may be one café, announced by two origins: upcoming, both shown, soonest first. Where several of one
 * origin are like one of another, nobody can tell which is meant, and none is listed.
 */
export async function listSuspected(db: Database, now: Temporal.Instant): Promise<DuplicatePair[]> {
  const rows = await db
    .selectFrom('alike')
    .innerJoin('cafe', 'cafe.id', 'alike.one_id')
    .select(['alike.one_id', 'alike.other_id', 'alike.reason'])
    .where('cafe.ends_at', '>', toInstantText(now))
    .where(isVisible)
    .where('alike.other_id', 'in', (eb) =>
      eb
        .selectFrom('cafe')
        .select('cafe.id')
        .where('cafe.id', '=', eb.ref('alike.other_id'))
        .where(isVisible),
    )
    .where(isNotApart)
    .orderBy('cafe.starts_at')
    .orderBy('alike.one_id')
    .orderBy('alike.other_id')
    .limit(MOST_READ)
    .execute()
  const pairs = rows.map(
    ({ one_id, other_id, reason }): LikePair => ({ ids: [one_id, other_id], reason }),
  )
  const cafes = await findCafes(
    db,
    pairs.flatMap(({ ids }) => ids),
  )
  const sourceOf = (id: string) => {
    const cafe = cafes.get(id)
    return cafe && `${originOf(cafe)} ${cafe.peerId ?? ''}`
  }
  const across = pairs.filter(({ ids: [one, other] }) => sourceOf(one) !== sourceOf(other))
  return toPairs(
    cafes,
    matchOneToOne(across, sourceOf)
      .slice(0, MOST_PAIRS)
      .map(({ ids, reason }) => ({ one: ids[0], other: ids[1], reason })),
  )
}

/**
 * Lists the decided pairs of upcoming cafés, soonest first. Those that the team told apart have no reason, and are
 * listed while they are alike.
 */
export async function listDecidedPairs(
  db: Database,
  now: Temporal.Instant,
): Promise<{ folded: DuplicatePair[]; apart: DuplicatePair[] }> {
  const folded = await db
    .selectFrom('duplicate')
    .innerJoin('cafe', 'cafe.id', 'duplicate.cafe_id')
    .select(['duplicate.shown_id as one', 'duplicate.cafe_id as other', 'duplicate.reason'])
    .where('cafe.ends_at', '>', toInstantText(now))
    .orderBy('cafe.starts_at')
    .orderBy('duplicate.cafe_id')
    .limit(MOST_PAIRS)
    .execute()
  const apart = await db
    .selectFrom('distinct_cafe')
    .innerJoin('alike', (join) =>
      join
        .onRef('alike.one_id', '=', 'distinct_cafe.one_id')
        .onRef('alike.other_id', '=', 'distinct_cafe.other_id'),
    )
    .innerJoin('cafe', 'cafe.id', 'distinct_cafe.one_id')
    .select(['distinct_cafe.one_id as one', 'distinct_cafe.other_id as other'])
    .where('cafe.ends_at', '>', toInstantText(now))
    .orderBy('cafe.starts_at')
    .orderBy('distinct_cafe.one_id')
    .orderBy('distinct_cafe.other_id')
    .limit(MOST_PAIRS)
    .execute()
  const cafes = await findCafes(
    db,
    [...folded, ...apart].flatMap(({ one, other }) => [one, other]),
  )
  return { folded: toPairs(cafes, folded), apart: toPairs(cafes, apart) }
}

async function findCafes(db: Database, ids: readonly string[]): Promise<Map<string, Cafe>> {
  const cafes = new Map<string, Cafe>()
  const all = [...new Set(ids)]
  for (let from = 0; from < all.length; from += MOST_PAIRS)
    for (const cafe of await listCafes(db, all.slice(from, from + MOST_PAIRS)))
      cafes.set(cafe.id, cafe)
  return cafes
}

const toPairs = (
  cafes: ReadonlyMap<string, Cafe>,
  rows: readonly { one: string; other: string; reason?: DuplicateReason }[],
): DuplicatePair[] =>
  rows.flatMap(({ one, other, reason }) => {
    const [first, second] = [cafes.get(one), cafes.get(other)]
    return first && second ? [{ one: first, other: second, reason }] : []
  })
