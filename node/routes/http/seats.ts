/** Gives the seat back; a second call does nothing. */
export type Leave = () => void

export type Seats = {
  /** A seat as soon as there is one; undefined when there was none in time, or too many wait already for this one. */
  take: (who: string, signal?: AbortSignal) => Promise<Leave | undefined>
}

type Waiting = { who: string; sit: (leave: Leave | undefined) => void }

/**
 * How many may do the same costly thing at once: `all` together, `each` of them alone. Whoever comes later waits, at
 * most `waitMs`, and no more than `queue` of one; the next seat is for the one who holds fewest, then for who came first.
 */
export function createSeats({
  all,
  each,
  queue,
  waitMs,
}: {
  all: number
  each: number
  queue: number
  waitMs: number
}): Seats {
  const held = new Map<string, number>()
  let waiting: Waiting[] = []
  let taken = 0
  const heldBy = (who: string) => held.get(who) ?? 0

  function sitDown(who: string): Leave {
    held.set(who, heldBy(who) + 1)
    taken += 1
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      taken -= 1
      const left = heldBy(who) - 1
      if (left > 0) held.set(who, left)
      else held.delete(who)
      callNext()
    }
  }

  function callNext(): void {
    if (taken >= all) return
    const next = waiting
      .filter(({ who }) => heldBy(who) < each)
      .reduce<Waiting | undefined>(
        (first, one) => (first && heldBy(first.who) <= heldBy(one.who) ? first : one),
        undefined,
      )
    if (!next) return
    waiting = waiting.filter((one) => one !== next)
    next.sit(sitDown(next.who))
  }

  return {
    take: async (who, signal) => {
      if (signal?.aborted) return undefined
      if (taken < all && heldBy(who) < each) return sitDown(who)
      if (waiting.filter((one) => one.who === who).length >= queue) return undefined
      const { promise, resolve } = Promise.withResolvers<Leave | undefined>()
      const one: Waiting = { who, sit: resolve }
      waiting.push(one)
      const giveUp = () => {
        waiting = waiting.filter((other) => other !== one)
        resolve(undefined)
      }
      const timer = setTimeout(giveUp, waitMs)
      signal?.addEventListener('abort', giveUp, { once: true })
      try {
        return await promise
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', giveUp)
      }
    },
  }
}
