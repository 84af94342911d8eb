import type { Context } from '../../../node/context.ts'
import { type Cafe, isOff, isOurs, isPast } from '../../../node/domain/cafes/cafe.ts'
import {
  canShowEvents,
  type ForSoftware,
  isCalendar,
} from '../../../node/domain/federation/software.ts'
import { nearsAt } from '../../../node/domain/series/nearing.ts'
import { isFeedName, isInFeeds } from '../../../node/domain/territories/feed.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import { renewPublication } from '../../../node/store/cafes/series/renewals.ts'
import type { Database } from '../../../node/store/database/database.ts'
import {
  type Announced,
  deleteAnnounced,
  listAnnounced,
} from '../../../node/store/feeds/announced.ts'
import { claimPost, findFeed } from '../../../node/store/feeds/feeds.ts'
import { isFollowed, listFollowerInboxes } from '../../../node/store/feeds/followers.ts'
import { claimDayOfSeries, endNearing } from '../../../node/store/feeds/series-dates.ts'
import { markSeenBefore } from '../../../node/store/territories/alert-cafes.ts'
import { findAuthorKeys } from '../../actors/keys.ts'
import type { ActorKeys, Effect, Services } from '../../services.ts'
import { enqueue, publicActivity } from '../../wire/activities.ts'
import { authorOf } from '../../wire/uris.ts'
import { enqueueAnnounce, isOfAuthor } from '../announce.ts'
import { sendFallbackNotes } from '../fallback-note.ts'
import { planFeedPosts } from '../feeds/feed-posts.ts'
import { sendEvent } from '../own-cafes.ts'
import { setNearing } from './own-dates.ts'

/**
 * Tells the followers of each account of a date of a series that nears: at most one of the series a day. What does not
 * take place is not told, nor what is over; it is looked at again a day later, as when another date was told that day.
 */
export async function enqueueNearDate(
  context: Context,
  services: Services,
  uri: string,
): Promise<Effect> {
  const keys = await findAuthorKeys(context, services, await findCafeByUri(context.db, uri))
  return async (trx) => {
    const cafe = await findCafeByUri(trx, uri)
    const waiting = (await listAnnounced(trx, uri)).filter(({ state }) => state === 'later')
    if (!cafe || isPast(cafe, context.now())) return endWaiting(trx, waiting)
    const isShown = isOurs(cafe) ? cafe.publication === 'published' : isInFeeds(cafe)
    if (!isShown || isOff(cafe)) return
    if (Temporal.Instant.compare(nearsAt(cafe), context.now()) > 0) return setNearing(trx, cafe)
    for (const announced of waiting) await send(trx, context, { cafe, announced, keys })
  }
}

/** Ends the waiting of a date that is over or gone. */
async function endWaiting(trx: Database, waiting: readonly Announced[]): Promise<void> {
  for (const announced of waiting)
    if (isOfAuthor(announced)) await deleteAnnounced(trx, announced)
    else await endNearing(trx, { ...announced, state: 'listed' })
}

type NearDate = { cafe: Cafe; announced: Announced; keys: ActorKeys }

async function send(
  trx: Database,
  context: Context,
  { cafe, announced, keys }: NearDate,
): Promise<void> {
  const { actor, activityId, objectUri } = announced
  const at = context.now()
  const { series, timezone } = cafe
  if (series && !(await claimDayOfSeries(trx, { actor, series, timezone, activityId }, at))) return
  if (isOfAuthor(announced)) return sendToOwnFollowers(trx, context, { cafe, announced, keys })
  const state = isFeedName(actor) ? await stateInFeed(trx, context, actor) : 'posted'
  await endNearing(trx, { ...announced, state, at })
  if (state !== 'posted') return
  const announcement = { id: activityId, actor, objectUri, at }
  await enqueueAnnounce(trx, context, announcement, (software) => !isCalendar(software))
  await planFeedPosts(trx, context, { uri: objectUri, feeds: [actor] })
}

/**
 * Sends the Event as one that is published now, since servers put what is older into no timeline. Who has the café
 * already gets an Update.
 */
async function sendToOwnFollowers(
  trx: Database,
  context: Context,
  { cafe, announced, keys }: NearDate,
): Promise<void> {
  await markSeenBefore(trx, cafe, context.now())
  const told = await renewPublication(trx, cafe, context.now())
  const event = await sendEvent(trx, context, { cafe: told, keys, type: 'Update' })
  await endNearing(trx, { ...announced, state: 'told', at: told.updatedAt })
  const { signer } = keys.ed25519
  const actor = authorOf(context.config.origin, cafe)
  const activity = publicActivity(
    { type: 'Create', actor, objectUri: cafe.uri, object: event, kind: 'cafe' },
    { origin: context.config.origin, signer, now: context.now() },
  )
  const isFor: ForSoftware = (software) => canShowEvents(software) && !isCalendar(software)
  const inboxes = await listFollowerInboxes(trx, actor, isFor)
  await enqueue(trx, { activity, actor, inboxes }, context.now())
  await sendFallbackNotes(trx, context, { cafe: told, signer, type: 'Create' })
}

/** Returns what a feed does about a date that nears, within the posts of its day. */
async function stateInFeed(
  trx: Database,
  { now }: Context,
  actor: string,
): Promise<'posted' | 'waiting' | 'listed'> {
  const feed = await findFeed(trx, actor)
  if (!feed || !(await isFollowed(trx, actor))) return 'listed'
  return (await claimPost(trx, feed, now())) ? 'posted' : 'waiting'
}
