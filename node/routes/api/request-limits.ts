import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Config } from '../../config.ts'
import { spend as spendOne } from '../../store/queues/rate-limits.ts'
import { addressOf, networkOf } from '../http/middleware.ts'
import { refuse } from './problems.ts'

const MINUTE = 60
export const READS_A_MINUTE = 600
const WRITES = 300
/** A thousand lines each: a central system sends all its places and cafés without waiting. */
const BATCHES = 60
export const EXPORTS_A_MINUTE = 60
/** Wrong tokens from one network: a program with a typo notices long before. */
const FAILURES = 60

/** How much one network or one token may ask for in a minute. Counted in memory: a restart forgives. */
export function createRequestLimits(config: Pick<Config, 'origin' | 'trustProxy'>) {
  const limiterOf = (points: number) => new RateLimiterMemory({ points, duration: MINUTE })
  const limiters = {
    read: limiterOf(READS_A_MINUTE),
    write: limiterOf(WRITES),
    batch: limiterOf(BATCHES),
    export: limiterOf(EXPORTS_A_MINUTE),
    failure: limiterOf(FAILURES),
  }

  /** The refusal when it is too much. */
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
