import type { Context } from '../../../node/context.ts'
import { findReportRefusal } from '../../../node/domain/reports/report.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import type { Database } from '../../../node/store/database/database.ts'
import { rememberDeletion } from '../../../node/store/directory/deletions.ts'
import { count } from '../../../node/store/queues/counters.ts'
import {
  deleteReceivedReport,
  findReportUri,
  receiveReport,
} from '../../../node/store/reports/received-reports.ts'
import { answersFor, findDeleter, findSpeaker } from '../../actors/owners.ts'
import { isPublic } from '../../wire/addressing.ts'
import { isObject, type Json, toList } from '../../wire/json.ts'
import { fromReportNote } from '../../wire/reports/report-note.ts'
import type { Received } from '../handler.ts'

/** What other servers tell of their cafés after these took place. */

/**
 * Stores a report (Create or Update): of a café that is here, by whoever speaks for its organizer, once it has begun and
 * unless it is off. One that was deleted does not come back, and of two the later holds.
 */
export async function receiveReportNote(
  trx: Database,
  { activity, actorUri: from }: Pick<Received, 'activity' | 'actorUri'>,
  { now }: Context,
): Promise<void> {
  const [object] = toList(activity.object)
  const refuse = () => count(trx, 'inbox:refused', now())
  if (!isObject(object)) return
  const peer = await findSpeaker(trx, from)
  const report = fromReportNote(object, now())
  if (!peer || !report || !isPublic(object, activity)) return refuse()
  const cafe = await findCafeByUri(trx, report.cafeUri)
  if (!cafe?.peerId) return
  const owner = cafe.organizer.uri
  // The deletion of a report must not be that of a café, of whoever on the same server.
  const isOfCafe = (await findCafeByUri(trx, report.uri)) !== undefined
  const isOwners = report.ownerUri === owner && answersFor(peer, owner) && !isOfCafe
  const refusal = findReportRefusal(cafe, now())
  if (!isOwners || (refusal !== undefined && refusal !== 'late')) return refuse()
  await receiveReport(trx, { cafe, report })
}

/**
 * Deletes a report that its own server deletes; an Update that comes after it is not believed.
 * @returns Whether the address was that of a report that is here.
 */
export async function removeReportNote(
  trx: Database,
  { uri, from }: { uri: string; from: string; written: Json },
  { config, now }: Context,
): Promise<boolean> {
  const known = await findReportUri(trx, uri)
  if (!known) return false
  const peer = await findDeleter(trx, from)
  if (!peer || !answersFor(peer, known.organizerUri)) {
    await count(trx, 'inbox:refused', now())
    return true
  }
  await deleteReceivedReport(trx, known.cafeId)
  await rememberDeletion(trx, {
    ...{ uri, cafeId: undefined, deletedAt: now(), most: config.shares.deletions },
  })
  return true
}
