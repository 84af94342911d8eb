import type { Context } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { canReadPosts } from '../../node/domain/federation/software.ts'
import type { Digest, Feed } from '../../node/domain/territories/feed.ts'
import type { Database } from '../../node/store/database/database.ts'
import { endWaiting, listWaiting, markDelivered } from '../../node/store/feeds/announced.ts'
import {
  countHeldFeedCafes,
  listFeedCafes,
  listFeedCafesAmong,
} from '../../node/store/feeds/cafes.ts'
import { findFeed } from '../../node/store/feeds/feeds.ts'
import { listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { saveDocument } from '../../node/store/queues/documents.ts'
import type { Effect, Services } from '../services.ts'
import { enqueue, publicActivity } from '../wire/activities.ts'
import { CONTEXT, PUBLIC } from '../wire/context.ts'
import type { Json } from '../wire/json.ts'
import { addProof, type Signer } from '../wire/proof.ts'
import { actorUri, followersUri, newNoteUri } from '../wire/uris.ts'
import { DIGEST_CAFES, digestHtml } from './digest-text.ts'

/**
 * Posts the digest of a feed: one message for several cafés, those of the week or those that did not fit into their day.
 * Nothing is posted for a feed that is gone.
 */
export async function enqueueDigest(
  context: Context,
  services: Services,
  digest: Digest,
): Promise<Effect> {
  const feed = await findFeed(context.db, digest.feed)
  if (!feed) return async () => undefined
  const { signer } = (await services.keyRing.keysOf(feed.name)).ed25519
  return async (trx) => {
    const { cafes, total } = await findCafes(trx, context, { feed, digest })
    const changed = digest.kind === 'daily' ? await findChanged(trx, context, feed) : []
    const inboxes = await listFollowerInboxes(trx, feed.name, canReadPosts)
    const sent = inboxes.length > 0 ? cafes : []
    if (inboxes.length > 0 && cafes.length + changed.length > 0)
      await sendNote(trx, context, { feed, digest, cafes, total, changed, signer, inboxes })
    await markDelivered(trx, { actor: feed.name, objectUris: sent.map(({ uri }) => uri) })
    if (digest.kind === 'daily') await endWaiting(trx, feed.name)
  }
}

async function findCafes(
  trx: Database,
  { now }: Context,
  { feed, digest }: { feed: Feed; digest: Digest },
): Promise<{ cafes: Cafe[]; total: number }> {
  if (digest.kind === 'daily') {
    const uris = await listWaiting(trx, feed.name, 'waiting')
    const cafes = await listFeedCafesAmong(trx, feed, { now: now(), uris })
    return { cafes: cafes.slice(0, DIGEST_CAFES), total: cafes.length }
  }
  const end = Temporal.PlainDate.from(digest.day).add({ days: 7 })
  const period = { now: now(), until: end.toZonedDateTime(feed.timezone).toInstant() }
  return {
    cafes: await listFeedCafes(trx, feed, { ...period, limit: DIGEST_CAFES }),
    total: await countHeldFeedCafes(trx, feed, period),
  }
}

/** Returns the cafés that were announced before and changed on a day when the feed had no place left for them. */
async function findChanged(trx: Database, { now }: Context, feed: Feed): Promise<Cafe[]> {
  const uris = await listWaiting(trx, feed.name, 'changed')
  return listFeedCafesAmong(trx, feed, { now: now(), uris, withPostponed: true })
}

type Message = {
  feed: Feed
  digest: Digest
  cafes: Cafe[]
  total: number
  changed: Cafe[]
  signer: Signer
  inboxes: readonly string[]
}

async function sendNote(
  trx: Database,
  { config, now }: Context,
  { feed, digest, cafes, total, changed, signer, inboxes }: Message,
): Promise<void> {
  const { origin } = config
  const uri = newNoteUri(origin)
  const content = digestHtml({ feed, kind: digest.kind, cafes, total, changed }, origin)
  const note: Json = {
    '@context': CONTEXT,
    id: uri,
    type: 'Note',
    attributedTo: actorUri(origin, feed.name),
    to: [PUBLIC],
    cc: [followersUri(origin, feed.name)],
    // NodeBB takes the category from `audience`.
    audience: actorUri(origin, feed.name),
    content,
    contentMap: { fr: content },
    url: uri,
    published: now().round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
    tag: [{ type: 'Hashtag', name: '#CafeIA', href: `${origin}/cafes` }],
    attachment: [],
  }
  const signed = addProof(note, signer, now())
  await saveDocument(trx, { uri, body: JSON.stringify(signed) })
  const activity = publicActivity(
    { type: 'Create', actor: feed.name, objectUri: uri, object: signed, kind: 'note' },
    { origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor: feed.name, inboxes }, now())
}
