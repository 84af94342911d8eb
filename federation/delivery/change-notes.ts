import type { Context } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { KnownState } from '../../node/domain/cafes/change-message.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  deleteChangeNotes,
  insertChangeNote,
  listChangeNotes,
} from '../../node/store/feeds/change-notes.ts'
import { saveDocument } from '../../node/store/queues/documents.ts'
import { withdrawStamps } from '../actors/givers.ts'
import {
  announceActivity,
  enqueue,
  publicActivity,
  undoAnnounceActivity,
} from '../wire/activities.ts'
import { toOpenPolicy } from '../wire/consent.ts'
import { ACTIVITY_STREAMS, CONTEXT, PUBLIC } from '../wire/context.ts'
import { toTags } from '../wire/event.ts'
import { changeNoteHtml, type Newline } from '../wire/event-text.ts'
import type { Json } from '../wire/json.ts'
import { addProof, type Signer } from '../wire/proof.ts'
import { actorUri, followersUri, newActivityUri, newNoteUri } from '../wire/uris.ts'

/**
 * A short Note that says what has changed in a café. Servers that ignore an Update of an Event (Mastodon before 4.5),
 * or an Update that a directory forwards, still show it. It is deleted together with the café.
 */

/** Who tells of the change, and to whom. */
export type Announcer = {
  actor: string
  signer: Signer
  inboxes: readonly string[]
  /**
   * The object that the Note answers. The café's author answers the café. A feed answers nothing: servers hide a reply
   * to an account that the reader does not follow, and a feed's followers do not follow the author.
   */
  inReplyTo?: string | undefined
}

/** A café, and the state in which followers knew it. */
export type CafeChange = { cafe: Cafe; before: KnownState | undefined }

type Withdrawal = {
  signers: ReadonlyMap<string, Signer>
  listInboxes: (actor: string) => Promise<readonly string[]>
}

/**
 * Sends a Note that answers the Note which stands in for the Event, if that was sent (`inReplyTo`). NodeBB then shows
 * it in the café's topic, which becomes unread again.
 */
export async function answerFallbackNote(
  trx: Database,
  context: Context,
  change: CafeChange,
  announcer: Announcer,
): Promise<void> {
  if (announcer.inboxes.length > 0)
    await sendChangeNote(trx, context, change, { ...announcer, newline: '</p><p>' })
}

/**
 * Sends a Note about what changed to the announcer's readers; `uri` is its id, where that was given before.
 * @returns The id of the Note.
 */
export const sendChangeNote = (
  trx: Database,
  context: Context,
  { cafe, before }: CafeChange,
  { newline, ...announcer }: Announcer & { newline?: Newline; uri?: string | undefined },
): Promise<string> => {
  const content = changeNoteHtml(before, cafe, newline)
  return sendNote(trx, context, { cafe, aboutUri: cafe.uri, content }, announcer)
}

/** What a Note says, of this café first; it is taken back with the café, or the series, at `aboutUri`. */
type NoteText = { cafe: Cafe; aboutUri: string; content: string }

/**
 * Posts a Note to the announcer's readers; `uri` is its id, where that was given before.
 * @returns The id of the Note.
 */
export async function sendNote(
  trx: Database,
  { config, now }: Context,
  { cafe, aboutUri, content }: NoteText,
  {
    actor,
    signer,
    inboxes,
    inReplyTo,
    uri = newNoteUri(config.origin),
  }: Announcer & { uri?: string | undefined },
): Promise<string> {
  const author = actorUri(config.origin, actor)
  const note: Json = {
    '@context': CONTEXT,
    id: uri,
    type: 'Note',
    attributedTo: author,
    ...(inReplyTo !== undefined && { inReplyTo }),
    to: [PUBLIC],
    cc: [followersUri(config.origin, actor)],
    // NodeBB takes the category from `audience`.
    audience: author,
    content,
    // We write it in French, whatever is spoken at the café.
    contentMap: { fr: content },
    // Not the café's: GoToSocial looks for the parent of a reply among the `url`s that it knows as well, and would take
    // the Note for its own parent, which it shows to nobody who does not know the café.
    url: uri,
    // The time when we say it: what a place changed hours ago is new to those who hear of it from here.
    published: now().round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
    tag: toTags(cafe, config.origin),
    // Not even a link: Misskey refuses a whole Note for an attachment that is no file.
    attachment: [],
    ...toOpenPolicy('quote'),
  }
  const signed = addProof(note, signer, now())
  await saveDocument(trx, { uri, body: JSON.stringify(signed) })
  await insertChangeNote(trx, { cafeUri: aboutUri, uri, actor })
  const activity = publicActivity(
    {
      type: 'Create',
      actor,
      objectUri: aboutUri,
      object: signed,
      kind: 'note',
      line: lineOf(actor, aboutUri),
    },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor, inboxes }, now())
  return uri
}

/**
 * Shows the followers of another account the same Note by an Announce, since servers show only once what is both posted
 * and shared, or shared twice. The share of a reply is shown to those who do not follow its author.
 * @returns The id of the Announce.
 */
export async function announceChangeNote(
  trx: Database,
  { config, now }: Context,
  { noteUri, cafeUri }: { noteUri: string; cafeUri: string },
  { actor, inboxes }: Pick<Announcer, 'actor' | 'inboxes'>,
): Promise<string> {
  const id = newActivityUri(config.origin)
  const announce = announceActivity(config.origin, { id, actor, objectUri: noteUri }, now())
  const line = lineOf(actor, cafeUri)
  const activity = { ...announce, objectUri: cafeUri, kind: 'note' as const, line }
  await enqueue(trx, { activity, actor, inboxes }, now())
  return id
}

/**
 * Returns the line of what an account says about a café: of two Notes that wait for one inbox, only the newer is sent.
 */
export const lineOf = (actor: string, cafeUri: string): string => `${actor} ${cafeUri}`

/**
 * Deletes the Notes about a café, and undoes the shares of those of others. Each is taken back by the account that
 * posted it, which signs the Delete, after everything else that was said about that café. Somebody who stopped following
 * in between keeps the Note.
 */
export async function withdrawNotes(
  trx: Database,
  { config, now }: Context,
  cafeUri: string,
  { signers, listInboxes }: Withdrawal,
): Promise<void> {
  const notes = await listChangeNotes(trx, cafeUri)
  await deleteChangeNotes(trx, cafeUri)
  for (const { uri, actor, shared } of notes) {
    if (shared) {
      const share = { actor, objectUri: shared.noteUri, announceId: uri, at: shared.at }
      const line = lineOf(actor, cafeUri)
      const undo = undoAnnounceActivity(config.origin, share)
      const activity = { ...undo, objectUri: cafeUri, kind: 'note' as const, line }
      await enqueue(trx, { activity, actor, inboxes: await listInboxes(actor) }, now())
      continue
    }
    const tombstone = { '@context': ACTIVITY_STREAMS, id: uri, type: 'Tombstone' }
    await saveDocument(trx, { uri, body: JSON.stringify(tombstone) })
    await withdrawStamps(trx, { config, now }, [uri])
    const signer = signers.get(actor)
    if (!signer) continue
    const inboxes = await listInboxes(actor)
    const object = { id: uri, type: 'Tombstone', formerType: 'Note' }
    const activity = publicActivity(
      {
        type: 'Delete',
        actor,
        objectUri: cafeUri,
        object,
        kind: 'note',
        line: lineOf(actor, cafeUri),
      },
      { origin: config.origin, signer, now: now() },
    )
    await enqueue(trx, { activity, actor, inboxes }, now())
  }
}
