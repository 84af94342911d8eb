import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  deleteFollowing,
  deleteFollowingByFollow,
  findFollowing,
  saveFollowing,
} from '../../node/store/directory/followings.ts'
import { findPeerByActor, upsertPeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { endDirectoryConsents } from '../../node/store/facilitators/directories.ts'
import { deleteFollower } from '../../node/store/feeds/followers.ts'
import { setFollowing } from '../../node/store/memberships.ts'
import { rememberActor } from '../actors/remember-actor.ts'
import { sendFollow } from '../inbox/admissions.ts'
import { toRefusal } from '../remote/failure-reason.ts'
import { fetchSoftware, lookUpActor } from '../remote/look-up.ts'
import type { Effect, Services } from '../services.ts'
import { enqueue, followJson, privateActivity } from '../wire/activities.ts'
import { actorUri, INSTANCE } from '../wire/uris.ts'

export type FollowAddress = {
  changeId: number
  address: string
  join: boolean
  invitation: string | undefined
  message?: string | undefined
}

/**
 * Finds the actor that an address means and sends it a Follow. An address that leads nowhere is shown as such where it
 * was typed, and is tried again.
 */
export async function followAddress(
  context: Context,
  services: Services,
  request: FollowAddress,
): Promise<Effect> {
  const { address, join, invitation, message, changeId } = request
  const provisional = `urn:change:${changeId}`
  try {
    const document = await lookUpActor(services, address)
    const software = await fetchSoftware(services, new URL(document.actor.uri).origin)
    return async (trx) => {
      await deleteFollowingByFollow(trx, provisional)
      const { uri, name, inbox } = document.actor
      if (new URL(uri).origin === context.config.origin) return
      await rememberActor(trx, document, context.now())
      const peer = await upsertPeer(trx, { actorUri: uri, name, software: software?.name })
      await setFollowing(trx, peer.id, 'asked', context.now())
      const asked = { target: uri, inbox, address, isJoin: join, invitation, message }
      await sendFollow(trx, context, asked)
    }
  } catch (error) {
    await saveFollowing(
      context.db,
      {
        actor: INSTANCE,
        address,
        targetUri: undefined,
        followId: provisional,
        isJoin: join,
        invitation,
        message,
        state: 'failed',
        error: toRefusal(error) ?? 'remote.unexpected',
      },
      context.now(),
    )
    throw error
  }
}

/**
 * Stops following an actor, or leaves a directory: the other side is sent an Undo, and a directory that was left no
 * longer gets what this site sends.
 */
export async function undoFollow(
  trx: Database,
  { config, now }: Context,
  followingId: string,
): Promise<void> {
  const following = await findFollowing(trx, followingId)
  if (!following) return
  await deleteFollowing(trx, followingId)
  const { targetUri, followId, actor } = following
  const target = targetUri ? await findRemoteActor(trx, targetUri) : undefined
  if (!targetUri || !target) return
  const peer = await findPeerByActor(trx, targetUri)
  if (peer) await setFollowing(trx, peer.id, 'none', now())
  if (following.isJoin) {
    await deleteFollower(trx, INSTANCE, targetUri)
    await endDirectoryConsents(trx, new URL(targetUri).host, now())
  }
  const us = actorUri(config.origin, actor)
  const activity = privateActivity(config.origin, {
    type: 'Undo',
    actor,
    object: followJson(followId, us, targetUri),
    to: targetUri,
  })
  await enqueue(trx, { activity, actor, inboxes: [target.inbox] }, now())
}
