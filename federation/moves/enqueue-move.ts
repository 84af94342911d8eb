import type { Context } from '../../node/context.ts'
import { renewOwnToCome } from '../../node/store/cafes/own-cafes.ts'
import { listKeyHolders } from '../../node/store/directory/actor-keys.ts'
import { listFollowings, requestFollow } from '../../node/store/directory/followings.ts'
import { listFollowerInboxes, listInstanceInboxes } from '../../node/store/feeds/followers.ts'
import { findOwnActor } from '../actors/actors.ts'
import { signTextsAtOrigin } from '../actors/sign-anew.ts'
import type { Effect, Services } from '../services.ts'
import { enqueue, moveActivity } from '../wire/activities.ts'
import { actorUri } from '../wire/uris.ts'

/**
 * Tells the network that this site has moved: each account says at its former address where it went (`Move`), to
 * everybody who follows it and to directories; the texts that are given out are signed anew under the new address, the
 * cafés to come are announced again from there, and directories are asked again to list the site.
 */
export async function enqueueMove(
  context: Context,
  { keyRing }: Services,
  { from }: { from: string },
): Promise<Effect> {
  const { db, config, now } = context
  await signTextsAtOrigin(context, keyRing, from)
  const identifiers: string[] = []
  for (const identifier of await listKeyHolders(db))
    if (await findOwnActor(context, identifier)) identifiers.push(identifier)
  return async (trx) => {
    const directories = await listInstanceInboxes(trx, { directories: true })
    for (const identifier of identifiers) {
      const inboxes = new Set([
        ...(await listFollowerInboxes(trx, identifier, () => true)),
        ...directories,
      ])
      if (inboxes.size === 0) continue
      const move = moveActivity(
        { from: actorUri(from, identifier), to: actorUri(config.origin, identifier) },
        from,
      )
      const sent = { activity: move, actor: actorUri(from, identifier), inboxes: [...inboxes] }
      await enqueue(trx, sent, now())
    }
    await renewOwnToCome(trx, now())
    for (const { isJoin, state, address } of await listFollowings(trx))
      if (state === 'accepted')
        await requestFollow(trx, { address, join: isJoin, invitation: undefined }, now())
  }
}
