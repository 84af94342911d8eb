import type { Context } from '../../node/context.ts'
import { type Cafe, isPast } from '../../node/domain/cafes/cafe.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import {
  canReadForwarded,
  canReadSeats,
  type ForSoftware,
} from '../../node/domain/federation/software.ts'
import { isInFeeds, NATIONAL_FEED } from '../../node/domain/territories/feed.ts'
import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { findCafe } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeer } from '../../node/store/directory/peers.ts'
import { listAnnounced } from '../../node/store/feeds/announced.ts'
import { deleteCafePace } from '../../node/store/queues/cafe-pace.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import { isOwnNote } from '../actors/owners.ts'
import type { Effect, Services } from '../services.ts'
import { enqueue } from '../wire/activities.ts'
import { isObject, isStorable, textOf } from '../wire/json.ts'
import {
  announceAgain,
  announceToRelays,
  listAnnouncedInboxes,
  withdrawAnnounces,
} from './announce.ts'
import { claimNote, paceUpdate } from './cafe-pace.ts'
import { withdrawNotes } from './change-notes.ts'
import { sendFeedNotes, sendUnsent } from './feeds/feed-notes.ts'
import { findAnnouncers, findSigners, listAnnouncerInboxes, updateFeeds } from './feeds/feeds.ts'
import { announceBeginning } from './feeds/series-notes.ts'
import { setNearing } from './series/own-dates.ts'
import { listNotesToWithdraw } from './series/series-notes.ts'

/**
 * What a directory says of its members' cafés. Its feeds announce each café once, and forward the member's own Update
 * and Delete unchanged to those who know the café through the directory alone; the activity's proof makes it
 * believable.
 */

type CafeReceived = Extract<Change, { type: 'cafe-received' }>
const NOTHING: Effect = async () => undefined

/**
 * Tells the followers of this directory's feeds of a café that was received or has changed: the activity is forwarded,
 * Notes tell of an important change, and the café is announced in its feeds. At the pace of the café it may be done
 * later; it is nothing on a server that is no directory.
 */
export async function forwardReceived(
  context: Context,
  services: Services,
  { edit, changeId }: { edit: CafeReceived; changeId: number },
): Promise<Effect> {
  if (!context.isDirectory) return NOTHING
  const { cafeId, activity, isNews, isNewToReaders, first, important } = edit
  const isFor: ForSoftware = (software) =>
    canReadForwarded(software) && (isNewToReaders || canReadSeats(software))
  const known = important ? await findCafe(context.db, cafeId) : undefined
  const announcers = await findAnnouncers(context, services, known?.uri)
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (!cafe) return
    const pace = first ? 'now' : await paceUpdate(trx, context, { cafe, edit, changeId })
    if (pace === 'later') return
    await setNearing(trx, cafe)
    if (activity !== undefined)
      await forward(trx, { now: context.now(), activity, uri: cafe.uri, isFor })
    const isToNote = important && announcers.size > 0
    const change = isToNote && (await claimNote(trx, context, { cafe, edit }))
    const noteUri =
      activity === undefined ? undefined : await ownNoteOf(trx, eventIn(activity), cafe)
    if (change) await sendFeedNotes(trx, context, { ...change, announcers, noteUri })
    else await sendUnsent(trx, context, { cafe, announcers })
    const isNewsHere =
      isNews || activity !== undefined || (await isPublishedSinceJoining(trx, cafe))
    await announceReceived(trx, context, { cafe, isChange: !first, isNews: isNewsHere })
  }
}

/** Returns the Event of an activity. */
function eventIn(activity: string): unknown {
  const parsed: unknown = JSON.parse(activity)
  return isObject(parsed) ? parsed.object : undefined
}

/** Returns the member's own Note that tells what this revision changes; undefined where it names none. */
async function ownNoteOf(
  trx: Database,
  event: unknown,
  { peerId }: Cafe,
): Promise<string | undefined> {
  const note = (isObject(event) ? textOf(event.changeNote) : undefined) ?? ''
  const peer = peerId === undefined ? undefined : await findPeer(trx, peerId)
  return peer && isOwnNote(peer, note) && isStorable(note) ? note : undefined
}

/**
 * Returns whether a café that was read from a list is news all the same, since the message that told of it was lost.
 * What a member had published before it was admitted is not news.
 */
async function isPublishedSinceJoining(trx: Database, cafe: Cafe): Promise<boolean> {
  const admittedAt = cafe.peerId && (await findPeer(trx, cafe.peerId))?.admittedAt
  if (!admittedAt || !cafe.publishedAt) return false
  return Temporal.Instant.compare(cafe.publishedAt, admittedAt) > 0
}

/** Announces a café that the team shows after it was held back. */
export function announceShown(context: Context, cafeId: string): Effect {
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (context.isDirectory && cafe) await announceReceived(trx, context, { cafe, isNews: true })
  }
}

async function announceReceived(
  trx: Database,
  context: Context,
  { cafe, isNews, isChange = false }: { cafe: Cafe; isNews: boolean; isChange?: boolean },
): Promise<void> {
  await updateFeeds(trx, context, { cafe, isNews })
  if (cafe.series !== undefined) {
    const event: unknown = JSON.parse((await findCafeDocument(trx, cafe.uri)) ?? 'null')
    const noteUri = await ownNoteOf(trx, event, cafe)
    await announceBeginning(trx, context, { cafe, noteUri, isNews })
  }
  if (isChange) await announceAgain(trx, context, cafe.uri)
  const isToCome = cafe.status !== 'cancelled' && !isPast(cafe, context.now())
  if (isNews && isToCome && isInFeeds(cafe)) await announceToRelays(trx, context, cafe)
}

/**
 * Tells the followers of this directory's feeds that a received café is gone: its Delete is forwarded where there is
 * one, Announces are undone, and Notes withdrawn.
 */
export async function undoAnnounce(
  context: Context,
  services: Services,
  { uri, activity, series }: Gone,
): Promise<Effect> {
  if (!context.isDirectory) return NOTHING
  const notes = await listNotesToWithdraw(context.db, { uri, series })
  const signers = await findSigners(
    services,
    notes.map(({ actor }) => actor),
  )
  return async (trx) => {
    await deleteCafePace(trx, uri)
    if (activity !== undefined) await forward(trx, { now: context.now(), activity, uri })
    const readers = await listAnnouncerInboxes(trx, uri)
    await withdrawAnnounces(trx, context, await listAnnounced(trx, uri))
    for (const about of new Set(notes.map(({ cafeUri }) => cafeUri)))
      await withdrawNotes(trx, context, about, { signers, listInboxes: async () => readers })
  }
}

type Gone = { uri: string; activity: string | undefined; series?: string | undefined }

/**
 * Forwards the author's own bytes, under the author's own id, to each inbox once, whichever feeds are followed there.
 * We sign the request only as its carrier, so that nobody would believe an activity without a proof of its own.
 */
async function forward(trx: Database, { now, activity, uri, isFor }: Forwarding): Promise<void> {
  const inboxes = await listAnnouncedInboxes(trx, uri, isFor)
  if (inboxes.length === 0) return
  const parsed: unknown = JSON.parse(activity)
  if (!isObject(parsed) || !isObject(parsed.proof)) return
  const taking = { host: new URL(uri).host, amount: Buffer.byteLength(activity) }
  if (!(await takeLimited(trx, 'carried', taking, now))) return
  const forwarded = {
    id: textOf(parsed.id) ?? '',
    type: `forwarded-${textOf(parsed.type)}`,
    objectUri: uri,
    body: activity,
    kind: 'copy' as const,
  }
  await enqueue(trx, { activity: forwarded, actor: NATIONAL_FEED, inboxes }, now)
}

type Forwarding = {
  now: Temporal.Instant
  activity: string
  uri: string
  /** Whether a server does something with it, by the software that it runs. */
  isFor?: ForSoftware
}
