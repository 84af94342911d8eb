import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import { deleteStampsOf } from '../../node/store/feeds/stamps.ts'
import { enqueue } from '../wire/activities.ts'
import { toStampDelete } from '../wire/consent.ts'

/**
 * Withdraws the stamps of objects that are gone: their addresses answer no longer, and the servers that asked for them
 * are told.
 */
export async function withdrawStamps(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  targetUris: readonly string[],
): Promise<void> {
  for (const stamp of await deleteStampsOf(trx, targetUris)) {
    const activity = toStampDelete(config.origin, stamp)
    await enqueue(trx, { activity, actor: stamp.giver, inboxes: [stamp.inbox] }, now())
  }
}
