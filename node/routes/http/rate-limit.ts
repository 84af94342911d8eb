import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from './middleware.ts'

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
