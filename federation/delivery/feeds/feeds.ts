import type { Context } from '../../../node/context.ts'
import { type Cafe, isPast } from '../../../node/domain/cafes/cafe.ts'
import { canReadPosts, isCalendar } from '../../../node/domain/federation/software.ts'
import { nearsAt } from '../../../node/domain/series/nearing.ts'
import {
  type Feed,
  type FeedKey,
  feedKeysOf,
  isFeedName,
  isInFeeds,
} from '../../../node/domain/territories/feed.ts'
import { isLimitedSource } from '../../../node/store/cafes/visibility.ts'
import { askOnce, type Database } from '../../../node/store/database/database.ts'
import {
  isKnownToFollowers,
  listAnnounced,
  type Mark,
  markAllAnnounced,
  markAnnounced,
} from '../../../node/store/feeds/announced.ts'
import { hasChangeNote, listChangeNotes } from '../../../node/store/feeds/change-notes.ts'
import { claimPost, ensureFeed } from '../../../node/store/feeds/feeds.ts'
import { isFollowed, listFollowerInboxes } from '../../../node/store/feeds/followers.ts'
import { listNetworkSlugs } from '../../../node/store/networks/cafes.ts'
import type { Services } from '../../services.ts'
import type { Signer } from '../../wire/proof.ts'
import { newAnnounceUri } from '../../wire/uris.ts'
import { enqueueAnnounce, withdrawAnnounces } from '../announce.ts'
import { hasWaitingNote } from '../cafe-pace.ts'
import { planFeedPosts } from './feed-posts.ts'

/**
 * The feeds of a directory and one café. Each feed has the café once. The cost grows with the number of feeds of that
 * café (four at most, and one for each network of its structure), not with the number of all feeds. Changes that are
 * told in one transaction do not alter who follows whom, so that is read once for all their cafés.
 */

/**
 * Adds the café to the feeds where it belongs now, and removes it from the others. Only news is posted to followers;
 * the rest is only listed, as is everything in a feed that nobody follows. While a message about its change waits, it
 * stays where it is, so that those who knew it there read where it went, and nobody reads of a change before the café.
 */
export async function updateFeeds(
  trx: Database,
  context: Context,
  { cafe, isNews }: { cafe: Cafe; isNews: boolean },
): Promise<void> {
  if (isInFeeds(cafe) && (await hasWaitingNote(trx, cafe.uri))) return
  const feeds: Feed[] = []
  for (const key of await listFeedKeys(trx, cafe)) {
    const name = `feed ${key.kind} ${key.code}`
    const feed = await askOnce(trx, name, () => ensureFeed(trx, key, context.now()))
    if (feed) feeds.push(feed)
  }
  // The account of a person announces the cafés that they lead, wherever these are.
  const stays = (actor: string) => !isFeedName(actor) || feeds.some(({ name }) => name === actor)
  const announced = await listAnnounced(trx, cafe.uri)
  const announcers = [...announced.map(({ actor }) => actor), ...feeds.map(({ name }) => name)]
  await planFeedPosts(trx, context, { uri: cafe.uri, feeds: announcers })
  await withdrawAnnounces(
    trx,
    context,
    announced.filter(({ actor }) => !stays(actor)),
  )
  // A café that nobody can attend is not news; a postponed one is announced with its new date.
  if (isPast(cafe, context.now()) || ['cancelled', 'postponed'].includes(cafe.status)) return
  const had = new Set(announced.map(({ actor }) => actor))
  await takeUp(trx, context, {
    feeds: feeds.filter(({ name }) => !had.has(name)),
    cafe,
    isNews,
  })
}

/** Lists the feeds in which a café belongs now. */
export async function listFeedKeys(trx: Database, cafe: Cafe): Promise<FeedKey[]> {
  if (!isInFeeds(cafe) || (await isLimited(trx, cafe))) return []
  return feedKeysOf(cafe, await listNetworkSlugs(trx, cafe.organizer.uri))
}

/** Returns whether a café comes from a server that is in no list; asked once for each server in a transaction. */
function isLimited(trx: Database, { peerId, uri }: Cafe): Promise<boolean> | boolean {
  if (peerId === undefined) return false
  const { host } = new URL(uri)
  return askOnce(trx, `limited ${peerId} ${host}`, () => isLimitedSource(trx, { peerId, host }))
}

async function takeUp(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  { feeds, cafe, isNews }: TakenUp,
): Promise<void> {
  if (cafe.series !== undefined) return holdDate(trx, { config, now }, { feeds, cafe, isNews })
  const marks: Mark[] = []
  const at = now()
  for (const feed of feeds) {
    const isFollowedHere =
      isNews && (await askOnce(trx, `followed ${feed.name}`, () => isFollowed(trx, feed.name)))
    marks.push({
      actor: feed.name,
      activityId: newAnnounceUri(config.origin, feed.name, cafe.id),
      state: !isFollowedHere
        ? 'listed'
        : (await mayPost(trx, { feed, cafe, at }))
          ? 'posted'
          : 'waiting',
    })
  }
  await markAllAnnounced(trx, { objectUri: cafe.uri, at, marks })
  for (const { actor, activityId: id, state } of marks) {
    if (state !== 'posted') continue
    await enqueueAnnounce(trx, { config }, { id, actor, objectUri: cafe.uri, at })
  }
}

type TakenUp = { feeds: readonly Feed[]; cafe: Cafe; isNews: boolean }

/**
 * Takes up a date of a series, of which calendars hear at once and others as it nears. What nears and is not news is
 * only listed: its readers may have been told.
 */
async function holdDate(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  { feeds, cafe, isNews }: TakenUp,
): Promise<void> {
  const isFar = Temporal.Instant.compare(nearsAt(cafe), now()) > 0
  const state = isNews || isFar ? 'later' : 'listed'
  for (const { name: actor } of feeds) {
    const activityId = newAnnounceUri(config.origin, actor, cafe.id)
    const mark = { actor, objectUri: cafe.uri, activityId, at: isFar ? nearsAt(cafe) : now() }
    await markAnnounced(trx, { ...mark, state })
    const announcement = { id: activityId, actor, objectUri: cafe.uri, at: now() }
    if (isNews) await enqueueAnnounce(trx, { config }, announcement, isCalendar)
  }
}

/**
 * Returns whether a feed may post a café that it takes up. One that comes back overtakes what the feed's followers were
 * told when it left, and needs no place of the day.
 */
const mayPost = async (
  trx: Database,
  { feed, cafe, at }: { feed: Feed; cafe: Cafe; at: Temporal.Instant },
): Promise<boolean> =>
  (await claimPost(trx, feed, at)) || hasChangeNote(trx, { cafeUri: cafe.uri, actor: feed.name })

/**
 * The signers of some of our accounts. They are found before a transaction, since nothing else may be asked inside it.
 */
export type Signers = ReadonlyMap<string, Signer>

/** Finds the signers of these accounts, each once; keys are made where an account has none yet. */
export async function findSigners(
  { keyRing }: Services,
  actors: Iterable<string>,
): Promise<Signers> {
  const signers = new Map<string, Signer>()
  for (const actor of new Set(actors))
    signers.set(actor, (await keyRing.keysOf(actor)).ed25519.signer)
  return signers
}

/** Finds the feeds whose followers were told of this café and are to hear of its change. */
export async function findAnnouncers(
  { db }: Context,
  services: Services,
  cafeUri: string | undefined,
): Promise<Signers> {
  return findSigners(services, cafeUri ? await listAnnouncers(db, cafeUri) : [])
}

/**
 * Lists the feeds whose followers know the café, those included that told where it went when it left them; and of a date
 * of a series those whose followers know of the series.
 */
async function listAnnouncers(db: Database, cafeUri: string): Promise<string[]> {
  const announced = (await listAnnounced(db, cafeUri)).filter(
    (each) => isKnownToFollowers(each) || each.state === 'later',
  )
  const actors = [...announced, ...(await listChangeNotes(db, cafeUri))].map(({ actor }) => actor)
  return [...new Set(actors)].filter(isFeedName)
}

/** Returns the inboxes at which a feed's post about this café was received, whichever feed posted it. */
export async function listAnnouncerInboxes(trx: Database, cafeUri: string): Promise<string[]> {
  const inboxes: string[] = []
  for (const actor of await listAnnouncers(trx, cafeUri))
    inboxes.push(...(await listFollowerInboxes(trx, actor, canReadPosts)))
  return [...new Set(inboxes)]
}
