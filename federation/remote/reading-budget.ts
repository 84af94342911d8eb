import type { Context } from '../../node/context.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { ReadingLimits } from '../../node/domain/limits/limits.ts'
import {
  findReachedLimit,
  limitsOfNoPeer,
  NOTHING_SPENT,
  type ReachedLimit,
  type Spent,
} from '../../node/domain/limits/reading-budget.ts'
import { addReading, findSpent } from '../../node/store/queues/peer-days.ts'
import type { Budget, Egress, Services } from '../services.ts'

/** The error of a daily limit for reading a peer: the reading stops and goes on the next day. */
export class BudgetSpentError extends Error {
  override name = 'BudgetSpentError'
  readonly by: ReachedLimit
  constructor(by: ReachedLimit) {
    super(`the limit of ${by} for one peer and day is reached`)
    this.by = by
  }
}

/**
 * Makes the budget of one reading.
 * @param before - What other readings of the same peer and day have used.
 */
function createBudget(limits: ReadingLimits, before: Spent = NOTHING_SPENT): Budget {
  const begun = performance.now()
  const used = { ...NOTHING_SPENT }
  const usedNow = (): Spent => ({ ...used, seconds: (performance.now() - begun) / 1000 })

  function spend({ pages = 0, items = 0, bytes = 0 }: Partial<Omit<Spent, 'seconds'>>): void {
    used.pages += pages
    used.items += items
    used.bytes += bytes
    const own = usedNow()
    const all = {
      pages: before.pages + own.pages,
      items: before.items + own.items,
      bytes: before.bytes + own.bytes,
      seconds: before.seconds + own.seconds,
    }
    const by = findReachedLimit(all, limits)
    if (by) throw new BudgetSpentError(by)
  }
  return { spend, used: usedNow }
}

/**
 * Calls `read` with services whose requests are counted against the peer's budget of the day; then stores what was
 * used, and which limit stopped the reading, if one did. Without a peer to charge, each reading has a budget of its
 * own: a thirtieth of that of a peer and day.
 * @throws BudgetSpentError when a limit is reached, and whatever `read` throws.
 */
export async function runWithinBudget(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  services: Services,
  { peer, read }: { peer: Peer | undefined; read: (services: Services) => Promise<void> },
): Promise<void> {
  const before = peer && (await findSpent(db, peer.id, now()))
  const limits = peer ? config.reading : limitsOfNoPeer(config.reading)
  const budget = createBudget(limits, before)
  const keep = async (stoppedBy?: ReachedLimit) =>
    peer && addReading(db, { peerId: peer.id, spent: budget.used(), stoppedBy }, now())
  try {
    await read({ ...services, egress: countCalls(services, budget), budget })
  } catch (error) {
    await keep(error instanceof BudgetSpentError ? error.by : undefined)
    throw error
  }
  await keep()
}

/**
 * Returns an `Egress` that counts its requests. A request is counted before it is made, since one that fails or is slow
 * costs time as well; none is made once the server stops.
 */
const countCalls = ({ egress, signal }: Services, budget: Budget): Egress => ({
  ...egress,
  get: async (url, options) => {
    signal.throwIfAborted()
    budget.spend({ pages: 1 })
    const answer = await egress.get(url, options)
    budget.spend({ bytes: answer.bytes.length })
    return answer
  },
  getJson: async (url, options) => {
    signal.throwIfAborted()
    budget.spend({ pages: 1 })
    const answer = await egress.getJson(url, options)
    budget.spend({ bytes: Buffer.byteLength(answer.text) })
    return answer
  },
})
