import { randomUUID } from 'node:crypto'
import type { Context } from '../node/context.ts'
import type { Cafe } from '../node/domain/cafe.ts'
import type { Database } from '../node/store/database.ts'
import { listAnswers, saveDocument } from '../node/store/documents.ts'
import { enqueue, publicActivity } from './activities.ts'
import { ACTIVITY_STREAMS, CONTEXT, PUBLIC } from './context.ts'
import { changeNoteHtml } from './event-text.ts'
import type { Json } from './json.ts'
import { addProof, type Signer } from './proof.ts'
import { actorUri, followersUri } from './uris.ts'

/**
 * A short answer to a café that says what has changed: servers that ignore an Update of an Event (Mastodon before 4.5)
 * still show it. It goes when the café goes.
 */

/** Who tells, and whom. */
export type Teller = { actor: string; signer: Signer; inboxes: readonly string[] }

const notesUri = (origin: string): string => `${origin}/notes/`

export async function sendChangeNote(
  trx: Database,
  { config, now }: Context,
  cafe: Cafe,
  { actor, signer, inboxes }: Teller,
): Promise<void> {
  const uri = `${notesUri(config.origin)}${randomUUID()}`
  const note: Json = {
    '@context': CONTEXT,
    id: uri,
    type: 'Note',
    attributedTo: actorUri(config.origin, actor),
    inReplyTo: cafe.uri,
    to: [PUBLIC],
    cc: [followersUri(config.origin, actor)],
    content: changeNoteHtml(cafe, cafe.url),
    url: cafe.url,
    published: cafe.updatedAt.toString(),
    tag: [],
    attachment: [],
  }
  const signed = addProof(note, signer, now())
  await saveDocument(trx, { uri, updatedAt: cafe.updatedAt, body: JSON.stringify(signed) })
  const activity = publicActivity(
    { type: 'Create', actor, objectUri: cafe.uri, object: signed },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor, inboxes }, now())
}

/** Queued behind all that was said of that café. */
export async function withdrawNotes(
  trx: Database,
  { config, now }: Context,
  cafeUri: string,
  { actor, signer, inboxes }: Teller,
): Promise<void> {
  const notes = await listAnswers(trx, { under: notesUri(config.origin), inReplyTo: cafeUri })
  for (const note of notes) {
    const tombstone = { '@context': ACTIVITY_STREAMS, id: note, type: 'Tombstone' }
    await saveDocument(trx, { uri: note, updatedAt: now(), body: JSON.stringify(tombstone) })
    const object = { id: note, type: 'Tombstone', formerType: 'Note' }
    const activity = publicActivity(
      { type: 'Delete', actor, objectUri: cafeUri, object },
      { origin: config.origin, signer, now: now() },
    )
    await enqueue(trx, { activity, actor, inboxes }, now())
  }
}
