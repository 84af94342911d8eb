import { sql } from 'kysely'
import type { Cafe, HiddenReason } from '../../domain/cafes/cafe.ts'
import { type DuplicateReason, foldedText, foldWithinOrigin } from '../../domain/cafes/duplicate.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { appendChange } from '../queues/changes.ts'
import { updateCafes } from '../search-index/write-cafes.ts'
import {
  FOLDED,
  findOriginCircle,
  insertAlike,
  isInPair,
  listAlike,
  saveAlike,
  sortIds,
} from './alike.ts'
import { findCafe, toCafe } from './cafes.ts'
import { isTracked, isVisible } from './visibility.ts'

/**
 * Looks for other announcements of this café, within the transaction that wrote it. Of those of one origin only one
 * stays shown. A café is hidden behind one of another origin only when the team said so, and only while the two are
 * alike. Only cafés of other servers are hidden: an address of ours always shows what it names.
 */
export async function updateDuplicates(
  trx: Database,
  cafe: Cafe,
  now: Temporal.Instant,
): Promise<void> {
  // Ours are never hidden, and one that is in no pair was set apart from none.
  if (cafe.peerId === undefined && !(await isInPair(trx, cafe.id)))
    return updateDuplicatesOfNew(trx, cafe, now)
  const others = await saveAlike(trx, cafe)
  await settle(trx, [cafe.id, ...others], now)
}

/** Does the same for a café that was not here before: where none is like it, there is nothing to show or to hide. */
export async function updateDuplicatesOfNew(
  trx: Database,
  cafe: Cafe,
  now: Temporal.Instant,
): Promise<void> {
  if ((await insertAlike(trx, cafe)) > 0) await settle(trx, [cafe.id], now)
}

/** The maximum number of groups with too many similar cafés that one call examines. */
const MOST_FLOODS = 3

/** Shows or hides these cafés and those of their origins that are like them, by the pairs and the team's decisions. */
async function settle(trx: Database, ids: readonly string[], now: Temporal.Instant): Promise<void> {
  await endDecisions(trx, ids, now)
  const done = new Set<string>()
  let floods = 0
  for (const id of ids) {
    const cafe = done.has(id) ? undefined : await findCafe(trx, id)
    if (!cafe) continue
    // The remaining ones belong to the same flood, which is shown already.
    if (floods > MOST_FLOODS) return
    const { cafes, pairs, isFlood } = await findOriginCircle(trx, cafe)
    if (isFlood) floods++
    for (const each of cafes) done.add(each.id)
    const known = await listFolded(
      trx,
      cafes.map((each) => each.id),
    )
    const isFree = ({ id, peerId }: Cafe) =>
      peerId !== undefined && known.get(id)?.reason !== 'team'
    const free = cafes.filter(isFree)
    const folded = foldWithinOrigin(free, pairs)
    for (const each of free) {
      const [was, shown] = [known.get(each.id), folded.get(each.id)]
      const isHidden = each.hiddenReason === FOLDED
      if (shown && !(isHidden && was?.shownId === shown.shownId && was.reason === shown.reason))
        await hide(trx, each, shown, now)
      else if (!shown && (was || isHidden)) await show(trx, each, now)
    }
  }
}

/** Ends the team's decisions about pairs that are no longer alike, so that both cafés are shown again. */
async function endDecisions(
  trx: Database,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  const rows = await trx
    .selectFrom('duplicate')
    .selectAll()
    .where('reason', '=', 'team')
    .where((eb) => eb.or([eb('cafe_id', 'in', ids), eb('shown_id', 'in', ids)]))
    .execute()
  if (rows.length === 0) return
  const alike = new Set(
    (
      await listAlike(
        trx,
        rows.map((row) => row.cafe_id),
      )
    ).map((pair) => pair.ids.join()),
  )
  for (const { cafe_id, shown_id } of rows) {
    const shown = await findCafe(trx, shown_id)
    if (alike.has(sortIds(cafe_id, shown_id).join()) && shown?.hiddenReason === undefined) continue
    const cafe = await findCafe(trx, cafe_id)
    if (cafe) await show(trx, cafe, now)
  }
}

type Folding = { shownId: string; reason: DuplicateReason }

/** Lists the announcement behind which each of these is hidden. */
async function listFolded(trx: Database, ids: readonly string[]): Promise<Map<string, Folding>> {
  const rows = await trx
    .selectFrom('duplicate')
    .select(['cafe_id', 'shown_id', 'reason'])
    .where('cafe_id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ cafe_id, shown_id, reason }) => [cafe_id, { shownId: shown_id, reason }]),
  )
}

async function show(trx: Database, cafe: Cafe, now: Temporal.Instant): Promise<void> {
  await trx.deleteFrom('duplicate').where('cafe_id', '=', cafe.id).execute()
  if (cafe.hiddenReason !== FOLDED) return
  await setHidden(trx, cafe.id, null)
  await appendChange(trx, { type: 'cafe-shown', cafeId: cafe.id }, now)
  await appendJudgement(trx, cafe, { shown: true, reason: '' }, now)
}

async function hide(
  trx: Database,
  cafe: Cafe,
  { shownId, reason }: Folding,
  now: Temporal.Instant,
): Promise<void> {
  const row = { shown_id: shownId, reason }
  await trx
    .insertInto('duplicate')
    .values({ cafe_id: cafe.id, ...row })
    .onConflict((oc) => oc.column('cafe_id').doUpdateSet(row))
    .execute()
  const other = await findCafe(trx, shownId)
  const why = other ? foldedText(other) : ''
  // Its own team learns which announcement is shown in its place.
  await appendJudgement(trx, cafe, { shown: false, reason: why }, now)
  if (cafe.hiddenReason === FOLDED) return
  await setHidden(trx, cafe.id, FOLDED)
  // A feed that announced it undoes that.
  await appendChange(trx, { type: 'cafe-shown', cafeId: cafe.id }, now)
}

async function appendJudgement(
  trx: Database,
  { uri, peerId }: Cafe,
  said: { shown: boolean; reason: string },
  now: Temporal.Instant,
): Promise<void> {
  if (peerId) await appendChange(trx, { type: 'object-judged', uri, peerId, ...said }, now)
}

const setHidden = (trx: Database, id: string, reason: HiddenReason | null) =>
  updateCafes(trx, { hidden_reason: reason }, (qb) => qb.where('id', '=', id))

/**
 * Shows hidden duplicates again when the café shown in their place was deleted, or its server has left or is blocked.
 */
export async function releaseOrphans(db: Database, now: Temporal.Instant): Promise<number> {
  const rows = await db
    .selectFrom('cafe as orphan')
    .select('orphan.id')
    .where('orphan.hidden_reason', '=', FOLDED)
    .where(
      // Duplicates whose own server went with it wait until that server is trusted again.
      sql<boolean>`exists (select 1 from cafe where cafe.id = orphan.id and ${isTracked})
        and not exists (
          select 1 from duplicate join cafe on cafe.id = duplicate.shown_id
          where duplicate.cafe_id = orphan.id and ${isVisible})`,
    )
    .limit(500)
    .execute()
  for (const { id } of rows)
    await inTransaction(db, async (trx) => {
      const orphan = await findCafe(trx, id)
      if (!orphan) return
      await show(trx, orphan, now)
      await updateDuplicates(trx, { ...orphan, hiddenReason: undefined }, now)
    })
  return rows.length
}

/** Lists the other announcements of a café: those hidden behind it, or the one that is shown in its place. */
export async function listAlsoAnnounced(db: Database, id: string): Promise<Cafe[]> {
  const { rows } = await selectAlsoAnnounced(db, { id })
  return rows.map(toCafe)
}

const selectAlsoAnnounced = prepare((db, { id }: { id: string }) =>
  db
    .selectFrom('cafe')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('id', 'in', eb.selectFrom('duplicate').select('cafe_id').where('shown_id', '=', id)),
        eb('id', 'in', eb.selectFrom('duplicate').select('shown_id').where('cafe_id', '=', id)),
      ]),
    )
    .orderBy('organizer_name')
    .orderBy('id'),
)

/** Stores the team's decision that two announcements are of two cafés. */
export async function decideDistinct(
  db: OpenDatabase,
  [one, other]: readonly [string, string],
  now: Temporal.Instant,
): Promise<void> {
  const [one_id, other_id] = sortIds(one, other)
  await inTransaction(db, async (trx) => {
    await trx
      .insertInto('distinct_cafe')
      .values({ one_id, other_id })
      .onConflict((oc) => oc.doNothing())
      .execute()
    await settle(trx, [one, other], now)
  })
}

/**
 * Stores the team's decision that two announcements are of one café, and which of them is shown.
 * @throws DomainError conflict when they are no longer alike, the one to show is hidden, or the other is ours.
 */
export async function decideSame(
  db: OpenDatabase,
  { shownId, hiddenId }: { shownId: string; hiddenId: string },
  now: Temporal.Instant,
): Promise<void> {
  const [one_id, other_id] = sortIds(shownId, hiddenId)
  await inTransaction(db, async (trx) => {
    await trx
      .deleteFrom('distinct_cafe')
      .where('one_id', '=', one_id)
      .where('other_id', '=', other_id)
      .execute()
    const pairs = await listAlike(trx, [hiddenId])
    const isAlike = pairs.some(({ ids }) => ids.join() === `${one_id},${other_id}`)
    const [shown, hidden] = [await findCafe(trx, shownId), await findCafe(trx, hiddenId)]
    if (!isAlike || !shown || shown.hiddenReason || !hidden?.peerId)
      throw new DomainError('conflict', 'cafes.changed_meanwhile')
    await hide(trx, hidden, { shownId, reason: 'team' }, now)
    // Cafés that were hidden behind the hidden one are judged anew.
    await settle(trx, [hiddenId], now)
  })
}
