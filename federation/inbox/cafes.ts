import type { Context } from '../../node/context.ts'
import type { Cafe, HiddenReason } from '../../node/domain/cafes/cafe.ts'
import { isWholeServer, type Peer } from '../../node/domain/federation/peer.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { withdrawCafe } from '../../node/store/cafes/private-cafes.ts'
import {
  isNewlyCancelled,
  type ReceiveOutcome,
  receiveCafe,
} from '../../node/store/cafes/received-cafes.ts'
import { hasRoomForCafe } from '../../node/store/cafes/received-room.ts'
import { countWaitingBytes } from '../../node/store/cafes/received-rows.ts'
import type { Database } from '../../node/store/database/database.ts'
import { renamePeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { requesterOf } from '../../node/store/directory/requesters.ts'
import { count } from '../../node/store/queues/counters.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { nameOfAccount } from '../actors/actors.ts'
import { answersFor, findOrganizerAfter, findPassedOnCafe, findSpeaker } from '../actors/owners.ts'
import { isPublic } from '../wire/addressing.ts'
import { idOf, isObject, isStorable, type Json, originOf, textOf, toList } from '../wire/json.ts'
import { isNewToReaders } from '../wire/new-to-readers.ts'
import { fromEvent, type ReadEvent, readInstant } from '../wire/read-event.ts'
import { writeJson } from '../wire/strict-json.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import { facilitatorHandler } from './facilitators.ts'
import type { Handler } from './handler.ts'
import { findRevisionTime, isKnownEvent } from './known-event.ts'
import { findSave } from './objects.ts'

/** Handlers of activities about cafés. Create and Update are one upsert: verify, then apply. */

const onEvent: Handler = async (trx, received, context) => {
  const { activity, written, actorUri, readText } = received
  const [object] = toList(activity.object)
  const save = findSave(object) ?? facilitatorHandler(received)
  if (save) return save(trx, received, context)
  const peer = await findSpeaker(trx, actorUri)
  if (!peer) return onStranger(trx, received, context)
  if (!isObject(object)) {
    const uri = idOf(object)
    if (uri && originOf(uri) === peer.origin)
      await enqueueTask(
        trx,
        { kind: 'fetch', subject: uri, cursor: peer.id, requester: `peer:${peer.host}` },
        context.now(),
      )
    return
  }
  const outcome = await applyEvent(trx, context, {
    event: object,
    written: withContext(toList(written.object)[0], written),
    peer,
    speaker: actorUri,
    carrier: activity,
    readActivity: readText,
    isUnknown: received.isOfUnknownCafe ?? false,
  })
  // The café is read with the rest of its server, on a day whose budget allows it.
  if (outcome === 'too-many') await count(trx, 'inbox:too-many', context.now())
}

/**
 * Handles a Create or Update of a café that is here because somebody else announced it: the café is read at its own
 * address.
 */
const onStranger: Handler = async (trx, { activity, actorUri }, context) => {
  const uri = idOf(toList(activity.object)[0])
  const cafe = await findPassedOnCafe(trx, { uri, actorUri })
  if (!cafe) return count(trx, 'inbox:stranger', context.now())
  const requester = await requesterOf(trx, new URL(actorUri).origin)
  await enqueueTask(trx, { kind: 'fetch', subject: cafe.uri, requester }, context.now())
}

/** Handles a Create, which is stored as an Update is. */
export const onCreate: Handler = onEvent

/**
 * Handles an Update: one of the actor itself changes the name of its peer; any other is about an Event, a network or a
 * profile.
 */
export const onUpdate: Handler = async (trx, received, context) => {
  const [object] = toList(received.activity.object)
  if (!isObject(object) || object.id !== received.actorUri) return onEvent(trx, received, context)
  const name = typeof object.name === 'string' ? cleanText(object.name, MAX_NAME) : ''
  if (name !== '') await renamePeer(trx, received.actorUri, name)
  // The rest of the actor's document, and its structures, are read at their addresses.
  const speaker = context.isDirectory ? await findSpeaker(trx, received.actorUri) : undefined
  if (speaker)
    await enqueueTask(
      trx,
      { kind: 'visit', subject: speaker.origin, requester: `peer:${speaker.host}` },
      context.now(),
    )
}

const MAX_NAME = 300

/** Handles an Announce, of which only the id counts: the object is fetched from its own origin, later and once. */
export const onAnnounce: Handler = async (trx, { activity, actorUri }, context) => {
  const uri = idOf(toList(activity.object)[0])
  const peer = await findSpeaker(trx, actorUri)
  const origin = originOf(uri)
  if (!uri || !isStorable(uri) || !peer || !origin || origin === context.config.origin) return
  const requester = `peer:${peer.host}` as const
  await enqueueTask(trx, { kind: 'fetch', subject: uri, cursor: peer.id, requester }, context.now())
}

export type EventToApply = {
  /** The Event in our own terms. */
  event: Json
  /** The Event as it was written, which is stored and given out. */
  written: unknown
  /** The peer that says it, or that announced its address. */
  peer: Peer
  /** The actor that says so; undefined when it was read at its own address or in a list of the peer. */
  speaker?: string | undefined
  /** Whether it was read at its own address. */
  isAtItsAddress?: boolean | undefined
  /** The Create or Update that brought it, for its addressing. */
  carrier?: Json | undefined
  /** Decodes the activity that brought it, for what is forwarded; undefined when it was read from a collection. */
  readActivity: (() => string) | undefined
  /** Whether it is known that the café is neither here nor deleted. */
  isUnknown?: boolean
}

type Outcome = ReceiveOutcome | `refused: ${string}`

/** Reads the Event and stores it, in the caller's transaction. A refusal is counted, wherever the Event came from. */
export async function applyEvent(
  trx: Database,
  context: Pick<Context, 'now' | 'config'>,
  said: EventToApply,
): Promise<Outcome> {
  const outcome = await storeEvent(trx, context, said)
  if (outcome.startsWith('refused')) await count(trx, 'inbox:refused', context.now())
  return outcome
}

/** Decides whether an Event is taken, from whom and at what time, and stores it or returns why not. */
async function storeEvent(
  trx: Database,
  { now, config }: Pick<Context, 'now' | 'config'>,
  said: EventToApply,
): Promise<Outcome> {
  const { event, written, peer: announcer, speaker, isAtItsAddress, carrier } = said
  const { isUnknown = false } = said
  const current = isUnknown ? undefined : await findCafeByUri(trx, textOf(event.id) ?? '')
  const body = isObject(written) ? writeJson(written) : JSON.stringify(written)
  if (current && (await isKnownEvent(trx, said, { current, body }))) return 'known'
  const read = fromEvent(event, now())
  if ('refused' in read) return `refused: ${read.refused}`
  const { uri, owners } = read
  const organizer = await findOrganizerAfter(trx, {
    peer: announcer,
    speaker,
    isAtItsAddress,
    current,
    uri,
    owners,
  })
  if (organizer === undefined) return 'refused: of somebody else'
  if (!isPublic(event, carrier)) {
    if (current)
      await withdrawCafe(trx, current, { updatedAt: withdrawnAt(read, event, current), now: now() })
    return 'refused: not for everybody'
  }
  return storeRead(trx, { now, config }, { said, read, organizer, current, body })
}

type Read = {
  said: EventToApply
  read: ReadEvent
  organizer: string
  current: Cafe | undefined
  body: string
}

/** Stores a café that was read, in the name of whoever answers for it, where its domain has room. */
async function storeRead(
  trx: Database,
  { now, config }: Pick<Context, 'now' | 'config'>,
  { said, read, organizer, current, body }: Read,
): Promise<Outcome> {
  const { written, peer: announcer, readActivity, isUnknown = false } = said
  const { origin, host } = new URL(read.uri)
  // A café belongs to the origin of its id, not to the server that told us about it.
  const home = answersFor(announcer, organizer) ? announcer : await findSpeaker(trx, organizer)
  // A member vouches for its own cafés, and not for what it passes on from elsewhere.
  const own = home && answersFor(home, organizer) ? home : undefined
  const source = own ?? announcer
  const isCancelling = current !== undefined && isNewlyCancelled(current, read)
  const room = {
    uri: read.uri,
    host: source.host,
    body,
    isCancelling,
    max: config.shares.megabytes,
  }
  if (!(await hasRoomForCafe(trx, { ...room, waiting: countWaitingBytes(trx, source.host) })))
    return 'refused: its domain has no room left'
  const { uri, url, uid, ofSeries, publishedAt, confirmedAt, content, venue, picture } = read
  return receiveCafe(
    trx,
    {
      ...{ uri, url, uid, ofSeries, publishedAt, confirmedAt, content, venue, picture, body },
      organizer: {
        uri: organizer,
        name: (await findOrganizerName(trx, { organizer, own, current })) ?? host,
        url: `${origin}/`,
      },
      updatedAt: await findRevisionTime(trx, said, { current, readAt: read.updatedAt }),
      hiddenReason: hiddenReason(read, own?.membership === 'member'),
    },
    {
      ...{ current, isUnknown, announcer, readActivity },
      peer: source,
      isNewToReaders: async () => !isObject(written) || isNewToReaders(trx, written),
      now: now(),
      cafesPerDay: config.reading.cafes,
    },
  )
}

/**
 * Finds the name of an organizer: that of its server, unless the server hosts it beside others; then its account says it,
 * once that was fetched, as it was to believe its first message.
 */
async function findOrganizerName(
  trx: Database,
  {
    organizer,
    own,
    current,
  }: { organizer: string; own: Peer | undefined; current: Cafe | undefined },
): Promise<string | undefined> {
  const isHosted =
    own !== undefined && isWholeServer(own) && organizer !== actorUri(own.origin, CAFES)
  if (!isHosted) return own?.name
  const account = await findRemoteActor(trx, organizer)
  return (account && nameOfAccount(account.name)) ?? current?.organizer.name ?? own.name
}

/** Returns the time of a withdrawal. One that does not say when it was written is never older than what is stored. */
const withdrawnAt = (read: ReadEvent, event: Json, current: Cafe): Temporal.Instant =>
  readInstant(event.updated) || Temporal.Instant.compare(read.updatedAt, current.updatedAt) > 0
    ? read.updatedAt
    : current.updatedAt

/**
 * Returns why an Event is hidden. A café is free; an event of a foreign server is one of ours only when it says so by
 * the hashtag, and is shown only when it says where it takes place.
 */
function hiddenReason(
  { hasPrice, hashtags, isPlaced }: ReadEvent,
  isMember: boolean,
): HiddenReason | undefined {
  if (hasPrice) return 'price'
  return isMember || (isPlaced && hashtags.includes('#cafeia')) ? undefined : 'foreign'
}

/** Gives an embedded object its activity's context, with which it stands on its own. */
const withContext = (object: unknown, activity: Json): unknown =>
  isObject(object) && !('@context' in object)
    ? { '@context': activity['@context'], ...object }
    : object
