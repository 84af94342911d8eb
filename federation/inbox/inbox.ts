import { LRUCache } from 'lru-cache'
import type { Context } from '../../node/context.ts'
import { listKnownUris } from '../../node/store/cafes/received-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { gatherRows } from '../../node/store/database/gathered-rows.ts'
import { markPeersSeen } from '../../node/store/directory/peers.ts'
import { count } from '../../node/store/queues/counters.ts'
import { expediteHosts } from '../../node/store/queues/deliveries.ts'
import { isSeen, markSeen } from '../../node/store/queues/received-activities.ts'
import { createGroupCommit } from '../../node/turns/group-commit.ts'
import { giveWayHolding, runAsLongWork } from '../../node/turns/turns.ts'
import type { GateMessage } from '../gate/gate.ts'
import { readPlainly, withStreamsContext } from '../gate/jsonld.ts'
import { isObject, isOfType, textOf, toList } from '../wire/json.ts'
import { onAccept, onOffer, onReject } from './answers.ts'
import { onAnnounce, onCreate, onUpdate } from './cafes.ts'
import { onConsentRequest } from './consents.ts'
import { onDelete } from './deletions.ts'
import { mayFlag, onFlag } from './flags.ts'
import { isChangeOfFollowers, onFollow, onUndo } from './follows.ts'
import type { Handler, Received } from './handler.ts'
import { onJoin, onLeave } from './joins.ts'
import {
  isAboutOurs,
  isFromTracked,
  type ListeningRule,
  mayAnswer,
  mayDelete,
} from './listening.ts'
import { onMove } from './moves.ts'
import { createJsonLdReader } from './reading.ts'
import { isProposal, onAttestation, onProposal } from './referents.ts'

type Listening = {
  listens: ListeningRule
  handle: Handler
  /**
   * Whether it is read as it is written, by its literal names, which its senders' contexts define each in another way.
   */
  isReadAsWritten?: boolean
}

/**
 * For each type, the rule that says from whom it is read, which is decided before reading, and its handler. Any other
 * type is counted unread.
 */
const HANDLERS: Record<string, Listening> = {
  Follow: { listens: isAboutOurs, handle: onFollow },
  Accept: { listens: mayAnswer, handle: onAccept },
  Reject: { listens: mayAnswer, handle: onReject },
  Offer: {
    listens: mayAnswer,
    handle: (trx, received, context) =>
      (isProposal(received) ? onProposal : onOffer)(trx, received, context),
  },
  Undo: { listens: mayAnswer, handle: onUndo },
  Create: { listens: isFromTracked, handle: byObject({ Relationship: onAttestation }, onCreate) },
  Update: { listens: isFromTracked, handle: onUpdate },
  Delete: { listens: mayDelete, handle: onDelete },
  Announce: { listens: isFromTracked, handle: onAnnounce },
  Move: { listens: isFromTracked, handle: onMove },
  Join: { listens: isAboutOurs, handle: onJoin },
  Leave: { listens: isAboutOurs, handle: onLeave },
  Flag: { listens: mayFlag, handle: onFlag },
  QuoteRequest: { listens: isAboutOurs, handle: onConsentRequest, isReadAsWritten: true },
  FeatureRequest: { listens: isAboutOurs, handle: onConsentRequest, isReadAsWritten: true },
}

/** Only own properties count: a type may be called `constructor` or `valueOf`, which every object inherits. */
const handlerOf = (type: string) => (Object.hasOwn(HANDLERS, type) ? HANDLERS[type] : undefined)

/** Returns a handler that chooses another by the type of the activity's object. */
function byObject(handlers: Record<string, Handler>, otherwise: Handler): Handler {
  return (trx, received, context) => {
    const [object] = toList(received.activity.object)
    const [, handle = otherwise] =
      Object.entries(handlers).find(([type]) => isObject(object) && isOfType(object, type)) ?? []
    return handle(trx, received, context)
  }
}

const COUNTED = ['Block', 'Like', 'Dislike', 'Add', 'Remove', 'View']

/**
 * Makes the function that applies authenticated activities, each once, and answers with an HTTP status when that is
 * safe on the disk: 202 whether it had an effect or not, 400 when it cannot be read, 429 when reading its domain's
 * activities has cost enough.
 */
export function createReceiver(
  context: Context,
  { readFast = readPlainly }: { readFast?: typeof readPlainly } = {},
): (message: GateMessage) => Promise<number> {
  const commit = createGroupCommit<ReadMessage>({
    // One activity may change thousands of rows, for instance when a member with as many cafés and people here leaves.
    applyAll: (messages) =>
      runAsLongWork(() =>
        context.db.transaction().execute((trx) => applyMessages(trx, messages, context)),
      ),
    onCommitted: context.wake,
  })
  const read = createMessageReader(context, { readFast })
  return async (message) => {
    const toApply = await read(message)
    if (typeof toApply === 'number') return toApply
    await commit(toApply)
    return 202
  }
}

/**
 * Makes the function that decides whether a message is read, and reads it. It returns the message to apply, or the
 * status that says why there is nothing to apply.
 *
 * @internal
 */
export function createMessageReader(
  context: Context,
  { readFast = readPlainly }: { readFast?: typeof readPlainly } = {},
): (message: GateMessage) => Promise<ReadMessage | number> {
  const readJsonLd = createJsonLdReader(context.db)
  return async (message) => {
    const { actorUri, id, activity } = message
    const unread = { actor: actorUri, activityId: id, message, received: undefined }
    const handler = handlerOf(message.type)
    if (!(await handler?.listens(message, context))) return unread
    // The gate has chosen one of its types, where it has several.
    const written = { ...withStreamsContext(activity), type: message.type }
    const plain = handler?.isReadAsWritten ? written : readFast(written)
    // A repeated activity must not be processed through JSON-LD each time.
    const mayRepeat = MAY_REPEAT.includes(message.type)
    if (!plain && !mayRepeat && (await isSeen(context.db, actorUri, id))) return 202
    const read = plain ?? (await readJsonLd({ ...message, activity: written }))
    if (!read) return 400
    if (read === 'too-many') return 429
    return { ...unread, received: { ...message, activity: read, written: activity } }
  }
}

/** The types that may have an effect again under the id of an earlier activity. */
const MAY_REPEAT = ['Follow', 'Undo']

/** @internal */
export type ReadMessage = {
  actor: string
  activityId: string
  message: GateMessage
  /** Undefined when it is not read: it is only counted, so that its sender makes no table grow. */
  received: Received | undefined
}

/**
 * Applies the new ones in the order in which they came, and counts those that are not read.
 *
 * @internal
 */
export async function applyMessages(
  trx: Database,
  messages: readonly ReadMessage[],
  context: Context,
): Promise<void> {
  const { now } = context
  const toApply = messages.flatMap(({ received, ...rest }) =>
    received ? [{ ...rest, received }] : [],
  )
  const fresh: readonly ToApply[] = toApply.length === 0 ? [] : await markSeen(trx, toApply, now())
  const toCount = messages.filter(({ received }) => !received)
  const signers = [...fresh, ...toCount].map(({ message }) => new URL(message.signerUri))
  await markPeersSeen(trx, [...new Set(signers.map(({ origin }) => origin))], now())
  await expedite(trx, [...new Set(signers.map(({ host }) => host))], context)
  const isFresh = new Set(fresh)
  const isNewlySigned = await listNewlySigned(trx, toApply, now())
  for (const run of runsOf(toApply)) {
    const known = await listKnownUris(
      trx,
      run.flatMap(({ received }) => eventUriOf(received) ?? []),
    )
    const isNew = ({ received }: ToApply) => {
      const uri = eventUriOf(received)
      return uri !== undefined && !known.has(uri)
    }
    for (const part of splitBy(run, isNew)) {
      const isOfUnknownCafe = part.some(isNew)
      const applyPart = async () => {
        for (const one of part) {
          // Requests for pages are answered in between; they see what was committed.
          await giveWayHolding()
          const { received } = one
          const mayApply =
            isFresh.has(one) ||
            (isNewlySigned.has(one) && (await isChangeOfFollowers(trx, received, context)))
          if (mayApply)
            await handlerOf(received.type)?.handle(trx, { ...received, isOfUnknownCafe }, context)
        }
      }
      await (isOfUnknownCafe ? gatherRows(trx, applyPart) : applyPart())
    }
  }
  for (const { message } of toCount) await count(trx, counterOf(message.type), now())
}

/**
 * Returns those messages that may repeat an earlier id and whose signature comes for the first time: a request that
 * somebody has recorded has the former one. Signatures are remembered like ids, for far longer than they are valid.
 * Each is the actor's own, since the gate lets nobody forward a Follow or an Undo.
 */
async function listNewlySigned(
  trx: Database,
  messages: readonly ToApply[],
  now: Temporal.Instant,
): Promise<ReadonlySet<ToApply>> {
  const sightings = messages
    .filter(({ received }) => MAY_REPEAT.includes(received.type))
    .map((one) => ({ actor: one.actor, activityId: `signature:${one.message.signed}`, one }))
  if (sightings.length === 0) return new Set()
  return new Set((await markSeen(trx, sightings, now)).map(({ one }) => one))
}

/**
 * For how long what is sent to a host that speaks is not hurried again, in seconds: a server that refuses everything
 * could otherwise have all of it sent once more with each of its messages.
 */
const HURRIED_S = 60

/** The hosts for which something was made due by a message, with the second in which it was. */
const hurried = new WeakMap<Context, LRUCache<string, number>>()

/** Makes what waits for these hosts due, since they speak again. */
async function expedite(trx: Database, hosts: readonly string[], context: Context): Promise<void> {
  const known = hurried.get(context) ?? new LRUCache<string, number>({ max: 5000 })
  hurried.set(context, known)
  const second = context.now().epochMilliseconds / 1000
  const isLately = (host: string) =>
    Math.abs(second - (known.get(host) ?? Number.NEGATIVE_INFINITY)) < HURRIED_S
  const others = hosts.filter((host) => !isLately(host))
  for (const host of await expediteHosts(trx, others, context.now())) known.set(host, second)
}

type ToApply = ReadMessage & { received: Received }

/**
 * Splits messages into runs, in their order. The messages of a run come with Events, each with another one, or none
 * comes with an Event. The cafés of one run that are new here are written together.
 */
function runsOf(messages: readonly ToApply[]): ToApply[][] {
  const runs: ToApply[][] = []
  let uris = new Set<string>()
  for (const one of messages) {
    const uri = eventUriOf(one.received)
    const goesOn = uri === undefined ? uris.size === 0 : uris.size > 0 && !uris.has(uri)
    if (!goesOn) uris = new Set()
    if (uri !== undefined) uris.add(uri)
    const last = runs.at(-1)
    if (last && goesOn) last.push(one)
    else runs.push([one])
  }
  return runs
}

/** Returns the id of the Event with which a Create or Update comes; undefined for any other activity. */
function eventUriOf({ type, activity }: Received): string | undefined {
  const [object] = toList(activity.object)
  const isOfEvent = (type === 'Create' || type === 'Update') && isObject(object)
  return isOfEvent && isOfType(object, 'Event') ? textOf(object.id) : undefined
}

/** Splits a list wherever the answer to a question changes. */
function splitBy<T>(items: readonly T[], question: (item: T) => boolean): T[][] {
  const parts: T[][] = []
  for (const item of items) {
    const last = parts.at(-1)
    if (last?.[0] !== undefined && question(last[0]) === question(item)) last.push(item)
    else parts.push([item])
  }
  return parts
}

const counterOf = (type: string): string => {
  if (handlerOf(type)) return type === 'Delete' ? 'inbox:Delete' : 'inbox:stranger'
  return `inbox:${COUNTED.includes(type) ? type : 'other'}`
}
