import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import {
  deleteChange,
  listPendingChanges,
  markChangesDone,
  type PendingChange,
  postponeChange,
} from '../../node/store/queues/changes.ts'
import { isHeld } from '../../node/store/queues/held.ts'
import { giveWay } from '../../node/turns/turns.ts'
import { signTextsAnew } from '../actors/sign-anew.ts'
import { enqueueDecision } from '../inbox/admissions.ts'
import type { Effect, Services } from '../services.ts'
import { enqueueStatement } from './agreements.ts'
import { enqueueJudgement } from './cafe-judged.ts'
import { forwardContactMessage } from './contact-messages.ts'
import { enqueueDigest } from './digest.ts'
import { enqueueFacilitator, enqueueWithdrawn } from './facilitators.ts'
import { enqueueFeedPosts } from './feed-posts.ts'
import { followAddress, undoFollow } from './follows.ts'
import { announceShown, forwardReceived, undoAnnounce } from './forward.ts'
import {
  enqueueNetwork,
  enqueueNetworkEnded,
  enqueueNetworks,
  renewNetworkCafes,
} from './networks.ts'
import { enqueueNewKeys } from './new-keys.ts'
import { sendDueNotes } from './note-due.ts'
import { enqueueDeleted, enqueuePublished, enqueueUpdated } from './own-cafes.ts'
import { renewPeerCafes } from './peer-cafes.ts'
import { enqueueAppointed, enqueueProposed, enqueueRevoked, renewUntied } from './referents.ts'
import { enqueueProfile } from './structure-profile.ts'

/** Changes are tried for about a day; then they wait for the operator. */
const MAX_ATTEMPTS = 12

/** The maximum number of changes that are told in one transaction. */
const TOGETHER = 64

/**
 * Turns each pending change, in order, into signed activities and their deliveries. What a change produces and its
 * acknowledgement are one transaction, so that a crash in between neither repeats nor loses anything.
 */
export async function enqueueChanges(context: Context, services: Services): Promise<void> {
  if (await isHeld(context.db)) return
  for (;;) {
    const pending = await listPendingChanges(context.db, context.now(), TOGETHER)
    const group = takeTogether(pending)
    if (group.length === 0 || services.signal.aborted) return
    try {
      await enqueueGroup(context, services, group)
    } catch (error) {
      // One failing change rolls back its whole group, so each is tried alone and the others are told.
      if (group.length > 1) for (const one of group) await enqueueOne(context, services, one)
      else await postpone(context, services, group[0], error)
    }
    // A long queue of changes must not keep a visitor waiting.
    await giveWay()
  }
}

/**
 * Takes from the oldest on what can be told in one transaction: received or published changes of different cafés. What
 * a change needs is found before the transaction, and may depend on the result of an earlier change of the same café.
 */
function takeTogether(pending: readonly PendingChange[]): readonly PendingChange[] {
  const cafes = new Set<string>()
  for (const { change } of pending) {
    const isOfCafe = change.type === 'cafe-received' || change.type === 'cafe-published'
    if (!isOfCafe || cafes.has(change.cafeId)) break
    cafes.add(change.cafeId)
  }
  return pending.slice(0, Math.max(1, cafes.size))
}

async function enqueueOne(
  context: Context,
  services: Services,
  pending: PendingChange,
): Promise<void> {
  try {
    await enqueueGroup(context, services, [pending])
  } catch (error) {
    await postpone(context, services, pending, error)
  }
}

async function postpone(
  { db, now }: Context,
  { logger }: Services,
  pending: PendingChange | undefined,
  error: unknown,
): Promise<void> {
  if (!pending) return
  const { id, attempts } = pending
  const message = error instanceof Error ? error.message : String(error)
  logger.warning('change {id} failed: {message}', { id, message })
  await postponeChange(db, { id, error: message, until: now().add({ seconds: delay(attempts) }) })
}

const delay = (attempts: number): number =>
  attempts >= MAX_ATTEMPTS ? 365 * 86_400 : Math.min(4 * 3600, 5 * 3 ** attempts)

/**
 * Enqueues the effects of a group of changes in one transaction. What must be asked of the network is asked before it.
 */
async function enqueueGroup(
  context: Context,
  services: Services,
  group: readonly PendingChange[],
): Promise<void> {
  const effects: Effect[] = []
  for (const { id, change } of group) effects.push(await prepare(context, services, change, id))
  await context.db.transaction().execute(async (trx) => {
    for (const effect of effects) await effect(trx)
    await markChangesDone(
      trx,
      group.map(({ id }) => id),
      context.now(),
    )
    for (const { id, change } of group) if (leavesNoTrace(change)) await deleteChange(trx, id)
  })
}

/**
 * Returns whether the row of a change is deleted once it is told: it names a person who is to be forgotten, or whom a
 * place proposes, with their address; it holds the code of an invitation; or it holds another server's whole text, of
 * which that server may send many.
 */
const leavesNoTrace = (change: Change): boolean =>
  change.type === 'facilitator-withdrawn' ||
  change.type === 'follow-asked' ||
  change.type === 'referent-proposed' ||
  ('activity' in change && change.activity !== undefined)

async function prepare(
  context: Context,
  services: Services,
  change: Change,
  id: number,
): Promise<Effect> {
  switch (change.type) {
    case 'cafe-published':
      return enqueuePublished(context, services, change.cafeId)
    case 'cafe-updated':
      return enqueueUpdated(context, services, { edit: change, changeId: id })
    case 'cafe-note-due':
      return sendDueNotes(context, services, { cafeId: change.cafeId, changeId: id })
    case 'cafe-deleted':
      return enqueueDeleted(context, services, change.uri)
    case 'cafe-received':
      return forwardReceived(context, services, { edit: change, changeId: id })
    case 'cafe-shown':
      return announceShown(context, change.cafeId)
    case 'feed-posts-due':
      return enqueueFeedPosts(context, services, change)
    case 'cafe-removed':
      return undoAnnounce(context, services, change)
    case 'follow-asked':
      return followAddress(context, services, { ...change, changeId: id })
    case 'unfollow-asked':
      return (trx) => undoFollow(trx, context, change.followingId)
    case 'cafe-judged':
      return (trx) => enqueueJudgement(trx, context, change)
    case 'peer-cafes':
      return renewPeerCafes(context, services, change)
    case 'membership-decided':
      return (trx) => enqueueDecision(trx, context, change)
    case 'digest-due':
      return enqueueDigest(context, services, change.digest)
    case 'profile-updated':
      return enqueueProfile(context, services)
    case 'keys-renewed':
      return enqueueNewKeys(context, services, change)
    case 'proofs-distrusted':
      return signTextsAnew(context, services.keyRing)
    case 'facilitator-published':
      return enqueueFacilitator(context, services, { ...change, isNew: true })
    case 'facilitator-changed':
      return enqueueFacilitator(context, services, { ...change, isNew: false })
    case 'network-saved':
      return enqueueNetwork(context, services, change.uri)
    case 'network-ended':
      return enqueueNetworkEnded(context, services, change.uri)
    case 'agreement-stated':
      return enqueueStatement(context, services, change)
    case 'networks-told':
      return enqueueNetworks(context, services, change)
    case 'network-cafes':
      return renewNetworkCafes(context, change)
    case 'facilitator-withdrawn':
      return enqueueWithdrawn(context, services, change)
    case 'person-contacted':
      return forwardContactMessage(context, change.messageId)
    case 'referent-appointed':
      return enqueueAppointed(context, services, change.referentId)
    case 'attestation-revoked':
      return enqueueRevoked(context, services, change)
    case 'mandate-untied':
      return renewUntied(context, change.referentId)
    case 'referent-proposed':
      return enqueueProposed(context, change)
  }
}
