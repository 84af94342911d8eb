import type { Context } from '../../node/context.ts'
import {
  canReadAnew,
  canReadShares,
  type ForSoftware,
} from '../../node/domain/federation/software.ts'
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
import { INSTANCE, newActivityUri } from '../wire/uris.ts'
import { planFeedPosts } from './feed-posts.ts'

/**
 * Announces of cafés: by `instance` for relays, since Mobilizon lists only what an actor that it follows announces, and
 * by feeds.
 */

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
  const activity = announceActivity(config.origin, { id, actor: INSTANCE, objectUri: uri }, at)
  await enqueue(trx, { activity, actor: INSTANCE, inboxes }, at)
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
    const undo = { actor, objectUri: uri, announceId: activityId, at }
    const activity = undoAnnounceActivity(config.origin, undo)
    await enqueue(trx, { activity, actor, inboxes: await listCafeReaders(trx, actor) }, now())
  }
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
  isFor: ForSoftware = canReadShares,
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
