import type { Context } from '../../../node/context.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { canReadSeriesPosts } from '../../../node/domain/federation/software.ts'
import { isFeedName } from '../../../node/domain/territories/feed.ts'
import type { Database } from '../../../node/store/database/database.ts'
import { listAnnounced } from '../../../node/store/feeds/announced.ts'
import { claimPost, findFeed } from '../../../node/store/feeds/feeds.ts'
import { isFollowed, listFollowerInboxes } from '../../../node/store/feeds/followers.ts'
import { claimDayOfSeries, isSeriesKnown } from '../../../node/store/feeds/series-dates.ts'
import { announceNote } from './feed-notes.ts'

/**
 * Shares the place's post that a series begins, by each feed that has a date of it, where the series is new to it and a
 * post is left that day. A series that had begun before its place was heard is only noted as known.
 * @param noteUri - The place's Note; undefined where there is none.
 */
export async function announceBeginning(
  trx: Database,
  context: Context,
  { cafe, noteUri, isNews }: { cafe: Cafe; noteUri: string | undefined; isNews: boolean },
): Promise<void> {
  const { series, timezone } = cafe
  if (series === undefined || (isNews && noteUri === undefined)) return
  const now = context.now()
  for (const { actor, activityId } of await listAnnounced(trx, cafe.uri)) {
    const feed = isFeedName(actor) ? await findFeed(trx, actor) : undefined
    if (!feed || (await isSeriesKnown(trx, { actor, series }))) continue
    const isPosted = isNews && (await isFollowed(trx, actor)) && (await claimPost(trx, feed, now))
    const at = isPosted ? now : now.subtract({ hours: 24 })
    await claimDayOfSeries(trx, { actor, series, timezone, activityId }, at)
    if (!isPosted || noteUri === undefined) continue
    const inboxes = await listFollowerInboxes(trx, actor, canReadSeriesPosts)
    await announceNote(trx, context, { cafe: { uri: series }, noteUri }, { actor, inboxes })
  }
}
