import { hash, randomUUID } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { type Limit, type LimitName, limitOf } from '../../node/domain/limits/limits.ts'
import { quotaDomainOf } from '../../node/store/database/quota-domain.ts'
import { type CountedLimit, type Spendable, spend } from '../../node/store/queues/rate-limits.ts'
import { sourceOf } from '../remote/addresses.ts'

/** Other numbers than those of the table, by the names of its limits. */
export type OtherPoints = Partial<Record<LimitName, number>>

/** The counters of the gate. Each function returns the seconds to wait, or undefined when there is room. */
export type Limits = {
  /**
   * Counts an attempt when it begins; `forgive` gives it back when it turns out well. Forged mail in a host's name
   * shuts out nobody else.
   */
  strike(address: string, keyHost: string): Promise<number | undefined>
  forgive(address: string, keyHost: string): Promise<void>
  meet(host: string): Promise<number | undefined>
  /**
   * Gives back a first contact that came to nothing, so that the host in whose name it was claimed does not pay for it.
   */
  unmeet(host: string): Promise<void>
  countVerified(
    host: string,
    sender: { isMember: (host: string) => Promise<boolean> },
  ): Promise<number | undefined>
}

/** Makes the counter of verified activities. */
export type CreateLimiter = (limit: CountedLimit) => Spendable

/**
 * Makes the counters. Strangers are counted by each process, since common counts would be rows that anybody could add.
 * Verified senders are counted by `createLimiter`, which may count for all processes together.
 */
export function createLimits(
  others: OtherPoints = {},
  createLimiter: CreateLimiter = ({ points, duration }) =>
    new RateLimiterMemory({ points, duration }),
): Limits {
  const limit = (name: LimitName) => {
    const usual = limitOf(name)
    return { ...usual, points: others[name] ?? usual.points }
  }
  const strikes = createCounter(limit('gate: failures'))
  const meetings = createCounter(limit('gate: new actors'))
  const verified = [createLimiter(limit('inbox: minute')), createLimiter(limit('inbox: day'))]
  const ofStrangers = createLimiter(limit('inbox: strangers'))
  const strikeKey = (address: string, host: string) => `${sourceOf(address)} ${host}`
  return {
    strike: (address, keyHost) => strikes.take(strikeKey(address, keyHost)),
    forgive: (address, keyHost) => strikes.giveBack(strikeKey(address, keyHost)),
    meet: (host) => meetings.take(quotaDomainOf(host)),
    unmeet: (host) => meetings.giveBack(quotaDomainOf(host)),
    countVerified: async (host, { isMember }) => {
      for (const limiter of verified) {
        const wait = await spend(limiter, quotaDomainOf(host))
        if (wait !== undefined) return wait
      }
      return (await isMember(host)) ? undefined : spend(ofStrangers, quotaDomainOf(host))
    },
  }
}

/**
 * 2^20 counters (five hexadecimal digits): two keys share a counter only by chance, and nobody can aim at one, since
 * the salt is this process's own.
 */
const COUNTERS_HEX_DIGITS = 5
const salt = randomUUID()

/** Keys are hashed into a fixed number of counters, so that inventing keys neither fills the memory nor evicts a count. */
export function createCounter({ points, duration }: Pick<Limit, 'points' | 'duration'>) {
  const limiter = new RateLimiterMemory({ points, duration })
  const counterOf = (key: string) => hash('sha256', salt + key).slice(0, COUNTERS_HEX_DIGITS)

  return {
    take: (key: string) => spend(limiter, counterOf(key)),
    giveBack: async (key: string): Promise<void> => {
      await limiter.reward(counterOf(key))
    },
  }
}
