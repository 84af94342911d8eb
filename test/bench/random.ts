/** A generator of pseudo-random numbers that are the same at each run (mulberry32). */
export type Random = {
  /** A number with 0 ≤ x < 1. */
  next: () => number
  below: (limit: number) => number
  pick: <T>(items: readonly T[]) => T
}

export function createRandom(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { next, below, pick: (items) => items[below(items.length)] as (typeof items)[number] }
}

/** Returns a function that draws each row as often as its weight tells. */
export function createDraw(weights: readonly number[]): (random: Random) => number {
  const sums = new Float64Array(weights.length)
  let total = 0
  for (const [row, weight] of weights.entries()) {
    total += weight
    sums[row] = total
  }
  return (random) => {
    const wanted = random.next() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}
