import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { canReceiveJudgements } from '../../node/domain/federation/peer.ts'
import { findCafe } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { enqueue, privateActivity } from '../wire/activities.ts'
import { INSTANCE } from '../wire/uris.ts'

/**
 * Tells a member that this directory no longer shows one of the member's own cafés, and why, or that it shows it again.
 * Other software is not told, since it would make nothing of it, nor is a member told of another server's café.
 */
export async function enqueueJudgement(
  trx: Database,
  { config, now }: Context,
  { cafeId, shown, reason }: Extract<Change, { type: 'cafe-judged' }>,
): Promise<void> {
  const cafe = await findCafe(trx, cafeId)
  const peer = cafe?.peerId ? await findPeer(trx, cafe.peerId) : undefined
  if (!cafe || !peer || !canReceiveJudgements(peer, cafe)) return
  const actor = await findRemoteActor(trx, peer.actorUri)
  if (!actor) return
  const activity = privateActivity(config.origin, {
    type: shown ? 'Accept' : 'Reject',
    actor: INSTANCE,
    object: cafe.uri,
    to: peer.actorUri,
    summary: reason || undefined,
  })
  const said = {
    activity: { ...activity, line: cafe.uri },
    actor: INSTANCE,
    inboxes: [actor.inbox],
  }
  await enqueue(trx, said, now())
}
