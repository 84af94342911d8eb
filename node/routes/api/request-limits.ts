import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import {
  createRateLimiter,
  createRoughLimiter,
  type Spendable,
  spend as spendOne,
} from '../../store/queues/rate-limits.ts'
import { addressOf, networkOf } from '../http/middleware.ts'
import { refuse } from './problems.ts'

/** Reads of one network are added to the common count in steps of this size, where several processes count together. */
const READS_STEP = 30
/** So are writes of one token. */
const WRITES_STEP = 60

/**
 * Limits of what one network or one token may ask for in a minute, for all processes of a site together; with SQLite
 * the only process counts in memory, and a restart resets the counts.
 */
export function createRequestLimits({ db, config }: Pick<Context, 'db' | 'config'>) {
  const limiterOf = (kind: 'batch' | 'export' | 'failure') =>
    createRateLimiter(db, { ...limitOf(`api: ${kind}`), isFinal: true })
  const limiters: Record<'read' | 'write' | 'batch' | 'export' | 'failure', Spendable> = {
    read: createRoughLimiter(db, { ...limitOf('api: read'), step: READS_STEP }),
    write: createRoughLimiter(db, { ...limitOf('api: write'), step: WRITES_STEP }),
    batch: limiterOf('batch'),
    export: limiterOf('export'),
    failure: limiterOf('failure'),
  }

  /** Counts a request, and returns the refusal when it is one too many. */
  async function spend(
    c: HonoContext,
    what: keyof typeof limiters,
    who: string,
  ): Promise<Response | undefined> {
    const seconds = await spendOne(limiters[what], who)
    if (seconds === undefined) return undefined
    return refuse(c, config, { type: 'too-many-requests' }, { 'Retry-After': String(seconds) })
  }

  const whoAsks = (c: HonoContext): string => networkOf(addressOf(c.env?.incoming, config))

  const limitReads: MiddlewareHandler = async (c, next) => {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
    return (isRead && (await spend(c, 'read', whoAsks(c)))) || next()
  }

  return { spend, whoAsks, limitReads }
}

export type RequestLimits = ReturnType<typeof createRequestLimits>
