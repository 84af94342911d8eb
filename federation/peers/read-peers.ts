import { LRUCache } from 'lru-cache'
import type { Context } from '../../node/context.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import {
  chooseReading,
  READINGS_AT_ONCE,
  type ReadingsUnderWay,
  type Requester,
} from '../../node/domain/federation/reading-shares.ts'
import { isBlocked } from '../../node/store/directory/blocks.ts'
import { findPeer, findTrustedPeerAt } from '../../node/store/directory/peers.ts'
import {
  isProbe,
  leaseTask,
  listTaskHeads,
  postponeTask,
  postponeTasksAt,
  renewLease,
  settleTask,
  type Task,
} from '../../node/store/queues/tasks.ts'
import { EgressError } from '../remote/egress-error.ts'
import { BudgetSpentError, runWithinBudget } from '../remote/reading-budget.ts'
import type { Services } from '../services.ts'
import { askDirectory } from './ask-directory.ts'
import { backfill, fetchOne, reconcile, type Work } from './backfill.ts'
import { checkFacilitator, confirmFacilitators } from './read-facilitators.ts'
import { readFollowerServers } from './read-follower-servers.ts'
import { readMemberships } from './read-memberships.ts'
import { copyPicture } from './read-pictures.ts'
import { visit } from './visit.ts'

/** The worker that reads other servers: it chooses the reading that begins next and postpones those that fail. */

const MAX_ATTEMPTS = 40

/** Renews the lease of a reading that takes long. */
const RENEW_MS = 60_000

/** Works through the tasks that are due, several at once but one per host; resolves when none is left. */
export async function readPeers(context: Context, services: Services): Promise<void> {
  const underWay = new Map<Promise<void>, Requester>()
  const turns = new LRUCache<Requester, number>({ max: REMEMBERED_TURNS })
  let turn = 0
  while (!services.signal.aborted) {
    const shares = {
      running: [...underWay.values()],
      lastTurn: (requester: Requester) => turns.get(requester),
    }
    const task = await takeNext(context, services, shares)
    if (task) {
      turns.set(task.requester, ++turn)
      const work: Promise<void> = workOn(context, services, task)
        .catch((error) =>
          services.logger.error('task {id} failed: {error}', { id: task.id, error }),
        )
        .finally(() => underWay.delete(work))
      underWay.set(work, task.requester)
    } else if (underWay.size > 0) await Promise.race([...underWay.keys(), services.woken()])
    else return
  }
  await Promise.allSettled(underWay.keys())
}

const REMEMBERED_TURNS = 1_000

/** Leases the next reading; postpones all readings of a host that did not answer. */
async function takeNext(
  { db, now }: Context,
  { hosts }: Services,
  shares: ReadingsUnderWay,
): Promise<Task | undefined> {
  if (shares.running.length >= READINGS_AT_ONCE) return undefined
  for (;;) {
    const head = chooseReading(await listTaskHeads(db, now()), shares)
    if (!head) return undefined
    const until = isProbe(head) ? undefined : hosts.until(head.host)
    if (until) await postponeTasksAt(db, { host: head.host, until })
    else {
      const task = await leaseTask(db, head.id, now())
      if (task) return task
    }
  }
}

async function workOn(context: Context, services: Services, task: Task): Promise<void> {
  const { db, now } = context
  const renewing = setInterval(() => {
    renewLease(db, task.id, now()).catch((error) =>
      services.logger.warn('the lease of task {id} was not renewed: {error}', {
        ...{ id: task.id, error },
      }),
    )
  }, RENEW_MS)
  try {
    if (!(await isBlocked(db, task.host))) await readWithinBudget(context, services, task)
    await settleTask(db, task.id)
  } catch (error) {
    if (services.signal.aborted) return
    await giveBack(context, services, { task, error })
  } finally {
    clearInterval(renewing)
  }
}

/** Postpones a reading that failed, or drops it where another try is of no use. */
async function giveBack(
  { db, now }: Context,
  { logger }: Services,
  { task, error }: { task: Task; error: unknown },
): Promise<void> {
  const { id, kind, subject, host, requester, attempts } = task
  const message = error instanceof Error ? error.message : String(error)
  // The address of a person's profile is in no log.
  const about = kind === 'person' || kind === 'picture' ? host : subject
  logger.info('{kind} of {about} failed: {message}', { kind, about, message })
  if (error instanceof BudgetSpentError) {
    // A reading that a message asked for is dropped; a reading that our own schedule planned continues tomorrow.
    const isPlanned = isWholeReading(kind) || requester === 'self'
    if (!isPlanned) return settleTask(db, id)
    return postponeTask(db, { id, error: message, until: tomorrow(now()), isSpent: true })
  }
  if (attempts >= MAX_ATTEMPTS || isFinal(error, kind)) return settleTask(db, id)
  const own = now().add({ seconds: Math.min(4 * 3600, 10 * 3 ** attempts) })
  await postponeTask(db, { id, error: message, until: own })
}

/** Returns a time in the first minutes of the next day (UTC), when budgets begin anew. */
const tomorrow = (now: Temporal.Instant): Temporal.Instant =>
  now.toZonedDateTimeISO('UTC').add({ days: 1 }).startOfDay().add({ minutes: 5 }).toInstant()

async function readWithinBudget(context: Context, services: Services, task: Task): Promise<void> {
  const peer = await findCharged(context, task)
  const read = (services: Services) => WORK[task.kind](context, services, task)
  await runWithinBudget(context, services, { peer, read })
}

/**
 * Finds the peer whose budget a reading uses: the one that caused it, whichever host is asked, or the one that our own
 * clock reads. The visits of our clock are charged to nobody, since they tell whether a peer is reachable, and so are
 * its questions about who is still there and, after a restore, what directories know: a large site must not be hidden
 * for its size.
 */
async function findCharged({ db }: Context, task: Task): Promise<Peer | undefined> {
  const { kind, subject, requester, host } = task
  if (isWholeReading(kind)) return findPeer(db, subject)
  if (requester.startsWith('peer:')) return findTrustedPeerAt(db, requester.slice('peer:'.length))
  const isFree = FREE.includes(kind)
  return requester === 'self' && !isFree ? findTrustedPeerAt(db, host) : undefined
}

const FREE: readonly Task['kind'][] = ['visit', 'people', 'restoration']

const isWholeReading = (kind: Task['kind']): boolean => kind === 'backfill' || kind === 'reconcile'

/**
 * Returns whether another try is of no use. A whole server is asked again after a 404 of one of its addresses, which
 * may not last.
 */
const isFinal = (error: unknown, kind: Task['kind']): boolean =>
  error instanceof EgressError &&
  (['blocked_address', 'scheme'].includes(error.code) ||
    error.status === 410 ||
    (error.status === 404 && !isWholeReading(kind)))

const WORK: Record<Task['kind'], Work> = {
  backfill,
  reconcile,
  memberships: readMemberships,
  fetch: fetchOne,
  visit,
  people: confirmFacilitators,
  person: checkFacilitator,
  picture: copyPicture,
  'follower-servers': readFollowerServers,
  restoration: askDirectory,
}
