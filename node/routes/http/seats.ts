/** Frees the seat; a second call does nothing. */
export type Leave = () => void

export type Seats = {
  /**
   * Resolves with a seat as soon as one is free; with undefined after `waitMs`, or when `who` has too many waiting.
   * `near` is the neighbourhood of `who`.
   */
  take: (
    who: string,
    options?: { near?: string; signal?: AbortSignal },
  ) => Promise<Leave | undefined>
}

type Asker = { who: string; near: string }
type Waiting = Asker & { sit: (leave: Leave | undefined) => void }

/**
 * Limits how many requests do the same costly work at once: `all` in total, `neighbours` for one neighbourhood (all of
 * them by default), `each` for one `who`. Others wait, at most `waitMs` (milliseconds) and at most `queue` of one
 * `who`. The next free seat goes to the waiting `who` that holds the fewest seats, then to the one that came first.
 */
export function createSeats({
  all,
  neighbours = all,
  each,
  queue,
  waitMs,
}: {
  all: number
  neighbours?: number
  each: number
  queue: number
  waitMs: number
}): Seats {
  const held = createTally()
  const heldNear = createTally()
  let waiting: Waiting[] = []
  let taken = 0
  const mayHaveOne = ({ who, near }: Asker) => held.of(who) < each && heldNear.of(near) < neighbours

  function sitDown({ who, near }: Asker): Leave {
    held.add(who, 1)
    heldNear.add(near, 1)
    taken += 1
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      taken -= 1
      held.add(who, -1)
      heldNear.add(near, -1)
      callNext()
    }
  }

  function callNext(): void {
    if (taken >= all) return
    const next = waiting
      .filter(mayHaveOne)
      .reduce<Waiting | undefined>(
        (first, one) => (first && held.of(first.who) <= held.of(one.who) ? first : one),
        undefined,
      )
    if (!next) return
    waiting = waiting.filter((one) => one !== next)
    next.sit(sitDown(next))
  }

  return {
    take: async (who, { near = who, signal } = {}) => {
      if (signal?.aborted) return undefined
      if (taken < all && mayHaveOne({ who, near })) return sitDown({ who, near })
      if (waiting.filter((one) => one.who === who).length >= queue) return undefined
      const { promise, resolve } = Promise.withResolvers<Leave | undefined>()
      const one: Waiting = { who, near, sit: resolve }
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

/** Makes counters by key; a key whose count is zero takes no memory. */
function createTally() {
  const counts = new Map<string, number>()
  return {
    of: (key: string) => counts.get(key) ?? 0,
    add: (key: string, more: number) => {
      const count = (counts.get(key) ?? 0) + more
      if (count > 0) counts.set(key, count)
      else counts.delete(key)
    },
  }
}
