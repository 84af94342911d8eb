import type { Context } from '../../../node/context.ts'
import { isAside } from '../../../node/domain/federation/delivery.ts'
import { cleanText } from '../../../node/formats/text/clean-text.ts'
import { listAwaitedHosts } from '../../../node/store/backup/unsent-edits.ts'
import {
  type HostHabits,
  listHostHabits,
  type SignatureForm,
  saveSoftware,
  UNKNOWN_HABITS,
} from '../../../node/store/directory/hosts.ts'
import type { Delivery } from '../../../node/store/queues/deliveries.ts'
import { isHeld } from '../../../node/store/queues/held.ts'
import { leaseDeliveries } from '../../../node/store/queues/lease-deliveries.ts'
import { createGroupCommit } from '../../../node/turns/group-commit.ts'
import { EgressError } from '../../remote/egress-error.ts'
import { fetchSoftware } from '../../remote/look-up.ts'
import type { KeyRing, PostAnswer, Services } from '../../services.ts'
import { createPlaces } from './places.ts'
import { isFirstKey, isSuccess, isYoungKey, NOT_UNDERSTOOD, sendSigned } from './send-signed.ts'
import { type Concern, type Outcome, type Settlement, settleAll } from './settle.ts'

/** Delivers what is due until nothing more is; resolves when every delivery that it took has been settled. */
export async function sendDue(context: Context, services: Services): Promise<void> {
  if (await isHeld(context.db)) return
  const places = createPlaces()
  const underWay = new Set<Promise<void>>()
  const { isFailing } = services.hosts
  let awaited = await listAwaitedHosts(context.db)
  // The answers are settled in groups: a thousand answers in ten seconds take some hundred commits, not a thousand.
  const settle = createGroupCommit<Settlement>({
    applyAll: (settlements) => settleAll(context, settlements),
  })
  while (!services.signal.aborted) {
    if (awaited.length > 0) awaited = await listAwaitedHosts(context.db)
    const deliveries = await leaseDeliveries(context.db, {
      ...places.free(),
      awaited,
      now: context.now(),
      isFailing,
    })
    const habits = await listHostHabits(context.db, [...new Set(deliveries.map(hostOf))])
    const group = { ...services, keyRing: askOnceFor(services.keyRing) }
    for (const delivery of deliveries) {
      const { host, attempts } = delivery
      const giveBack = places.take(delivery, attempts > 0 || isFailing(host))
      const known = habits.get(host) ?? UNKNOWN_HABITS
      const work = deliver(context, group, { delivery, known, settle }).finally(() => {
        giveBack()
        underWay.delete(work)
      })
      underWay.add(work)
    }
    if (underWay.size === 0) return
    await Promise.race([...underWay, services.woken(), places.left()])
  }
  await Promise.allSettled(underWay)
}

const hostOf = ({ host }: Delivery): string => host

/** Makes a ring that reads each actor's keys once, for deliveries that are sent at once. */
function askOnceFor({ keysOf }: KeyRing): KeyRing {
  const asked = new Map<string, ReturnType<typeof keysOf>>()
  return {
    keysOf: (actor) => {
      const keys = asked.get(actor) ?? keysOf(actor)
      asked.set(actor, keys)
      return keys
    },
  }
}

type Attempt = { delivery: Delivery; known: HostHabits }

async function deliver(
  context: Context,
  services: Services,
  { delivery, known, settle }: Attempt & { settle: (settlement: Settlement) => Promise<void> },
): Promise<void> {
  const outcome = await attempt(context, services, { delivery, known })
  await settle({ delivery, outcome }).catch((error) =>
    services.logger.error('delivery {id} could not be settled: {error}', {
      id: delivery.id,
      error,
    }),
  )
}

async function attempt(
  context: Context,
  services: Services,
  { delivery, known }: Attempt,
): Promise<Outcome> {
  try {
    const habits = await knowHost(context, services, { delivery, known })
    const { answer, form } = await sendSigned(services, delivery, habits)
    const { rsa } = await services.keyRing.keysOf(delivery.signer)
    const mayMissKey = isYoungKey(rsa, context.now())
    return read(answer, { form, delivery, mayMissKey })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const code = error instanceof EgressError ? error.code : undefined
    if (code === 'blocked_address' || code === 'scheme') return { kind: 'refused', reason }
    // Gancio never answers a Note, but it answers everything else.
    const concerns = code === 'timeout' ? 'kind' : 'host'
    return { kind: 'failed', reason, concerns, retryAfter: 0 }
  }
}

/**
 * Completes what is known of how to speak to a host. A host that is met for the first time since this site has other
 * keys than its first ones is asked for its software before anything is sent: it may remember the former key, and
 * silently drop what the new one signed.
 */
async function knowHost(
  { db, now }: Context,
  services: Services,
  { delivery: { host, inbox, signer }, known }: Attempt,
): Promise<HostHabits> {
  if (known.isAsked || isFirstKey((await services.keyRing.keysOf(signer)).rsa)) return known
  const software = await fetchSoftware(services, new URL(inbox).origin)
  await saveSoftware(db, { host, software }, now())
  return { ...known, software }
}

const POISON = [400, 405, 406, 413, 415, 422]
/** The statuses that blame the request and yet mean that it may be tried later. */
const LATER = [408, 425, 429]
/** The redirects that are not for good (RFC 9110 §15.4): a page of maintenance is often answered in this way. */
const FOR_A_WHILE = [302, 307]
/** The statuses that mean that what is to be undone or deleted is not there. */
const UNKNOWN = [400, 404]

type Sent = {
  form: SignatureForm
  delivery: Delivery
  /** Whether the receiver may still remember an earlier key of the signer, and refuse this one for that. */
  mayMissKey: boolean
}

function read(answer: PostAnswer, { form, delivery, mayMissKey }: Sent): Outcome {
  if (isSuccess(answer)) return { kind: 'delivered', form }
  const { kind, type } = delivery
  const { status, headers, text } = answer
  const reason = cleanText(`${status} ${text}`, 200)
  if (status === 410) return { kind: 'gone' }
  // GoToSocial keeps a key for six hours, snac2 for 36: what is refused for the signature is sent again until then.
  const isOfKey = mayMissKey && NOT_UNDERSTOOD.includes(status)
  if (!isOfKey && ['Undo', 'Delete'].includes(type) && UNKNOWN.includes(status))
    return { kind: 'obsolete' }
  const isRefused = status >= 400 && status < 500 && !LATER.includes(status)
  // Nothing signed is sent on to the target of a redirect, and a later try would be answered the same.
  const isElsewhere = status >= 300 && status < 400 && !FOR_A_WHILE.includes(status)
  if (!isOfKey && (isElsewhere || POISON.includes(status) || (isAside(kind) && isRefused)))
    return { kind: 'refused', reason }
  return {
    kind: 'failed',
    reason,
    concerns: concernOf(status),
    isAnswered: status < 500 && !LATER.includes(status),
    retryAfter: readRetryAfter(headers['retry-after']),
  }
}

/** Reads Retry-After in seconds (RFC 9110 §10.2.3), a day at most; a date is not read. */
export const readRetryAfter = (value = ''): number =>
  /^\d{1,9}$/.test(value) ? Math.min(Number(value), 86_400) : 0

/**
 * Returns what an error status concerns. 429 and 503 come from the host (or from what stands before it); other errors
 * come from the code that reads this kind of message.
 */
function concernOf(status: number): Concern {
  if (status === 429 || status === 503) return 'host'
  return status >= 500 ? 'kind' : 'message'
}
