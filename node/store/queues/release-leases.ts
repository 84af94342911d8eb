import { toInstantText } from '../database/columns.ts'
import type { OpenDatabase } from '../database/database.ts'
import { dueTimeFrom } from './tasks.ts'

/**
 * Makes due now what a process that is gone had begun or postponed. Its leases are over, since no other process works,
 * and a wait that grew while nobody was working is not waited out; only a spent budget is.
 */
export async function releaseLeases(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  const at = toInstantText(now)
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('delivery').set({ lease_until: null }).execute()
    await trx.updateTable('task').set({ lease_until: null }).execute()
    await trx
      .updateTable('delivery')
      .set({ due_at: at })
      .where('parked_at', 'is', null)
      .where('due_at', '>', at)
      .execute()
    await trx
      .updateTable('task')
      .set({ due_at: dueTimeFrom(at) })
      .where('due_at', '>', at)
      .execute()
    await trx
      .updateTable('webhook_message')
      .set({ due_at: at })
      .where('over_at', 'is', null)
      .where('due_at', '>', at)
      .execute()
    await trx
      .updateTable('change')
      .set({ due_at: at })
      .where('done_at', 'is', null)
      .where('due_at', '>', at)
      .execute()
  })
}
