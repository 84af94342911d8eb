import type { Context } from '../../node/context.ts'
import { canReadAccounts } from '../../node/domain/federation/software.ts'
import type { Database } from '../../node/store/database/database.ts'
import { hasActorKeys } from '../../node/store/directory/actor-keys.ts'
import { insertGoneAddress } from '../../node/store/facilitators/erasures.ts'
import { deleteAccount } from '../../node/store/facilitators/recipients.ts'
import { listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { withdrawStamps } from '../actors/givers.ts'
import type { Effect, Services } from '../services.ts'
import { enqueue, publicActivity } from '../wire/activities.ts'
import type { Signer } from '../wire/proof.ts'
import { actorUri } from '../wire/uris.ts'

/** An account of ours that is no more: that of a network that has ended, or of a structure that closed. */

type Account = { actor: string; signer: Signer }

/**
 * Returns the signer of an account that another server knows; undefined for others, which never had keys and get none.
 */
export async function findAccount(
  { db }: Context,
  { keyRing }: Services,
  actor: string,
): Promise<Account | undefined> {
  if (!(await hasActorKeys(db, actor))) return undefined
  return { actor, signer: (await keyRing.keysOf(actor)).ed25519.signer }
}

/** Sends the account's own Delete to its followers, where it is read; then its followers and its outbox are deleted here. */
export async function endAccount(
  trx: Database,
  { config, now }: Context,
  { actor, signer }: Account,
): Promise<void> {
  const inboxes = await listFollowerInboxes(trx, actor, canReadAccounts)
  await deleteAccount(trx, actor)
  await withdrawStamps(trx, { config, now }, [actorUri(config.origin, actor)])
  if (inboxes.length === 0) return
  const uri = actorUri(config.origin, actor)
  const activity = publicActivity(
    { type: 'Delete', actor, objectUri: uri, object: uri },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor, inboxes }, now())
}

/** Notes that the account of a structure is gone, which then answers 410, and tells who followed it. */
export async function enqueueStructureClosed(
  context: Context,
  services: Services,
  slug: string,
): Promise<Effect> {
  const account = await findAccount(context, services, slug)
  const { config, now } = context
  return async (trx) => {
    await insertGoneAddress(trx, actorUri(config.origin, slug), now())
    if (account) await endAccount(trx, context, account)
  }
}
