import type { Context } from '../../../node/context.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Change } from '../../../node/domain/federation/change.ts'
import { hasOnlyPosts, POST_PROGRAMS } from '../../../node/domain/federation/software.ts'
import { isFeedName } from '../../../node/domain/territories/feed.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import { askOnce, type Database } from '../../../node/store/database/database.ts'
import { hasProgram } from '../../../node/store/directory/hosts.ts'
import { isPosted, listAnnounced } from '../../../node/store/feeds/announced.ts'
import { listFollowerInboxes } from '../../../node/store/feeds/followers.ts'
import { appendChange } from '../../../node/store/queues/changes.ts'
import { findDocument, saveDocument } from '../../../node/store/queues/documents.ts'
import { withdrawStamps } from '../../actors/givers.ts'
import type { Effect, Services } from '../../services.ts'
import { enqueue, publicActivity } from '../../wire/activities.ts'
import { ACTIVITY_STREAMS } from '../../wire/context.ts'
import { isSameToReaders } from '../../wire/event.ts'
import { toFallbackNote } from '../../wire/fallback-note.ts'
import { isObject, type Json } from '../../wire/json.ts'
import { addProof, type Signer } from '../../wire/proof.ts'
import { feedPostUri } from '../../wire/uris.ts'

/**
 * The posts of feeds. A feed announces the ids of cafés, and where Events are dropped (NodeBB, Hollo) such an Announce
 * shows nothing. There the feed posts a Note of its own that stands in for the Event, and is changed and deleted with
 * it.
 */

type Due = Extract<Change, { type: 'feed-posts-due' }>
/** Plans that the posts of these feeds are brought in line with what they announce, once this transaction has ended. */
export async function planFeedPosts(
  trx: Database,
  { now }: Pick<Context, 'now'>,
  { uri, feeds }: Omit<Due, 'type'>,
): Promise<void> {
  const named = [...new Set(feeds.filter(isFeedName))]
  if (named.length === 0) return
  if (!(await askOnce(trx, 'post programs', () => hasProgram(trx, POST_PROGRAMS)))) return
  await appendChange(trx, { type: 'feed-posts-due', uri, feeds: named }, now())
}

/**
 * Posts, changes or deletes what each feed says about the café as it is now. Nothing is sent where that was said last.
 */
export async function enqueueFeedPosts(
  context: Context,
  { keyRing }: Services,
  { uri, feeds }: Due,
): Promise<Effect> {
  const signers = new Map<string, Signer>()
  for (const feed of feeds) signers.set(feed, (await keyRing.keysOf(feed)).ed25519.signer)
  return async (trx) => {
    const cafe = await findCafeByUri(trx, uri)
    const announced = cafe ? await listAnnounced(trx, uri) : []
    for (const [feed, signer] of signers) {
      const isAnnounced = announced.some((one) => one.actor === feed && isPosted(one))
      const inboxes = await listFollowerInboxes(trx, feed, hasOnlyPosts)
      const sender = { feed, signer, inboxes }
      if (cafe && isAnnounced) await post(trx, context, cafe, sender)
      else await withdraw(trx, context, uri, sender)
    }
  }
}

type FeedSender = { feed: string; signer: Signer; inboxes: readonly string[] }

async function post(
  trx: Database,
  { config, now }: Context,
  cafe: Cafe,
  { feed, signer, inboxes }: FeedSender,
): Promise<void> {
  if (inboxes.length === 0) return
  const { origin } = config
  const found = await findFeedPost(trx, origin, { feed, cafeUri: cafe.uri })
  if (!found) return
  const { uri, said: before } = found
  const times = timesAfter(before, now())
  const note = toFallbackNote(cafe, { uri, actor: feed, origin, times })
  if (before && isSameToReaders(before, note)) return
  const object = addProof(note, signer, now())
  await saveDocument(trx, { uri, body: JSON.stringify(object) })
  await enqueuePost(
    trx,
    { config, now },
    { type: before ? 'Update' : 'Create', object, uri },
    { feed, signer, inboxes },
  )
}

/**
 * Returns the times of a post. An edit must be later than what it changes, to the second, or other servers ignore it.
 */
function timesAfter(before: Json | undefined, now: Temporal.Instant): Json {
  const at = now.round({ smallestUnit: 'second', roundingMode: 'floor' })
  if (!before) return { published: at.toString() }
  const next = Temporal.Instant.from(String(before.updated ?? before.published)).add({ seconds: 1 })
  const updated = Temporal.Instant.compare(at, next) < 0 ? next : at
  return { published: before.published, updated: updated.toString() }
}

async function withdraw(
  trx: Database,
  context: Context,
  cafeUri: string,
  sender: FeedSender,
): Promise<void> {
  const { origin } = context.config
  const found = await findFeedPost(trx, origin, { feed: sender.feed, cafeUri })
  if (!found?.said) return
  const { uri } = found
  const tombstone = { '@context': ACTIVITY_STREAMS, id: uri, type: 'Tombstone' }
  await saveDocument(trx, { uri, body: JSON.stringify(tombstone) })
  await withdrawStamps(trx, context, [uri])
  if (sender.inboxes.length === 0) return
  const object = { id: uri, type: 'Tombstone', formerType: 'Note' }
  await enqueuePost(trx, context, { type: 'Delete', object, uri }, sender)
}

async function enqueuePost(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  { type, object, uri }: { type: 'Create' | 'Update' | 'Delete'; object: Json; uri: string },
  { feed, signer, inboxes }: FeedSender,
): Promise<void> {
  const activity = publicActivity(
    { type, actor: feed, objectUri: uri, object, kind: 'cafe' },
    { origin: config.origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor: feed, inboxes }, now())
}

/**
 * The maximum number of times that a feed posts a café that had left it, as when a wrong town is corrected. NodeBB does
 * not show again what was deleted, so each time has an id of its own. A café that comes back more often is left out.
 */
const MOST_TURNS = 10

/**
 * Finds a feed's own post about a café: its id and what it said last; undefined when the café has come back too often.
 */
export async function findFeedPost(
  trx: Database,
  origin: string,
  { feed, cafeUri }: { feed: string; cafeUri: string },
): Promise<{ uri: string; said: Json | undefined } | undefined> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const uri = feedPostUri(origin, { feed, cafeUri, turn })
    const said: unknown = JSON.parse((await findDocument(trx, uri)) ?? 'null')
    if (!isObject(said)) return { uri, said: undefined }
    if (said.type === 'Note') return { uri, said }
  }
  return undefined
}
