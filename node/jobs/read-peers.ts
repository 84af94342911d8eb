import type { Context } from '../context.ts'
import { listPeers } from '../store/peers.ts'
import { enqueueTask } from '../store/tasks.ts'

/** Once a day each server that we hear is read whole, so that a lost message is lost for a day at most. */
export async function planReconciliations({ db, now, wake }: Context): Promise<void> {
  for (const peer of await listPeers(db))
    if (peer.following === 'accepted')
      await enqueueTask(db, { kind: 'reconcile', subject: peer.id }, now())
  wake()
}

/** After a long absence: whoever was not read for a day is read at the start, not next night. */
export async function planMissedReconciliations({ db, now }: Context): Promise<void> {
  const yesterday = now().subtract({ hours: 24 })
  for (const peer of await listPeers(db)) {
    const missed = peer.reconciledAt && Temporal.Instant.compare(peer.reconciledAt, yesterday) < 0
    if (peer.following === 'accepted' && missed)
      await enqueueTask(db, { kind: 'reconcile', subject: peer.id }, now())
  }
}

/** Each hour a look at whoever has not been heard since: is it still there? */
export async function planVisits({ db, now, wake }: Context): Promise<void> {
  const recently = now().subtract({ minutes: 55 })
  for (const peer of await listPeers(db)) {
    const silent = !peer.lastSeenAt || Temporal.Instant.compare(peer.lastSeenAt, recently) < 0
    if (peer.following === 'accepted' && silent)
      await enqueueTask(db, { kind: 'visit', subject: peer.origin }, now())
  }
  wake()
}
