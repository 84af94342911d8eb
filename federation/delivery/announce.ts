import type { Context } from '../../node/context.ts'
import { canReadShares } from '../../node/domain/federation/software.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  type Announced,
  deleteAnnounced,
  listAnnounced,
  markAnnounced,
} from '../../node/store/feeds/announced.ts'
import { listFollowerInboxes, listInstanceInboxes } from '../../node/store/feeds/followers.ts'
import { announceActivity, enqueue, undoAnnounceActivity } from '../wire/activities.ts'
import { INSTANCE, newActivityUri } from '../wire/uris.ts'
import { planFeedPosts } from './feed-posts.ts'

/** Announces: by `instance` for relays (Mobilizon lists only what an actor that it follows announces), by feeds. */

/** Tells relays of a café, once, when there are any. */
export async function announceToRelays(
  trx: Database,
  { config, now }: Context,
  uri: string,
): Promise<void> {
  const inboxes = await listCafeReaders(trx, INSTANCE)
  if (inboxes.length === 0) return
  const id = newActivityUri(config.origin)
  const mark = { actor: INSTANCE, objectUri: uri, activityId: id, at: now() }
  if (!(await markAnnounced(trx, { ...mark, state: 'posted' }))) return
  const activity = announceActivity(config.origin, { id, actor: INSTANCE, objectUri: uri }, now())
  await enqueue(trx, { activity, actor: INSTANCE, inboxes }, now())
}

/** The café is gone, or gone elsewhere: each Announce is undone by its account, for those who heard it. */
export async function withdrawAnnounces(
  trx: Database,
  { config, now }: Context,
  announced: readonly Announced[],
): Promise<void> {
  for (const { actor, objectUri: uri, activityId, state, at } of announced) {
    await deleteAnnounced(trx, { actor, objectUri: uri })
    if (state !== 'posted') continue
    await planFeedPosts(trx, { now }, { uri, feeds: [actor] })
    const undo = { actor, objectUri: uri, announceId: activityId, at }
    const activity = undoAnnounceActivity(config.origin, undo)
    await enqueue(trx, { activity, actor, inboxes: await listCafeReaders(trx, actor) }, now())
  }
}

/** Who knows this café by an Announce alone: they hear of its changes too, or would show it as it was. */
export async function listAnnouncedInboxes(trx: Database, uri: string): Promise<string[]> {
  const inboxes: string[] = []
  for (const { actor, state } of await listAnnounced(trx, uri))
    if (state === 'posted') inboxes.push(...(await listCafeReaders(trx, actor)))
  return [...new Set(inboxes)]
}

const listCafeReaders = (trx: Database, actor: string): Promise<string[]> =>
  actor === INSTANCE
    ? listInstanceInboxes(trx, { directories: false })
    : listFollowerInboxes(trx, actor, canReadShares)
