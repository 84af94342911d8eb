import { CompiledQuery, type Kysely } from 'kysely'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
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

type Asked = { text: string; values: unknown[] }

async function ask(db: Pick<Kysely<unknown>, 'executeQuery'>, { text, values }: Asked) {
  const { rows, numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, values))
  return { rows, rowCount: Number(numAffectedRows ?? rows.length) }
}

export async function deleteExpiredRateLimits(db: Database, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('rate_limit').where('expire', '<', now.epochMilliseconds).execute()
}
