import type { Context } from '../node/context.ts'
import { count } from '../node/store/counted.ts'
import type { Database } from '../node/store/database.ts'
import { hurryHost } from '../node/store/deliveries.ts'
import { markPeerSeen } from '../node/store/peers.ts'
import { isSeen, markSeen } from '../node/store/seen.ts'
import type { GateMessage } from './gate.ts'
import { onAnnounce, onCreate, onUpdate } from './inbox-events.ts'
import { onAccept, onDelete, onFollow, onJoin, onReject, onUndo } from './inbox-relations.ts'
import type { Json } from './json.ts'
import { toOwnTerms } from './jsonld.ts'

/** An activity that the gate let in, in the terms of our own context. */
export type Received = Omit<GateMessage, 'activity'> & {
  activity: Json
  /** As it was sent, to keep its author's own bytes. */
  written: Json
}

/** What an activity does here, inside the transaction that also marks it as seen. */
export type Handler = (trx: Database, received: Received, context: Context) => Promise<void>

/** What we do with what we receive; anything else is counted and has no effect. */
const HANDLERS: Record<string, Handler> = {
  Follow: onFollow,
  Accept: onAccept,
  Reject: onReject,
  Undo: onUndo,
  Create: onCreate,
  Update: onUpdate,
  Delete: onDelete,
  Announce: onAnnounce,
  Join: onJoin,
}

const COUNTED = ['Leave', 'Flag', 'Move', 'Block', 'Like', 'Dislike', 'Add', 'Remove', 'View']

/**
 * Applies an authenticated activity once and answers with an HTTP status: 202 whether it had an effect or not, 400
 * when it cannot be read.
 */
export async function receive(context: Context, message: GateMessage): Promise<number> {
  const { db, now, wake } = context
  const { actorUri, id, type } = message
  if (await isSeen(db, actorUri, id)) return 202
  const activity = await toOwnTerms(message.activity)
  if (!activity) return 400
  // A type may be called `constructor` or `valueOf`, which every object has.
  const handler = Object.hasOwn(HANDLERS, type) ? HANDLERS[type] : undefined
  const received: Received = { ...message, activity, written: message.activity }
  await db.transaction().execute(async (trx) => {
    if (!(await markSeen(trx, { actor: actorUri, activityId: id }, now()))) return
    await markPeerSeen(trx, new URL(message.signerUri).origin, now())
    await hurryHost(trx, new URL(message.signerUri).host, now())
    if (handler) await handler(trx, received, context)
    else await count(trx, `inbox:${COUNTED.includes(type) ? type : 'other'}`, now())
  })
  wake()
  return 202
}
