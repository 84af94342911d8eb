import { createHmac } from 'node:crypto'
import { createPlaces } from '../../../federation/delivery/sending/places.ts'
import { readRetryAfter } from '../../../federation/delivery/sending/send.ts'
import { isSuccess } from '../../../federation/delivery/sending/send-signed.ts'
import { delayOf, GIVE_UP_HOURS } from '../../../federation/delivery/sending/settle.ts'
import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Services } from '../../../federation/services.ts'
import type { Context } from '../../context.ts'
import { cleanText } from '../../formats/text/clean-text.ts'
import { inTransaction } from '../../store/database/database.ts'
import { loadSiteKey } from '../../store/files/site-key.ts'
import { isHeld } from '../../store/queues/held.ts'
import {
  type Attempt,
  type DueMessage,
  listDueMessages,
  markWebhookStopped,
  saveAttempt,
} from '../../store/webhooks/messages.ts'
import { findFailingSince, secretOfWebhook } from '../../store/webhooks/webhooks.ts'
import { createGroupCommit } from '../../turns/group-commit.ts'
import { readAllNews } from './read-news.ts'

type Sending = Pick<Services, 'egress' | 'signal' | 'logger'> & {
  /** Resolves when there may be more to tell. */
  woken: () => Promise<void>
}

/**
 * Tells webhooks what changed until there is nothing more to tell, and resolves when each message that it took has been
 * settled. One process at a time does. The messages of one webhook follow one another, each until it has arrived; those
 * of slow receivers leave their places to others, as deliveries do.
 */
export async function sendWebhooks(context: Context, services: Sending): Promise<void> {
  if (await isHeld(context.db)) return
  const siteKey = await loadSiteKey(context.config.data)
  const places = createPlaces()
  const underWay = new Map<string, Promise<void>>()
  const settle = createGroupCommit<Ended>({ applyAll: (ended) => settleAll(context, ended) })
  while (!services.signal.aborted) {
    await readAllNews(context)
    const due = await listDue(context, places, [...underWay.keys()])
    for (const message of due) {
      if (!hasPlace(places, message)) continue
      const giveBack = places.take({ host: message.host, kind: 'cafe' }, message.attempts > 0)
      const work = send(context, services, { message, siteKey })
        .then(settle)
        .catch((error) =>
          services.logger.error('webhooks could not be settled: {error}', { error }),
        )
        .finally(() => {
          giveBack()
          underWay.delete(message.id)
        })
      underWay.set(message.id, work)
    }
    if (underWay.size === 0) return
    await Promise.race([...underWay.values(), services.woken(), places.left()])
  }
  await Promise.allSettled(underWay.values())
}

type Places = ReturnType<typeof createPlaces>

/** Returns whether one more message may go to its host now. */
function hasPlace(places: Places, { host, attempts }: DueMessage): boolean {
  const { limit, perHost, busyHosts, failing } = places.free()
  if (limit.all <= 0 || (attempts > 0 && failing.all <= 0)) return false
  return (busyHosts.get(host)?.all ?? 0) < perHost.all
}

async function listDue({ db, now }: Context, places: Places, ids: readonly string[]) {
  const { limit, perHost, busyHosts, failing } = places.free()
  if (limit.all <= 0) return []
  const hosts = [...busyHosts].flatMap(([host, { all }]) => (all >= perHost.all ? [host] : []))
  const isFirst = failing.all <= 0
  return listDueMessages(db, { limit: limit.all, but: { ids, hosts }, isFirst, now: now() })
}

/** A message, and how it ended: `isEnd` where its webhook is to be given up. */
type Ended = { attempt: Attempt; isEnd: boolean }

async function send(
  { now }: Context,
  { egress }: Pick<Services, 'egress'>,
  { message, siteKey }: { message: DueMessage; siteKey: Buffer },
): Promise<Ended> {
  const { url, body } = message
  try {
    const secret = secretOfWebhook(message.webhookId, siteKey)
    const headers = signWebhook({ id: message.id, body, secret, now: now() })
    const answer = await egress.post(url, { body, headers })
    const { status } = answer
    if (isSuccess(answer)) return endOf(message, { status, error: undefined })
    const error = cleanText(`${status} ${answer.text}`, 200)
    const wait = Math.max(delayOf(message.attempts), readRetryAfter(answer.headers['retry-after']))
    const until = now().add({ seconds: wait })
    return endOf(message, { status, error, until, isEnd: status === 410 })
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown)
    const code = thrown instanceof EgressError ? thrown.code : undefined
    const isEnd = code === 'blocked_address' || code === 'scheme'
    const until = now().add({ seconds: delayOf(message.attempts) })
    return endOf(message, { status: undefined, error, until, isEnd })
  }
}

/** A test is tried once; a message of a webhook that is given up stays, and goes on where the team resumes it. */
const endOf = (
  { id, webhookId, kind }: DueMessage,
  {
    status,
    error,
    until,
    isEnd = false,
  }: Pick<Attempt, 'status' | 'error'> & { until?: Temporal.Instant; isEnd?: boolean },
): Ended => {
  const isTest = kind === 'test'
  const next = isTest ? undefined : until
  return {
    attempt: { message: { id, webhookId, kind }, status, error, until: next },
    isEnd: isEnd && !isTest,
  }
}

/** Settles attempts; a webhook that has failed for as long as a delivery may is given up. */
const settleAll = ({ db, now }: Context, ended: readonly Ended[]): Promise<void> =>
  inTransaction(db, async (trx) => {
    for (const { attempt, isEnd } of ended) {
      const { webhookId } = attempt.message
      await saveAttempt(trx, attempt, now())
      if (attempt.until === undefined) continue
      const since = await findFailingSince(trx, webhookId)
      const isTooLong = since !== undefined && since.until(now()).total('hours') > GIVE_UP_HOURS
      if (isEnd || isTooLong) await markWebhookStopped(trx, webhookId, now())
    }
  })

/** Returns the headers of a signed message (Standard Webhooks 1.0, « Signature scheme »). */
function signWebhook({
  id,
  body,
  secret,
  now,
}: {
  id: string
  body: string
  secret: string
  now: Temporal.Instant
}): Record<string, string> {
  const timestamp = String(Math.floor(now.epochMilliseconds / 1000))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}
