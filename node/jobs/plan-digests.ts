import type { Context } from '../context.ts'
import { DAILY_HOUR, type Feed, WEEKLY_HOUR } from '../domain/territories/feed.ts'
import { listFeedsInWait } from '../store/feeds/announced.ts'
import { claimDigest, listFollowedFeeds } from '../store/feeds/feeds.ts'
import { appendChange, appendChangesOnce } from '../store/queues/changes.ts'

type SiteContext = Pick<Context, 'db' | 'now' | 'wake'>

/**
 * Plans the digests that are due in each feed's own zone, each once: on Monday from 8 h the week's, from 18 h the new
 * cafés that were too many for the day. A Monday on which this server did not run is not made up for. What has changed
 * is told each time that this runs.
 */
export async function planDigests(context: SiteContext): Promise<void> {
  const inWait = new Set(await listFeedsInWait(context.db, 'cafes'))
  for (const feed of await listFollowedFeeds(context.db)) {
    const local = context.now().toZonedDateTimeISO(feed.timezone)
    if (local.dayOfWeek === 1 && local.hour >= WEEKLY_HOUR) await plan(context, feed, 'weekly')
    if (inWait.has(feed.name) && local.hour >= DAILY_HOUR) await plan(context, feed, 'daily')
  }
  await planChanges(context)
}

async function planChanges({ db, now, wake }: SiteContext): Promise<void> {
  const day = now().toZonedDateTimeISO('UTC').toPlainDate().toString()
  const digests = (await listFeedsInWait(db, 'changes')).map((feed) => ({
    type: 'digest-due' as const,
    digest: { kind: 'changes' as const, feed, day },
  }))
  await appendChangesOnce(db, digests, now())
  if (digests.length > 0) wake()
}

async function plan(
  { db, now, wake }: SiteContext,
  feed: Feed,
  kind: 'daily' | 'weekly',
): Promise<void> {
  const day = now().toZonedDateTimeISO(feed.timezone).toPlainDate().toString()
  const digest = { kind, feed: feed.name, day }
  const isDue = await db.transaction().execute(async (trx) => {
    if (!(await claimDigest(trx, digest))) return false
    await appendChange(trx, { type: 'digest-due', digest }, now())
    return true
  })
  if (isDue) wake()
}
