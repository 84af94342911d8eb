import type { Context } from '../../../node/context.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import {
  isSameState,
  type KnownState,
  knownStateOf,
} from '../../../node/domain/cafes/change-message.ts'
import { isReversal, isUrgent } from '../../../node/domain/cafes/change-urgency.ts'
import {
  canMergeShares,
  hasOnlyPosts,
  mayHaveChangePost,
} from '../../../node/domain/federation/software.ts'
import { compareWidth, type Feed, isInFeeds } from '../../../node/domain/territories/feed.ts'
import type { Database } from '../../../node/store/database/database.ts'
import { listAnnounced, setBelieved } from '../../../node/store/feeds/announced.ts'
import { hasShared, insertChangeNote } from '../../../node/store/feeds/change-notes.ts'
import { claimPost, findFeed } from '../../../node/store/feeds/feeds.ts'
import { isFollowed, listFollowerInboxes } from '../../../node/store/feeds/followers.ts'
import { takeLimited } from '../../../node/store/queues/shares.ts'
import type { Signer } from '../../wire/proof.ts'
import { hasWaitingNote } from '../cafe-pace.ts'
import {
  announceChangeNote,
  answerFallbackNote,
  type CafeChange,
  sendChangeNote,
} from '../change-notes.ts'
import { findFeedPost } from './feed-posts.ts'
import { listFeedKeys, type Signers } from './feeds.ts'

/** What the feeds of a directory tell their followers of a change of a café. */

/**
 * Tells the followers of each feed that announced the café what has changed since that feed told of it last. Whoever
 * follows several of them is told once: the narrowest feed posts the Note, and the others share it; where what is
 * shared is shown once, all share that of the place (`noteUri`), which some of them follow as well. A Note takes one
 * place of the feed's day or waits a few minutes for those of other cafés; what is urgent, up to a day's limit of its
 * site, or the last that a feed says of the café, is sent at once.
 */
export async function sendFeedNotes(
  trx: Database,
  context: Context,
  {
    cafe,
    before,
    announcers,
    noteUri,
  }: CafeChange & { announcers: Signers; noteUri?: string | undefined },
): Promise<void> {
  const ofPlace = new Map(noteUri === undefined ? [] : [[keyOf(before), noteUri]])
  const shared: SharedNotes = { ofPlace, posted: new Map() }
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
      noteUri,
      isHeld: row?.state === 'later',
      stays: stays && row !== undefined,
    })
    const announcement = { actor: feed.name, objectUri: cafe.uri }
    if (answer === 'later') await setBelieved(trx, announcement, change.before)
    else if (believed) await setBelieved(trx, announcement, undefined)
    if (answer === 'now') await notifyFeed(trx, context, { ...change, feed, signer, stays, shared })
  }
}

/** Notes that feeds may share, by the state that their readers believed: that of the place, those of narrower feeds. */
type SharedNotes = { ofPlace: ReadonlyMap<string, string>; posted: Map<string, string> }

const keyOf = (before: KnownState | undefined): string => JSON.stringify(before ?? null)

type OfFeed = CafeChange & { feed: Feed; stays: boolean }

type Notice = OfFeed & {
  noteUri: string | undefined
  /** Whether its followers have not heard of the café, since it is a date of a series that is still far. */
  isHeld: boolean
}

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
  { cafe, before, feed, noteUri, isHeld, stays }: Notice,
): Promise<'now' | 'later' | 'never'> {
  if (before && isSameState(before, knownStateOf(cafe))) return 'never'
  if (!(await isFollowed(trx, feed.name))) return 'never'
  if (isHeld && noteUri === undefined && !isReversal(before, cafe)) return 'never'
  // A Note of the place about several dates of a series is shared once.
  if (noteUri && (await hasShared(trx, { actor: feed.name, noteUri }))) return 'never'
  if (!stays) return 'now'
  const { host } = new URL(cafe.uri)
  if (isUrgent(before, cafe, now()) && (await takeLimited(trx, 'urgent notes', { host }, now())))
    return 'now'
  // Dates of a series of which no Note of the place tells are told together.
  if (cafe.series !== undefined && noteUri === undefined) return 'later'
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
  if (inReplyTo || cafe.series === undefined)
    await answerFallbackNote(trx, context, { cafe, before }, answerer)
  const key = keyOf(before)
  const isDate = cafe.series !== undefined
  const ofPlace = isDate ? [...shared.ofPlace.values()][0] : shared.ofPlace.get(key)
  const merging = isDate ? inboxes : await listFollowerInboxes(trx, feed.name, canMergeShares)
  const sharing = ofPlace ? merging : []
  const others = inboxes.filter((inbox) => !sharing.includes(inbox))
  const announcer = { actor: feed.name, signer }
  const change = { cafe, before }
  if (ofPlace)
    await announceNote(trx, context, { cafe, noteUri: ofPlace }, { ...announcer, inboxes: sharing })
  if (others.length === 0) return
  const posted = shared.posted.get(key)
  const sender = { ...announcer, inboxes: others }
  if (posted) await announceNote(trx, context, { cafe, noteUri: posted }, sender)
  else shared.posted.set(key, await sendChangeNote(trx, context, change, sender))
}

/** Shares a Note of the place, or of another feed, which is undone together with the café. */
export async function announceNote(
  trx: Database,
  context: Context,
  { cafe, noteUri }: { cafe: Pick<Cafe, 'uri'>; noteUri: string },
  { actor, inboxes }: { actor: string; inboxes: readonly string[] },
): Promise<void> {
  if (inboxes.length === 0) return
  const cafeUri = cafe.uri
  const uri = await announceChangeNote(trx, context, { noteUri, cafeUri }, { actor, inboxes })
  const at = context.now().round({ smallestUnit: 'second', roundingMode: 'floor' })
  await insertChangeNote(trx, { cafeUri, uri, actor, shared: { noteUri, at } })
}

async function listNarrowestFirst(trx: Database, names: Iterable<string>): Promise<Feed[]> {
  const feeds: Feed[] = []
  for (const name of names) {
    const feed = await findFeed(trx, name)
    if (feed) feeds.push(feed)
  }
  return feeds.sort(compareWidth)
}
