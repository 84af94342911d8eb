import type { Context } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { hasOnlyPosts } from '../../node/domain/federation/software.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { deleteDocument, findDocument, saveDocument } from '../../node/store/queues/documents.ts'
import { enqueue, publicActivity } from '../wire/activities.ts'
import { isSameToReaders } from '../wire/event.ts'
import { toFallbackNote } from '../wire/fallback-note.ts'
import { addProof, type Signer } from '../wire/proof.ts'
import { CAFES } from '../wire/uris.ts'

/**
 * The café as a Note, for followers on software that answers 202 to an Event and shows nothing. Which software a host
 * runs is known from its NodeInfo; no follower gets both.
 */

/** Returns the id of the Note that stands for a café. */
export const fallbackNoteUri = (cafeUri: string): string => `${cafeUri}/note`

const listNoteReaders = (trx: Database): Promise<string[]> =>
  listFollowerInboxes(trx, CAFES, hasOnlyPosts)

/**
 * Sends the Note that stands for a café to those followers' servers that drop Events. Nothing is sent where nobody
 * needs it, or where its readers would see no difference to the last one.
 */
export async function sendFallbackNote(
  trx: Database,
  { config, now }: Context,
  { cafe, signer, type }: { cafe: Cafe; signer: Signer; type: 'Create' | 'Update' },
): Promise<void> {
  const inboxes = await listNoteReaders(trx)
  if (inboxes.length === 0) return
  const uri = fallbackNoteUri(cafe.uri)
  const note = addProof(
    toFallbackNote(cafe, { uri, actor: CAFES, origin: config.origin }),
    signer,
    now(),
  )
  const sentBefore = await findDocument(trx, uri)
  if (sentBefore !== undefined && isSameToReaders(JSON.parse(sentBefore), note)) return
  await saveDocument(trx, { uri, body: JSON.stringify(note) })
  // An Update of a Note that was never sent means nothing to its readers, as when the first such follower came after
  // the café; then a Create is sent.
  const first = sentBefore === undefined ? 'Create' : type
  const activity = publicActivity(
    { type: first, actor: CAFES, objectUri: cafe.uri, object: note, kind: 'cafe', line: uri },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor: CAFES, inboxes }, now())
}

/** Deletes the Note that stands for a café, and sends its Tombstone to the servers that need Notes. */
export async function withdrawFallbackNote(
  trx: Database,
  { config, now }: Context,
  { cafeUri, signer }: { cafeUri: string; signer: Signer },
): Promise<void> {
  const inboxes = await listNoteReaders(trx)
  const uri = fallbackNoteUri(cafeUri)
  await deleteDocument(trx, uri)
  if (inboxes.length === 0) return
  const object = { id: uri, type: 'Tombstone', formerType: 'Note' }
  const activity = publicActivity(
    { type: 'Delete', actor: CAFES, objectUri: cafeUri, object, kind: 'cafe', line: uri },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor: CAFES, inboxes }, now())
}
