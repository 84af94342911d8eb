import type { Context } from '../../node/context.ts'
import { canReadAccounts } from '../../node/domain/federation/software.ts'
import { listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { findOwnActor, signedActorJson } from '../actors/actors.ts'
import type { Effect, Services } from '../services.ts'
import { enqueue, publicActivity } from '../wire/activities.ts'
import { actorUri, CAFES, INSTANCE } from '../wire/uris.ts'

/**
 * Sends the new name and facts of a place to the followers of it and of its server, as an Update of each whole actor,
 * where such an Update is read; those of a structure that this site hosts to its own followers.
 */
export async function enqueueProfile(
  context: Context,
  { keyRing }: Services,
  { slug }: { slug?: string | undefined },
): Promise<Effect> {
  const { origin } = context.config
  const actors = await Promise.all(
    (slug === undefined ? [INSTANCE, CAFES] : [slug]).map(async (identifier) => ({
      identifier,
      keys: await keyRing.keysOf(identifier),
    })),
  )
  return async (trx) => {
    for (const { identifier, keys } of actors) {
      const inboxes = await listFollowerInboxes(trx, identifier, canReadAccounts)
      const actor = await findOwnActor(context, identifier, trx)
      if (!actor || inboxes.length === 0) continue
      const activity = publicActivity(
        {
          type: 'Update',
          actor: identifier,
          objectUri: actorUri(origin, identifier),
          object: signedActorJson(actor, keys, origin),
        },
        { origin, signer: keys.ed25519.signer, now: context.now() },
      )
      await enqueue(trx, { activity, actor: identifier, inboxes }, context.now())
    }
  }
}
