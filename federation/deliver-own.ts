import { randomUUID } from 'node:crypto'
import type { Context } from '../node/context.ts'
import type { Cafe } from '../node/domain/cafe.ts'
import { deleteActivitiesAbout } from '../node/store/activities.ts'
import { findCafe } from '../node/store/cafes.ts'
import type { Database } from '../node/store/database.ts'
import { deleteDocument, listAnswers, saveDocument } from '../node/store/documents.ts'
import { listInstanceInboxes } from '../node/store/followers.ts'
import { enqueue, publicActivity } from './activities.ts'
import { ACTIVITY_STREAMS, CONTEXT, PUBLIC } from './context.ts'
import { announce, listAnnouncedInboxes, takeBack } from './deliver-announce.ts'
import { listEventReaders, sendStandIn, withdrawStandIn } from './deliver-stand-in.ts'
import { toEvent } from './event.ts'
import { changeNoteHtml } from './event-text.ts'
import type { Services } from './federation.ts'
import type { Json } from './json.ts'
import { addProof, type Signer } from './proof.ts'
import { actorUri, CAFES, followersUri, INSTANCE, NATIONAL } from './uris.ts'

/** What our own cafés make heard: followers of the feed and directories get the Event whole, relays its id. */

const notesUri = (origin: string): string => `${origin}/notes/`

type Effect = (trx: Database) => Promise<void>

export async function tellPublished(
  context: Context,
  services: Services,
  cafeId: string,
): Promise<Effect> {
  const { signer } = (await services.keyRing.keysOf(CAFES)).ed25519
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (!cafe) return
    await sendEvent(trx, context, { cafe, signer, type: 'Create' })
    await sendStandIn(trx, context, { cafe, signer, type: 'Create' })
    await announce(trx, context, { actor: INSTANCE, uri: cafe.uri })
    if (context.isDirectory) await announce(trx, context, { actor: NATIONAL, uri: cafe.uri })
  }
}

export async function tellUpdated(
  context: Context,
  services: Services,
  { cafeId, important }: { cafeId: string; important: boolean },
): Promise<Effect> {
  const { signer } = (await services.keyRing.keysOf(CAFES)).ed25519
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (!cafe) return
    await sendEvent(trx, context, { cafe, signer, type: 'Update' })
    await sendStandIn(trx, context, { cafe, signer, type: 'Update' })
    if (important) await sendNote(trx, context, cafe, signer)
  }
}

export async function tellDeleted(
  context: Context,
  services: Services,
  uri: string,
): Promise<Effect> {
  const { signer } = (await services.keyRing.keysOf(CAFES)).ed25519
  return async (trx) => {
    const { now, config } = context
    await deleteDocument(trx, uri)
    await deleteActivitiesAbout(trx, uri)
    await sendDelete(trx, context, { signer, cafeUri: uri, uri, formerType: 'Event' })
    await takeBack(trx, context, { actor: INSTANCE, uri })
    await takeBack(trx, context, { actor: NATIONAL, uri })
    await withdrawStandIn(trx, context, { cafeUri: uri, signer })
    const notes = await listAnswers(trx, { under: notesUri(config.origin), inReplyTo: uri })
    for (const note of notes) {
      const tombstone = { '@context': ACTIVITY_STREAMS, id: note, type: 'Tombstone' }
      await saveDocument(trx, { uri: note, updatedAt: now(), body: JSON.stringify(tombstone) })
      await sendDelete(trx, context, { signer, cafeUri: uri, uri: note, formerType: 'Note' })
    }
  }
}

/** Of a café or of a Note about it, which is queued behind all that was said of that café. */
async function sendDelete(
  trx: Database,
  { config, now }: Context,
  {
    signer,
    cafeUri,
    uri,
    formerType,
  }: { signer: Signer; cafeUri: string; uri: string; formerType: 'Event' | 'Note' },
): Promise<void> {
  // Gancio leaves the event alive without `formerType`.
  const object = { id: uri, type: 'Tombstone', formerType }
  const activity = publicActivity(
    { type: 'Delete', actor: CAFES, objectUri: cafeUri, object },
    { origin: config.origin, signer, now: now() },
  )
  const inboxes =
    formerType === 'Event'
      ? [...(await listReaders(trx)), ...(await listAnnouncedInboxes(trx, uri))]
      : await listEventReaders(trx)
  await enqueue(trx, { activity, actor: CAFES, inboxes }, now())
}

async function sendEvent(
  trx: Database,
  { config, now }: Context,
  { cafe, signer, type }: { cafe: Cafe; signer: Signer; type: 'Create' | 'Update' },
): Promise<void> {
  const event = addProof(toEvent(cafe, config.origin), signer, now())
  await saveDocument(trx, { uri: cafe.uri, updatedAt: cafe.updatedAt, body: JSON.stringify(event) })
  const activity = publicActivity(
    { type, actor: CAFES, objectUri: cafe.uri, object: event },
    { origin: config.origin, signer, now: now() },
  )
  const inboxes = await listReaders(trx)
  if (type === 'Update') inboxes.push(...(await listAnnouncedInboxes(trx, cafe.uri)))
  await enqueue(trx, { activity, actor: CAFES, inboxes }, now())
}

/** Who reads Events: the feed's followers, and the directories that follow `instance`. */
const listReaders = async (trx: Database): Promise<string[]> => [
  ...(await listInstanceInboxes(trx, { directories: true })),
  ...(await listEventReaders(trx)),
]

/** Servers that ignore an Update of an Event (Mastodon before 4.5) still show this answer to it. */
async function sendNote(
  trx: Database,
  { config, now }: Context,
  cafe: Cafe,
  signer: Signer,
): Promise<void> {
  const inboxes = await listEventReaders(trx)
  const uri = `${notesUri(config.origin)}${randomUUID()}`
  const note: Json = {
    '@context': CONTEXT,
    id: uri,
    type: 'Note',
    attributedTo: actorUri(config.origin, CAFES),
    inReplyTo: cafe.uri,
    to: [PUBLIC],
    cc: [followersUri(config.origin, CAFES)],
    content: changeNoteHtml(cafe, cafe.url),
    url: cafe.url,
    published: cafe.updatedAt.toString(),
    tag: [],
    attachment: [],
  }
  const signed = addProof(note, signer, now())
  await saveDocument(trx, { uri, updatedAt: cafe.updatedAt, body: JSON.stringify(signed) })
  const activity = publicActivity(
    { type: 'Create', actor: CAFES, objectUri: cafe.uri, object: signed },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor: CAFES, inboxes }, now())
}
