import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { selectLiveTokens } from './webhooks.ts'

/** Counts the webhooks of a structure that were given up and that the team can resume: their tokens have not ended. */
export async function countStoppedWebhooks(
  db: Database,
  organizationId: string,
  now: Temporal.Instant,
): Promise<number> {
  const { total } = await db
    .selectFrom('webhook')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('organization_id', '=', organizationId)
    .where('stopped_at', 'is not', null)
    .where('token_id', 'in', selectLiveTokens(db, now))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Resumes a webhook that was given up: its message is due now. One that was not stays as it is. */
export async function markWebhookResumed(
  trx: Database,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('webhook')
    .set({ stopped_at: null, failing_since: null })
    .where('id', '=', id)
    .where('stopped_at', 'is not', null)
    .executeTakeFirstOrThrow()
  if (Number(numUpdatedRows) === 0) return
  await trx
    .updateTable('webhook_message')
    .set({ due_at: toInstantText(now) })
    .where('webhook_id', '=', id)
    .where('over_at', 'is', null)
    .execute()
}
