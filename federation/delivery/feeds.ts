import type { Context } from '../../node/context.ts'
import { type Cafe, isPast } from '../../node/domain/cafes/cafe.ts'
import {
  canReadPosts,
  canReadShares,
  hasOnlyPosts,
  mayHaveChangePost,
} from '../../node/domain/federation/software.ts'
import {
  compareWidth,
  type Feed,
  type FeedKey,
  feedKeysOf,
  isFeedName,
  isInFeeds,
} from '../../node/domain/territories/feed.ts'
import { askOnce, type Database } from '../../node/store/database/database.ts'
import {
  isKnownToFollowers,
  listAnnounced,
  type Mark,
  markAllAnnounced,
  markChanged,
} from '../../node/store/feeds/announced.ts'
import { claimPost, ensureFeed, findFeed } from '../../node/store/feeds/feeds.ts'
import { isFollowed, listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { listNetworkSlugs } from '../../node/store/networks/cafes.ts'
import type { Services } from '../services.ts'
import { announceActivity, enqueue } from '../wire/activities.ts'
import type { Signer } from '../wire/proof.ts'
import { newAnnounceUri } from '../wire/uris.ts'
import { withdrawAnnounces } from './announce.ts'
import {
  announceChangeNote,
  answerStandIn,
  type CafeChange,
  sendChangeNote,
} from './change-notes.ts'
import { findFeedPost, planFeedPosts } from './feed-posts.ts'

/**
 * A directory's feeds and one café. Each feed has it once; what this costs grows with the feeds of that café (four at
 * most, and one per network of its structure), not with all that there are. What is told in one transaction changes
 * nothing of who follows whom: that is asked once for all its cafés.
 */

/**
 * Brings the café into the feeds where it belongs now, and takes it out of the others. Only news is posted; the rest is
 * listed, and so is what nobody follows.
 */
export async function updateFeeds(
  trx: Database,
  context: Context,
  { cafe, isNews }: { cafe: Cafe; isNews: boolean },
): Promise<void> {
  const feeds: Feed[] = []
  for (const key of await listFeedKeys(trx, cafe)) {
    const name = `feed ${key.kind} ${key.code}`
    const feed = await askOnce(trx, name, () => ensureFeed(trx, key, context.now()))
    if (feed) feeds.push(feed)
  }
  // A person's account announces what they lead, wherever that is.
  const stays = (actor: string) => !isFeedName(actor) || feeds.some(({ name }) => name === actor)
  const announced = await listAnnounced(trx, cafe.uri)
  const tellers = [...announced.map(({ actor }) => actor), ...feeds.map(({ name }) => name)]
  await planFeedPosts(trx, context, { uri: cafe.uri, feeds: tellers })
  await withdrawAnnounces(
    trx,
    context,
    announced.filter(({ actor }) => !stays(actor)),
  )
  // What nobody can go to is no news; a café that is put off is announced with its new date.
  if (isPast(cafe, context.now()) || ['cancelled', 'postponed'].includes(cafe.status)) return
  const had = new Set(announced.map(({ actor }) => actor))
  await takeUp(trx, context, {
    feeds: feeds.filter(({ name }) => !had.has(name)),
    cafe,
    isNews,
  })
}

async function listFeedKeys(trx: Database, cafe: Cafe): Promise<FeedKey[]> {
  if (!isInFeeds(cafe)) return []
  return feedKeysOf(cafe, await listNetworkSlugs(trx, cafe.organizer.uri))
}

async function takeUp(
  trx: Database,
  { config, now }: Context,
  { feeds, cafe, isNews }: { feeds: readonly Feed[]; cafe: Cafe; isNews: boolean },
): Promise<void> {
  const marks: Mark[] = []
  const at = now()
  for (const feed of feeds) {
    const hears =
      isNews && (await askOnce(trx, `followed ${feed.name}`, () => isFollowed(trx, feed.name)))
    marks.push({
      actor: feed.name,
      activityId: newAnnounceUri(config.origin, feed.name, cafe.id),
      state: !hears ? 'listed' : (await claimPost(trx, feed, at)) ? 'posted' : 'waiting',
    })
  }
  await markAllAnnounced(trx, { objectUri: cafe.uri, at, marks })
  for (const { actor, activityId: id, state } of marks) {
    if (state !== 'posted') continue
    const activity = announceActivity(config.origin, { id, actor, objectUri: cafe.uri }, at)
    const inboxes = await listFollowerInboxes(trx, actor, canReadShares)
    await enqueue(trx, { activity, actor, inboxes }, at)
  }
}

/** The signers of some of our accounts; found before a transaction, in which nothing else may be asked. */
export type Signers = ReadonlyMap<string, Signer>

export async function findSigners(
  { keyRing }: Services,
  actors: Iterable<string>,
): Promise<Signers> {
  const signers = new Map<string, Signer>()
  for (const actor of new Set(actors))
    signers.set(actor, (await keyRing.keysOf(actor)).ed25519.signer)
  return signers
}

/** Of the feeds whose followers were told of this café, and have a change to hear. */
export async function findAnnouncers(
  { db }: Context,
  services: Services,
  cafeUri: string | undefined,
): Promise<Signers> {
  return findSigners(services, cafeUri ? await listTellers(db, cafeUri) : [])
}

async function listTellers(db: Database, cafeUri: string): Promise<string[]> {
  const announced = await listAnnounced(db, cafeUri)
  return announced
    .filter((one) => isFeedName(one.actor) && isKnownToFollowers(one))
    .map(({ actor }) => actor)
}

/** Where a feed's post about this café was read, whichever of its feeds made it. */
export async function listAnnouncerInboxes(trx: Database, cafeUri: string): Promise<string[]> {
  const inboxes: string[] = []
  for (const actor of await listTellers(trx, cafeUri))
    inboxes.push(...(await listFollowerInboxes(trx, actor, canReadPosts)))
  return [...new Set(inboxes)]
}

/**
 * The followers of each feed that told of the café learn what has changed, and who follows several of them learns it
 * once: the narrowest feed posts it, and the others share that post. Where a feed posts the café itself, it answers that
 * post, unless the café leaves the feed: that post is about to be deleted, and nobody reads its answers. It takes a place
 * of the feed's day, or waits for the day's digest; a cancellation always goes.
 */
export async function sendFeedNotes(
  trx: Database,
  context: Context,
  { cafe, before, tellers }: CafeChange & { tellers: Signers },
): Promise<void> {
  let noteUri: string | undefined
  const keys = await listFeedKeys(trx, cafe)
  for (const feed of await listNarrowestFirst(trx, tellers.keys())) {
    const signer = tellers.get(feed.name)
    const inboxes = await listFollowerInboxes(trx, feed.name, mayHaveChangePost)
    const ofPosts = await listFollowerInboxes(trx, feed.name, hasOnlyPosts)
    if (!signer || inboxes.length + ofPosts.length === 0) continue
    const told = { actor: feed.name, objectUri: cafe.uri }
    const goes = cafe.status === 'cancelled' || (await claimPost(trx, feed, context.now()))
    if (!goes) {
      await markChanged(trx, told)
      continue
    }
    const { origin } = context.config
    const stays = keys.some(({ kind, code }) => kind === feed.kind && code === feed.code)
    const ofFeed = { feed: feed.name, cafeUri: cafe.uri }
    const post = stays ? await findFeedPost(trx, origin, ofFeed) : undefined
    const inReplyTo = post?.said && post.uri
    const answerer = { actor: feed.name, signer, inboxes: ofPosts, inReplyTo }
    await answerStandIn(trx, context, { cafe, before }, answerer)
    if (inboxes.length === 0) continue
    if (noteUri !== undefined)
      await announceChangeNote(
        trx,
        context,
        { noteUri, cafeUri: cafe.uri },
        { actor: feed.name, inboxes },
      )
    else {
      const announcer = { actor: feed.name, signer, inboxes }
      noteUri = await sendChangeNote(trx, context, { cafe, before }, announcer)
    }
  }
}

async function listNarrowestFirst(trx: Database, names: Iterable<string>): Promise<Feed[]> {
  const feeds: Feed[] = []
  for (const name of names) {
    const feed = await findFeed(trx, name)
    if (feed) feeds.push(feed)
  }
  return feeds.sort(compareWidth)
}
