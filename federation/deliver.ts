import type { Context } from '../node/context.ts'
import type { Change } from '../node/domain/change.ts'
import {
  findPendingChange,
  markChangeDone,
  type PendingChange,
  postponeChange,
} from '../node/store/changes.ts'
import type { Database } from '../node/store/database.ts'
import { tellDigest } from './deliver-digest.ts'
import { tellDeleted, tellPublished, tellUpdated } from './deliver-own.ts'
import { tellProfile } from './deliver-profile.ts'
import { announceShown, carryOn, undoAnnounce } from './deliver-received.ts'
import type { Services } from './federation.ts'
import { followAddress, undoFollow } from './follow.ts'
import { tellDecision } from './membership.ts'

/** Changes are tried for about a day; then they wait for the operator. */
const MAX_ATTEMPTS = 12

/**
 * Turns each pending change, in order, into signed activities and their deliveries. What a change makes and its
 * acknowledgement are one transaction: a crash in between repeats nothing and loses nothing.
 */
export async function tellChanges(context: Context, services: Services): Promise<void> {
  for (;;) {
    const pending = await findPendingChange(context.db, context.now())
    if (!pending || services.signal.aborted) return
    try {
      await tell(context, services, pending)
    } catch (error) {
      const until = context.now().add({ seconds: delay(pending.attempts) })
      const message = error instanceof Error ? error.message : String(error)
      services.logger.warning('change {id} failed: {message}', { id: pending.id, message })
      await postponeChange(context.db, { id: pending.id, error: message, until })
    }
  }
}

const delay = (attempts: number): number =>
  attempts >= MAX_ATTEMPTS ? 365 * 86_400 : Math.min(4 * 3600, 5 * 3 ** attempts)

/** What the network must be asked first is asked outside of the transaction. */
async function tell(
  context: Context,
  services: Services,
  { id, change }: PendingChange,
): Promise<void> {
  const effect = await prepare(context, services, change, id)
  await context.db.transaction().execute(async (trx) => {
    await effect(trx)
    await markChangeDone(trx, id, context.now())
  })
}

type Effect = (trx: Database) => Promise<void>

async function prepare(
  context: Context,
  services: Services,
  change: Change,
  id: number,
): Promise<Effect> {
  switch (change.type) {
    case 'cafe-published':
      return tellPublished(context, services, change.cafeId)
    case 'cafe-updated':
      return tellUpdated(context, services, change)
    case 'cafe-deleted':
      return tellDeleted(context, services, change.uri)
    case 'cafe-received':
      return carryOn(context, services, change)
    case 'cafe-shown':
      return announceShown(context, change.cafeId)
    case 'cafe-removed':
      return undoAnnounce(context, services, change)
    case 'follow-asked':
      return followAddress(context, services, { ...change, changeId: id })
    case 'unfollow-asked':
      return (trx) => undoFollow(trx, context, change.followingId)
    case 'membership-decided':
      return (trx) => tellDecision(trx, context, change)
    case 'digest-due':
      return tellDigest(context, services, change.digest)
    case 'profile-updated':
      return tellProfile(context, services)
  }
}
