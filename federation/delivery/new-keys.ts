import type { Context } from '../../node/context.ts'
import { canReadAccounts } from '../../node/domain/federation/software.ts'
import { listOwnToCome } from '../../node/store/cafes/own-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listFollowerInboxes, listInstanceInboxes } from '../../node/store/feeds/followers.ts'
import { savePosterAddress } from '../../node/store/queues/poster-addresses.ts'
import { findOwnActor, toActorJson } from '../actors/actors.ts'
import type { ActorKeys, Effect, Services } from '../services.ts'
import { enqueue, publicActivity } from '../wire/activities.ts'
import { PUBLIC } from '../wire/context.ts'
import { aboutFacilitator } from '../wire/facilitator-activities.ts'
import { signPosterAddress } from '../wire/poster-address.ts'
import { actorUri, CAFES, followersUri } from '../wire/uris.ts'

/**
 * Sends new keys to every server that remembers an account, so that none meets the account first by a signature that it
 * cannot verify, nor goes on believing a leaked key. The poster codes of coming cafés are signed anew: what is printed
 * from now on outlives the former key.
 */
export async function enqueueNewKeys(
  context: Context,
  { keyRing }: Services,
  { actor: identifier }: { actor: string },
): Promise<Effect> {
  const { origin } = context.config
  const keys = await keyRing.keysOf(identifier)
  return async (trx) => {
    if (identifier === CAFES) await renewPosters(trx, context, keys)
    const actor = await findOwnActor(context, identifier, trx)
    const inboxes = await listReaders(trx, identifier)
    if (!actor || inboxes.length === 0) return
    const update = {
      type: 'Update' as const,
      actor: identifier,
      objectUri: actorUri(origin, identifier),
      object: toActorJson(actor, keys, origin),
    }
    const by = { origin, signer: keys.ed25519.signer, now: context.now() }
    const activity =
      actor.type === 'Person'
        ? aboutFacilitator({ ...update, to: [PUBLIC, followersUri(origin, identifier)] }, by)
        : publicActivity(update, by)
    await enqueue(trx, { activity, actor: identifier, inboxes }, context.now())
  }
}

/**
 * Returns the inboxes that hear an account. Directories also verify what the place says about its cafés; a person's
 * account is received by its followers only.
 */
async function listReaders(trx: Database, identifier: string): Promise<string[]> {
  const followers = await listFollowerInboxes(trx, identifier, canReadAccounts)
  if (identifier !== CAFES) return followers
  const directories = await listInstanceInboxes(trx, { directories: true })
  return [...new Set([...followers, ...directories])]
}

async function renewPosters(
  trx: Database,
  { now }: Context,
  { posterSigner }: ActorKeys,
): Promise<void> {
  for (const cafe of await listOwnToCome(trx, now()))
    await savePosterAddress(trx, cafe.uri, signPosterAddress(cafe, posterSigner))
}
