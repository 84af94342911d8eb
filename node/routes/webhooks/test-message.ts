import type { Webhook } from '../../domain/structures/webhook.ts'
import type { Database } from '../../store/database/database.ts'
import { appendMessage } from '../../store/webhooks/messages.ts'

/** Appends a message that says nothing but that it arrives. */
export const appendTest = (
  trx: Database,
  { id, search }: Pick<Webhook, 'id' | 'search'>,
  now: Temporal.Instant,
): Promise<void> => {
  const timestamp = now.toString({ smallestUnit: 'second' })
  const body = JSON.stringify({ type: 'webhook.test', timestamp, data: { webhook: id, search } })
  return appendMessage(trx, { webhookId: id, kind: 'test', items: 0, body }, now)
}
