import type { Context } from '../../node/context.ts'
import { isWholeServer, type Peer } from '../../node/domain/federation/peer.ts'
import { requesterOf } from '../../node/store/directory/requesters.ts'
import { isOwnNetwork, listNetworksFrom } from '../../node/store/networks/networks.ts'
import { enqueueTask, type Task } from '../../node/store/queues/tasks.ts'
import { giveWay } from '../../node/turns/turns.ts'
import { toOwnTerms } from '../gate/jsonld.ts'
import { receiveAgreement } from '../inbox/agreements.ts'
import { receiveOrganization, removeNetwork } from '../inbox/networks.ts'
import { EgressError } from '../remote/egress-error.ts'
import { fetchObject, readCollection } from '../remote/read-collection.ts'
import type { Services } from '../services.ts'
import { idOf, isObject, type Json, originOf, textOf } from '../wire/json.ts'
import { actorUri, CAFES, INSTANCE } from '../wire/uris.ts'

/**
 * Plans to read what a peer last said about memberships. This is done once a day, so that a lost statement is missing
 * for a day at most.
 */
export async function planMemberships(
  { db, now }: Context,
  peer: Pick<Peer, 'actorUri' | 'origin'>,
): Promise<void> {
  const others = isWholeServer(peer) ? [actorUri(peer.origin, CAFES)] : []
  const requester = await requesterOf(db, peer.origin)
  for (const subject of [peer.actorUri, ...others])
    await enqueueTask(db, { kind: 'memberships', subject, requester }, now())
}

/** Reads everything that one actor says about memberships that concern us, and which of its networks still exist. */
export async function readMemberships(
  context: Context,
  services: Services,
  { subject: speaker }: Pick<Task, 'subject'>,
): Promise<void> {
  const { db } = context
  const isTracked = await services.findTrustedPeer(new URL(speaker).origin)
  const isNetwork = await isOwnNetwork(db, speaker)
  if (isNetwork) await readNetworks(context, services, speaker)
  // A server that does not know our `instance` knows the actor of ours that wrote to it, so that one signs.
  const asker = !isTracked && isNetwork ? CAFES : INSTANCE
  const reader = { ...services, sign: services.signQuestionAs(asker) }
  await readCollection(reader, `${speaker}/memberships`, async (items) => {
    for (const item of items) {
      await giveWay()
      services.signal.throwIfAborted()
      await receiveItem(context, speaker, item)
    }
  })
  context.wake()
}

async function receiveItem(context: Context, speaker: string, item: unknown): Promise<void> {
  // This is checked as it is written, before JSON-LD is processed, which may take a millisecond for each item.
  if (!isObject(item) || idOf(item.actor) !== speaker) return
  const activity = await toOwnTerms(item)
  if (!activity || idOf(activity.actor) !== speaker) return
  const type = textOf(activity.type) ?? ''
  if (!['Offer', 'Accept', 'Reject', 'Undo'].includes(type)) return
  await context.db.transaction().execute(async (trx) => {
    await receiveAgreement(
      trx,
      { id: textOf(activity.id) ?? '', type, actorUri: speaker, activity, written: item },
      context,
    )
  })
}

async function readNetworks(context: Context, services: Services, speaker: string): Promise<void> {
  for (const { uri } of await listNetworksFrom(context.db, speaker)) {
    services.signal.throwIfAborted()
    const said = await readNetwork(services, uri)
    if (said === undefined) continue
    await context.db.transaction().execute(async (trx) => {
      if (said === 'gone') return void (await removeNetwork(trx, { uri, from: speaker }, context))
      const { read, written } = said
      const received = { activity: { object: read }, written: { object: written } }
      await receiveOrganization(trx, { actorUri: speaker, ...received }, context)
    })
  }
}

async function readNetwork(
  services: Services,
  uri: string,
): Promise<{ read: Json; written: Json } | 'gone' | undefined> {
  try {
    const written = await fetchObject(services, uri)
    const read = await toOwnTerms(written)
    return read && read.id === uri && originOf(uri) !== undefined ? { read, written } : undefined
  } catch (error) {
    if (!(error instanceof EgressError)) throw error
    return error.status === 410 ? 'gone' : undefined
  }
}
