import type { Context } from '../../node/context.ts'
import type { Facilitator } from '../../node/domain/facilitators/facilitator.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { canReadAccounts } from '../../node/domain/federation/software.ts'
import type { Database } from '../../node/store/database/database.ts'
import { hasActorKeys } from '../../node/store/directory/actor-keys.ts'
import { findFacilitator } from '../../node/store/facilitators/facilitators.ts'
import {
  claimReached,
  deleteAccount,
  deleteKeysOfGone,
  insertWithdrawalServers,
  listFacilitatorActors,
  listJoinedDirectories,
  listLedCafes,
  saveReached,
} from '../../node/store/facilitators/recipients.ts'
import { listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { deleteActivitiesAbout } from '../../node/store/queues/activities.ts'
import { findOwnActor, toActorJson } from '../actors/actors.ts'
import { hasAccount } from '../actors/facilitator-actor.ts'
import { withdrawStamps, withdrawStampsOfAccount } from '../actors/givers.ts'
import type { ActorKeys, Effect, Services } from '../services.ts'
import { type Activity, enqueue } from '../wire/activities.ts'
import { PUBLIC } from '../wire/context.ts'
import { aboutFacilitator, tombstoneOf } from '../wire/facilitator-activities.ts'
import { toFacilitatorProfile } from '../wire/profile.ts'
import type { Signer } from '../wire/proof.ts'
import { actorUri, CAFES, followersUri } from '../wire/uris.ts'
import { announceLedCafes } from './facilitator-announces.ts'

/**
 * Messages about the people who lead our cafés: their profile goes to the directories that this site has joined, and
 * their account to its followers. Every receiver is stored, and is asked to forget when the person withdraws the
 * profile.
 */

/** Tells that a profile is shown, has changed, or is no longer for those who had it. */
export async function enqueueFacilitator(
  context: Context,
  services: Services,
  { facilitatorId, isNew }: { facilitatorId: string; isNew: boolean },
): Promise<Effect> {
  const known = await findFacilitator(context.db, facilitatorId)
  if (!known || known.peerId !== undefined) return async () => undefined
  const signers = await findSignersOf(context, services, known)
  return async (trx) => {
    const facilitator = await findFacilitator(trx, facilitatorId)
    if (!facilitator) return
    await enqueueToDirectories(trx, context, { facilitator, isNew, signer: signers.cafes })
    await enqueueToFollowers(trx, context, { facilitator, signers })
  }
}

/** Announces a café of ours by the accounts of those who lead it, and tells directories who they are. */
export async function enqueueToFacilitators(
  context: Context,
  services: Services,
  cafeId: string,
): Promise<Effect> {
  const effects: Effect[] = []
  for (const { id } of await listFacilitatorActors(context.db, cafeId))
    effects.push(await enqueueFacilitator(context, services, { facilitatorId: id, isNew: false }))
  return async (trx) => {
    for (const effect of effects) await effect(trx)
  }
}

/** Asks every server that was told of a person to forget them. Nothing of the person is left here. */
export async function enqueueWithdrawn(
  context: Context,
  services: Services,
  change: Extract<Change, { type: 'facilitator-withdrawn' }>,
): Promise<Effect> {
  const { uri, handle, withdrawalId } = change
  const signers = await findSignersOf(context, services, { handle, actorUri: change.actorUri })
  return async (trx) => {
    const now = context.now()
    await deleteActivitiesAbout(trx, uri)
    await withdrawStamps(trx, context, [uri])
    const inboxes = await claimReached(trx, { uri, kind: 'profile' })
    const said = await askToForget(trx, context, { uri, inboxes, signer: signers.cafes })
    if (said)
      await insertWithdrawalServers(trx, { withdrawalId, activityId: said.id, inboxes }, now)
    await endAccount(trx, context, { handle, signers, withdrawalId })
  }
}

type Signers = { cafes: Signer; account: ActorKeys | undefined }

/**
 * Returns the signers of a person's account. A closed account has its keys until its Delete is sent; an account that
 * never had keys gets none.
 */
async function findSignersOf(
  { db }: Context,
  { keyRing }: Services,
  { handle, actorUri }: Pick<Facilitator, 'handle' | 'actorUri'>,
): Promise<Signers> {
  const hasKeys = actorUri !== undefined || (await hasActorKeys(db, handle))
  return {
    cafes: (await keyRing.keysOf(CAFES)).ed25519.signer,
    account: hasKeys ? await keyRing.keysOf(handle) : undefined,
  }
}

async function enqueueToDirectories(
  trx: Database,
  context: Context,
  { facilitator, isNew, signer }: { facilitator: Facilitator; isNew: boolean; signer: Signer },
): Promise<void> {
  const { origin } = context.config
  const now = context.now()
  const { uri } = facilitator
  const cafes = (await listLedCafes(trx, facilitator.id, now)).map((cafe) => cafe.uri)
  const directories = (await listJoinedDirectories(trx)).filter((directory) =>
    facilitator.directories.includes(new URL(directory.uri).host),
  )
  const to = directories.map((directory) => directory.uri)
  const profile = toFacilitatorProfile(facilitator, {
    reader: 'network',
    origin,
    cafes,
    directories: to,
    now,
  })
  const but = profile ? facilitator.directories : []
  const former = await claimReached(trx, { uri, kind: 'profile', but })
  await askToForget(trx, context, { uri, inboxes: former, signer })
  if (!profile || directories.length === 0) return
  const activity = aboutFacilitator(
    {
      type: isNew ? 'Create' : 'Update',
      actor: CAFES,
      objectUri: uri,
      object: profile,
      to,
    },
    { origin, now },
  )
  const inboxes = directories.map(({ inbox }) => inbox)
  await saveReached(trx, { uri, kind: 'profile', inboxes }, now)
  await enqueue(trx, { activity, actor: CAFES, inboxes }, now)
}

async function askToForget(
  trx: Database,
  { config, now }: Context,
  { uri, inboxes, signer }: { uri: string; inboxes: readonly string[]; signer: Signer },
): Promise<Activity | undefined> {
  if (inboxes.length === 0) return undefined
  const activity = aboutFacilitator(
    {
      type: 'Delete',
      actor: CAFES,
      objectUri: uri,
      object: tombstoneOf(uri, 'Profile', now()),
      to: [PUBLIC],
    },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor: CAFES, inboxes }, now())
  return activity
}

/** Tells the followers of a person of the next cafés and of the changes of the account. */
async function enqueueToFollowers(
  trx: Database,
  context: Context,
  { facilitator, signers }: { facilitator: Facilitator; signers: Signers },
): Promise<void> {
  const { handle } = facilitator
  const { origin } = context.config
  const now = context.now()
  if (!hasAccount(facilitator, now))
    return endAccount(trx, context, { handle, signers, withdrawalId: undefined })
  const actor = await findOwnActor(context, handle, trx)
  const inboxes = await listFollowerInboxes(trx, handle, canReadAccounts)
  if (actor && signers.account && inboxes.length > 0) {
    const { ed25519 } = signers.account
    const activity = aboutFacilitator(
      {
        type: 'Update',
        actor: handle,
        objectUri: actorUri(origin, handle),
        object: toActorJson(actor, signers.account, origin),
        to: [PUBLIC, followersUri(origin, handle)],
      },
      { origin, signer: ed25519.signer, now },
    )
    await enqueue(trx, { activity, actor: handle, inboxes }, now)
  }
  await announceLedCafes(trx, context, facilitator)
}

type Closing = {
  handle: string
  signers: Signers
  withdrawalId: string | undefined
}

/**
 * Sends the Delete of the account to all servers that ever received the profile; its keys are deleted when that is done
 * (`sending/settle.ts`).
 */
async function endAccount(
  trx: Database,
  context: Context,
  { handle, signers, withdrawalId }: Closing,
): Promise<void> {
  const { origin } = context.config
  const now = context.now()
  const uri = actorUri(origin, handle)
  const inboxes = [
    ...new Set([
      ...(await listFollowerInboxes(trx, handle)),
      ...(await claimReached(trx, { uri, kind: 'account' })),
    ]),
  ]
  await deleteAccount(trx, handle)
  await withdrawStampsOfAccount(trx, context, uri)
  if (inboxes.length > 0 && signers.account) {
    const activity = aboutFacilitator(
      { type: 'Delete', actor: handle, objectUri: uri, object: uri, to: [PUBLIC] },
      { origin, signer: signers.account.ed25519.signer, now },
    )
    await enqueue(trx, { activity, actor: handle, inboxes }, now)
    if (withdrawalId !== undefined)
      await insertWithdrawalServers(trx, { withdrawalId, activityId: activity.id, inboxes }, now)
    return
  }
  await deleteKeysOfGone(trx, { signer: handle, actorUri: uri })
}
