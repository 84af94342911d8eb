import type { RequestListener } from 'node:http'

/** How long requests that arrive together keep the event loop for themselves, in milliseconds. */
const SLICE_MS = 10

type Incoming = Parameters<RequestListener>[0]

/**
 * Begins requests that arrive together a few at a time, so that nobody waits for all of them: those that find the slice
 * of this turn of the event loop used up stand in line, one begins in each turn, and every visitor's next one takes its
 * turn before the second of anybody.
 *
 * @param visitorOf - Who shares a place in the line.
 */
export function createVisitorLine(
  visitorOf: (incoming: Incoming) => string,
): (incoming: Incoming, begin: () => void) => void {
  /** What waits, by visitor; the first visitor is the next. */
  const waiting = new Map<string, (() => void)[]>()
  let begunAt: number | undefined

  function isUsedUp(): boolean {
    if (begunAt === undefined) {
      begunAt = performance.now()
      setImmediate(() => {
        begunAt = undefined
      })
    }
    return performance.now() - begunAt >= SLICE_MS
  }

  function takeNext(): (() => void) | undefined {
    const [first] = waiting
    if (!first) return undefined
    const [visitor, own] = first
    waiting.delete(visitor)
    const next = own.shift()
    if (own.length > 0) waiting.set(visitor, own)
    return next
  }

  function callNext(): void {
    const begin = takeNext()
    if (waiting.size > 0) setImmediate(callNext)
    begin?.()
  }

  return (incoming, begin) => {
    if (waiting.size === 0 && !isUsedUp()) return begin()
    const beginIfThere = () => {
      if (!incoming.socket.destroyed) begin()
    }
    if (waiting.size === 0) setImmediate(callNext)
    const visitor = visitorOf(incoming)
    const own = waiting.get(visitor)
    if (own) own.push(beginIfThere)
    else waiting.set(visitor, [beginIfThere])
  }
}
