import type { Context } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { isReversal } from '../../node/domain/cafes/change-urgency.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import {
  awaitsChangePost,
  canReadPosts,
  canReadSeats,
  canReadSharedEvents,
  canShowEvents,
  type ForSoftware,
  hasOnlyPosts,
  mayHaveChangePost,
} from '../../node/domain/federation/software.ts'
import { saveCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { findCafe } from '../../node/store/cafes/cafes.ts'
import { renewNextDate } from '../../node/store/cafes/series/renewals.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listAnnounced } from '../../node/store/feeds/announced.ts'
import { listInstanceInboxes, listReaderInboxes } from '../../node/store/feeds/followers.ts'
import { deleteActivitiesAbout } from '../../node/store/queues/activities.ts'
import { deleteCafePace } from '../../node/store/queues/cafe-pace.ts'
import { findDocument } from '../../node/store/queues/documents.ts'
import { deletePosterAddress, savePosterAddress } from '../../node/store/queues/poster-addresses.ts'
import { listJoinedInboxes } from '../../node/store/queues/registration-notices.ts'
import { withdrawStamps } from '../actors/givers.ts'
import { findAuthorKeys } from '../actors/keys.ts'
import type { ActorKeys, Effect, Services } from '../services.ts'
import { enqueue, publicActivity } from '../wire/activities.ts'
import { toEvent } from '../wire/event.ts'
import type { Json } from '../wire/json.ts'
import { isNewToReaders } from '../wire/new-to-readers.ts'
import { signPosterAddress } from '../wire/poster-address.ts'
import { addProof, type Signer } from '../wire/proof.ts'
import { authorOf, fallbackNoteUri, newNoteUri, postUri } from '../wire/uris.ts'
import {
  announceHosted,
  announceToRelays,
  listAnnouncedInboxes,
  withdrawAnnounces,
} from './announce.ts'
import { claimNote, paceUpdate } from './cafe-pace.ts'
import {
  answerFallbackNote,
  type CafeChange,
  sendChangeNote,
  withdrawNotes,
} from './change-notes.ts'
import { announceNoteByFacilitators, listShareReaders } from './facilitator-announces.ts'
import { enqueueToFacilitators } from './facilitators.ts'
import { sendFallbackNotes, withdrawFallbackNotes } from './fallback-note.ts'
import { sendFeedNotes, sendUnsent } from './feeds/feed-notes.ts'
import {
  findAnnouncers,
  findSigners,
  listAnnouncerInboxes,
  type Signers,
  updateFeeds,
} from './feeds/feeds.ts'
import { announceBeginning } from './feeds/series-notes.ts'
import { sendToJoined } from './joined-notes.ts'
import {
  findDateOfSeries,
  holdDate,
  isHeldBack,
  knowersOf,
  listSiblings,
  type OfAuthor,
  sendTogether,
  setNearing,
} from './series/own-dates.ts'
import { listNotesToWithdraw, sendBeginning } from './series/series-notes.ts'

/** What is sent about our own cafés: followers of the feed and directories get the whole Event, relays only its id. */

/**
 * Tells followers and directories of a new café of ours: a Create of the Event, the Note that stands for it, Announces
 * to relays, and what the people who lead it say of it. A café that is gone meanwhile is not told.
 */
export async function enqueuePublished(
  context: Context,
  services: Services,
  cafeId: string,
): Promise<Effect> {
  const keys = await findAuthorKeys(context, services, await findCafe(context.db, cafeId))
  const { signer } = keys.ed25519
  const enqueueFacilitators = await enqueueToFacilitators(context, services, cafeId)
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (!cafe) return
    await holdDate(trx, context, cafe)
    const changeNote = await sendBeginning(trx, context, { cafe, signer })
    await sendEvent(trx, context, { cafe, keys, type: 'Create', changeNote })
    await sendFallbackNotes(trx, context, { cafe, signer, type: 'Create' })
    await announceHosted(trx, context, cafe)
    await announceToRelays(trx, context, cafe)
    if (context.isDirectory) {
      await updateFeeds(trx, context, { cafe, isNews: true })
      await announceBeginning(trx, context, { cafe, noteUri: changeNote, isNews: true })
    }
    await enqueueFacilitators(trx)
  }
}

/**
 * Tells followers that a café of ours has changed: an Update of the Event, the Note that stands for it, and Notes of an
 * important change. At the pace of the café it may be done later.
 */
export async function enqueueUpdated(
  context: Context,
  services: Services,
  { edit, changeId }: { edit: Extract<Change, { type: 'cafe-updated' }>; changeId: number },
): Promise<Effect> {
  const { cafeId, important } = edit
  const known = await findCafe(context.db, cafeId)
  const keys = await findAuthorKeys(context, services, known)
  const { signer } = keys.ed25519
  const isNews = important || edit.changeNote !== undefined
  const announcers = await findAnnouncers(context, services, isNews ? known?.uri : undefined)
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (!cafe) return
    if ((await paceUpdate(trx, context, { cafe, edit, changeId })) === 'later') return
    await setNearing(trx, cafe)
    const { change, ofSeries } = await claimMessage(trx, context, { cafe, edit, signer })
    const noteUri = ofSeries ?? (change ? newNoteUri(context.config.origin) : undefined)
    await sendEvent(trx, context, { cafe, keys, type: 'Update', changeNote: noteUri })
    await sendFallbackNotes(trx, context, { cafe, signer, type: 'Update' })
    const { before } = change ?? edit
    if (ofSeries) await sendFeedNotes(trx, context, { cafe, before, announcers, noteUri })
    else if (change) await sendNotes(trx, context, { ...change, signer, announcers, noteUri })
    else await sendUnsent(trx, context, { cafe, announcers })
    if (context.isDirectory) await updateFeeds(trx, context, { cafe, isNews: true })
  }
}

/**
 * Returns what a message is to tell now, and the Note about several dates of its series if that tells it. Of a date of
 * which followers have not heard they are told alone that it does not take place, or does so again.
 */
async function claimMessage(
  trx: Database,
  context: Context,
  { cafe, edit, signer }: { cafe: Cafe; edit: CafeUpdated; signer: Signer },
): Promise<{ change?: CafeChange | undefined; ofSeries?: string | undefined }> {
  if (!edit.important) return { ofSeries: edit.changeNote }
  const siblings = await listSiblings(trx, context, cafe)
  const isNews = siblings.length > 0 || isReversal(edit.before, cafe)
  if (!isNews && (await isHeldBack(trx, ofAuthor(context, cafe)))) {
    await sendToJoined(trx, context, { cafe, before: edit.before })
    return {}
  }
  const change = await claimNote(trx, context, { cafe, edit, isTogether: siblings.length > 0 })
  return {
    change,
    ofSeries: change && (await sendTogether(trx, context, { change, siblings, signer })),
  }
}

type CafeUpdated = Extract<Change, { type: 'cafe-updated' }>

/**
 * Sends Notes to the followers of the place, to those of the people who lead the café, and at a directory to those of
 * each feed that announced it.
 */
export async function sendNotes(
  trx: Database,
  context: Context,
  { cafe, before, signer, announcers, noteUri: uri }: NotesOfChange,
): Promise<void> {
  await sendToJoined(trx, context, { cafe, before })
  // Who has not heard of the café has nothing that an answer belongs to, nor that could show the change.
  const isHeld = await isHeldBack(trx, ofAuthor(context, cafe))
  const isFor = isHeld ? mayHaveChangePost : awaitsChangePost
  const { actor } = ofAuthor(context, cafe)
  const inboxes = await listReaderInboxes(trx, actor, isFor)
  const author = { actor, signer, inboxes, inReplyTo: isHeld ? undefined : cafe.uri, uri }
  const noteUri = await sendChangeNote(trx, context, { cafe, before }, author)
  const ofPosts = await listReaderInboxes(trx, actor, hasOnlyPosts)
  const noteOfCafe = fallbackNoteUri(cafe.uri)
  const isSaid = (await findDocument(trx, noteOfCafe)) !== undefined
  const inReplyTo = isSaid ? noteOfCafe : undefined
  const answerer = { actor, signer, inboxes: ofPosts, inReplyTo }
  await answerFallbackNote(trx, context, { cafe, before }, answerer)
  await announceNoteByFacilitators(trx, context, { noteUri, cafeUri: cafe.uri })
  await sendFeedNotes(trx, context, { cafe, before, announcers, noteUri })
}

type NotesOfChange = CafeChange & {
  signer: Signer
  announcers: Signers
  /** The id of the Note, where the Event names it. */
  noteUri?: string | undefined
}

/**
 * Tells followers that a café of ours is gone: a Delete of the Event, Undos of its Announces, and Deletes of all Notes
 * about it. Stored activities about it are deleted.
 */
export async function enqueueDeleted(
  context: Context,
  services: Services,
  { uri, organizerUri = '', series, joinedInboxes = [] }: Extract<Change, { type: 'cafe-deleted' }>,
): Promise<Effect> {
  const of = { organizer: { uri: organizerUri } }
  const author = authorOf(context.config.origin, of)
  const { signer } = (await findAuthorKeys(context, services, of)).ed25519
  const notes = await listNotesToWithdraw(context.db, { uri, series })
  const signers = await findSigners(
    services,
    notes.map(({ actor }) => actor),
  )
  return async (trx) => {
    if (series !== undefined) await renewNextDate(trx, series, context.now())
    await deletePosterAddress(trx, uri)
    await deleteCafePace(trx, uri)
    await deleteActivitiesAbout(trx, uri)
    await sendDelete(trx, context, { uri, actor: author, joinedInboxes, signer })
    await withdrawFallbackNotes(trx, context, { uri, actor: author, signer })
    const readers = await listAnnouncerInboxes(trx, uri)
    const shareReaders = await listShareReaders(trx, uri)
    await withdrawAnnounces(trx, context, await listAnnounced(trx, uri))
    const listInboxes = async (actor: string) =>
      actor === author
        ? [...(await listReaderInboxes(trx, author, canReadPosts)), ...shareReaders]
        : readers
    for (const about of new Set(notes.map(({ cafeUri }) => cafeUri)))
      await withdrawNotes(trx, context, about, { signers, listInboxes })
    await withdrawStamps(trx, context, [uri, fallbackNoteUri(uri), postUri(uri)])
  }
}

async function sendDelete(
  trx: Database,
  { config, now }: Context,
  { uri, actor, joinedInboxes, signer }: OfAuthor & { joinedInboxes: string[]; signer: Signer },
): Promise<void> {
  // Gancio does not delete the event where `formerType` is missing.
  const object = { id: uri, type: 'Tombstone', formerType: 'Event' }
  const activity = publicActivity(
    { type: 'Delete', actor, objectUri: uri, object, kind: 'cafe' },
    { origin: config.origin, signer, now: now() },
  )
  const inboxes = [
    ...(await listReaders(trx, actor, await knowersOf(trx, { uri, actor }))),
    ...(await listAnnouncedInboxes(trx, uri)),
    ...joinedInboxes,
  ]
  await enqueue(trx, { activity, actor, inboxes }, now())
}

type SentEvent = {
  cafe: Cafe
  keys: ActorKeys
  type: 'Create' | 'Update'
  changeNote?: string | undefined
}

/** Sends an Event to the directories, and to those who know the café; its text is stored, and returned. */
export async function sendEvent(
  trx: Database,
  { config, now }: Context,
  { cafe, keys, type, changeNote }: SentEvent,
): Promise<Json> {
  const { signer } = keys.ed25519
  const ofSeries = await findDateOfSeries(trx, cafe)
  const event = addProof(toEvent(cafe, config.origin, { changeNote, ofSeries }), signer, now())
  const isNew = type === 'Create' || (await isNewToReaders(trx, event))
  const isFor: ForSoftware = (software) => isNew || canReadSeats(software)
  const of = ofAuthor({ config }, cafe)
  const { actor } = of
  const knows = await knowersOf(trx, of)
  await saveCafeDocument(trx, { uri: cafe.uri, body: JSON.stringify(event) })
  await savePosterAddress(trx, cafe.uri, signPosterAddress(cafe, keys.posterSigner))
  const activity = publicActivity(
    { type, actor, objectUri: cafe.uri, object: event, kind: 'cafe' },
    { origin: config.origin, signer, now: now() },
  )
  const inboxes = await listReaders(trx, actor, (software) => knows(software) && isFor(software))
  if (type === 'Update')
    inboxes.push(
      ...(isNew ? await listJoinedInboxes(trx, cafe.id) : []),
      ...(await listAnnouncedInboxes(
        trx,
        cafe.uri,
        (software) => canReadSharedEvents(software) && isFor(software),
      )),
    )
  await enqueue(trx, { activity, actor, inboxes }, now())
  return event
}

const ofAuthor = ({ config }: Pick<Context, 'config'>, cafe: Cafe): OfAuthor => ({
  uri: cafe.uri,
  actor: authorOf(config.origin, cafe),
})

/** Returns the inboxes that read Events: the author's followers, and the directories that follow `instance`. */
const listReaders = async (
  trx: Database,
  actor: string,
  isFor: ForSoftware = () => true,
): Promise<string[]> => [
  ...(await listInstanceInboxes(trx, { directories: true })),
  ...(await listReaderInboxes(
    trx,
    actor,
    (software) => canShowEvents(software) && isFor(software),
  )),
]
