import { sql } from 'kysely'
import type { Cafe, HiddenReason } from '../../domain/cafes/cafe.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { updateCafes } from '../search-index/write-cafes.ts'
import { updateDuplicates } from './duplicates.ts'

/**
 * Cafés of other servers whose own address answered 404 (Not Found), which does not say whether that lasts (RFC 9110
 * §15.5.5). They are hidden, and their address is asked again each day; a café whose address answers is shown as
 * before.
 */

const HOURS_BETWEEN = 24
/** Answers within this time count once, so that asking more often deletes nothing sooner. */
const HOURS_COUNTED = 20
const AT_ONCE = 100

/** What the team and the author decided, which is kept where a café is missing too. */
const DECIDED: ReadonlySet<HiddenReason> = new Set(['team', 'private', 'private-team'])

/** Hides a missing café, unless the team or its author has hidden it. */
export async function markMissing(trx: Database, cafe: Cafe, now: Temporal.Instant): Promise<void> {
  if (cafe.peerId === undefined) return
  const at = toInstantText(now)
  const counted = toInstantText(now.subtract({ hours: HOURS_COUNTED }))
  const { not_found } = await trx
    .insertInto('missing_cafe')
    .values({
      cafe_id: cafe.id,
      hidden_reason: cafe.hiddenReason ?? null,
      asked_at: at,
      not_found_at: at,
    })
    .onConflict((oc) =>
      oc.column('cafe_id').doUpdateSet({
        not_found: sql`missing_cafe.not_found + case when missing_cafe.not_found_at <= ${counted} then 1 else 0 end`,
        not_found_at: sql`case when missing_cafe.not_found_at <= ${counted} then ${at} else missing_cafe.not_found_at end`,
      }),
    )
    .returning('not_found')
    .executeTakeFirstOrThrow()
  const isKnown = not_found > 1 || cafe.hiddenReason === 'missing'
  const isDecided = cafe.hiddenReason !== undefined && DECIDED.has(cafe.hiddenReason)
  if (isKnown || isDecided) return
  await setHiddenReason(trx, { ...cafe, hiddenReason: 'missing' }, now)
}

/**
 * Hides a café that the team shows again, where its server did not find it meanwhile; one that its server withdrew stays
 * private.
 */
export async function markStillMissing(trx: Database, id: string): Promise<void> {
  const missing = await trx
    .updateTable('missing_cafe')
    .set({ hidden_reason: null })
    .where('cafe_id', '=', id)
    .returning('cafe_id')
    .executeTakeFirst()
  if (missing)
    await updateCafes(trx, { hidden_reason: 'missing' }, (qb) =>
      qb.where('id', '=', id).where('hidden_reason', 'is', null),
    )
}

/**
 * Shows a missing café as before, because it has answered, or its author has published a newer revision.
 * @returns The café as it is now; unchanged when it was not missing.
 */
export async function showFoundCafe(
  trx: Database,
  cafe: Cafe,
  now: Temporal.Instant,
): Promise<Cafe> {
  const before = await trx
    .deleteFrom('missing_cafe')
    .where('cafe_id', '=', cafe.id)
    .returning('hidden_reason')
    .executeTakeFirst()
  if (!before || cafe.hiddenReason !== 'missing') return cafe
  // Whether it is a duplicate of another one is judged anew.
  const reason = before.hidden_reason === 'duplicate' ? null : before.hidden_reason
  const found = { ...cafe, hiddenReason: reason ?? undefined }
  await setHiddenReason(trx, found, now)
  return found
}

async function setHiddenReason(trx: Database, cafe: Cafe, now: Temporal.Instant): Promise<void> {
  const change = { hidden_reason: cafe.hiddenReason ?? null }
  await updateCafes(trx, change, (qb) => qb.where('id', '=', cafe.id))
  await updateDuplicates(trx, cafe, now)
  // The feeds announce it, or undo their Announces.
  await appendChange(trx, { type: 'cafe-shown', cafeId: cafe.id }, now)
}

/** Lists the missing cafés that were not asked for since yesterday, a hundred at a time. */
export async function listMissingCafes(
  db: Database,
  now: Temporal.Instant,
): Promise<{ id: string; uri: string; daysNotFound: number }[]> {
  return db
    .selectFrom('missing_cafe')
    .innerJoin('cafe', 'cafe.id', 'cafe_id')
    .select(['cafe.id', 'cafe.uri', 'not_found as daysNotFound'])
    .where('asked_at', '<=', toInstantText(now.subtract({ hours: HOURS_BETWEEN })))
    .orderBy('asked_at')
    .orderBy('cafe.id')
    .limit(AT_ONCE)
    .execute()
}

/** Notes that the home of a missing café was asked for it at this instant, which puts the next question off. */
export async function markAskedFor(
  trx: Database,
  cafeId: string,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('missing_cafe')
    .set({ asked_at: toInstantText(now) })
    .where('cafe_id', '=', cafeId)
    .execute()
}
