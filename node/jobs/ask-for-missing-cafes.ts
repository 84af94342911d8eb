import type { Context } from '../context.ts'
import { listMissingCafes, markAskedFor } from '../store/cafes/missing-cafes.ts'
import { deleteReceivedCafe } from '../store/cafes/received-cafes.ts'
import { inTransaction } from '../store/database/database.ts'
import { findCutOffSince } from '../store/directory/unreachable-peers.ts'
import { enqueueTask } from '../store/queues/tasks.ts'

/**
 * The number of days on which a café must not be found before it is deleted as if its server had answered 410 (Gone).
 */
const DAYS_NOT_FOUND = 14

/**
 * Plans that the address of each café that answered 404 is read again, a day after the last time, and deletes the cafés
 * that answered so often enough. A server that does not answer says nothing about its cafés.
 */
export async function askForMissingCafes({ db, config, now, wake }: Context): Promise<void> {
  if (await findCutOffSince(db)) return
  const most = config.shares.deletions
  const asked = await inTransaction(db, async (trx) => {
    const missing = await listMissingCafes(trx, now())
    for (const { id, uri, daysNotFound } of missing) {
      if (daysNotFound > DAYS_NOT_FOUND) {
        await deleteReceivedCafe(trx, { uri, activity: undefined, now: now(), most })
        continue
      }
      await markAskedFor(trx, id, now())
      await enqueueTask(trx, { kind: 'fetch', subject: uri }, now())
    }
    return missing.length
  })
  if (asked > 0) wake()
}
