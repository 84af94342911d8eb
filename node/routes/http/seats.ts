/** Frees the seat; a second call does nothing. */
export type Leave = () => void

export type Seats = {
  /** Resolves with a seat as soon as one is free; with undefined after `waitMs`, or when `who` has too many waiting. */
  take: (who: string, signal?: AbortSignal) => Promise<Leave | undefined>
}

type Waiting = { who: string; sit: (leave: Leave | undefined) => void }

/**
 * Bounds how many requests do the same costly work at once: `all` in total, `each` for one `who`. Others wait, `waitMs`
 * (milliseconds) at most, and `queue` of one `who` at most. The next free seat goes to the waiting `who` that holds the
 * fewest seats, then to the one that came first.
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
