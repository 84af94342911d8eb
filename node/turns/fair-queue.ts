import { runAfterArrivals } from './arrivals.ts'

/** Frees all places that were taken but so many; a call that frees none does nothing. */
export type Leave = (kept?: number) => void

export type Places<Who> = {
  /**
   * How many places there are: in total, for one `who`, and for one neighbourhood. Who asks for more than that at once
   * goes on alone.
   */
  all: number
  each?: number
  neighbours?: number
  /** How many of one `who` may wait. */
  queue?: number
  /** How long `take` waits for a place, in milliseconds. */
  waitMs?: number
  /**
   * Where it is set, places last for a turn of the event loop: `all` go on in each, at first in the next one. So many
   * milliseconds are waited at most for a turn in which nobody connects.
   */
  turnMs?: number
  /** The waiting `who` of the lowest rank, from 0 on, goes on next. By default the rank is the number of its places. */
  rankOf?: (who: Who) => number
}

/** The neighbourhood of `who`, by default none but itself, and how many places are asked for, one by default. */
type About = { near?: unknown; size?: number }

type Asker<Who> = { who: Who; near: unknown; size: number; goOn: (leave: Leave) => void }

export type FairQueue<Who> = {
  /**
   * Calls `goOn` with the places as soon as they are free, at once if they are.
   * @returns A function that ends the waiting; undefined when `who` has too many waiting, and `goOn` is never called.
   */
  enter: (who: Who, goOn: (leave: Leave) => void, about?: About) => (() => void) | undefined
  /** Resolves with a place; with undefined after `waitMs`, at an abort, or when `who` has too many waiting. */
  take: (who: Who, options?: About & { signal?: AbortSignal }) => Promise<Leave | undefined>
  /** Whether somebody waits; of a neighbourhood, whether somebody waits for the places that it holds. */
  isWaitedFor: (near?: unknown) => boolean
  /** How many places are taken. */
  taken: () => number
}

/**
 * Makes a queue for what cannot be done for all at once. The next place goes to the waiting `who` that holds the fewest,
 * then to the one that was served, or came, the longest time ago, however many requests each has waiting; those of one
 * `who` go on in their order.
 */
export function createFairQueue<Who = string>({
  all,
  each = all,
  neighbours = all,
  queue = Number.POSITIVE_INFINITY,
  waitMs,
  turnMs,
  rankOf,
}: Places<Who>): FairQueue<Who> {
  const held = createTally()
  const heldNear = createTally()
  const rank = rankOf ?? held.of
  /** Who waits; the one that was served last is the last. */
  const lines = new Map<Who, Asker<Who>[]>()
  /** The one that goes on next, once all of its places are free; until then nobody goes on before it. */
  let first: Asker<Who> | undefined
  /** No place of a turn is free but while it begins. */
  let taken = turnMs === undefined ? 0 : all
  let isTurnPlanned = false

  const hasRoom = (used: number, size: number, most: number) => used === 0 || used + size <= most
  const isFree = ({ size }: Asker<Who>) => hasRoom(taken, size, all)
  const mayHaveMore = ({ who, near, size }: Asker<Who>) =>
    hasRoom(held.of(who), size, each) && hasRoom(heldNear.of(near), size, neighbours)

  function findNext(candidates: Iterable<Who>): Asker<Who> | undefined {
    let next: Asker<Who> | undefined
    for (const who of candidates) {
      const waiting = lines.get(who)?.[0]
      if (!waiting || !mayHaveMore(waiting) || (next && rank(next.who) <= rank(who))) continue
      if (rank(who) === 0) return waiting
      next = waiting
    }
    return next
  }

  function callNext(candidates: Iterable<Who> = lines.keys()): boolean {
    if (taken >= all) return false
    const next = first ?? findNext(candidates)
    if (next && !isFree(next)) first = next
    if (!next || !isFree(next)) return false
    remove(next)
    const line = lines.get(next.who)
    if (line && lines.delete(next.who)) lines.set(next.who, line)
    goOn(next)
    return true
  }

  function remove(asker: Asker<Who>): void {
    if (first === asker) first = undefined
    const line = lines.get(asker.who)
    if (line?.includes(asker)) line.splice(line.indexOf(asker), 1)
    if (line?.length === 0) lines.delete(asker.who)
  }

  function goOn(asker: Asker<Who>): void {
    let { size } = asker
    count(asker, size)
    if (turnMs !== undefined) size = 0
    asker.goOn((kept = 0) => {
      if (kept === size) return
      // Where there were places for others, they have gone on already; who asks for several may wait where some are free.
      const wasFull = taken >= all || asker.size > 1 || asker.near !== asker.who
      count(asker, kept - size)
      size = kept
      while (callNext(wasFull ? lines.keys() : [asker.who]));
    })
  }

  function count({ who, near }: Asker<Who>, more: number): void {
    taken += more
    if (turnMs !== undefined) return
    held.add(who, more)
    heldNear.add(near, more)
  }

  function beginTurn(): void {
    isTurnPlanned = lines.size > 0
    if (isTurnPlanned) runAfterArrivals(beginTurn, turnMs ?? 0)
    taken = 0
    while (callNext());
    taken = all
  }

  function enter(who: Who, begin: (leave: Leave) => void, { near = who, size = 1 }: About = {}) {
    const asker = { who, near, size, goOn: begin }
    const line = lines.get(who) ?? []
    if (!first && isFree(asker) && mayHaveMore(asker)) goOn(asker)
    else if (line.length >= queue) return undefined
    else if (line.push(asker) === 1) lines.set(who, line)
    if (turnMs !== undefined && !isTurnPlanned) {
      isTurnPlanned = true
      runAfterArrivals(beginTurn, turnMs)
    }
    return () => {
      const wasFirst = first === asker
      remove(asker)
      if (wasFirst) while (callNext());
    }
  }

  const take: FairQueue<Who>['take'] = async (who, { signal, ...about } = {}) => {
    if (signal?.aborted) return undefined
    const { promise, resolve } = Promise.withResolvers<Leave | undefined>()
    const stopWaiting = enter(who, resolve, about)
    if (!stopWaiting) return undefined
    const giveUp = () => {
      stopWaiting()
      resolve(undefined)
    }
    const timer = waitMs === undefined ? undefined : setTimeout(giveUp, waitMs)
    signal?.addEventListener('abort', giveUp, { once: true })
    return promise.finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
    })
  }

  return {
    enter,
    take,
    isWaitedFor: (near) =>
      near === undefined || first
        ? lines.size > 0
        : lines.values().some((line) => line.some((asker) => asker.near === near)),
    taken: () => taken,
  }
}

/** Makes counters by key; a key whose count is zero takes no memory. */
function createTally() {
  const counts = new Map<unknown, number>()
  return {
    of: (key: unknown) => counts.get(key) ?? 0,
    add: (key: unknown, more: number) => {
      const count = (counts.get(key) ?? 0) + more
      if (count > 0) counts.set(key, count)
      else counts.delete(key)
    },
  }
}
