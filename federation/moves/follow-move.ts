import type { Context } from '../../node/context.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { Database } from '../../node/store/database/database.ts'
import { isBlocked } from '../../node/store/directory/blocks.ts'
import { findPeerByActor, upsertPeer } from '../../node/store/directory/peers.ts'
import { deleteFollower } from '../../node/store/feeds/followers.ts'
import { markLeft, setFollowing, setMembership } from '../../node/store/memberships.ts'
import { copyHidden } from '../../node/store/moves/moves.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { rememberActor } from '../actors/remember-actor.ts'
import type { ActorDocument } from '../remote/actor-document.ts'
import { lookUpActor } from '../remote/look-up.ts'
import type { Effect, Services } from '../services.ts'
import { INSTANCE } from '../wire/uris.ts'

/**
 * Finds where a peer says that it is now, if both addresses say so: its own document names the new one (`movedTo`), and
 * the account there names it (`alsoKnownAs`). The message about a move is a hint to look, and nothing more; a site
 * whose message never came is found at its next visit.
 * @returns What is to be done in a transaction; undefined where there was no move, or nobody confirms it.
 */
export async function findMove(
  context: Context,
  services: Services,
  { peer, document }: { peer: Peer; document: ActorDocument | undefined },
): Promise<Effect | undefined> {
  const { movedTo } = document ?? {}
  if (movedTo === undefined || movedTo === peer.actorUri) return undefined
  const next = await lookUpActor(services, movedTo)
  const isConfirmed = next.actor.uri === movedTo && next.alsoKnownAs.includes(peer.actorUri)
  // Who has moved on itself is no place to go to: two addresses that each name the other would change places for ever.
  if (!isConfirmed || next.unreachable !== undefined || next.movedTo !== undefined) return undefined
  if (await isBlocked(context.db, movedTo)) return undefined
  // What the team refused or removed once is not brought in by a move, nor what waits for its answer: it could be both.
  const known = await findPeerByActor(context.db, movedTo)
  if (known && ['refused', 'left', 'requested'].includes(known.membership)) return undefined
  return (trx) => follow(trx, context, { peer, next })
}

/**
 * Gives the new address what the former one was here: a membership is carried over, and what this directory hides stays
 * hidden. What the new address announces is read once its own Follow has come.
 */
async function follow(
  trx: Database,
  { now }: Context,
  { peer, next }: { peer: Peer; next: ActorDocument },
): Promise<void> {
  await rememberActor(trx, next, now())
  const { uri, name } = next.actor
  const moved = await upsertPeer(trx, { actorUri: uri, name })
  await copyHidden(trx, peer.origin, new URL(uri).origin)
  const wasMember = peer.membership === 'member'
  if (wasMember && moved.membership !== 'member') {
    await setMembership(trx, moved.id, 'member', now())
    // Its Follow came before the message about the move.
    if (moved.requestId !== undefined)
      await appendChange(
        trx,
        { type: 'membership-decided', peerId: moved.id, admitted: true },
        now(),
      )
  }
  await deleteFollower(trx, INSTANCE, peer.actorUri)
  if (wasMember) await markLeft(trx, peer, now(), movedText(uri))
  else await setFollowing(trx, peer.id, 'none', now())
}

/** The reason that the team reads beside the former address. */
const movedText = (uri: string): string => `A déménagé à ${new URL(uri).origin}`
