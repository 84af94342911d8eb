import type { Context } from '../node/context.ts'
import { findAnnounced, markAnnounced } from '../node/store/announced.ts'
import type { Database } from '../node/store/database.ts'
import { listFollowerInboxes, listInstanceInboxes } from '../node/store/followers.ts'
import { announceActivity, enqueue, undoAnnounceActivity } from './activities.ts'
import { INSTANCE, NATIONAL } from './uris.ts'

/** Announces: `instance` for relays (Mobilizon lists only what an actor that it follows announces), a directory's feed. */

export type Announcement = { actor: typeof INSTANCE | typeof NATIONAL; uri: string }

/** Once per actor and café. */
export async function announce(
  trx: Database,
  { config, now }: Context,
  { actor, uri }: Announcement,
): Promise<void> {
  const inboxes = await listHearers(trx, actor)
  if (inboxes.length === 0 && actor === INSTANCE) return
  const activity = announceActivity(config.origin, { actor, objectUri: uri }, now())
  const mark = { actor, objectUri: uri, activityId: activity.id }
  if (await markAnnounced(trx, mark, now())) await enqueue(trx, { activity, actor, inboxes }, now())
}

/** The café is gone: the Announce is undone for those who heard it. */
export async function takeBack(
  trx: Database,
  { config, now }: Context,
  { actor, uri }: Announcement,
): Promise<void> {
  const announceId = await findAnnounced(trx, actor, uri)
  if (!announceId) return
  const activity = undoAnnounceActivity(config.origin, { actor, objectUri: uri, announceId })
  await enqueue(trx, { activity, actor, inboxes: await listHearers(trx, actor) }, now())
}

/** Who knows this café of ours by an Announce alone: they hear of its changes too, or would show it as it was. */
export async function listAnnouncedInboxes(trx: Database, uri: string): Promise<string[]> {
  const inboxes: string[] = []
  for (const actor of [INSTANCE, NATIONAL] as const)
    if (await findAnnounced(trx, actor, uri)) inboxes.push(...(await listHearers(trx, actor)))
  return inboxes
}

const listHearers = (trx: Database, actor: Announcement['actor']): Promise<string[]> =>
  actor === INSTANCE
    ? listInstanceInboxes(trx, { directories: false })
    : listFollowerInboxes(trx, actor)
