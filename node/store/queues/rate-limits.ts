import { CompiledQuery, type Kysely } from 'kysely'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import type { Database, OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'

type Limit = {
  /** Of what is limited: the keys of each are its own. */
  name: string
  points: number
  /** Seconds. */
  duration: number
  /** A process remembers what was refused, so that insisting costs no row; nothing of it can be given back. */
  isFinal?: boolean
}

/** What counts: the part of a limiter that `spend` asks. */
export type Spendable = Pick<RateLimiterAbstract, 'consume'>

/** So many in so long for each key; the same count for all processes of a site. A restart of the only one forgives. */
export const createRateLimiter = (
  db: OpenDatabase,
  { name, points, duration, isFinal = false }: Limit,
): RateLimiterAbstract =>
  isPostgres(db)
    ? new RateLimiterPostgres({
        storeClient: { query: (asked: Asked) => ask(db, asked) },
        storeType: 'pool',
        tableName: 'rate_limit',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points,
        duration,
        ...(isFinal && { inMemoryBlockOnConsumed: points }),
      })
    : new RateLimiterMemory({ keyPrefix: name, points, duration })

/**
 * So many in so long, for what comes too often to be written down each time: a process counts by itself and tells the
 * common count every `step`. Together they let more through by at most `step - 1` for each process and those that are
 * under way while it asks; whoever asks for less than `step` is never written down.
 */
export function createRoughLimiter(
  db: OpenDatabase,
  { step, ...limit }: Limit & { step: number },
): Spendable {
  const here = new RateLimiterMemory({
    keyPrefix: limit.name,
    points: limit.points,
    duration: limit.duration,
  })
  if (!isPostgres(db)) return here
  const together = createRateLimiter(db, { ...limit, isFinal: true })
  return {
    consume: async (key) => {
      const counted = await here.consume(key)
      if (counted.consumedPoints % step !== 0) return counted
      try {
        return await together.consume(key, step)
      } catch (refused) {
        if (refused instanceof RateLimiterRes)
          await here.block(key, Math.max(1, Math.ceil(refused.msBeforeNext / 1000)))
        throw refused
      }
    },
  }
}

/**
 * Counts one more of what may come so often.
 * @returns whole seconds until it may come again, 1 at least (`Retry-After`, RFC 9110 §10.2.3); undefined when it may
 * now.
 */
export async function spend(limiter: Spendable, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key)
    return undefined
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
  }
}

type Asked = { text: string; values: unknown[] }

async function ask(db: Pick<Kysely<unknown>, 'executeQuery'>, { text, values }: Asked) {
  const { rows, numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, values))
  return { rows, rowCount: Number(numAffectedRows ?? rows.length) }
}

export async function deleteExpiredRateLimits(db: Database, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('rate_limit').where('expire', '<', now.epochMilliseconds).execute()
}
