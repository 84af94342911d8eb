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
}

/** So many in so long for each key; the same count for all processes of a site. A restart of the only one forgives. */
export const createRateLimiter = (
  db: OpenDatabase,
  { name, points, duration }: Limit,
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
      })
    : new RateLimiterMemory({ keyPrefix: name, points, duration })

/**
 * Counts one more of what may come so often.
 * @returns whole seconds until it may come again, 1 at least (`Retry-After`, RFC 9110 §10.2.3); undefined when it may
 * now.
 */
export async function spend(
  limiter: RateLimiterAbstract,
  key: string,
): Promise<number | undefined> {
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
