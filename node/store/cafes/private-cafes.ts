import type { Cafe, HiddenReason } from '../../domain/cafes/cafe.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { updateCafes } from '../search-index/write-cafes.ts'
import { updateDuplicates } from './duplicates.ts'

/**
 * Hides a café that its server no longer addresses to Public: it leaves every page, feed, search and export, and our team
 * cannot show it. The row stays, with the time of the withdrawal, so that an older revision changes nothing; a later public
 * one shows the café again, unless our team had hidden it.
 *
 * @returns whether this changed anything.
 */
export async function withdrawCafe(
  trx: Database,
  cafe: Cafe,
  { updatedAt, now }: { updatedAt: Temporal.Instant; now: Temporal.Instant },
): Promise<boolean> {
  if (cafe.peerId === undefined || Temporal.Instant.compare(updatedAt, cafe.updatedAt) < 0)
    return false
  const isByTeam = cafe.hiddenReason === 'team' || cafe.hiddenReason === 'private-team'
  const hiddenReason: HiddenReason = isByTeam ? 'private-team' : 'private'
  await updateCafes(
    trx,
    { hidden_reason: hiddenReason, updated_at: toInstantText(updatedAt) },
    (qb) => qb.where('id', '=', cafe.id),
  )
  if (cafe.hiddenReason === hiddenReason) return false
  await updateDuplicates(trx, { ...cafe, hiddenReason }, now)
  // Feeds undo their Announces, as for a deleted café.
  const { uri, series } = cafe
  await appendChange(trx, { type: 'cafe-removed', uri, activity: undefined, series }, now)
  return true
}
