import type { Context } from '../../../node/context.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { isSameState, knownStateOf } from '../../../node/domain/cafes/change-message.ts'
import { canReadPosts } from '../../../node/domain/federation/software.ts'
import type { Digest, Feed } from '../../../node/domain/territories/feed.ts'
import type { Database } from '../../../node/store/database/database.ts'
import {
  endUnsent,
  endWaiting,
  findUnsent,
  listWaiting,
  markDelivered,
} from '../../../node/store/feeds/announced.ts'
import {
  countHeldFeedCafes,
  listFeedCafes,
  listFeedCafesAmong,
} from '../../../node/store/feeds/cafes.ts'
import { findFeed } from '../../../node/store/feeds/feeds.ts'
import { listFollowerInboxes } from '../../../node/store/feeds/followers.ts'
import { saveDocument } from '../../../node/store/queues/documents.ts'
import type { Effect, Services } from '../../services.ts'
import { enqueue, publicActivity } from '../../wire/activities.ts'
import { toOpenPolicy } from '../../wire/consent.ts'
import { CONTEXT, PUBLIC } from '../../wire/context.ts'
import type { Json } from '../../wire/json.ts'
import { addProof, type Signer } from '../../wire/proof.ts'
import { actorUri, followersUri, newNoteUri } from '../../wire/uris.ts'
import type { CafeChange } from '../change-notes.ts'
import { changesHtml, DIGEST_CAFES, digestHtml } from './digest-text.ts'

/**
 * Posts the digest of a feed: one message for several cafés, those of the week, those that did not fit into their day,
 * or those that changed. Nothing is posted for a feed that is gone.
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
    const inboxes = await listFollowerInboxes(trx, feed.name, canReadPosts)
    const sender = { feed, signer, inboxes }
    await (digest.kind === 'changes'
      ? sendChanges(trx, context, sender)
      : sendCafes(trx, context, { ...digest, kind: digest.kind }, sender))
  }
}

type Sender = { feed: Feed; signer: Signer; inboxes: readonly string[] }
type DigestOfCafes = Digest & { kind: 'daily' | 'weekly' }

async function sendCafes(
  trx: Database,
  context: Context,
  digest: DigestOfCafes,
  sender: Sender,
): Promise<void> {
  const { feed, inboxes } = sender
  const { cafes, total } = await findCafes(trx, context, { feed, digest })
  const { kind } = digest
  const sent = inboxes.length > 0 ? cafes : []
  if (sent.length > 0) {
    const content = digestHtml({ feed, kind, cafes, total }, context.config.origin)
    await sendNote(trx, context, sender, content)
  }
  await markDelivered(trx, { actor: feed.name, objectUris: sent.map(({ uri }) => uri) })
  if (kind === 'daily') await endWaiting(trx, feed.name)
}

/** Sends as many messages as the cafés that changed need: what somebody was told must not stay wrong. */
async function sendChanges(trx: Database, context: Context, sender: Sender): Promise<void> {
  const { feed, inboxes } = sender
  const changes = await findChanges(trx, context, feed)
  for (let start = 0; start < changes.length && inboxes.length > 0; start += DIGEST_CAFES) {
    const some = changes.slice(start, start + DIGEST_CAFES)
    await sendNote(trx, context, sender, changesHtml(feed, some, context.config.origin))
  }
  await endUnsent(trx, feed.name)
}

/** Returns the cafés of the feed of which its followers believe something that no longer holds. */
async function findChanges(trx: Database, { now }: Context, feed: Feed): Promise<CafeChange[]> {
  const unsent = await findUnsent(trx, feed.name)
  const uris = [...unsent.keys()]
  const cafes = await listFeedCafesAmong(trx, feed, { now: now(), uris, evenOff: true })
  return cafes
    .map((cafe) => ({ cafe, before: unsent.get(cafe.uri) }))
    .filter(({ cafe, before }) => !before || !isSameState(before, knownStateOf(cafe)))
}

async function findCafes(
  trx: Database,
  { now }: Context,
  { feed, digest }: { feed: Feed; digest: DigestOfCafes },
): Promise<{ cafes: Cafe[]; total: number }> {
  if (digest.kind === 'daily') {
    const uris = await listWaiting(trx, feed.name)
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

async function sendNote(
  trx: Database,
  { config, now }: Context,
  { feed, signer, inboxes }: Sender,
  content: string,
): Promise<void> {
  const { origin } = config
  const uri = newNoteUri(origin)
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
    ...toOpenPolicy('quote'),
  }
  const signed = addProof(note, signer, now())
  await saveDocument(trx, { uri, body: JSON.stringify(signed) })
  const activity = publicActivity(
    { type: 'Create', actor: feed.name, objectUri: uri, object: signed, kind: 'note' },
    { origin, signer, now: now() },
  )
  await enqueue(trx, { activity, actor: feed.name, inboxes }, now())
}
