import type { Context } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import {
  type ForSoftware,
  hasHiddenTitles,
  hasOnlyPosts,
} from '../../node/domain/federation/software.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listReaderInboxes } from '../../node/store/feeds/followers.ts'
import { deleteDocument, findDocument, saveDocument } from '../../node/store/queues/documents.ts'
import { enqueue, publicActivity } from '../wire/activities.ts'
import { isSameToReaders } from '../wire/event.ts'
import { toFallbackNote } from '../wire/fallback-note.ts'
import { addProof, type Signer } from '../wire/proof.ts'
import { authorOf, fallbackNoteUri, postUri } from '../wire/uris.ts'
import { listAnnouncedInboxes } from './announce.ts'
import { isHeldBack, type OfAuthor } from './series/own-dates.ts'

/**
 * The café as a Note, for followers on software that drops an Event or hides it behind its title. Which software a host
 * runs is known from its NodeInfo; no follower gets two of these.
 */

type Form = {
  uriOf: (cafeUri: string) => string
  isFor: ForSoftware
  isTitled: boolean
  /** Whether feeds and people share it, so that it is there for whoever fetches it. */
  isShared: boolean
}

const FORMS: readonly Form[] = [
  { uriOf: fallbackNoteUri, isFor: hasOnlyPosts, isTitled: true, isShared: false },
  { uriOf: postUri, isFor: hasHiddenTitles, isTitled: false, isShared: true },
]

/** Lists the inboxes that have a form of the café: those of followers, and of those who know it by an Announce. */
async function listReaders(
  trx: Database,
  of: OfAuthor,
  { isFor, isShared }: Form,
): Promise<string[]> {
  const isHeld = await isHeldBack(trx, of)
  const inboxes = isHeld ? [] : await listReaderInboxes(trx, of.actor, isFor)
  return isShared ? [...inboxes, ...(await listAnnouncedInboxes(trx, of.uri, isFor))] : inboxes
}

/**
 * Sends the Notes that stand in for a café to those followers' servers that need them. Nothing is sent where nobody
 * needs it, or where its readers would see no difference to the last one.
 */
export async function sendFallbackNotes(
  trx: Database,
  context: Context,
  sent: { cafe: Cafe; signer: Signer; type: 'Create' | 'Update' },
): Promise<void> {
  for (const form of FORMS) await sendForm(trx, context, { ...sent, form })
}

async function sendForm(
  trx: Database,
  { config, now }: Context,
  {
    cafe,
    signer,
    type,
    form,
  }: { cafe: Cafe; signer: Signer; type: 'Create' | 'Update'; form: Form },
): Promise<void> {
  const actor = authorOf(config.origin, cafe)
  const inboxes = await listReaders(trx, { uri: cafe.uri, actor }, form)
  if (inboxes.length === 0 && !form.isShared) return
  const uri = form.uriOf(cafe.uri)
  const { isTitled } = form
  const note = addProof(
    toFallbackNote(cafe, { uri, actor, origin: config.origin, isTitled }),
    signer,
    now(),
  )
  const sentBefore = await findDocument(trx, uri)
  const isNew = type === 'Create' || sentBefore === undefined
  if (!isNew && isSameToReaders(JSON.parse(sentBefore), note)) return
  await saveDocument(trx, { uri, body: JSON.stringify(note) })
  if (inboxes.length === 0) return
  // An Update of a Note that was never sent means nothing to its readers, as when the first such follower came after
  // the café; then a Create is sent.
  const activity = publicActivity(
    {
      type: isNew ? 'Create' : 'Update',
      actor,
      objectUri: cafe.uri,
      object: note,
      kind: 'cafe',
      line: uri,
    },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor, inboxes }, now())
}

/** Deletes the Notes that stand in for a café, and sends their Tombstones to the servers that need Notes. */
export async function withdrawFallbackNotes(
  trx: Database,
  { config, now }: Context,
  { uri: cafeUri, actor, signer }: OfAuthor & { signer: Signer },
): Promise<void> {
  for (const form of FORMS) {
    const inboxes = await listReaders(trx, { uri: cafeUri, actor }, form)
    const uri = form.uriOf(cafeUri)
    await deleteDocument(trx, uri)
    if (inboxes.length === 0) continue
    const object = { id: uri, type: 'Tombstone', formerType: 'Note' }
    const activity = publicActivity(
      { type: 'Delete', actor, objectUri: cafeUri, object, kind: 'cafe', line: uri },
      { origin: config.origin, signer, now: now() },
    )
    await enqueue(trx, { activity, actor, inboxes }, now())
  }
}
