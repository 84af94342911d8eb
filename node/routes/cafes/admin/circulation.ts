import type { Context, DirectoryView } from '../../../context.ts'
import type { Cafe } from '../../../domain/cafes/cafe.ts'
import type {
  CafeCirculation,
  DirectoryStanding,
  FeedStanding,
} from '../../../domain/cafes/circulation.ts'
import { isFeedName } from '../../../domain/territories/feed.ts'
import { listHiding } from '../../../store/directory/hidden-elsewhere.ts'
import { listAskedDirectories } from '../../../store/directory/joinings.ts'
import {
  type Announced,
  isKnownToFollowers,
  listAnnounced,
} from '../../../store/feeds/announced.ts'
import { findCafeSending } from '../../../store/feeds/cafe-sending.ts'
import { findFeed } from '../../../store/feeds/feeds.ts'
import { countAccounts } from '../../../store/feeds/followers.ts'
import { countWaitingAlerts } from '../../../store/territories/alert-cafes.ts'

/**
 * Finds who was told of a café of ours, and who is still to be.
 * @param views - What the directories that this site joined answered just now.
 */
export async function findCafeCirculation(
  context: Context,
  cafe: Cafe,
  views: readonly DirectoryView[],
): Promise<CafeCirculation> {
  const { db, config, isDirectory, now } = context
  return {
    directories: isDirectory ? 'own' : await listStandings(context, cafe, views),
    followers: await countAccounts(db, ['cafes', 'instance']),
    feeds: await listFeedStandings(context, cafe),
    ...(await findCafeSending(db, cafe)),
    alerts: config.mail ? await countWaitingAlerts(db, { cafeId: cafe.id, now: now() }) : 0,
  }
}

async function listStandings(
  { db, now }: Context,
  cafe: Cafe,
  views: readonly DirectoryView[],
): Promise<DirectoryStanding[]> {
  const hiding = await listHiding(db, { cafeId: cafe.id, now: now() })
  const asked = await listAskedDirectories(db)
  return [
    ...views.map((view): DirectoryStanding => {
      const hidden = hiding.find(({ directory }) => directory === view.name)
      const isHidden = hidden && view.outcome === 'missing'
      return isHidden ? { name: view.name, outcome: 'hidden', reason: hidden.reason } : view
    }),
    ...asked.flatMap(({ name, state }): DirectoryStanding[] =>
      state === 'accepted' ? [] : [{ name, outcome: state }],
    ),
  ]
}

const standingOf = (announced: Announced): FeedStanding['state'] => {
  if (announced.state === 'later') return 'later'
  return isKnownToFollowers(announced) ? 'told' : 'listed'
}

/** Lists the feeds of this directory that have the café, those with most followers first. */
async function listFeedStandings({ db }: Context, cafe: Cafe): Promise<FeedStanding[]> {
  const feeds: FeedStanding[] = []
  for (const announced of await listAnnounced(db, cafe.uri)) {
    const feed = isFeedName(announced.actor) ? await findFeed(db, announced.actor) : undefined
    if (!feed) continue
    const isWaiting = announced.state === 'waiting' || announced.believed !== undefined
    feeds.push({
      title: feed.title,
      followers: await countAccounts(db, [announced.actor]),
      state: isWaiting ? 'waiting' : standingOf(announced),
    })
  }
  return feeds.sort((one, other) => other.followers - one.followers)
}
