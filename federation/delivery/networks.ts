import type { Context } from '../../node/context.ts'
import { isPast } from '../../node/domain/cafes/cafe.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { type Network, networkFeedName } from '../../node/domain/structures/network.ts'
import { endSomeAgreements } from '../../node/store/agreements/statements.ts'
import { toInstantText } from '../../node/store/database/columns.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { listInstanceInboxes } from '../../node/store/feeds/followers.ts'
import { reindexSomeCafes } from '../../node/store/networks/cafes.ts'
import { removeAllManagers } from '../../node/store/networks/managers.ts'
import { findKnownNetwork, listOwnNetworks } from '../../node/store/networks/networks.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import type { Effect, Services } from '../services.ts'
import { type Activity, enqueue } from '../wire/activities.ts'
import { NETWORK_CONTEXT, PUBLIC } from '../wire/context.ts'
import { signedOrganization } from '../wire/network.ts'
import { addProof, type Signer } from '../wire/proof.ts'
import { actorUri, CAFES, INSTANCE, newActivityUri } from '../wire/uris.ts'
import { enqueueStandingStatements } from './agreements.ts'
import { endAccount, findAccount } from './closed-account.ts'
import { findSigners, updateFeeds } from './feeds/feeds.ts'

/** What we say about networks to the directories that hear us and to the followers of a network's account. */

/** Tells the directories the name and description of a network of ours. */
export async function enqueueNetwork(
  context: Context,
  services: Services,
  uri: string,
): Promise<Effect> {
  const { signer } = (await services.keyRing.keysOf(INSTANCE)).ed25519
  return async (trx) => {
    const network = await findKnownNetwork(trx, uri)
    if (!network || network.peerId) return
    const inboxes = await listInstanceInboxes(trx, { directories: true })
    await sendOrganization(trx, context, { network, signer, inboxes })
  }
}

async function sendOrganization(
  trx: Database,
  { config, now }: Context,
  { network, signer, inboxes }: { network: Network; signer: Signer; inboxes: readonly string[] },
): Promise<void> {
  if (inboxes.length === 0) return
  const object = signedOrganization(network, signer)
  const activity = ownersActivity(
    config.origin,
    { type: 'Update', uri: network.uri, object },
    {
      signer,
      now: now(),
    },
  )
  await enqueue(trx, { activity, actor: INSTANCE, inboxes }, now())
}

function ownersActivity(
  origin: string,
  { type, uri, object }: { type: 'Update' | 'Delete'; uri: string; object: object },
  { signer, now }: { signer: Signer; now: Temporal.Instant },
): Activity {
  const id = newActivityUri(origin)
  const body = addProof(
    {
      '@context': NETWORK_CONTEXT,
      id,
      type,
      actor: actorUri(origin, INSTANCE),
      to: [PUBLIC],
      published: toInstantText(now),
      object,
    },
    signer,
    now,
  )
  return { id, type, objectUri: uri, body: JSON.stringify(body) }
}

/**
 * Ends the memberships of a network that has ended, some at a time. Where the network is ours, each member is told,
 * then the followers of its account, and the directories.
 */
export async function enqueueNetworkEnded(
  context: Context,
  services: Services,
  uri: string,
): Promise<Effect> {
  const { config, now } = context
  const { signer } = (await services.keyRing.keysOf(INSTANCE)).ed25519
  const known = await findKnownNetwork(context.db, uri)
  const account = known && (await findAccount(context, services, networkFeedName(known.slug)))
  return async (trx) => {
    const network = await findKnownNetwork(trx, uri)
    if (!network) return
    await removeAllManagers(trx, network.id)
    const isOurs = network.peerId === undefined
    const ending = { kind: 'member-of', objectUri: uri, isAnnounced: isOurs } as const
    if (await endSomeAgreements(trx, ending, now()))
      return appendChange(trx, { type: 'network-ended', uri }, now())
    if (account) await endAccount(trx, context, account)
    const inboxes = isOurs ? await listInstanceInboxes(trx, { directories: true }) : []
    if (inboxes.length === 0) return
    const object = { id: uri, type: 'Tombstone', formerType: 'Organization' }
    const activity = ownersActivity(
      config.origin,
      { type: 'Delete', uri, object },
      {
        signer,
        now: now(),
      },
    )
    await enqueue(trx, { activity, actor: INSTANCE, inboxes }, now())
  }
}

/**
 * Tells a directory that admits us what the others already know: first our networks, then what we say about agreements,
 * some at a time.
 */
export async function enqueueNetworks(
  context: Context,
  services: Services,
  change: Extract<Change, { type: 'networks-told' }>,
): Promise<Effect> {
  const signers = await findSigners(services, [INSTANCE, CAFES])
  return async (trx) => {
    const directory = await findRemoteActor(trx, change.actorUri)
    if (!directory) return
    const inboxes = [directory.inbox]
    const signer = signers.get(INSTANCE)
    if (!change.after && signer)
      for (const network of await listOwnNetworks(trx))
        await sendOrganization(trx, context, { network, signer, inboxes })
    const told = { inboxes, after: change.after, signers }
    const after = await enqueueStandingStatements(trx, context, told)
    if (after) await appendChange(trx, { ...change, after }, context.now())
  }
}

/**
 * Announces some cafés of a structure that joined or left a network, as they are now, by the accounts of its networks.
 */
export function renewNetworkCafes(
  context: Context,
  { structureUri, after }: Extract<Change, { type: 'network-cafes' }>,
): Effect {
  return async (trx) => {
    const { cafes, next } = await reindexSomeCafes(trx, { structureUri, after })
    if (context.isDirectory)
      // A café that was announced before is not announced again, but enters and leaves feeds together with its
      // structure.
      for (const cafe of cafes)
        if (!isPast(cafe, context.now())) await updateFeeds(trx, context, { cafe, isNews: false })
    const change = { type: 'network-cafes', structureUri } as const
    if (next) await appendChange(trx, { ...change, after: next }, context.now())
  }
}
