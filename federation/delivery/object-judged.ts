import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { canReceiveJudgements } from '../../node/domain/federation/peer.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { enqueue, privateActivity } from '../wire/activities.ts'
import { INSTANCE } from '../wire/uris.ts'

/**
 * Tells a member that this directory no longer shows one of the member's own cafés, profiles or resources, or its structure, and
 * why, or that it shows it again. Other software is not told, since it would make nothing of it, nor is a member told of
 * what is another server's.
 */
export async function enqueueJudgement(
  trx: Database,
  { config, now }: Context,
  { uri, peerId, shown, reason }: Extract<Change, { type: 'object-judged' }>,
): Promise<void> {
  const peer = await findPeer(trx, peerId)
  if (!peer || !canReceiveJudgements(peer, { uri })) return
  const actor = await findRemoteActor(trx, peer.actorUri)
  if (!actor) return
  const activity = privateActivity(config.origin, {
    type: shown ? 'Accept' : 'Reject',
    actor: INSTANCE,
    object: uri,
    to: peer.actorUri,
    summary: reason || undefined,
  })
  const said = { activity: { ...activity, line: uri }, actor: INSTANCE, inboxes: [actor.inbox] }
  await enqueue(trx, said, now())
}
