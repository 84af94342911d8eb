import type { Context } from '../../node/context.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import type { Database } from '../../node/store/database/database.ts'
import { forgetInvitation } from '../../node/store/directory/followings.ts'
import {
  findSignatureForm,
  type SignatureForm,
  saveHostSuccess,
} from '../../node/store/directory/hosts.ts'
import { markPeerFailing, markPeerSeen } from '../../node/store/directory/peers.ts'
import {
  deleteKeysOfGone,
  deleteSpentActivity,
  markWithdrawal,
  PRIVATE,
} from '../../node/store/facilitators/recipients.ts'
import { deleteFollowersAtInbox } from '../../node/store/feeds/followers.ts'
import {
  type Delivery,
  deleteDeliveriesTo,
  deleteDelivery,
  leaseDeliveries,
  markDeliveryFailed,
  postponeDelivery,
  postponeHost,
} from '../../node/store/queues/deliveries.ts'
import { signHeaders } from '../gate/sign-request.ts'
import { createGroupCommit } from '../group-commit.ts'
import { EgressError } from '../remote/egress.ts'
import type { Services } from '../services.ts'
import { actorUri } from '../wire/uris.ts'

/** At once in all; a host has two connections, hosts that failed before share eight. */
const AT_ONCE = 32
const PER_HOST = 2
const STRUGGLING = 8
/** Mastodon too gives a host up after seven days; it is read again when it returns. */
const GIVE_UP_HOURS = 7 * 24
/** Whoever took their profile back waits for each server that has it, however long that one is away. */
const FAREWELL_HOURS = 90 * 24

/** Says in which form a host takes signatures: it took neither, or one of them. */
type Outcome =
  | { kind: 'delivered'; form: SignatureForm }
  | { kind: 'gone' }
  | { kind: 'refused'; reason: string }
  | { kind: 'failed'; reason: string; host: boolean; retryAfter: number | undefined }

/** Delivers what is due until nothing more is; resolves when all that it took has been settled. */
export async function sendDue(context: Context, services: Services): Promise<void> {
  const busyHosts = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  const { isFailing } = services.hosts
  let failing = 0
  // A thousand answers in ten seconds are some hundred commits, not a thousand.
  const settle = createGroupCommit<Settlement>({
    applyAll: (settlements) => settleAll(context, services, settlements),
  })
  while (!services.signal.aborted) {
    const deliveries = await leaseDeliveries(context.db, {
      now: context.now(),
      limit: AT_ONCE - underWay.size,
      perHost: PER_HOST,
      busyHosts,
      failing: STRUGGLING - failing,
      isFailing,
    })
    for (const delivery of deliveries) {
      busyHosts.set(delivery.host, (busyHosts.get(delivery.host) ?? 0) + 1)
      const isStruggling = delivery.attempts > 0 || isFailing(delivery.host)
      if (isStruggling) failing++
      const work = deliver(context, services, delivery, settle).finally(() => {
        if (isStruggling) failing--
        underWay.delete(work)
        busyHosts.set(delivery.host, (busyHosts.get(delivery.host) ?? 1) - 1)
      })
      underWay.add(work)
    }
    if (underWay.size === 0) return
    await Promise.race([...underWay, services.woken()])
  }
  await Promise.allSettled(underWay)
}

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

/**
 * draft-cavage first, since snac2 answers 202 before it verifies and silently drops RFC 9421; the other form once,
 * when the first is not understood.
 */
async function attempt(context: Context, services: Services, delivery: Delivery): Promise<Outcome> {
  try {
    const known = await findSignatureForm(context.db, delivery.host)
    const first = known ?? 'cavage'
    const answer = await post(services, delivery, first)
    if (!NOT_UNDERSTOOD.includes(answer.status)) return read(answer, first)
    const second = first === 'cavage' ? 'rfc9421' : 'cavage'
    const again = await post(services, delivery, second)
    // A no to both is the no to the usual form: activitypub-express answers 500 to a form that it cannot parse.
    return isSuccess(again) ? read(again, second) : read(answer, first)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const blocked =
      error instanceof EgressError && ['blocked_address', 'scheme'].includes(error.code)
    return blocked
      ? { kind: 'refused', reason }
      : { kind: 'failed', reason, host: true, retryAfter: undefined }
  }
}

const NOT_UNDERSTOOD = [400, 401, 403]
const POISON = [400, 405, 406, 413, 415, 422]

type Answer = { status: number; headers: Record<string, string>; text: string }

const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300

async function post(
  { egress, keyRing }: Services,
  { inbox, body, signer }: Delivery,
  form: SignatureForm,
): Promise<Answer> {
  const { rsa } = await keyRing.keysOf(signer)
  const headers = { 'content-type': 'application/activity+json' }
  const signed = await signHeaders(
    { method: 'POST', url: new URL(inbox), headers, body },
    rsa,
    form,
  )
  return egress.post(inbox, { body, headers: signed })
}

function read(answer: Answer, form: SignatureForm): Outcome {
  if (isSuccess(answer)) return { kind: 'delivered', form }
  const { status, headers, text } = answer
  const reason = cleanText(`${status} ${text}`, 200)
  if (status === 410) return { kind: 'gone' }
  // Nothing signed is sent on to where an answer points, and a try later would be answered the same.
  const isElsewhere = status >= 300 && status < 400
  if (isElsewhere || POISON.includes(status)) return { kind: 'refused', reason }
  const retryAfter = Number(headers['retry-after'])
  return {
    kind: 'failed',
    reason,
    host: status >= 500 || status === 429,
    retryAfter: Number.isFinite(retryAfter) ? Math.min(retryAfter, 86_400) : undefined,
  }
}

/** An answer's consequence and the end of its delivery are one transaction. */
const settleAll = (
  context: Context,
  services: Services,
  settlements: readonly Settlement[],
): Promise<void> =>
  context.db.transaction().execute(async (trx) => {
    for (const settlement of settlements) await settleOne(trx, context, services, settlement)
  })

async function settleOne(
  trx: Database,
  context: Context,
  services: Services,
  { delivery, outcome }: Settlement,
): Promise<void> {
  const { now } = context
  const { id, host, inbox } = delivery
  const { origin } = new URL(inbox)
  switch (outcome.kind) {
    case 'delivered':
      await deleteDelivery(trx, id)
      if (delivery.type === 'Follow') await forgetFollow(trx, delivery.activityId)
      await settleAboutPerson(trx, context, services, { delivery, state: 'delivered' })
      await saveHostSuccess(trx, { host, signature: outcome.form }, now())
      await markPeerSeen(trx, origin, now())
      return
    case 'gone':
      await deleteFollowersAtInbox(trx, inbox)
      await deleteDeliveriesTo(trx, inbox)
      await settleAboutPerson(trx, context, services, { delivery, state: 'failed' })
      return
    case 'refused':
      await markDeliveryFailed(trx, { id, error: outcome.reason }, now())
      await settleAboutPerson(trx, context, services, { delivery, state: 'failed' })
      return
    case 'failed': {
      const error = outcome.reason
      const patience = delivery.type === `${PRIVATE}Delete` ? FAREWELL_HOURS : GIVE_UP_HOURS
      if (delivery.createdAt.until(now()).total('hours') > patience) {
        await markDeliveryFailed(trx, { id, error }, now())
        return settleAboutPerson(trx, context, services, { delivery, state: 'failed' })
      }
      const seconds = outcome.retryAfter ?? delay(delivery.attempts)
      const until = now().add({ seconds })
      await postponeDelivery(trx, { id, error, until })
      if (!outcome.host) return
      await postponeHost(trx, host, until)
      await markPeerFailing(trx, { origin, error }, now())
    }
  }
}

/**
 * What is said of a person is kept no longer than it takes; a request to forget goes into the person's report, and the
 * farewell of an account is the last thing for which its keys are needed.
 */
async function settleAboutPerson(
  trx: Database,
  { config, now }: Context,
  { keyRing }: Services,
  { delivery, state }: { delivery: Delivery; state: 'delivered' | 'failed' },
): Promise<void> {
  const { activityId, host, signer, type, objectUri } = delivery
  if (!type.startsWith(PRIVATE)) return
  if (type === `${PRIVATE}Delete`) await markWithdrawal(trx, { activityId, host, state }, now())
  await deleteSpentActivity(trx, activityId)
  const own = actorUri(config.origin, signer)
  if (objectUri !== own || type !== `${PRIVATE}Delete`) return
  if (await deleteKeysOfGone(trx, { signer, actorUri: own })) keyRing.forget(signer)
}

/** It may carry the code of an invitation, a secret that is kept until it arrives. */
async function forgetFollow(trx: Database, followId: string): Promise<void> {
  await forgetInvitation(trx, followId)
  await deleteSpentActivity(trx, followId)
}

/** 5 s, 15 s, 45 s … up to 12 h, each ± 20 %, so that many senders do not come back together. */
const delay = (attempts: number): number =>
  Math.round(Math.min(12 * 3600, 5 * 3 ** attempts) * (0.8 + Math.random() * 0.4))
