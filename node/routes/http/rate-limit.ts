import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { OpenDatabase } from '../../store/database/database.ts'
import { createRateLimiter } from '../../store/queues/rate-limits.ts'
import { neighbourhoodOf, networkOf } from './middleware.ts'

/** Counts one request of a visitor's network: how many seconds it has to wait; undefined when it may ask now. */
export async function secondsToWait(
  limiter: RateLimiterAbstract,
  address: string,
): Promise<number | undefined> {
  try {
    await limiter.consume(networkOf(address))
    return undefined
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
  }
}

/** Counts one more of something that may come so often, whoever asks; false when it is too much. */
export async function countOne(limiter: RateLimiterAbstract, key: string): Promise<boolean> {
  try {
    await limiter.consume(key)
    return true
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return false
  }
}

/**
 * How much may be written to one reader in a day. Half of it is kept for neighbourhoods that have not yet written there
 * that day, so that a few writers silence nobody.
 * @returns whether one more may be written to `reader` from this address; it is counted.
 */
export function createReaderLimit(
  db: OpenDatabase,
  { name, perDay }: { name: string; perDay: number },
): (reader: string, address: string) => Promise<boolean> {
  const limit = (kind: string, points: number) =>
    createRateLimiter(db, { name: `${name}: ${kind}`, points, duration: 86_400 })
  const open = limit('open', Math.floor(perDay / 2))
  const kept = limit('kept', Math.ceil(perDay / 2))
  const writers = limit('writers', 1)
  return async (reader, address) => {
    const isFirst = await countOne(writers, `${reader} ${neighbourhoodOf(address)}`)
    return (await countOne(open, reader)) || (isFirst && (await countOne(kept, reader)))
  }
}
