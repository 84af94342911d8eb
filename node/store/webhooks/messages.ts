import type { WebhookMessage, WebhookMessageKind } from '../../domain/structures/webhook.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { WEBHOOK_MESSAGE, type WebhookPosition } from '../schema/queues.ts'
import { selectSending } from './webhooks.ts'

/** How many messages that are over are kept of each webhook. */
const KEPT = 20

/** A message that is to be made. */
export type NewMessage = { kind: WebhookMessageKind; items: number; body: string }

/** Appends a message; a test while another one waits is that one. */
export async function appendMessage(
  trx: Database,
  { webhookId, ...made }: NewMessage & { webhookId: string },
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await trx
    .insertInto('webhook_message')
    .values({
      ...{ id: `msg_${uuidV7(now)}`, webhook_id: webhookId, ...made },
      ...{ created_at: at, due_at: at, tried_at: null, status: null, error: null, over_at: null },
      ...{ attempts: 0, is_delivered: 0 },
    })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** Saves how far a webhook has told, in the transaction of the message that tells it. */
export async function saveWebhookPosition(
  trx: Database,
  id: string,
  { since, upto, place }: WebhookPosition,
): Promise<void> {
  await trx
    .updateTable('webhook')
    .set({ since, upto: upto ?? null, place: place ?? null })
    .where('id', '=', id)
    .execute()
}

/** A message to be sent now. */
export type DueMessage = Pick<WebhookMessage, 'id' | 'webhookId' | 'kind' | 'attempts'> & {
  url: string
  host: string
  body: string
}

/**
 * Lists messages that are due, those that have waited longest first.
 * @param but.ids - The messages that are on their way.
 * @param but.hosts - The hosts at which no more may be.
 * @param isFirst - Whether only those count that were not tried yet.
 */
export async function listDueMessages(
  db: Database,
  {
    limit,
    but,
    isFirst,
    now,
  }: {
    limit: number
    but: { ids: readonly string[]; hosts: readonly string[] }
    isFirst: boolean
    now: Temporal.Instant
  },
): Promise<DueMessage[]> {
  const rows = await db
    .selectFrom('webhook_message as message')
    .innerJoin('webhook', 'webhook.id', 'message.webhook_id')
    .select(['message.id', 'webhook_id', 'kind', 'attempts', 'body', 'url', 'host'])
    .where('over_at', 'is', null)
    .where('due_at', '<=', toInstantText(now))
    .where((eb) => eb.or([eb('kind', '=', 'test'), eb('webhook.id', 'in', selectSending(db, now))]))
    .$if(isFirst, (query) => query.where('attempts', '=', 0))
    .$if(but.ids.length > 0, (query) => query.where('message.id', 'not in', but.ids))
    .$if(but.hosts.length > 0, (query) => query.where('host', 'not in', but.hosts))
    .orderBy('due_at')
    .orderBy('message.id')
    .limit(limit)
    .execute()
  return rows.map(({ webhook_id: webhookId, ...row }) => ({ ...row, webhookId }))
}

/** How an attempt ended: `until` is when the next one is due, undefined where the message is over. */
export type Attempt = {
  message: Pick<WebhookMessage, 'id' | 'webhookId' | 'kind'>
  status: number | undefined
  error: string | undefined
  until: Temporal.Instant | undefined
}

/** Saves how an attempt ended, and what follows for the webhook, unless it was a test that failed. */
export async function saveAttempt(
  trx: Database,
  { message, status, error, until }: Attempt,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  const isDelivered = error === undefined
  const isOver = isDelivered || until === undefined
  await trx
    .updateTable('webhook_message')
    .set((eb) => ({
      ...{ attempts: eb('attempts', '+', 1), tried_at: at, status: status ?? null },
      ...{ error: error ?? null, is_delivered: isDelivered ? 1 : 0 },
      ...(until && { due_at: toInstantText(until) }),
      ...(isOver && { over_at: at, body: '' }),
    }))
    .where('id', '=', message.id)
    .execute()
  if (isOver) await deleteOldMessages(trx, message.webhookId)
  if (message.kind === 'test' && !isDelivered) return
  await trx
    .updateTable('webhook')
    .set((eb) => ({
      failing_since: isDelivered ? null : eb.fn.coalesce('failing_since', eb.val(at)),
    }))
    .where('id', '=', message.webhookId)
    .execute()
}

/** Gives a webhook up until the team resumes it; its message waits for that. */
export async function markWebhookStopped(
  trx: Database,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('webhook')
    .set({ stopped_at: toInstantText(now) })
    .where('id', '=', id)
    .where('stopped_at', 'is', null)
    .execute()
}

async function deleteOldMessages(trx: Database, webhookId: string): Promise<void> {
  await trx
    .deleteFrom('webhook_message')
    .where('webhook_id', '=', webhookId)
    .where('over_at', 'is not', null)
    .where('id', 'not in', (eb) =>
      eb
        .selectFrom('webhook_message')
        .select('id')
        .where('webhook_id', '=', webhookId)
        .where('over_at', 'is not', null)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(KEPT),
    )
    .execute()
}

/** Lists the last messages of these webhooks, the newest first. */
export async function listMessages(
  db: Database,
  webhookIds: readonly string[],
): Promise<WebhookMessage[]> {
  if (webhookIds.length === 0) return []
  const rows = await db
    .selectFrom('webhook_message')
    .selectAll()
    .where('webhook_id', 'in', webhookIds)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(WEBHOOK_MESSAGE.fromRow)
}
