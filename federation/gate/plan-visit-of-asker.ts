import type { Asked, Context } from '../../node/context.ts'
import { findTrustedPeerAt } from '../../node/store/directory/peers.ts'
import { enqueueTask, LIGHT_VISIT } from '../../node/store/queues/tasks.ts'
import { findAsker } from './signed-reader.ts'

/**
 * A server that was away asks all those that it trusts for their actor when it is back (`planReturnVisits`). If
 * deliveries to it had failed here, it is visited now instead of at the next try, which may be a day away; that visit
 * finds out whether it can be reached. A request that is not signed by a server that we trust changes nothing.
 */
export async function planVisitOfAsker(context: Context, asked: Asked): Promise<void> {
  if (!asked.headers.get('signature')) return
  const asker = await findAsker(context, asked)
  const { db, now, wake } = context
  const peer = asker === undefined ? undefined : await findTrustedPeerAt(db, new URL(asker).host)
  if (peer?.failingSince === undefined) return
  await enqueueTask(db, { kind: 'visit', subject: peer.origin, cursor: LIGHT_VISIT }, now())
  wake()
}
