import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { findUnsent, PUT_OFF_SECONDS } from '../../node/store/backup/unsent-edits.ts'
import {
  deleteChange,
  listPendingChanges,
  markChangesDone,
  type PendingChange,
  postponeChange,
  postponeChanges,
} from '../../node/store/queues/changes.ts'
import { isHeld } from '../../node/store/queues/held.ts'
import { giveWay } from '../../node/turns/turns.ts'
import { enqueueDecidedStamp } from '../actors/givers.ts'
import { signTextsAnew } from '../actors/sign-anew.ts'
import { enqueueDecision } from '../inbox/admissions.ts'
import { enqueueJoinState } from '../inbox/join-answers.ts'
import { enqueuePlace, enqueuePlacesOfPeer } from '../inbox/listed-places.ts'
import { enqueueMove } from '../moves/enqueue-move.ts'
import type { Effect, Services } from '../services.ts'
import { enqueueStatement } from './agreements.ts'
import { enqueueStructureClosed } from './closed-account.ts'
import { forwardContactMessage } from './contact-messages.ts'
import { enqueueFacilitator, enqueueWithdrawn } from './facilitators.ts'
import { enqueueDigest } from './feeds/digest.ts'
import { enqueueFeedPosts } from './feeds/feed-posts.ts'
import { sendAppeal, sendFlag } from './flags.ts'
import { followAddress, undoFollow } from './follows.ts'
import { announceShown, forwardReceived, undoAnnounce } from './forward.ts'
import { enqueueToJoined } from './joined-notes.ts'
import {
  enqueueNetwork,
  enqueueNetworkEnded,
  enqueueNetworks,
  renewNetworkCafes,
} from './networks.ts'
import { enqueueNewKeys } from './new-keys.ts'
import { sendDueNotes } from './note-due.ts'
import { enqueueJudgement } from './object-judged.ts'
import { enqueueDeleted, enqueuePublished, enqueueUpdated } from './own-cafes.ts'
import { renewPeerCafes } from './peer-cafes.ts'
import { enqueueAppointed, enqueueProposed, enqueueRevoked, renewUntied } from './referents.ts'
import { enqueueReport, enqueueReportDeleted } from './reports.ts'
import { enqueueResource, enqueueResourceDeleted, enqueueResources } from './resources.ts'
import { enqueueNearDate } from './series/near-dates.ts'
import { renewSeries } from './series/own-dates.ts'
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
    const due = await listPendingChanges(context.db, context.now(), TOGETHER)
    if (due.length === 0 || services.signal.aborted) return
    const group = takeTogether(await putOffUnsent(context, due))
    if (group.length === 0) continue
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

/** Puts off what is not to be told yet, and returns the rest. */
async function putOffUnsent(
  { db, now }: Context,
  due: readonly PendingChange[],
): Promise<readonly PendingChange[]> {
  const isUnsent = await findUnsent(db)
  if (!isUnsent) return due
  const waiting = due.filter(({ change }) => isUnsent(change)).map(({ id }) => id)
  if (waiting.length > 0)
    await postponeChanges(db, waiting, now().add({ seconds: PUT_OFF_SECONDS }))
  return due.filter(({ id }) => !waiting.includes(id))
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
  for (const { id: changeId, change } of group)
    effects.push(await prepare(change.type, { context, services, change, changeId }))
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
 * place proposes, with their address, or who joined a café; it has the words of somebody who flagged a page; it holds the
 * code of an invitation; or it holds another server's whole text, of which that server may send many.
 */
const leavesNoTrace = (change: Change): boolean =>
  change.type === 'facilitator-withdrawn' ||
  change.type === 'joined-told' ||
  change.type === 'follow-asked' ||
  change.type === 'referent-proposed' ||
  change.type === 'flag-sent' ||
  change.type === 'hiding-appealed' ||
  ('activity' in change && change.activity !== undefined)

type Told<Type extends Change['type']> = {
  context: Context
  services: Services
  change: Extract<Change, { type: Type }>
  changeId: number
}

/** What becomes of each kind of change. */
const EFFECTS: { [Type in Change['type']]: (told: Told<Type>) => Effect | Promise<Effect> } = {
  'cafe-published': ({ context, services, change }) =>
    enqueuePublished(context, services, change.cafeId),
  'cafe-updated': ({ context, services, change, changeId }) =>
    enqueueUpdated(context, services, { edit: change, changeId }),
  'series-saved': ({ context, change }) => renewSeries(context, change),
  'cafe-note-due': ({ context, services, change, changeId }) =>
    sendDueNotes(context, services, { cafeId: change.cafeId, changeId }),
  'cafe-deleted': ({ context, services, change }) => enqueueDeleted(context, services, change),
  'report-saved': ({ context, services, change }) =>
    enqueueReport(context, services, change.cafeId),
  'report-deleted': ({ context, services, change }) =>
    enqueueReportDeleted(context, services, change),
  'resource-saved': ({ context, services, change }) =>
    enqueueResource(context, services, change.uri),
  'resource-deleted': ({ context, services, change }) =>
    enqueueResourceDeleted(context, services, change.uri),
  'resources-told': ({ context, services, change }) => enqueueResources(context, services, change),
  'date-near': ({ context, services, change }) => enqueueNearDate(context, services, change.uri),
  'cafe-received': ({ context, services, change, changeId }) =>
    forwardReceived(context, services, { edit: change, changeId }),
  'cafe-shown': ({ context, change }) => announceShown(context, change.cafeId),
  'feed-posts-due': ({ context, services, change }) => enqueueFeedPosts(context, services, change),
  'cafe-removed': ({ context, services, change }) => undoAnnounce(context, services, change),
  'follow-asked': ({ context, services, change, changeId }) =>
    followAddress(context, services, { ...change, changeId }),
  'unfollow-asked':
    ({ context, change }) =>
    (trx) =>
      undoFollow(trx, context, change.followingId),
  'join-answered':
    ({ context, change }) =>
    (trx) =>
      enqueueJoinState(trx, context, change),
  'joined-told':
    ({ context, change }) =>
    (trx) =>
      enqueueToJoined(trx, context, change),
  'object-judged':
    ({ context, change }) =>
    async (trx) => {
      await enqueueJudgement(trx, context, change)
      await enqueuePlace(trx, context, change.uri)
    },
  'flag-sent': ({ context, change }) => sendFlag(context, change),
  'hiding-appealed': ({ context, change }) => sendAppeal(context, change),
  'peer-cafes': ({ context, services, change }) => renewPeerCafes(context, services, change),
  'peer-places':
    ({ context, change }) =>
    (trx) =>
      enqueuePlacesOfPeer(trx, context, change.peerId),
  'membership-decided':
    ({ context, change }) =>
    (trx) =>
      enqueueDecision(trx, context, change),
  'digest-due': ({ context, services, change }) => enqueueDigest(context, services, change.digest),
  'profile-updated': ({ context, services, change }) => enqueueProfile(context, services, change),
  'site-moved': ({ context, services, change }) => enqueueMove(context, services, change),
  'structure-closed': ({ context, services, change }) =>
    enqueueStructureClosed(context, services, change.slug),
  'keys-renewed': ({ context, services, change }) => enqueueNewKeys(context, services, change),
  'proofs-distrusted': ({ context, services }) => signTextsAnew(context, services.keyRing),
  'facilitator-published': ({ context, services, change }) =>
    enqueueFacilitator(context, services, { ...change, isNew: true }),
  'facilitator-changed': ({ context, services, change }) =>
    enqueueFacilitator(context, services, { ...change, isNew: false }),
  'network-saved': ({ context, services, change }) => enqueueNetwork(context, services, change.uri),
  'network-ended': ({ context, services, change }) =>
    enqueueNetworkEnded(context, services, change.uri),
  'agreement-stated': ({ context, services, change }) =>
    enqueueStatement(context, services, change),
  'networks-told': ({ context, services, change }) => enqueueNetworks(context, services, change),
  'network-cafes': ({ context, change }) => renewNetworkCafes(context, change),
  'facilitator-withdrawn': ({ context, services, change }) =>
    enqueueWithdrawn(context, services, change),
  'person-contacted': ({ context, change }) => forwardContactMessage(context, change.messageId),
  'stamp-decided': ({ context, change }) => enqueueDecidedStamp(context, change),
  'referent-appointed': ({ context, services, change }) =>
    enqueueAppointed(context, services, change.referentId),
  'attestation-revoked': ({ context, services, change }) =>
    enqueueRevoked(context, services, change),
  'mandate-untied': ({ context, change }) => renewUntied(context, change.referentId),
  'referent-proposed': ({ context, change }) => enqueueProposed(context, change),
}

const prepare = async <Type extends Change['type']>(
  type: Type,
  told: Told<Type>,
): Promise<Effect> => EFFECTS[type](told)
