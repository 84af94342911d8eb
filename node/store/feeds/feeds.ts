import type { Selectable } from 'kysely'
import { LIMITS } from '../../domain/limits/limits.ts'
import { networkFeedName } from '../../domain/structures/network.ts'
import {
  type Digest,
  type Feed,
  type FeedKey,
  NATIONAL_FEED,
  ONLINE_FEED,
} from '../../domain/territories/feed.ts'
import { feedNameOf } from '../../domain/territories/territory-feed.ts'
import { findTerritoryOfFeed, timezoneOfTerritory } from '../../geo/feed-territories.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { findNetwork } from '../networks/networks.ts'
import type { Schema } from '../schema.ts'

/**
 * The feeds of a directory. A row is made when the first café or follower comes, and its name stays even when the list
 * of territories changes; until then a feed follows from its territory.
 */

/**
 * Finds a feed by its name, or by the code of its territory (`cafes-35`, `cafes-r-53`); undefined when there is none,
 * or when its network has ended.
 */
export async function findFeed(db: Database, name: string): Promise<Feed | undefined> {
  const row = await db.selectFrom('feed').selectAll().where('name', '=', name).executeTakeFirst()
  if (row?.kind === 'network' && !(await findNetwork(db, { slug: row.code }))) return undefined
  if (row) return toFeed(row)
  const key = keyOfName(name)
  return key && findFeedOf(db, key)
}

/** Finds the feed of this territory or network, whether or not it has a row. */
const findFeedOf = async (db: Database, key: FeedKey): Promise<Feed | undefined> =>
  (await findRow(db, key)) ?? makeFeed(db, key)

async function findRow(db: Database, { kind, code }: FeedKey): Promise<Feed | undefined> {
  const [row] = (await selectByKey(db, { kind, code })).rows
  return row && toFeed(row)
}

const selectByKey = prepare((db, { kind, code }: FeedKey) =>
  db.selectFrom('feed').selectAll().where('kind', '=', kind).where('code', '=', code),
)

const makeFeed = async (db: Database, key: FeedKey): Promise<Feed | undefined> =>
  key.kind === 'network' ? newNetworkFeed(db, key.code) : newFeed(key)

/** Finds the same feed and gives it a row. */
export async function ensureFeed(
  db: Database,
  key: FeedKey,
  now: Temporal.Instant,
): Promise<Feed | undefined> {
  const known = await findRow(db, key)
  if (known) return known
  const feed = await makeFeed(db, key)
  if (feed)
    await db
      .insertInto('feed')
      .values({ ...feed, created_at: toInstantText(now) })
      .onConflict((oc) => oc.doNothing())
      .execute()
  return feed
}

function keyOfName(name: string): FeedKey | undefined {
  if (name === NATIONAL_FEED) return { kind: 'national', code: '' }
  if (name === ONLINE_FEED) return { kind: 'online', code: '' }
  const network = /^reseau-(.+)$/.exec(name)?.[1]
  if (network !== undefined) return { kind: 'network', code: network }
  const territory = findTerritoryOfFeed(name)
  return territory && { kind: territory.kind, code: codeOf(territory) }
}

async function newNetworkFeed(db: Database, slug: string): Promise<Feed | undefined> {
  const network = await findNetwork(db, { slug })
  if (!network) return undefined
  const name = networkFeedName(slug)
  return { kind: 'network', code: slug, name, title: network.name, timezone: 'Europe/Paris' }
}

const codeOf = (territory: Territory): string =>
  territory.kind === 'region' ? territory.region.code : territory.code

function newFeed(key: FeedKey): Feed | undefined {
  if (key.kind === 'national')
    return { ...key, name: NATIONAL_FEED, title: 'France', timezone: 'Europe/Paris' }
  if (key.kind === 'online')
    return { ...key, name: ONLINE_FEED, title: 'En ligne', timezone: 'Europe/Paris' }
  const territory = findTerritory(key.kind === 'region' ? `r-${key.code}` : key.code)
  if (territory?.kind !== 'region' && territory?.kind !== 'departement') return undefined
  const name = feedNameOf(territory)
  const title = territory.name.replaceAll("'", '’')
  return name ? { ...key, name, title, timezone: timezoneOfTerritory(territory) } : undefined
}

const toFeed = ({ created_at: _, ...feed }: Selectable<Schema['feed']>): Feed => feed

/** Lists the feeds that somebody follows. */
export async function listFollowedFeeds(db: Database): Promise<Feed[]> {
  const rows = await db
    .selectFrom('feed')
    .selectAll()
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('follower')
          .select('follower.uri')
          .whereRef('follower.actor', '=', 'feed.name'),
      ),
    )
    .orderBy('name')
    .execute()
  return rows.map(toFeed)
}

/** Claims one of the day's places for a post; false when they are all taken. */
export async function claimPost(db: Database, feed: Feed, now: Temporal.Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('feed_day')
    .values({ feed: feed.name, day: dayOf(feed, now).toString(), posts: 1 })
    .onConflict((oc) =>
      oc
        .columns(['feed', 'day'])
        .doUpdateSet((eb) => ({ posts: eb('feed_day.posts', '+', 1) }))
        .where('feed_day.posts', '<', LIMITS['posts of a feed'].points),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export type ClaimedDigest = Digest & { kind: 'daily' | 'weekly' }

/** Claims a digest: true for the first of its kind on its day, once, whatever restarts in between. */
export async function claimDigest(db: Database, digest: ClaimedDigest): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('feed_digest')
    .values(digest)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Lists the feeds that had the message of a week lately; the one of a week that is missing was missed. */
export async function listFeedsWithWeekly(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('feed_digest')
    .select('feed')
    .distinct()
    .where('kind', '=', 'weekly')
    .execute()
  return rows.map(({ feed }) => feed)
}

/** Returns the current day in the feed's own zone. */
const dayOf = ({ timezone }: Pick<Feed, 'timezone'>, now: Temporal.Instant): Temporal.PlainDate =>
  now.toZonedDateTimeISO(timezone).toPlainDate()

/** Deletes the counts of days that are over in every time zone. */
export async function deleteFeedDaysBefore(
  db: Database,
  before: Temporal.PlainDate,
): Promise<void> {
  await db.deleteFrom('feed_day').where('day', '<', before.toString()).execute()
  await db.deleteFrom('feed_digest').where('day', '<', before.toString()).execute()
}
