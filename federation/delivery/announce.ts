import type { Context } from '../../node/context.ts'
import {
  canReadAnew,
  canReadSharedEvents,
  canReadShares,
  type ForSoftware,
  hasHiddenTitles,
} from '../../node/domain/federation/software.ts'
import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { askOnce, type Database } from '../../node/store/database/database.ts'
import {
  type Announced,
  deleteAnnounced,
  isPosted,
  listAnnounced,
  markAnnounced,
} from '../../node/store/feeds/announced.ts'
import { listFollowerInboxes, listInstanceInboxes } from '../../node/store/feeds/followers.ts'
import { announceActivity, enqueue, undoAnnounceActivity } from '../wire/activities.ts'
import { isObject } from '../wire/json.ts'
import { INSTANCE, newActivityUri, postAnnounceUri, postUri } from '../wire/uris.ts'
import { planFeedPosts } from './feeds/feed-posts.ts'

/**
 * Announces of cafés: by `instance` for relays, since Mobilizon lists only what an actor that it follows announces, and
 * by feeds.
 */

type Announcement = { id: string; actor: string; objectUri: string; at: Temporal.Instant }

/**
 * Announces a café to the readers of an account: its Event, or the Note that stands in for it where an Event is hidden
 * behind its title and its server has such a Note.
 */
export async function enqueueAnnounce(
  trx: Database,
  { config: { origin } }: Pick<Context, 'config'>,
  { id, actor, objectUri, at }: Announcement,
): Promise<void> {
  const hiding = await listCafeReaders(trx, actor, hasHiddenTitles)
  const isPost = hiding.length > 0 && (await hasPost(trx, objectUri))
  const activity = announceActivity(origin, { id, actor, objectUri }, at)
  const isFor = isPost ? canReadSharedEvents : canReadShares
  await enqueue(trx, { activity, actor, inboxes: await listCafeReaders(trx, actor, isFor) }, at)
  if (!isPost) return
  const ofPost = { id: postAnnounceUri(id), actor, objectUri: postUri(objectUri) }
  const posted = { ...announceActivity(origin, ofPost, at), objectUri }
  await enqueue(trx, { activity: posted, actor, inboxes: hiding }, at)
}

/** Returns whether the server of a café has a Note without a title in its place, as every one of ours has. */
async function hasPost(trx: Database, uri: string): Promise<boolean> {
  const event: unknown = JSON.parse((await findCafeDocument(trx, uri)) ?? 'null')
  return isObject(event) && event.post === postUri(uri)
}

/** Announces a café to relays once, when there are any. */
export async function announceToRelays(
  trx: Database,
  { config, now }: Context,
  uri: string,
): Promise<void> {
  const inboxes = await askOnce(trx, 'relays', () => listCafeReaders(trx, INSTANCE))
  if (inboxes.length === 0) return
  const id = newActivityUri(config.origin)
  const at = now()
  const mark = { actor: INSTANCE, objectUri: uri, activityId: id, at }
  if (!(await markAnnounced(trx, { ...mark, state: 'posted' }))) return
  await enqueueAnnounce(trx, { config }, { id, actor: INSTANCE, objectUri: uri, at })
}

/**
 * Undoes each Announce of a café that is gone here or at its own server, by the account that made it, for those who
 * received it.
 */
export async function withdrawAnnounces(
  trx: Database,
  { config, now }: Context,
  announced: readonly Announced[],
): Promise<void> {
  for (const { actor, objectUri: uri, activityId, at, ...rest } of announced) {
    await deleteAnnounced(trx, { actor, objectUri: uri })
    if (!isPosted(rest)) continue
    await planFeedPosts(trx, { now }, { uri, feeds: [actor] })
    await enqueueUndo(trx, { config, now }, { id: activityId, actor, objectUri: uri, at })
  }
}

/** Undoes an Announce of a café, and that of the Note in its place at the servers that may have got this instead. */
export async function enqueueUndo(
  trx: Database,
  { config: { origin }, now }: Pick<Context, 'config' | 'now'>,
  { id, actor, objectUri, at }: Announcement,
): Promise<void> {
  const undo = undoAnnounceActivity(origin, { actor, objectUri, announceId: id, at })
  await enqueue(trx, { activity: undo, actor, inboxes: await listCafeReaders(trx, actor) }, now())
  const hiding = await listCafeReaders(trx, actor, hasHiddenTitles)
  if (hiding.length === 0) return
  const ofPost = { actor, objectUri: postUri(objectUri), announceId: postAnnounceUri(id), at }
  const undoPost = { ...undoAnnounceActivity(origin, ofPost), objectUri }
  await enqueue(trx, { activity: undoPost, actor, inboxes: hiding }, now())
}

/**
 * Announces another server's changed café again, with the same text, to servers that then fetch it anew (Mobilizon) and
 * believe nothing else.
 */
export async function announceAgain(
  trx: Database,
  { config, now }: Context,
  uri: string,
): Promise<void> {
  for (const { actor, activityId: id, at, ...rest } of await listAnnounced(trx, uri)) {
    const inboxes = isPosted(rest) ? await listCafeReaders(trx, actor, canReadAnew) : []
    if (inboxes.length === 0) continue
    const activity = announceActivity(config.origin, { id, actor, objectUri: uri }, at)
    await enqueue(trx, { activity, actor, inboxes }, now())
  }
}

/**
 * Returns the inboxes of those who know this café by an Announce alone. They are told of its changes too, or they would
 * show it as it was.
 * @param isFor - Whether the message is for a server, by the software that it runs.
 */
export async function listAnnouncedInboxes(
  trx: Database,
  uri: string,
  isFor: ForSoftware = canReadSharedEvents,
): Promise<string[]> {
  const inboxes: string[] = []
  for (const { actor, ...rest } of await listAnnounced(trx, uri))
    if (isPosted(rest)) inboxes.push(...(await listCafeReaders(trx, actor, isFor)))
  return [...new Set(inboxes)]
}

const listCafeReaders = (
  trx: Database,
  actor: string,
  isFor: ForSoftware = canReadShares,
): Promise<string[]> =>
  actor === INSTANCE
    ? listInstanceInboxes(trx, { directories: false, isFor })
    : listFollowerInboxes(trx, actor, isFor)
