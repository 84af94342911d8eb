import type { Context } from '../../node/context.ts'
import { listTextsOf } from '../../node/store/cafes/cafe-documents.ts'
import { listTombstonesOf } from '../../node/store/directory/deletions.ts'
import {
  hashServers,
  listFollowerServers,
  listFollowerServersSince,
} from '../../node/store/directory/follower-servers.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { askRecovery } from '../../node/store/directory/recoveries.ts'
import { findErasedAt } from '../../node/store/facilitators/erasures.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { listDocuments } from '../../node/store/queues/documents.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import { listAttestationsAt } from '../../node/store/referents/attestations.ts'
import { giveWay } from '../../node/turns/turns.ts'
import { ACTIVITY_STREAMS } from '../wire/context.ts'
import { wordTimeOf } from '../wire/proof.ts'
import { actorUri, facilitatorActorUri, INSTANCE, restorationUri } from '../wire/uris.ts'

/**
 * What a server that was restored is told of its own objects: which of its cafés were deleted here since a given time,
 * what it signed of the others, of its structure and of its networks since, and which mandates this directory gave to
 * its people; what became of the profiles that it names and, where it lost everything and the team agrees, the servers
 * of its followers. All of it is of the asker's own origin.
 */

/** The maximum number of deletions on a page, and of texts and their characters: an answer of ours has a mebibyte. */
const DELETIONS = 200
const TEXTS = { limit: 50, bytes: 512 * 1024 }
/** The same of words, of which this many are looked through for a page. */
const WORDS = { limit: 200, bytes: 512 * 1024 }

/** The maximum number of profiles that one question may name. */
export const MOST_NAMED = 50

const HANDLE = /^[a-z\d][a-z\d-]{0,79}$/

export type RestorationAnswer = {
  /** 202: the team has not decided; 400: no such question; 401: not the `instance` of a server that is known here. */
  status: 200 | 202 | 400 | 401 | 403 | 429
  text?: string
}

/**
 * Answers one question.
 *
 * @param query - `since` (an instant) with `page` or `texts` for cafés, with `words` for the rest that it signed, `facilitators` (handles separated by commas) for profiles,
 * or `followers` for the servers of the followers, with `since` and `known` (the hash of those of the backup) where there was a backup.
 */
export async function answerRestoration(
  context: Context,
  { asker, query }: { asker: string | undefined; query: URLSearchParams },
): Promise<RestorationAnswer> {
  const { db, now } = context
  const origin = asker === undefined ? undefined : new URL(asker).origin
  if (asker === undefined || origin === undefined || asker !== actorUri(origin, INSTANCE))
    return { status: 401 }
  const peer = await findPeerByActor(db, asker)
  if (!peer) return { status: 401 }
  if (!(await takeLimited(db, 'restoration', { host: peer.host }, now()))) return { status: 429 }
  if (query.has('followers'))
    return peer.membership === 'member'
      ? answerFollowers(context, { peerId: peer.id, query })
      : { status: 401 }
  const named = query.get('facilitators')
  return named === null
    ? answerCafes(context, { origin, query })
    : answerProfiles(context, { origin, named })
}

/** Gives what is kept for a member that lost its data, once the team has agreed; asking again changes nothing. */
async function answerFollowers(
  context: Context,
  { peerId, query }: { peerId: string; query: URLSearchParams },
): Promise<RestorationAnswer> {
  const { db, now } = context
  const since = parseInstant(query.get('since'))
  const isKnown =
    since !== undefined &&
    query.get('known') === hashServers(await listFollowerServersSince(db, peerId, since))
  const inboxes = isKnown ? [] : await listFollowerServers(db, peerId)
  // Without a stored list, there is nothing for the team to approve.
  const answer =
    inboxes.length === 0
      ? 'granted'
      : await db.transaction().execute((trx) => askRecovery(trx, peerId, now()))
  if (answer === 'granted')
    return page(
      context,
      'followers',
      inboxes.map((inbox) => JSON.stringify(inbox)),
    )
  return { status: answer === 'waiting' ? 202 : 403 }
}

async function answerProfiles(
  context: Context,
  { origin, named }: { origin: string; named: string },
): Promise<RestorationAnswer> {
  const handles = named.split(',')
  if (handles.length > MOST_NAMED || !handles.every((handle) => HANDLE.test(handle)))
    return { status: 400 }
  const uris = handles.map((handle) => `${facilitatorActorUri(origin)}/${handle}`)
  const found = await Promise.all(uris.map((uri) => describeProfile(context.db, uri)))
  return page(context, `facilitators=${named}`, found.flat())
}

async function answerCafes(
  context: Context,
  { origin, query }: { origin: string; query: URLSearchParams },
): Promise<RestorationAnswer> {
  const since = parseInstant(query.get('since'))
  const [texts, words] = [query.get('texts'), query.get('words')]
  const after = words ?? texts ?? query.get('page') ?? ''
  if (!since || after.length > 2000) return { status: 400 }
  const toPage = (place: Record<string, string>) =>
    `${new URLSearchParams({ since: since.toString(), ...place })}`
  const from = { origin, since, after }
  if (words !== null) {
    const { items, next } = await listWordsOf(context, from)
    const following = next === undefined ? undefined : toPage({ words: next })
    return page(context, toPage({ words }), items, following)
  }
  if (texts !== null) {
    const { items, next } = await listTextsOf(context.db, { ...from, ...TEXTS })
    const following = toPage(next === undefined ? { words: '' } : { texts: next })
    return page(context, toPage({ texts }), items, following)
  }
  const { items, next } = await listTombstonesOf(context.db, { ...from, limit: DELETIONS })
  const deleted = items.map(({ uri, deletedAt }) => tombstone(uri, 'Event', deletedAt))
  // Whoever reads on knows all deletions before the first text.
  const following = toPage(next === undefined ? { texts: '' } : { page: next })
  return page(context, toPage({ page: after }), deleted, following)
}

/**
 * Lists what the asker has signed of its structure and its networks since then, after what this directory has signed
 * about its people, which is on the first page.
 */
async function listWordsOf(
  { db, now }: Context,
  { origin, since, after }: { origin: string; since: Temporal.Instant; after: string },
): Promise<{ items: string[]; next: string | undefined }> {
  const mandates = after === '' ? await listAttestationsAt(db, origin, now()) : []
  const items = mandates.map((one) =>
    'body' in one ? one.body : tombstone(one.uri, 'Relationship', one.revokedAt),
  )
  const place = { after: after > `${origin}/` ? after : `${origin}/`, before: `${origin}0` }
  const words = await listDocuments(db, { ...place, limit: WORDS.limit })
  let left = WORDS.bytes
  for (const { uri, body } of words) {
    await giveWay()
    const at = wordTimeOf(JSON.parse(body))
    if (!at || Temporal.Instant.compare(at, since) < 0) continue
    items.push(body)
    left -= body.length
    if (left < 0) return { items, next: uri }
  }
  return { items, next: words.length < WORDS.limit ? undefined : words.at(-1)?.uri }
}

/** @param items - The JSON text of each. */
function page(
  { config }: Context,
  query: string,
  items: readonly string[],
  next?: string,
): RestorationAnswer {
  const id = restorationUri(config.origin)
  const head = JSON.stringify({
    '@context': ACTIVITY_STREAMS,
    ...{ id: `${id}?${query}`, type: 'CollectionPage', partOf: id },
    ...(next !== undefined && { next: `${id}?${next}` }),
  })
  return { status: 200, text: `${head.slice(0, -1)},"items":[${items.join(',')}]}` }
}

/**
 * Returns a Tombstone for a profile that is gone, or the time when what is shown of it here was last changed. The list
 * is empty for a profile that was never here.
 */
async function describeProfile(db: Context['db'], uri: string): Promise<string[]> {
  const shown = await findFacilitatorByUri(db, uri)
  if (shown)
    return [JSON.stringify({ id: uri, type: 'Profile', updated: shown.updatedAt.toString() })]
  const at = await findErasedAt(db, uri)
  return at ? [tombstone(uri, 'Profile', at)] : []
}

const tombstone = (id: string, formerType: string, deleted: Temporal.Instant): string =>
  JSON.stringify({ id, type: 'Tombstone', formerType, deleted: deleted.toString() })

function parseInstant(text: string | null): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text ?? '')
  } catch {
    return undefined
  }
}
