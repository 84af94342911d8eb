import type { Context } from '../context.ts'
import { DAILY_HOUR, WEEKLY_HOUR } from '../domain/territories/feed.ts'
import { weekOf } from '../domain/values/days.ts'
import { listFeedsInWait } from '../store/feeds/announced.ts'
import {
  type ClaimedDigest,
  claimDigest,
  listFeedsWithWeekly,
  listFollowedFeeds,
} from '../store/feeds/feeds.ts'
import { appendChange, appendChangesOnce } from '../store/queues/changes.ts'

type SiteContext = Pick<Context, 'db' | 'now' | 'wake'>

/**
 * Plans the digests that are due in each feed's own zone, each once: on Monday from 8 h the week's, from 18 h the new
 * cafés that were too many for the day. After a Monday on which this server did not run, the week's is sent on the first
 * day on which it does. What has changed is told each time that this runs.
 */
export async function planDigests(context: SiteContext): Promise<void> {
  const inWait = new Set(await listFeedsInWait(context.db, 'cafes'))
  const hadWeekly = new Set(await listFeedsWithWeekly(context.db))
  for (const feed of await listFollowedFeeds(context.db)) {
    const local = context.now().toZonedDateTimeISO(feed.timezone)
    const week = weekOf(local, WEEKLY_HOUR)
    if (week && (local.dayOfWeek === 1 || hadWeekly.has(feed.name)))
      await plan(context, { kind: 'weekly', feed: feed.name, day: week.toString() })
    const day = local.toPlainDate().toString()
    if (inWait.has(feed.name) && local.hour >= DAILY_HOUR)
      await plan(context, { kind: 'daily', feed: feed.name, day })
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

async function plan({ db, now, wake }: SiteContext, digest: ClaimedDigest): Promise<void> {
  const isDue = await db.transaction().execute(async (trx) => {
    if (!(await claimDigest(trx, digest))) return false
    await appendChange(trx, { type: 'digest-due', digest }, now())
    return true
  })
  if (isDue) wake()
}
