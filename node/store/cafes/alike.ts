import { sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { isSameCafe, type LikePair, SAME_TIME_MINUTES } from '../../domain/cafes/duplicate.ts'
import { startsAtSeconds, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { toCafe } from './cafes.ts'
import { isTracked } from './visibility.ts'

/**
 * Pairs of announcements that are alike by the rule of `isSameCafe`. A pair depends on its two cafés alone and is
 * judged again whenever one of them changes, so that the order of arrival does not matter.
 */

/**
 * Limits of how many announcements of one town and hour are compared with a café, and how many of them may be like it.
 */
const MOST_LOOKED_AT = 100
const MOST_ALIKE = 30

/** The reason why a café is hidden: another announcement of it is shown. */
export const FOLDED = 'duplicate'

/** Returns whether a café is compared with others; one that is hidden for another reason is not. */
const isJudged = ({ publication, hiddenReason }: Cafe): boolean =>
  publication === 'published' && (hiddenReason === undefined || hiddenReason === FOLDED)

/**
 * Finds and stores the cafés that are like this one; returns the ids of those of its origin that were like it until
 * now.
 */
export async function saveAlike(trx: Database, cafe: Cafe): Promise<string[]> {
  const before = await listAlike(trx, [cafe.id], { withinSource: true, most: MOST_PAIRS })
  await trx
    .deleteFrom('alike')
    .where((eb) => eb.or([eb('one_id', '=', cafe.id), eb('other_id', '=', cafe.id)]))
    .execute()
  await insertAlike(trx, cafe)
  return before.flatMap(({ ids }) => ids).filter((id) => id !== cafe.id)
}

/** Returns whether a pair is stored that contains this café. */
export const isInPair = async (trx: Database, id: string): Promise<boolean> =>
  (await selectPair(trx, { id })).rows.length > 0

const selectPair = prepare((db, { id }: { id: string }) =>
  db
    .selectFrom('alike')
    .select('one_id')
    .where((eb) => eb.or([eb('one_id', '=', id), eb('other_id', '=', id)]))
    .limit(1),
)

/**
 * Does the same for a café of which no pair is stored.
 * @returns How many are like it.
 */
export async function insertAlike(trx: Database, cafe: Cafe): Promise<number> {
  const found = await findAlike(trx, cafe)
  if (found.length > 0)
    await trx
      .insertInto('alike')
      .values(found.map(({ ids, reason }) => ({ one_id: ids[0], other_id: ids[1], reason })))
      .execute()
  return found.length
}

/**
 * Returns whether a café has others with which it is compared: among those that are stored, and those that are about to
 * be (`others`), of which more are taken than are compared in the end.
 */
export async function hasCafesAround(
  trx: Database,
  cafe: Cafe,
  others: readonly Cafe[] = [],
): Promise<boolean> {
  if (!isJudged(cafe)) return false
  if (others.some((other) => isAbout(cafe, other))) return true
  const [selectOne] = cafe.peerId === undefined ? AROUND_OURS : AROUND_OTHERS
  return (await selectOne(trx, aroundOf(cafe))).rows.length > 0
}

const isAbout = (one: Cafe, other: Cafe): boolean =>
  Math.abs(one.startsAt.epochMilliseconds - other.startsAt.epochMilliseconds) <=
    SAME_TIME_MINUTES * 60_000 &&
  (one.uid === other.uid || one.venue?.codeInsee === other.venue?.codeInsee)

const aroundOf = (cafe: Cafe): Around => ({
  id: cafe.id,
  uid: cafe.uid,
  host: new URL(cafe.uri).host,
  from: toInstantText(cafe.startsAt.subtract({ minutes: SAME_TIME_MINUTES })),
  until: toInstantText(cafe.startsAt.add({ minutes: SAME_TIME_MINUTES })),
  codeInsee: cafe.venue?.codeInsee ?? '',
  organizer: cafe.organizer.uri,
})

async function findAlike(trx: Database, cafe: Cafe): Promise<LikePair[]> {
  // In most towns there is no other café at the same hour. This query finds that out in a tenth of the time that
  // sorting no rows takes.
  if (!(await hasCafesAround(trx, cafe))) return []
  const [, select] = cafe.peerId === undefined ? AROUND_OURS : AROUND_OTHERS
  const { rows } = await select(trx, aroundOf(cafe))
  return rows
    .map(toCafe)
    .flatMap((other) => {
      const reason = isSameCafe(cafe, other)
      return reason ? [{ ids: sortIds(cafe.id, other.id), reason }] : []
    })
    .slice(0, MOST_ALIKE)
}

type Around = Record<'id' | 'uid' | 'host' | 'from' | 'until' | 'codeInsee' | 'organizer', string>

/**
 * Returns the ids of other cafés of its UID, and of those in its town at about its time.
 *
 * @param isOurs - Whether it is a café of this server. These are never hidden, so they need not be compared with each
 * other.
 */
const idsAround = (trx: Database, around: Around, isOurs: boolean) => {
  const { id, uid, host, from, until, codeInsee, organizer } = around
  const about = trx
    .selectFrom('cafe')
    .select('cafe.id')
    .where(sql<boolean>`${startsAtSeconds} between unixepoch(${from}) and unixepoch(${until})`)
    .where('cafe.id', '<>', id)
    .$if(isOurs, (qb) => qb.where('cafe.peer_id', 'is not', null))
  return {
    hasUid: about.where('cafe.uid', '=', uid).where('cafe.origin_host', '=', host),
    inTown: about
      .where('cafe.code_insee', '=', codeInsee)
      .where('cafe.organizer_uri', '<>', organizer),
  }
}

/** Prepares two queries: whether there are any, and those that are to be compared. */
const selectAround = (isOurs: boolean) =>
  [
    prepare((trx, around: Around) => {
      const { hasUid, inTown } = idsAround(trx, around, isOurs)
      return hasUid.unionAll(inTown).limit(1)
    }),
    prepare((trx, around: Around) => {
      const { hasUid, inTown } = idsAround(trx, around, isOurs)
      const { host } = around
      return (
        trx
          .selectFrom('cafe')
          .selectAll('cafe')
          // It is one list: with either of two conditions PostgreSQL would read every café.
          .where('cafe.id', 'in', hasUid.union(inTown))
          .where('cafe.publication', '=', 'published')
          .where((eb) =>
            eb.or([eb('cafe.hidden_reason', 'is', null), eb('cafe.hidden_reason', '=', FOLDED)]),
          )
          .where(isTracked)
          .orderBy((eb) => eb.case().when('cafe.origin_host', '=', host).then(0).else(1).end())
          .orderBy('cafe.uri')
          .limit(MOST_LOOKED_AT)
      )
    }),
  ] as const
const AROUND_OURS = selectAround(true)
const AROUND_OTHERS = selectAround(false)

/** Returns the two ids of a pair in the order in which the pair is stored, so that each pair has one row. */
export const sortIds = (one: string, other: string): [string, string] =>
  one < other ? [one, other] : [other, one]

/**
 * Lists the pairs that contain one of these cafés, except those that the team told apart.
 *
 * @param withinSource - Whether to list only pairs of one origin that are received through one peer: what a peer says
 * of itself must hide nothing of another owner on the same server.
 * @param most - The most pairs that are read.
 */
export async function listAlike(
  db: Database,
  ids: readonly string[],
  { withinSource = false, most }: { withinSource?: boolean; most?: number } = {},
): Promise<LikePair[]> {
  if (ids.length === 0) return []
  const rows = await db
    // First the pairs are read, then their cafés by key: before PostgreSQL has analysed its tables, it would join all
    // with all.
    .with(
      (cte) => cte('pair').materialized(),
      (qb) =>
        qb
          .selectFrom('alike')
          .select(['one_id', 'other_id', 'reason'])
          .where((eb) => eb.or([eb('one_id', 'in', ids), eb('other_id', 'in', ids)]))
          .where(isNotApart),
    )
    .selectFrom('pair')
    .select(['pair.one_id', 'pair.other_id', 'pair.reason'])
    .$if(withinSource, (qb) =>
      qb.where(sql<boolean>`${sourceOf('pair.one_id')} = ${sourceOf('pair.other_id')}`),
    )
    .$if(most !== undefined, (qb) => qb.limit(most ?? 0))
    .execute()
  return rows.map(({ one_id, other_id, reason }) => ({ ids: [one_id, other_id], reason }))
}

/** Returns the origin of a café and the peer through which it is received; null for one of ours. */
const sourceOf = (id: string) =>
  sql`(select origin_host || ' ' || peer_id from cafe where cafe.id = ${sql.ref(id)})`

/** A condition on a row of `alike`: the team did not say that they are two cafés. */
export const isNotApart = sql<boolean>`not exists (
  select 1 from distinct_cafe as apart
  where apart.one_id = alike.one_id and apart.other_id = alike.other_id)`

/** A server that announces more cafés than this for one evening is shown as it announces them. */
const MOST_OF_ORIGIN = 100
/** The most pairs in which so many cafés can be. */
const MOST_PAIRS = MOST_OF_ORIGIN * MOST_ALIKE

/**
 * Finds this café and those of its origin and peer that are like it, directly or through others, with their pairs.
 * `isFlood` means that they are too many; then there are no pairs, and only some of the cafés, all of which are to be
 * shown.
 */
export async function findOriginCircle(
  trx: Database,
  cafe: Cafe,
): Promise<{ cafes: Cafe[]; pairs: LikePair[]; isFlood: boolean }> {
  const cafes = new Map([[cafe.id, cafe]])
  const pairs = new Map<string, LikePair>()
  const flood = () => ({ cafes: [...cafes.values()], pairs: [], isFlood: true })
  let edge = [cafe.id]
  while (edge.length > 0) {
    const found = await listAlike(trx, edge, { withinSource: true, most: MOST_PAIRS + 1 })
    if (found.length > MOST_PAIRS) return flood()
    for (const pair of found) pairs.set(pair.ids.join(), pair)
    const ids = [...new Set(found.flatMap(({ ids }) => ids))].filter((id) => !cafes.has(id))
    // Two circles below the limit may have become one; then all cafés of both are shown. Those beyond this number were
    // shown before.
    if (cafes.size + ids.length > 2 * MOST_OF_ORIGIN + 1) return flood()
    for (const other of await listCafes(trx, ids)) cafes.set(other.id, other)
    if (cafes.size > MOST_OF_ORIGIN && ids.length === 0) return flood()
    edge = ids
  }
  return { cafes: [...cafes.values()], pairs: [...pairs.values()], isFlood: false }
}

/** Lists the cafés with these ids, in no particular order; ids without a café are left out. */
export async function listCafes(db: Database, ids: readonly string[]): Promise<Cafe[]> {
  if (ids.length === 0) return []
  return (await db.selectFrom('cafe').selectAll().where('id', 'in', ids).execute()).map(toCafe)
}

/** Lists the cafés of one structure that start at this instant, drafts included. */
export async function listCafesStartingAt(
  db: Database,
  organizationId: string,
  startsAt: Temporal.Instant,
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('starts_at', '=', toInstantText(startsAt))
    .where('undated', '=', 0)
    .orderBy('id')
    .execute()
  return rows.map(toCafe)
}
