import { CompiledQuery, type Kysely } from 'kysely'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import type { Limit } from '../../domain/limits/limits.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'

/** A limit (`limitOf`) with the name under which it is counted; each name has keys of its own. */
export type CountedLimit = Pick<Limit, 'points' | 'duration'> & {
  name: string
  /**
   * Whether a process remembers what was refused, so that repeating it costs no row; nothing of it can be given back.
   */
  isFinal?: boolean
}

/** The part of a limiter that `spend` uses. */
export type Spendable = Pick<RateLimiterAbstract, 'consume'>

/**
 * Makes a limiter of so many points in so long for each key, which all processes of a site share. Restarting the only
 * process resets it.
 */
export const createRateLimiter = (
  db: OpenDatabase,
  { name, points, duration, isFinal = false }: CountedLimit,
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
 * Makes a limiter for what comes too often to be stored each time: a process counts by itself and updates the common
 * count every `step`. Together they let more through by at most `step - 1` for each process, and those that come while
 * it asks; a key with fewer than `step` is never stored.
 */
export function createRoughLimiter(
  db: OpenDatabase,
  { step, ...limit }: CountedLimit & { step: number },
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
 * Counts one more of what is limited.
 * @returns Whole seconds until the next is allowed, 1 at least (`Retry-After`, RFC 9110 §10.2.3); undefined when this
 * one is.
 */
export async function spend(
  limiter: Spendable,
  key: string,
  points = 1,
): Promise<number | undefined> {
  try {
    await limiter.consume(key, points)
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

/** Deletes the counters of limits whose time is over; they no longer refuse anybody even before this deletion. */
export async function deleteExpiredRateLimits(db: Database, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('rate_limit').where('expire', '<', now.epochMilliseconds).execute()
}
