import type { Context } from '../../node/context.ts'
import { isAside } from '../../node/domain/federation/delivery.ts'
import { RETENTION_DAYS } from '../../node/domain/values/retention.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { forgetInvitation } from '../../node/store/directory/followings.ts'
import {
  findHostHabits,
  type HostHabits,
  type SignatureForm,
  saveHostSuccesses,
  saveSoftware,
} from '../../node/store/directory/hosts.ts'
import { markPeerFailing, markPeersSeen } from '../../node/store/directory/peers.ts'
import {
  deleteKeysOfGone,
  deleteSpentActivity,
  markWithdrawal,
  PRIVATE,
} from '../../node/store/facilitators/recipients.ts'
import { deleteFollowersAtInbox } from '../../node/store/feeds/followers.ts'
import {
  type Delivery,
  deleteDeliveries,
  deleteDeliveriesTo,
  isReplaced,
  postponeDelivery,
  postponeHost,
} from '../../node/store/queues/deliveries.ts'
import {
  deleteFailedBefore,
  markDeliveryFailed,
} from '../../node/store/queues/failed-deliveries.ts'
import { isHeld } from '../../node/store/queues/held.ts'
import {
  count,
  type Load,
  leaseDeliveries,
  NOTHING,
} from '../../node/store/queues/lease-deliveries.ts'
import { createGroupCommit } from '../group-commit.ts'
import { EgressError } from '../remote/egress-error.ts'
import { fetchSoftware } from '../remote/look-up.ts'
import type { PostAnswer, Services } from '../services.ts'
import { actorUri } from '../wire/uris.ts'
import { refuseUndelivered } from './contact-messages.ts'
import { isFirstKey, isSuccess, sendSigned } from './send-signed.ts'

/**
 * The maximum number of requests at once, in all and for each host; hosts that failed before share eight. A message
 * that only draws attention to a café may not take all of them, so that a host which does not answer Notes is still
 * told of the café itself at once.
 */
const AT_ONCE: Load = { all: 32, aside: 24 }
const PER_HOST: Load = { all: 2, aside: 1 }
const FAILING: Load = { all: 8, aside: 4 }
/** A host is given up after seven days, as Mastodon does; it is read again when it returns. */
const GIVE_UP_HOURS = 7 * 24
/**
 * A person who withdrew their profile is to be forgotten by each server that has it, however long that server is away.
 */
const ACCOUNT_DELETE_HOURS = RETENTION_DAYS.accountDelete * 24

/** How a delivery ended. `form` says which signature form the host took, where it is known. */
type Outcome = { kind: 'delivered'; form: SignatureForm } | NoDelivery

type NoDelivery =
  /** The receiver does not have the object that is to be undone or deleted, so nothing is left to do. */
  | { kind: 'obsolete' }
  | { kind: 'gone' }
  | { kind: 'refused'; reason: string }
  | {
      kind: 'failed'
      reason: string
      concerns: Concern
      retryAfter: number | undefined
      /** Whether the host answered, with a refusal that may change later. */
      isAnswered?: boolean
    }

/** What a failure concerns: the whole host, all messages of this kind to it, or this message alone. */
type Concern = 'host' | 'kind' | 'message'

/** Delivers what is due until nothing more is; resolves when every delivery that it took has been settled. */
export async function sendDue(context: Context, services: Services): Promise<void> {
  if (await isHeld(context.db)) return
  const busyHosts = new Map<string, Load>()
  const underWay = new Set<Promise<void>>()
  const { isFailing } = services.hosts
  let atWork = NOTHING
  let failingLoad = NOTHING
  // The answers are settled in groups: a thousand answers in ten seconds take some hundred commits, not a thousand.
  const settle = createGroupCommit<Settlement>({
    applyAll: (settlements) => settleAll(context, settlements),
  })
  while (!services.signal.aborted) {
    const deliveries = await leaseDeliveries(context.db, {
      now: context.now(),
      limit: rest(AT_ONCE, atWork),
      perHost: PER_HOST,
      busyHosts,
      failing: rest(FAILING, failingLoad),
      isFailing,
    })
    for (const delivery of deliveries) {
      const { host, kind, attempts } = delivery
      const mayFail = attempts > 0 || isFailing(host)
      const note = (by: 1 | -1) => {
        busyHosts.set(host, count(busyHosts.get(host), kind, by))
        atWork = count(atWork, kind, by)
        if (mayFail) failingLoad = count(failingLoad, kind, by)
      }
      note(1)
      const work = deliver(context, services, delivery, settle).finally(() => {
        note(-1)
        underWay.delete(work)
      })
      underWay.add(work)
    }
    if (underWay.size === 0) return
    await Promise.race([...underWay, services.woken()])
  }
  await Promise.allSettled(underWay)
}

const rest = (most: Load, used: Load): Load => ({
  all: most.all - used.all,
  aside: most.aside - used.aside,
})

type Settlement = { delivery: Delivery; outcome: Outcome }

async function deliver(
  context: Context,
  services: Services,
  delivery: Delivery,
  settle: (settlement: Settlement) => Promise<void>,
): Promise<void> {
  const outcome = await attempt(context, services, delivery)
  await settle({ delivery, outcome }).catch((error) =>
    services.logger.error('delivery {id} could not be settled: {error}', {
      id: delivery.id,
      error,
    }),
  )
}

async function attempt(context: Context, services: Services, delivery: Delivery): Promise<Outcome> {
  try {
    const habits = await knowHost(context, services, delivery)
    const { answer, form } = await sendSigned(services, delivery, habits)
    return read(answer, form, delivery)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const code = error instanceof EgressError ? error.code : undefined
    if (code === 'blocked_address' || code === 'scheme') return { kind: 'refused', reason }
    // Gancio never answers a Note, but it answers everything else.
    const concerns = code === 'timeout' ? 'kind' : 'host'
    return { kind: 'failed', reason, concerns, retryAfter: undefined }
  }
}

/**
 * Finds how to speak to a host. A host that is met for the first time since this site has other keys than its first
 * ones is asked for its software before anything is sent: it may remember the former key, and silently drop what the
 * new one signed.
 */
async function knowHost(
  { db, now }: Context,
  services: Services,
  { host, inbox, signer }: Delivery,
): Promise<HostHabits> {
  const habits = await findHostHabits(db, host)
  if (habits.isAsked || isFirstKey((await services.keyRing.keysOf(signer)).rsa)) return habits
  const software = await fetchSoftware(services, new URL(inbox).origin)
  await saveSoftware(db, { host, software }, now())
  return { ...habits, software }
}

const POISON = [400, 405, 406, 413, 415, 422]
/** The statuses that blame the request and yet mean that it may be tried later. */
const LATER = [408, 425, 429]
/** The statuses that mean that what is to be undone or deleted is not there. */
const UNKNOWN = [400, 404]

function read(answer: PostAnswer, form: SignatureForm, { kind, type }: Delivery): Outcome {
  if (isSuccess(answer)) return { kind: 'delivered', form }
  const { status, headers, text } = answer
  const reason = cleanText(`${status} ${text}`, 200)
  if (status === 410) return { kind: 'gone' }
  if (['Undo', 'Delete'].includes(type) && UNKNOWN.includes(status)) return { kind: 'obsolete' }
  const isRefused = status >= 400 && status < 500 && !LATER.includes(status)
  // Nothing signed is sent on to the target of a redirect, and a later try would be answered the same.
  const isElsewhere = status >= 300 && status < 400
  if (isElsewhere || POISON.includes(status) || (isAside(kind) && isRefused))
    return { kind: 'refused', reason }
  const retryAfter = Number(headers['retry-after'])
  return {
    kind: 'failed',
    reason,
    concerns: concernOf(status),
    isAnswered: status < 500 && !LATER.includes(status),
    retryAfter: Number.isFinite(retryAfter) ? Math.min(retryAfter, 86_400) : undefined,
  }
}

/**
 * Returns what an error status concerns. 429 and 503 come from the host (or from what stands before it); other errors
 * come from the code that reads this kind of message.
 */
function concernOf(status: number): Concern {
  if (status === 429 || status === 503) return 'host'
  return status >= 500 ? 'kind' : 'message'
}

/** Settles answers. The consequence of an answer and the end of its delivery are one transaction. */
const settleAll = (context: Context, settlements: readonly Settlement[]): Promise<void> =>
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
      await deleteFollowersAtInbox(trx, inbox)
      for (const each of await deleteDeliveriesTo(trx, inbox))
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
      const seconds = outcome.retryAfter ?? delay(delivery.attempts)
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
  await deleteDeliveries(
    trx,
    deliveries.map(({ id }) => id),
  )
  await deleteFailedBefore(
    trx,
    deliveries.filter(({ kind }) => kind === 'cafe'),
  )
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
 * (`cafe-judged.ts`). Only that member receives it.
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
const delay = (attempts: number): number =>
  Math.round(Math.min(12 * 3600, 5 * 3 ** attempts) * (0.8 + Math.random() * 0.4))
