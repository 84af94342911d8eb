import type { Context } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import {
  canReadAnew,
  canReadSharedEvents,
  canReadShares,
  type ForSoftware,
  hasHiddenTitles,
  isCalendar,
} from '../../node/domain/federation/software.ts'
import { nearsAt } from '../../node/domain/series/nearing.ts'
import { isFeedName } from '../../node/domain/territories/feed.ts'
import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { askOnce, type Database } from '../../node/store/database/database.ts'
import {
  type Announced,
  deleteAnnounced,
  listAnnounced,
  markAnnounced,
} from '../../node/store/feeds/announced.ts'
import { listInstanceInboxes, listReaderInboxes } from '../../node/store/feeds/followers.ts'
import { deleteAnnounces } from '../../node/store/queues/activities.ts'
import { announceActivity, enqueue, undoAnnounceActivity } from '../wire/activities.ts'
import { isObject } from '../wire/json.ts'
import {
  authorOf,
  CAFES,
  INSTANCE,
  newActivityUri,
  postAnnounceUri,
  postUri,
} from '../wire/uris.ts'
import { planFeedPosts } from './feeds/feed-posts.ts'

/**
 * Announces of cafés: by `instance` for relays, since Mobilizon lists only what an actor that it follows announces, and
 * by feeds.
 */

type Announcement = { id: string; actor: string; objectUri: string; at: Temporal.Instant }

const ALL: ForSoftware = () => true

/**
 * Returns which servers have an account's Announce of a café by now: all of its followers', or calendars alone while it
 * is a date of a series that is told to the others later.
 */
const holdersOf = (announced: Held): ForSoftware | undefined => {
  // What the author tells is the Event itself.
  if (isOfAuthor(announced)) return undefined
  if (announced.state === 'posted') return ALL
  return announced.state === 'later' ? isCalendar : undefined
}

type Held = Pick<Announced, 'actor' | 'state' | 'activityId'>

/**
 * Returns whether a mark is that of the café's own author, which sends the Event and no Announce. Its id is under the
 * address of the account, as those of feeds are; whoever else announces the café has random ones.
 */
export const isOfAuthor = ({
  actor,
  activityId,
}: Pick<Announced, 'actor' | 'activityId'>): boolean =>
  !isFeedName(actor) && activityId.includes(`/actors/${actor}/announces/`)

/**
 * Announces a café to the readers of an account: its Event, or the Note that stands in for it where an Event is hidden
 * behind its title and its server has such a Note.
 * @param isAmong - Which of them it is for.
 */
export async function enqueueAnnounce(
  trx: Database,
  { config: { origin } }: Pick<Context, 'config'>,
  { id, actor, objectUri, at }: Announcement,
  isAmong: ForSoftware = ALL,
): Promise<void> {
  const hiding = await listCafeReaders(trx, actor, both(hasHiddenTitles, isAmong))
  const isPost = hiding.length > 0 && (await hasPost(trx, objectUri))
  const activity = announceActivity(origin, { id, actor, objectUri }, at)
  const isFor = both(isPost ? canReadSharedEvents : canReadShares, isAmong)
  await enqueue(trx, { activity, actor, inboxes: await listCafeReaders(trx, actor, isFor) }, at)
  if (!isPost) return
  const ofPost = { id: postAnnounceUri(id), actor, objectUri: postUri(objectUri) }
  const posted = { ...announceActivity(origin, ofPost, at), objectUri }
  await enqueue(trx, { activity: posted, actor, inboxes: hiding }, at)
}

const both =
  (one: ForSoftware, other: ForSoftware): ForSoftware =>
  (software) =>
    one(software) && other(software)

/** Returns whether the server of a café has a Note without a title in its place, as every one of ours has. */
async function hasPost(trx: Database, uri: string): Promise<boolean> {
  const event: unknown = JSON.parse((await findCafeDocument(trx, uri)) ?? 'null')
  return isObject(event) && event.post === postUri(uri)
}

/** Announces a café of a structure that this site hosts to the followers of the site, once. */
export async function announceHosted(trx: Database, context: Context, cafe: Cafe): Promise<void> {
  if (authorOf(context.config.origin, cafe) !== CAFES)
    await announceOnce(trx, context, { actor: CAFES, cafe })
}

/** Announces a café to relays once, when there are any. */
export async function announceToRelays(trx: Database, context: Context, cafe: Cafe): Promise<void> {
  const inboxes = await askOnce(trx, 'relays', () => listCafeReaders(trx, INSTANCE))
  if (inboxes.length > 0) await announceOnce(trx, context, { actor: INSTANCE, cafe })
}

/** Announces a café once by an account; a date of a series to calendars at once, and to the others as it nears. */
export async function announceOnce(
  trx: Database,
  { config, now }: Context,
  { actor, cafe }: { actor: string; cafe: Cafe },
): Promise<void> {
  const id = newActivityUri(config.origin)
  const isDate = cafe.series !== undefined
  const mark = {
    ...{ actor, objectUri: cafe.uri, activityId: id },
    ...(isDate
      ? { state: 'later' as const, at: nearsAt(cafe) }
      : { state: 'posted' as const, at: now() }),
  }
  if (!(await markAnnounced(trx, mark))) return
  const announcement = { id, actor, objectUri: cafe.uri, at: now() }
  await enqueueAnnounce(trx, { config }, announcement, isDate ? isCalendar : ALL)
}

/**
 * Undoes each Announce of a café that is gone here or at its own server, by the account that made it, for those who
 * received it. It is no longer in the account's outbox nor at its own address.
 */
export async function withdrawAnnounces(
  trx: Database,
  { config, now }: Context,
  announced: readonly Omit<Announced, 'believed'>[],
): Promise<void> {
  for (const { actor, objectUri: uri, activityId, at, ...rest } of announced) {
    await deleteAnnounced(trx, { actor, objectUri: uri })
    const isAmong = holdersOf({ actor, activityId, ...rest })
    if (!isAmong) continue
    await planFeedPosts(trx, { now }, { uri, feeds: [actor] })
    await enqueueUndo(trx, { config, now }, { id: activityId, actor, objectUri: uri, at }, isAmong)
    await deleteAnnounces(trx, [activityId, postAnnounceUri(activityId)])
  }
}

/** Undoes an Announce of a café, and that of the Note in its place at the servers that may have got this instead. */
async function enqueueUndo(
  trx: Database,
  { config: { origin }, now }: Pick<Context, 'config' | 'now'>,
  { id, actor, objectUri, at }: Announcement,
  isAmong: ForSoftware = ALL,
): Promise<void> {
  const undo = undoAnnounceActivity(origin, { actor, objectUri, announceId: id, at })
  const readers = await listCafeReaders(trx, actor, both(canReadShares, isAmong))
  await enqueue(trx, { activity: undo, actor, inboxes: readers }, now())
  const hiding = await listCafeReaders(trx, actor, both(hasHiddenTitles, isAmong))
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
  for (const { actor, activityId, at, ...rest } of await listAnnounced(trx, uri)) {
    const isAmong = holdersOf({ actor, activityId, ...rest })
    const inboxes = isAmong ? await listCafeReaders(trx, actor, both(canReadAnew, isAmong)) : []
    if (inboxes.length === 0) continue
    const activity = announceActivity(config.origin, { id: activityId, actor, objectUri: uri }, at)
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
  for (const announced of await listAnnounced(trx, uri)) {
    const isAmong = holdersOf(announced)
    if (isAmong)
      inboxes.push(...(await listCafeReaders(trx, announced.actor, both(isFor, isAmong))))
  }
  return [...new Set(inboxes)]
}

const listCafeReaders = (
  trx: Database,
  actor: string,
  isFor: ForSoftware = canReadShares,
): Promise<string[]> =>
  actor === INSTANCE
    ? listInstanceInboxes(trx, { directories: false, isFor })
    : listReaderInboxes(trx, actor, isFor)
