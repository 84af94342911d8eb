import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { findCafe } from '../../node/store/cafes/cafes.ts'
import { listSomeOfPeer } from '../../node/store/cafes/peer-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { requestOpenData } from '../../node/store/files/open-data.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import type { Effect, Services } from '../services.ts'
import { updateFeeds } from './feeds/feeds.ts'
import { undoAnnounce } from './forward.ts'

/**
 * Undoes the Announces of a server's upcoming cafés when the server is no longer trusted, since changes of these cafés
 * are no longer received, and lists the cafés again when it is. A café of another server that a trusted server announces
 * too stays. Then the files of open data are made anew.
 *
 * Which cafés are listed is read in the transaction in which the change ends: a server that loses or gains trust before
 * that finds this change waiting and plans no other one.
 */
export async function renewPeerCafes(
  context: Context,
  services: Services,
  change: Extract<Change, { type: 'peer-cafes' }>,
): Promise<Effect> {
  const { db, isDirectory, now } = context
  if (!isDirectory) return async () => undefined
  const asked = { ...change, now: now() }
  const undoings = new Map<string, Effect>()
  for (const { uri } of (await listSomeOfPeer(db, asked)).cafes)
    undoings.set(uri, await undoAnnounce(context, services, { uri, activity: undefined }))
  return async (trx) => {
    const { cafes, next } = await listSomeOfPeer(trx, asked)
    let after = next
    for (const { id, uri, isListed } of cafes) {
      const undo = undoings.get(uri)
      if (isListed) await listAgain(trx, context, id)
      else if (undo) await undo(trx)
      // It was not among them when this was prepared, so the same ones are gone through again.
      else after = change.after
    }
    if (after === undefined) await requestOpenData(trx, now())
    else await appendChange(trx, { ...change, after }, now())
  }
}

async function listAgain(trx: Database, context: Context, id: string): Promise<void> {
  const cafe = await findCafe(trx, id)
  if (cafe) await updateFeeds(trx, context, { cafe, isNews: false })
}
