import type { Context } from '../../node/context.ts'
import { type Cafe, isPast } from '../../node/domain/cafes/cafe.ts'
import { isSameState, knownStateOf } from '../../node/domain/cafes/change-message.ts'
import { isUrgent } from '../../node/domain/cafes/change-urgency.ts'
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
  setBelieved,
} from '../../node/store/feeds/announced.ts'
import { hasChangeNote, listChangeNotes } from '../../node/store/feeds/change-notes.ts'
import { claimPost, ensureFeed, findFeed } from '../../node/store/feeds/feeds.ts'
import { isFollowed, listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { listNetworkSlugs } from '../../node/store/networks/cafes.ts'
import type { Services } from '../services.ts'
import { announceActivity, enqueue } from '../wire/activities.ts'
import type { Signer } from '../wire/proof.ts'
import { newAnnounceUri } from '../wire/uris.ts'
import { withdrawAnnounces } from './announce.ts'
import { hasWaitingNote } from './cafe-pace.ts'
import {
  announceChangeNote,
  answerFallbackNote,
  type CafeChange,
  sendChangeNote,
} from './change-notes.ts'
import { findFeedPost, planFeedPosts } from './feed-posts.ts'

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
    const activity = announceActivity(config.origin, { id, actor, objectUri: cafe.uri }, at)
    const inboxes = await listFollowerInboxes(trx, actor, canReadShares)
    await enqueue(trx, { activity, actor, inboxes }, at)
  }
}

/**
 * Returns whether a feed may post a café that it takes up. One that comes back overtakes what the feed's followers were
 * told when it left, so it takes no place of the day.
 */
const mayPost = async (
  trx: Database,
  { feed, cafe, at }: { feed: Feed; cafe: Cafe; at: Temporal.Instant },
): Promise<boolean> =>
  (await hasChangeNote(trx, { cafeUri: cafe.uri, actor: feed.name })) || claimPost(trx, feed, at)

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

/** Lists the feeds whose followers know the café, those included that told where it went when it left them. */
async function listAnnouncers(db: Database, cafeUri: string): Promise<string[]> {
  const announced = (await listAnnounced(db, cafeUri)).filter(isKnownToFollowers)
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

/**
 * Tells the followers of each feed that announced the café what has changed since that feed told of it last. Whoever
 * follows several of them is told once: the narrowest feed posts the Note, and the others share it. A Note takes one
 * place of the feed's day or waits a few minutes for those of other cafés; what is urgent, or the last that a feed says
 * of the café, is always sent.
 */
export async function sendFeedNotes(
  trx: Database,
  context: Context,
  { cafe, before, announcers }: CafeChange & { announcers: Signers },
): Promise<void> {
  const shared: SharedNotes = new Map()
  const keys = await listFeedKeys(trx, cafe)
  const announced = new Map((await listAnnounced(trx, cafe.uri)).map((one) => [one.actor, one]))
  for (const feed of await listNarrowestFirst(trx, announcers.keys())) {
    const signer = announcers.get(feed.name)
    const row = announced.get(feed.name)
    if (!signer || (!row && !isInFeeds(cafe))) continue
    const { believed } = row ?? {}
    const change = { cafe, before: believed ?? before }
    const stays = keys.some(({ kind, code }) => kind === feed.kind && code === feed.code)
    const answer = await decideNotice(trx, context, {
      ...change,
      feed,
      stays: stays && row !== undefined,
    })
    const announcement = { actor: feed.name, objectUri: cafe.uri }
    if (answer === 'later') await setBelieved(trx, announcement, change.before)
    else if (believed) await setBelieved(trx, announcement, undefined)
    if (answer === 'now') await notifyFeed(trx, context, { ...change, feed, signer, stays, shared })
  }
}

/** The Notes that were made for narrower feeds, by the state that their readers believed. */
type SharedNotes = Map<string, string>

type OfFeed = CafeChange & { feed: Feed; stays: boolean }

/**
 * Tells the followers of feeds that the café is about to leave what waited there for a message about several cafés.
 * Nothing is sent where they know the café as it is, or while a Note about it waits.
 */
export async function sendUnsent(
  trx: Database,
  context: Context,
  { cafe, announcers }: { cafe: Cafe; announcers: Signers },
): Promise<void> {
  if (announcers.size === 0 || (await hasWaitingNote(trx, cafe.uri))) return
  await sendFeedNotes(trx, context, { cafe, before: knownStateOf(cafe), announcers })
}

/** Decides whether the followers of a feed are told of a change now, later, or not at all, since they know it. */
async function decideNotice(
  trx: Database,
  { now }: Context,
  { cafe, before, feed, stays }: OfFeed,
): Promise<'now' | 'later' | 'never'> {
  if (before && isSameState(before, knownStateOf(cafe))) return 'never'
  if (!(await isFollowed(trx, feed.name))) return 'never'
  if (!stays || isUrgent(before, cafe, now())) return 'now'
  return (await claimPost(trx, feed, now())) ? 'now' : 'later'
}

/**
 * Where a feed posts the café itself, the Note answers that post, unless the café leaves the feed: that post is then
 * about to be deleted, and nobody reads its answers.
 */
async function notifyFeed(
  trx: Database,
  context: Context,
  { cafe, before, feed, signer, stays, shared }: OfFeed & { signer: Signer; shared: SharedNotes },
): Promise<void> {
  const inboxes = await listFollowerInboxes(trx, feed.name, mayHaveChangePost)
  const ofPosts = await listFollowerInboxes(trx, feed.name, hasOnlyPosts)
  const { origin } = context.config
  const ofFeed = { feed: feed.name, cafeUri: cafe.uri }
  const post = stays ? await findFeedPost(trx, origin, ofFeed) : undefined
  const inReplyTo = post?.said && post.uri
  const answerer = { actor: feed.name, signer, inboxes: ofPosts, inReplyTo }
  await answerFallbackNote(trx, context, { cafe, before }, answerer)
  if (inboxes.length === 0) return
  const announcer = { actor: feed.name, signer, inboxes }
  const key = JSON.stringify(before ?? null)
  const noteUri = shared.get(key)
  if (noteUri !== undefined)
    await announceChangeNote(trx, context, { noteUri, cafeUri: cafe.uri }, announcer)
  else shared.set(key, await sendChangeNote(trx, context, { cafe, before }, announcer))
}

async function listNarrowestFirst(trx: Database, names: Iterable<string>): Promise<Feed[]> {
  const feeds: Feed[] = []
  for (const name of names) {
    const feed = await findFeed(trx, name)
    if (feed) feeds.push(feed)
  }
  return feeds.sort(compareWidth)
}
