import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Context } from '../../context.ts'
import {
  createRateLimiter,
  createRoughLimiter,
  type Spendable,
  spend as spendOne,
} from '../../store/queues/rate-limits.ts'
import { addressOf, networkOf } from '../http/middleware.ts'
import { refuse } from './problems.ts'

const MINUTE = 60
export const READS_A_MINUTE = 600
const WRITES = 300
/** A batch has up to a thousand lines, so that a central system can send all its places and cafés without waiting. */
const BATCHES = 60
export const EXPORTS_A_MINUTE = 60
/** The maximum number of wrong tokens from one network; a program with a typo notices long before. */
const FAILURES = 60

/** Reads of one network are added to the common count in steps of this size, where several processes count together. */
const READS_STEP = 30

/**
 * Limits of what one network or one token may ask for in a minute, for all processes of a site together; with SQLite
 * the only process counts in memory, and a restart resets the counts.
 */
export function createRequestLimits({ db, config }: Pick<Context, 'db' | 'config'>) {
  const minute = (kind: string, points: number) => ({
    name: `api: ${kind}`,
    points,
    duration: MINUTE,
  })
  const limiterOf = (kind: string, points: number) =>
    createRateLimiter(db, { ...minute(kind, points), isFinal: true })
  const limiters: Record<'read' | 'write' | 'batch' | 'export' | 'failure', Spendable> = {
    read: createRoughLimiter(db, { ...minute('read', READS_A_MINUTE), step: READS_STEP }),
    write: limiterOf('write', WRITES),
    batch: limiterOf('batch', BATCHES),
    export: limiterOf('export', EXPORTS_A_MINUTE),
    failure: limiterOf('failure', FAILURES),
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
