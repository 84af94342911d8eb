import type { Context } from '../../../node/context.ts'
import { isAside } from '../../../node/domain/federation/delivery.ts'
import { RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import type { Database } from '../../../node/store/database/database.ts'
import { forgetInvitation } from '../../../node/store/directory/followings.ts'
import { type SignatureForm, saveHostSuccesses } from '../../../node/store/directory/hosts.ts'
import { markPeerFailing, markPeersSeen } from '../../../node/store/directory/peers.ts'
import {
  deleteKeysOfGone,
  deleteSpentActivity,
  markWithdrawal,
  PRIVATE,
} from '../../../node/store/facilitators/recipients.ts'
import { deleteFollowersAtInbox } from '../../../node/store/feeds/followers.ts'
import { addToHour } from '../../../node/store/monitoring/hour-measures.ts'
import {
  type Delivery,
  deleteDeliveries,
  deleteDeliveriesTo,
  isReplaced,
  postponeDelivery,
  postponeHost,
} from '../../../node/store/queues/deliveries.ts'
import {
  deleteFailedBefore,
  markDeliveryFailed,
} from '../../../node/store/queues/failed-deliveries.ts'
import { actorUri } from '../../wire/uris.ts'
import { refuseUndelivered } from '../contact-messages.ts'

/** A host is given up after seven days, as Mastodon does; it is read again when it returns. */
export const GIVE_UP_HOURS = 7 * 24
/**
 * A person who withdrew their profile is to be forgotten by each server that has it, however long that server is away.
 */
const ACCOUNT_DELETE_HOURS = RETENTION_DAYS.accountDelete * 24

/** How a delivery ended. `form` says which signature form the host took, where it is known. */
export type Outcome = { kind: 'delivered'; form: SignatureForm } | NoDelivery

type NoDelivery =
  /** The receiver does not have the object that is to be undone or deleted, so nothing is left to do. */
  | { kind: 'obsolete' }
  | { kind: 'gone' }
  | { kind: 'refused'; reason: string }
  | {
      kind: 'failed'
      reason: string
      concerns: Concern
      /** For how many seconds the host asks to be left alone. */
      retryAfter: number
      /** Whether the host answered, with a refusal that may change later. */
      isAnswered?: boolean
    }

/** What a failure concerns: the whole host, all messages of this kind to it, or this message alone. */
export type Concern = 'host' | 'kind' | 'message'

/** A delivery, and how it ended. */
export type Settlement = { delivery: Delivery; outcome: Outcome }

/** Settles answers. The consequence of an answer and the end of its delivery are one transaction. */
export async function settleAll(
  context: Context,
  settlements: readonly Settlement[],
): Promise<void> {
  await settleTogether(context, settlements)
  // The counts of the hour are one row, so they are written after the transactions of several processes, not within.
  const arrived = settlements.filter(({ outcome }) => outcome.kind === 'delivered')
  const sent = arrived.filter(({ delivery }) => delivery.attempts === 0).length
  const givenUp = settlements.filter(({ outcome }) => outcome.kind === 'refused').length
  const counts = { sent, resent: arrived.length - sent, givenUp }
  if (arrived.length + givenUp > 0) await addToHour(context.db, counts, context.now())
}

const settleTogether = (context: Context, settlements: readonly Settlement[]): Promise<void> =>
  context.db.transaction().execute(async (trx) => {
    // The answers are settled in their order: a host is reachable if its last request was answered.
    let delivered: Delivered[] = []
    for (const { delivery, outcome } of settlements) {
      if (outcome.kind === 'delivered') delivered.push({ delivery, form: outcome.form })
      else {
        await settleDelivered(trx, context, delivered)
        delivered = []
        await settleOne(trx, context, { delivery, outcome })
      }
    }
    await settleDelivered(trx, context, delivered)
  })

type Delivered = { delivery: Delivery; form: SignatureForm }

/** Settles delivered ones in one statement, since a café goes to a thousand inboxes and nearly all of them answer. */
async function settleDelivered(
  trx: Database,
  context: Context,
  delivered: readonly Delivered[],
): Promise<void> {
  if (delivered.length === 0) return
  const deliveries = delivered.map(({ delivery }) => delivery)
  await deleteDelivered(trx, deliveries)
  for (const delivery of deliveries) {
    if (delivery.type === 'Follow') await forgetFollow(trx, delivery.activityId)
    await settleAboutPerson(trx, context, { delivery, state: 'delivered' })
  }
  const forms = new Map(delivered.map(({ delivery, form }) => [delivery.host, form]))
  await saveHostSuccesses(trx, forms, context.now())
  const origins = new Set(deliveries.map(({ inbox }) => new URL(inbox).origin))
  await markPeersSeen(trx, [...origins], context.now())
}

async function settleOne(
  trx: Database,
  context: Context,
  { delivery, outcome }: { delivery: Delivery; outcome: NoDelivery },
): Promise<void> {
  const { now } = context
  const { id, host, inbox, kind } = delivery
  const { origin } = new URL(inbox)
  switch (outcome.kind) {
    case 'obsolete':
      return deleteDelivered(trx, [delivery])
    case 'gone':
      // One account may be gone where others are heard: GoToSocial answers 410 to whoever's key was not there once.
      await deleteFollowersAtInbox(trx, { actor: delivery.signer, inbox })
      for (const each of await deleteDeliveriesTo(trx, delivery))
        await settleAboutPerson(trx, context, { delivery: each, state: 'refused' })
      return
    case 'refused':
      return giveUp(trx, context, {
        ...{ delivery, error: outcome.reason },
        state: 'refused',
      })
    case 'failed': {
      const { reason: error, concerns } = outcome
      const patience = delivery.type === `${PRIVATE}Delete` ? ACCOUNT_DELETE_HOURS : GIVE_UP_HOURS
      const state = outcome.isAnswered ? 'refused' : 'unanswered'
      if (delivery.createdAt.until(now()).total('hours') > patience)
        return giveUp(trx, context, { delivery, error, state })
      await reportWithdrawal(trx, delivery, state, now())
      // A host may ask for more time, but not to be tried in a loop.
      const seconds = Math.max(delayOf(delivery.attempts), outcome.retryAfter)
      const until = now().add({ seconds })
      if (await isReplaced(trx, delivery)) await deleteDeliveries(trx, [id])
      else await postponeDelivery(trx, { id, error, until })
      if (concerns === 'message') return
      await postponeHost(trx, { host, kind: concerns === 'kind' ? kind : undefined, until })
      // A server that does not answer a message which only draws attention to a café is not marked as failing for that.
      if (concerns === 'host' || !isAside(kind))
        await markPeerFailing(trx, { origin, error }, now())
    }
  }
}

async function deleteDelivered(trx: Database, deliveries: readonly Delivery[]): Promise<void> {
  const ids = deliveries.map(({ id }) => id)
  await deleteFailedBefore(trx, ids)
  await deleteDeliveries(trx, ids)
}

/**
 * Gives a delivery up. It waits for the team, or for the server to return, unless nobody needs it any more: a newer
 * text is on its way, or it only drew attention to a café. What is said of a person is not kept.
 */
async function giveUp(
  trx: Database,
  context: Context,
  {
    delivery,
    error,
    state,
  }: { delivery: Delivery; error: string; state: 'unanswered' | 'refused' },
): Promise<void> {
  const { id, kind, type } = delivery
  const isOfPerson = type.startsWith(PRIVATE) && !(await isAboutCafe(trx, delivery))
  if (isAside(kind) || isOfPerson || (await isReplaced(trx, delivery)))
    await deleteDeliveries(trx, [id])
  else await markDeliveryFailed(trx, { id, error }, context.now())
  if (!isOfPerson) return
  await settleAboutPerson(trx, context, { delivery, state })
}

/**
 * Returns whether the delivery tells a member that this directory no longer shows one of its cafés, and why
 * (`object-judged.ts`). Only that member receives it.
 */
const isAboutCafe = async (trx: Database, { objectUri }: Delivery): Promise<boolean> =>
  (await findCafeByUri(trx, objectUri)) !== undefined

/**
 * Settles a delivery about a person. It is kept no longer than needed; the answer to a request to forget goes into the
 * person's report, and the Delete of an account is the last thing for which its keys are needed.
 */
async function settleAboutPerson(
  trx: Database,
  { config, now }: Context,
  { delivery, state }: { delivery: Settled; state: 'delivered' | 'unanswered' | 'refused' },
): Promise<void> {
  const { activityId, signer, type, objectUri, body } = delivery
  if (!type.startsWith(PRIVATE)) return
  if (state !== 'delivered' && type === `${PRIVATE}Create`)
    await refuseUndelivered(trx, body, now())
  await reportWithdrawal(trx, delivery, state, now())
  await deleteSpentActivity(trx, activityId)
  const own = actorUri(config.origin, signer)
  if (objectUri !== own || type !== `${PRIVATE}Delete`) return
  await deleteKeysOfGone(trx, { signer, actorUri: own })
}

type Settled = Pick<Delivery, 'activityId' | 'host' | 'signer' | 'type' | 'objectUri' | 'body'>

/** Notes what a server answered to a request to forget, in the report that the person has of it. */
async function reportWithdrawal(
  trx: Database,
  { activityId, host, type }: Pick<Delivery, 'activityId' | 'host' | 'type'>,
  state: 'delivered' | 'unanswered' | 'refused',
  now: Temporal.Instant,
): Promise<void> {
  if (type === `${PRIVATE}Delete`) await markWithdrawal(trx, { activityId, host, state }, now)
}

/** Deletes what a Follow carried: the code of an invitation, which is a secret and is kept only until it arrives. */
async function forgetFollow(trx: Database, followId: string): Promise<void> {
  await forgetInvitation(trx, followId)
  await deleteSpentActivity(trx, followId)
}

/**
 * Returns the delay in seconds before the next try: 5 s, 15 s, 45 s … up to 12 h, each ± 20 %, so that many senders do
 * not come back together.
 */
export const delayOf = (attempts: number): number =>
  Math.round(Math.min(12 * 3600, 5 * 3 ** attempts) * (0.8 + Math.random() * 0.4))
