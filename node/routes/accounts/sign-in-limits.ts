import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenDatabase } from '../../store/database/database.ts'
import { createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { neighbourhoodOf, networkOf } from '../http/middleware.ts'

/** Ten wrong passwords from one network are allowed; then it waits for the rest of a quarter of an hour. */
const NETWORK_FAILURES = 10
/** An IPv6 subscriber may have 65,536 networks (RFC 6177), and each attempt costs 30 ms. */
const NEIGHBOURHOOD_FAILURES = 60
const WINDOW_SECONDS = 15 * 60

/** Failures without a delay: a person who mistypes never notices one, somebody who tries a list does. */
const FREE_FAILURES = 3
const FIRST_DELAY_MS = 125
const LONGEST_DELAY_MS = 2_000

/**
 * Limits against guessing a password. A network that fails ten times is refused, and so are neighbouring networks that
 * fail sixty times together. An account that is tried from many networks answers more and more slowly, but still
 * accepts the right password.
 */
export function createSignInLimits(db: OpenDatabase, name: string) {
  const limiter = (kind: string, points: number) =>
    createRateLimiter(db, { name: `${name} by ${kind}`, points, duration: WINDOW_SECONDS })
  const byNetwork = limiter('network', NETWORK_FAILURES)
  const byNeighbourhood = limiter('neighbourhood', NEIGHBOURHOOD_FAILURES)
  const byEmail = limiter('e-mail', 1)

  return {
    /**
     * Counts the attempt as failed before it is made, so that a hundred at once gain nothing, and waits as the account
     * requires: the same for an address that no account has.
     * @returns Seconds until this network may try again; undefined when it may now.
     */
    async begin(address: string, email: string): Promise<number | undefined> {
      const wait =
        (await spend(byNetwork, networkOf(address))) ??
        (await spend(byNeighbourhood, neighbourhoodOf(address)))
      if (wait !== undefined) return wait
      const { consumedPoints } = await byEmail.penalty(email.slice(0, 254))
      const beyond = consumedPoints - 1 - FREE_FAILURES
      if (beyond >= 0) await sleep(Math.min(FIRST_DELAY_MS * 2 ** beyond, LONGEST_DELAY_MS))
      return undefined
    },

    /** Takes back what `begin` counted; earlier failures of the network and of its neighbours stay. */
    async succeed(address: string, email: string): Promise<void> {
      await byNetwork.reward(networkOf(address))
      await byNeighbourhood.reward(neighbourhoodOf(address))
      await byEmail.delete(email.slice(0, 254))
    },
  }
}
