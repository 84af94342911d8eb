import { setTimeout as sleep } from 'node:timers/promises'
import { limitOf } from '../../domain/limits/limits.ts'
import type { OpenDatabase } from '../../store/database/database.ts'
import { createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { neighbourhoodOf, networkOf } from '../http/middleware.ts'

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
  const limiter = (kind: 'network' | 'neighbourhood' | 'e-mail') =>
    createRateLimiter(db, { ...limitOf(`sign-in by ${kind}`), name: `${name} by ${kind}` })
  const byNetwork = limiter('network')
  const byNeighbourhood = limiter('neighbourhood')
  const byEmail = limiter('e-mail')

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
