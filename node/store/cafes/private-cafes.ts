import type { Cafe } from '../../domain/cafes/cafe.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { judgeDuplicates } from './duplicates.ts'

/** Why a café is out of sight that its server no longer shows to everybody; nobody here decides about it. */
export const PRIVATE = 'private'

/**
 * Its server withdrew it from the public: out of every page, feed, search and export at once, and never shown by our team.
 * The row stays as it was, with the time of the withdrawal, so that an older revision brings nothing back; a later one that
 * is public does. What our team had set aside stays so.
 *
 * @returns Whether this was news.
 */
export async function withdrawCafe(
  trx: Database,
  cafe: Cafe,
  { updatedAt, now }: { updatedAt: Temporal.Instant; now: Temporal.Instant },
): Promise<boolean> {
  if (cafe.peerId === undefined || Temporal.Instant.compare(updatedAt, cafe.updatedAt) < 0)
    return false
  const hiddenReason = cafe.hiddenReason === 'team' ? 'team' : PRIVATE
  await trx
    .updateTable('cafe')
    .set({ hidden_reason: hiddenReason, updated_at: toInstantText(updatedAt) })
    .where('id', '=', cafe.id)
    .execute()
  if (cafe.hiddenReason === PRIVATE) return false
  await judgeDuplicates(trx, { ...cafe, hiddenReason }, now)
  // Feeds take back what they said of it, as of one that was deleted.
  await appendChange(trx, { type: 'cafe-removed', uri: cafe.uri, activity: undefined }, now)
  return true
}
