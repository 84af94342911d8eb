import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { canReadPosts } from '../../node/domain/federation/software.ts'
import type { Resource } from '../../node/domain/resources/resource.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { listInstanceInboxes, listReaderInboxes } from '../../node/store/feeds/followers.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { deleteDocument, findDocument, saveDocument } from '../../node/store/queues/documents.ts'
import { findOwnResource, listResourcesAfter } from '../../node/store/resources/resources.ts'
import type { Effect, Services } from '../services.ts'
import { enqueue, publicActivity } from '../wire/activities.ts'
import type { Json } from '../wire/json.ts'
import { addProof, type Signer } from '../wire/proof.ts'
import { toResourceArticle } from '../wire/resources/resource-article.ts'
import { CAFES } from '../wire/uris.ts'

/** What is sent about our resources: to directories, and to followers whose software shows posts. */

type Sent = { type: 'Create' | 'Update' | 'Delete'; uri: string; object: Json }

/** Tells a resource of ours that is new or has changed. */
export async function enqueueResource(
  context: Context,
  services: Services,
  uri: string,
): Promise<Effect> {
  const { signer } = (await services.keyRing.keysOf(CAFES)).ed25519
  return async (trx) => {
    const resource = await findOwnResource(trx, { uri })
    if (!resource) return
    const type = (await findDocument(trx, uri)) === undefined ? 'Create' : 'Update'
    const object = await saveSigned(trx, context, { resource, signer })
    await send(trx, context, {
      signer,
      sent: { type, uri, object },
      inboxes: await listInboxes(trx),
    })
  }
}

/** Signs a resource as it is now, and saves the text that is given at its address. */
async function saveSigned(
  trx: Database,
  { config, now }: Context,
  { resource, signer }: { resource: Resource; signer: Signer },
): Promise<Json> {
  const object = addProof(toResourceArticle(resource, config.origin), signer, now())
  await saveDocument(trx, { uri: resource.uri, body: JSON.stringify(object) })
  return object
}

/** Tells that a resource of ours is deleted. */
export async function enqueueResourceDeleted(
  context: Context,
  services: Services,
  uri: string,
): Promise<Effect> {
  const { signer } = (await services.keyRing.keysOf(CAFES)).ed25519
  return async (trx) => {
    const object = { id: uri, type: 'Tombstone', formerType: 'Article' }
    await deleteDocument(trx, uri)
    const sent = { type: 'Delete', uri, object } as const
    await send(trx, context, { signer, sent, inboxes: await listInboxes(trx) })
  }
}

const AT_ONCE = 50

/** Sends our resources to a directory that has just admitted us, some at a time. */
export async function enqueueResources(
  context: Context,
  services: Services,
  change: Extract<Change, { type: 'resources-told' }>,
): Promise<Effect> {
  const { signer } = (await services.keyRing.keysOf(CAFES)).ed25519
  return async (trx) => {
    const directory = await findRemoteActor(trx, change.actorUri)
    if (!directory) return
    const resources = await listResourcesAfter(trx, { after: change.after, limit: AT_ONCE })
    for (const resource of resources) {
      const object = await saveSigned(trx, context, { resource, signer })
      const sent = { type: 'Update', uri: resource.uri, object } as const
      await send(trx, context, { signer, sent, inboxes: [directory.inbox] })
    }
    const after = resources.length === AT_ONCE ? resources.at(-1)?.id : undefined
    if (after !== undefined) await appendChange(trx, { ...change, after }, context.now())
  }
}

const listInboxes = async (trx: Database): Promise<string[]> => [
  ...(await listInstanceInboxes(trx, { directories: true })),
  ...(await listReaderInboxes(trx, CAFES, canReadPosts)),
]

async function send(
  trx: Database,
  { config, now }: Context,
  { signer, sent, inboxes }: { signer: Signer; sent: Sent; inboxes: readonly string[] },
): Promise<void> {
  if (inboxes.length === 0) return
  const { type, uri, object } = sent
  const activity = publicActivity(
    { type, actor: CAFES, objectUri: uri, object },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor: CAFES, inboxes }, now())
}
