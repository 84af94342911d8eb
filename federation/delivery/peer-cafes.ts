import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { findCafe } from '../../node/store/cafes/cafes.ts'
import { listSomeOfPeer } from '../../node/store/cafes/peer-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import type { Services } from '../services.ts'
import { updateFeeds } from './feeds.ts'
import { undoAnnounce } from './forward.ts'

type Effect = (trx: Database) => Promise<void>

/**
 * Undoes the Announces of a server's upcoming cafés when its word no longer counts, since their changes are not heard
 * any more, and lists them again when it does. A café of another server that a trusted server announces too stays.
 */
export async function renewPeerCafes(
  context: Context,
  services: Services,
  change: Extract<Change, { type: 'peer-cafes' }>,
): Promise<Effect> {
  const { db, isDirectory, now } = context
  if (!isDirectory) return async () => undefined
  const { cafes, next } = await listSomeOfPeer(db, { ...change, now: now() })
  const effects: Effect[] = []
  for (const { id, uri, isListed } of cafes)
    effects.push(
      isListed
        ? (trx) => listAgain(trx, context, id)
        : await undoAnnounce(context, services, { uri, activity: undefined }),
    )
  return async (trx) => {
    for (const effect of effects) await effect(trx)
    if (next) await appendChange(trx, { ...change, after: next }, now())
  }
}

async function listAgain(trx: Database, context: Context, id: string): Promise<void> {
  const cafe = await findCafe(trx, id)
  if (cafe) await updateFeeds(trx, context, { cafe, isNews: false })
}
