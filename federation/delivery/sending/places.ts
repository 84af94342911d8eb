import type { Delivery } from '../../../node/store/queues/deliveries.ts'
import {
  count,
  type LeaseRequest,
  type Load,
  NOTHING,
} from '../../../node/store/queues/lease-deliveries.ts'

/**
 * The maximum number of requests at once, in all and for each host; hosts that failed before share eight. A message
 * that only draws attention to a café may not take all of them, so that a host which does not answer Notes is still
 * told of the café itself at once.
 */
const AT_ONCE: Load = { all: 32, aside: 24 }
const PER_HOST: Load = { all: 2, aside: 1 }
const FAILING: Load = { all: 8, aside: 4 }

/** A request that has no answer after so long leaves its place to another, in milliseconds. */
const SLOW_MS = 1_000

/** The maximum number of requests that are waited for beside those that have a place. */
const SLOW = 96

export type Places = {
  /** What may be leased now. */
  free: () => Pick<LeaseRequest, 'limit' | 'perHost' | 'busyHosts' | 'failing'>
  /** Takes a place. `mayFail` says that the host, or this delivery, failed before. Returns what gives it back. */
  take: (delivery: Pick<Delivery, 'host' | 'kind'>, mayFail: boolean) => () => void
  /** Resolves when a request that is slow has left its place since `free()` was asked. */
  left: () => Promise<void>
}

/**
 * Knows how many requests are under way. Servers that take a connection and never answer may be more than there are
 * places: what has waited for a second is no longer counted among them, but still for its host, and among those that
 * failed before.
 */
export function createPlaces(): Places {
  const busyHosts = new Map<string, Load>()
  let taken = NOTHING
  let failing = NOTHING
  let slow = 0
  let hasLeft = false
  let left = Promise.withResolvers<void>()

  const leave = (kind: Delivery['kind']) => {
    taken = count(taken, kind, -1)
    slow += 1
    hasLeft = true
    left.resolve()
  }

  return {
    free: () => {
      hasLeft = false
      return {
        limit: rest(AT_ONCE, taken),
        perHost: PER_HOST,
        busyHosts,
        failing: rest(FAILING, failing),
      }
    },
    take: ({ host, kind }, mayFail) => {
      taken = count(taken, kind, 1)
      busyHosts.set(host, count(busyHosts.get(host), kind, 1))
      if (mayFail) failing = count(failing, kind, 1)
      let isSlow = false
      const timer = setTimeout(() => {
        if (slow >= SLOW) return
        isSlow = true
        leave(kind)
      }, SLOW_MS)
      return () => {
        clearTimeout(timer)
        if (isSlow) slow -= 1
        else taken = count(taken, kind, -1)
        const load = count(busyHosts.get(host), kind, -1)
        if (load.all > 0) busyHosts.set(host, load)
        else busyHosts.delete(host)
        if (mayFail) failing = count(failing, kind, -1)
      }
    },
    left: () => {
      // A new promise each time, so that none gathers what waited for it before.
      left = Promise.withResolvers()
      if (hasLeft) left.resolve()
      return left.promise
    },
  }
}

const rest = (most: Load, used: Load): Load => ({
  all: most.all - used.all,
  aside: most.aside - used.aside,
})
