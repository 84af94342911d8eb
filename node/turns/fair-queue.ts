import { runAfterArrivals } from './arrivals.ts'

/** Frees the place; a second call does nothing. */
export type Leave = () => void

export type Places<Who> = {
  /** How many go on at once: in total, of one `who`, and of one neighbourhood. */
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

type Asker<Who> = { who: Who; near: unknown; goOn: (leave: Leave) => void }

export type FairQueue<Who> = {
  /**
   * Calls `goOn` with the place as soon as one is free, at once if one is.
   * @param near - The neighbourhood of `who`; by default it has none but itself.
   * @returns A function that ends the waiting; undefined when `who` has too many waiting, and `goOn` is never called.
   */
  enter: (who: Who, goOn: (leave: Leave) => void, near?: unknown) => (() => void) | undefined
  /** Resolves with a place; with undefined after `waitMs`, at an abort, or when `who` has too many waiting. */
  take: (who: Who, options?: { near?: unknown; signal?: AbortSignal }) => Promise<Leave | undefined>
  /** Whether somebody waits. */
  isWaitedFor: () => boolean
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
  /** No place of a turn is free but while it begins. */
  let taken = turnMs === undefined ? 0 : all
  let isTurnPlanned = false

  const mayGoOn = ({ who, near }: Asker<Who>) =>
    taken < all && held.of(who) < each && heldNear.of(near) < neighbours

  function findNext(candidates: Iterable<Who>): Asker<Who> | undefined {
    let next: Asker<Who> | undefined
    for (const who of candidates) {
      const first = lines.get(who)?.[0]
      if (!first || !mayGoOn(first) || (next && rank(next.who) <= rank(who))) continue
      if (rank(who) === 0) return first
      next = first
    }
    return next
  }

  function callNext(candidates: Iterable<Who> = lines.keys()): boolean {
    const next = findNext(candidates)
    if (!next) return false
    remove(next)
    const line = lines.get(next.who)
    if (line && lines.delete(next.who)) lines.set(next.who, line)
    goOn(next)
    return true
  }

  function remove(asker: Asker<Who>): void {
    const line = lines.get(asker.who)
    if (line?.includes(asker)) line.splice(line.indexOf(asker), 1)
    if (line?.length === 0) lines.delete(asker.who)
  }

  function goOn(asker: Asker<Who>): void {
    count(asker, 1)
    let isOver = turnMs !== undefined
    asker.goOn(() => {
      if (isOver) return
      isOver = true
      // Where there were places for others, they have gone on already.
      const wasFull = taken >= all || heldNear.of(asker.near) >= neighbours
      count(asker, -1)
      callNext(wasFull ? lines.keys() : [asker.who])
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

  function enter(who: Who, begin: (leave: Leave) => void, near: unknown = who) {
    const asker = { who, near, goOn: begin }
    const line = lines.get(who) ?? []
    if (mayGoOn(asker)) goOn(asker)
    else if (line.length >= queue) return undefined
    else if (line.push(asker) === 1) lines.set(who, line)
    if (turnMs !== undefined && !isTurnPlanned) {
      isTurnPlanned = true
      runAfterArrivals(beginTurn, turnMs)
    }
    return () => remove(asker)
  }

  const take: FairQueue<Who>['take'] = async (who, { near, signal } = {}) => {
    if (signal?.aborted) return undefined
    const { promise, resolve } = Promise.withResolvers<Leave | undefined>()
    const stopWaiting = enter(who, resolve, near)
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

  return { enter, take, isWaitedFor: () => lines.size > 0 }
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
