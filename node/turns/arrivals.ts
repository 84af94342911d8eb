import type { Server } from 'node:net'

/** The maximum number of milliseconds for which long work waits while visitors connect, each time before it goes on. */
export const ARRIVALS_MS = 20

/** How many connections were accepted, and whether one was in this turn of the event loop. */
let arrivals = 0
let isOneArriving = false

/** Returns whether a connection was accepted in this turn of the event loop, so that others may follow. */
export const isArriving = (): boolean => isOneArriving

/**
 * Lets long work wait while this server accepts connections. libuv accepts one in each turn of the event loop, so that
 * otherwise a visitor waits for as many long turns as others connected before.
 */
export function watchArrivals(server: Server): void {
  server.on('connection', () => {
    arrivals += 1
    if (isOneArriving) return
    isOneArriving = true
    setImmediate(() => {
      isOneArriving = false
    })
  })
}

/**
 * Calls back in a next turn of the event loop: in the first one in which no connection was accepted, or after `most`
 * milliseconds.
 */
export function runAfterArrivals(callback: () => void, most: number): void {
  const latest = performance.now() + most
  let seen = arrivals
  const look = () => {
    if (arrivals === seen || performance.now() >= latest) return callback()
    seen = arrivals
    setImmediate(look)
  }
  setImmediate(look)
}

export type Slice = {
  /** Begins the slice anew, until the end of this turn of the event loop. */
  begin: () => void
  /** Returns whether `mostMs` of this turn are used up. The first call in a turn begins its slice. */
  isUsedUp: () => boolean
}

/** Makes the share of each turn of the event loop that one kind of work may use, in milliseconds. */
export function createSlice(mostMs: number): Slice {
  let begunAt: number | undefined
  const begin = () => {
    begunAt = performance.now()
    setImmediate(() => {
      begunAt = undefined
    })
  }
  return {
    begin,
    isUsedUp: () => {
      if (begunAt === undefined) begin()
      return performance.now() - (begunAt ?? 0) >= mostMs
    },
  }
}
