import { sql } from 'kysely'
import type { Cafe } from '../domain/cafe.ts'
import { type DuplicateReason, SAME_TIME_MINUTES, sameCafe, toShow } from '../domain/duplicate.ts'
import { findCafe, toCafe } from './cafes.ts'
import { appendChange } from './changes.ts'
import { toInstantText } from './columns.ts'
import { type Database, inTransaction, type OpenDatabase } from './database.ts'
import { isHeard, isVisible } from './search-filters.ts'

const HIDDEN = 'duplicate'

/**
 * Looks for other announcements of this café, within the transaction that wrote it, and leaves one of them in sight.
 * Only cafés of other servers are put out of sight: an address of ours always shows what it names.
 */
export async function judgeDuplicates(
  trx: Database,
  cafe: Cafe,
  now: Temporal.Instant,
): Promise<void> {
  const before = await listFollowersOf(trx, cafe.id)
  const twins = isJudged(cafe) ? await listTwins(trx, cafe) : []
  const shown = toShow([cafe, ...twins.map((twin) => twin.cafe)])
  const reasonOf = new Map(twins.map((twin) => [twin.cafe.id, twin.reason]))
  for (const member of [cafe, ...twins.map((twin) => twin.cafe)]) {
    const reason = reasonOf.get(member.id) ?? twins[0]?.reason
    if (member.id === shown?.id || !reason || !member.peerId || !shown) await show(trx, member, now)
    else await hide(trx, { cafe: member, shownId: shown.id, reason }, now)
  }
  // Unless one that was released before it stands for it by now.
  for (const id of before.filter((id) => !reasonOf.has(id)))
    if ((await findShownFor(trx, id)) === cafe.id) await release(trx, id, now)
}

/** Back in sight, unless it is the same café as another one that is. */
async function release(trx: Database, id: string, now: Temporal.Instant): Promise<void> {
  const hidden = await findCafe(trx, id)
  if (!hidden) return
  await show(trx, hidden, now)
  await judgeDuplicates(trx, { ...hidden, hiddenReason: undefined }, now)
}

/** What is held back for another reason, or for some people only, stands for nobody. */
const isJudged = ({ publication, hiddenReason }: Cafe): boolean =>
  publication === 'published' && (hiddenReason === undefined || hiddenReason === HIDDEN)

type Twin = { cafe: Cafe; reason: DuplicateReason }

async function listTwins(trx: Database, cafe: Cafe): Promise<Twin[]> {
  const from = toInstantText(cafe.startsAt.subtract({ minutes: SAME_TIME_MINUTES }))
  const until = toInstantText(cafe.startsAt.add({ minutes: SAME_TIME_MINUTES }))
  const about = trx
    .selectFrom('cafe')
    .select('cafe.id')
    .where('cafe.starts_at', '>=', from)
    .where('cafe.starts_at', '<=', until)
    .where('cafe.organizer_uri', '<>', cafe.organizer.uri)
    // Those of this server are never out of sight: they need not look at each other.
    .$if(cafe.peerId === undefined, (qb) => qb.where('cafe.peer_id', 'is not', null))
  const codeInsee = cafe.venue?.codeInsee ?? ''
  const rows = await trx
    .selectFrom('cafe')
    .selectAll('cafe')
    // One list: where either of two would do, PostgreSQL reads every café there is.
    .where(
      'cafe.id',
      'in',
      about.where('cafe.uid', '=', cafe.uid).union(about.where('cafe.code_insee', '=', codeInsee)),
    )
    .where('cafe.id', '<>', cafe.id)
    .where('cafe.publication', '=', 'published')
    .where((eb) =>
      eb.or([eb('cafe.hidden_reason', 'is', null), eb('cafe.hidden_reason', '=', HIDDEN)]),
    )
    .where(isHeard)
    .limit(200)
    .execute()
  if (rows.length === 0) return []
  const apart = await listDistinctFrom(trx, cafe.id)
  return rows.map(toCafe).flatMap((other) => {
    const reason = apart.has(other.id) ? undefined : sameCafe(cafe, other)
    return reason ? [{ cafe: other, reason }] : []
  })
}

async function listDistinctFrom(trx: Database, id: string): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('distinct_cafe')
    .selectAll()
    .where((eb) => eb.or([eb('one_id', '=', id), eb('other_id', '=', id)]))
    .execute()
  return new Set(rows.map((row) => (row.one_id === id ? row.other_id : row.one_id)))
}

/** Those that are out of sight in favour of this one. */
async function listFollowersOf(trx: Database, id: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('duplicate')
    .select('cafe_id')
    .where('shown_id', '=', id)
    .execute()
  return rows.map((row) => row.cafe_id)
}

async function show(trx: Database, cafe: Cafe, now: Temporal.Instant): Promise<void> {
  await trx.deleteFrom('duplicate').where('cafe_id', '=', cafe.id).execute()
  if (cafe.hiddenReason !== HIDDEN) return
  await setHidden(trx, cafe.id, null)
  await appendChange(trx, { type: 'cafe-shown', cafeId: cafe.id }, now)
}

async function hide(
  trx: Database,
  { cafe, shownId, reason }: { cafe: Cafe; shownId: string; reason: DuplicateReason },
  now: Temporal.Instant,
): Promise<void> {
  const row = { shown_id: shownId, reason }
  await trx
    .insertInto('duplicate')
    .values({ cafe_id: cafe.id, ...row })
    .onConflict((oc) => oc.column('cafe_id').doUpdateSet(row))
    .execute()
  if (cafe.hiddenReason === HIDDEN) return
  await setHidden(trx, cafe.id, HIDDEN)
  // A feed that announced it takes it back.
  await appendChange(trx, { type: 'cafe-shown', cafeId: cafe.id }, now)
}

const setHidden = async (trx: Database, id: string, reason: string | null): Promise<void> => {
  await trx.updateTable('cafe').set({ hidden_reason: reason }).where('id', '=', id).execute()
}

/** Back in sight when the one that stood for them is gone, or its server is: deleted, left, blocked. */
export async function releaseOrphans(db: Database, now: Temporal.Instant): Promise<number> {
  const rows = await db
    .selectFrom('cafe as orphan')
    .select('orphan.id')
    .where('orphan.hidden_reason', '=', HIDDEN)
    .where(
      sql<boolean>`not exists (
        select 1 from duplicate join cafe on cafe.id = duplicate.shown_id
        where duplicate.cafe_id = orphan.id and ${isVisible})`,
    )
    .limit(500)
    .execute()
  for (const { id } of rows) await inTransaction(db, (trx) => release(trx, id, now))
  return rows.length
}

/** Who else announces a café that is shown. */
export async function listAlsoAnnounced(db: Database, id: string): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .innerJoin('duplicate', 'duplicate.cafe_id', 'cafe.id')
    .selectAll('cafe')
    .where('duplicate.shown_id', '=', id)
    .orderBy('cafe.organizer_name')
    .execute()
  return rows.map(toCafe)
}

/** The café that is shown in the place of this one. */
export async function findShownFor(db: Database, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('duplicate')
    .select('shown_id')
    .where('cafe_id', '=', id)
    .executeTakeFirst()
  return row?.shown_id
}

export type DuplicatePair = { hidden: Cafe; shown: Cafe; reason: DuplicateReason | undefined }

/** To come, soonest first; those that the team told apart have no reason. */
export async function listDuplicates(
  db: Database,
  now: Temporal.Instant,
): Promise<{ folded: DuplicatePair[]; apart: DuplicatePair[] }> {
  const folded = await db
    .selectFrom('duplicate')
    .innerJoin('cafe', 'cafe.id', 'duplicate.cafe_id')
    .select(['duplicate.cafe_id as one', 'duplicate.shown_id as other', 'duplicate.reason'])
    .where('cafe.ends_at', '>', toInstantText(now))
    .orderBy('cafe.starts_at')
    .limit(200)
    .execute()
  const apart = await db
    .selectFrom('distinct_cafe')
    .innerJoin('cafe', 'cafe.id', 'distinct_cafe.one_id')
    .select(['distinct_cafe.one_id as one', 'distinct_cafe.other_id as other'])
    .where('cafe.ends_at', '>', toInstantText(now))
    .orderBy('cafe.starts_at')
    .limit(200)
    .execute()
  return {
    folded: await toPairs(db, folded),
    apart: await toPairs(db, apart),
  }
}

async function toPairs(
  db: Database,
  rows: { one: string; other: string; reason?: string }[],
): Promise<DuplicatePair[]> {
  const pairs: DuplicatePair[] = []
  for (const { one, other, reason } of rows) {
    const [hidden, shown] = [await findCafe(db, one), await findCafe(db, other)]
    if (hidden && shown)
      pairs.push({ hidden, shown, reason: reason as DuplicateReason | undefined })
  }
  return pairs
}

/** The team's word: two cafés, or one after all. What follows from it is seen at once. */
export async function tellApart(
  db: OpenDatabase,
  { ids: [one, other], areTwo }: { ids: readonly [string, string]; areTwo: boolean },
  now: Temporal.Instant,
): Promise<void> {
  const [first, second] = one < other ? [one, other] : [other, one]
  await inTransaction(db, async (trx) => {
    if (areTwo)
      await trx
        .insertInto('distinct_cafe')
        .values({ one_id: first, other_id: second })
        .onConflict((oc) => oc.doNothing())
        .execute()
    else
      await trx
        .deleteFrom('distinct_cafe')
        .where('one_id', '=', first)
        .where('other_id', '=', second)
        .execute()
    for (const id of [first, second]) {
      const cafe = await findCafe(trx, id)
      if (cafe) await judgeDuplicates(trx, cafe, now)
    }
  })
}
