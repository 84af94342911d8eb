import type { RequestListener } from 'node:http'
import { isArriving, runAfterArrivals } from '../../turns/turns.ts'

/** How long requests that arrive together keep the event loop for themselves, in milliseconds. */
const SLICE_MS = 10

/** How long the next one waits for others who connect, in milliseconds: some twenty do within this time. */
const ARRIVALS_MS = 5

type Incoming = Parameters<RequestListener>[0]

/**
 * Makes a queue of requests that arrive together, so that no visitor waits for all of another's. Requests begin at once
 * while the slice of this turn of the event loop lasts and nobody connects. The others wait: in each following turn one
 * begins, and the visitors take turns, however many requests each of them has.
 *
 * @param visitorOf - Returns the name under which the requests of one visitor wait.
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
    if (waiting.size > 0) runAfterArrivals(callNext, ARRIVALS_MS)
    begin?.()
  }

  return (incoming, begin) => {
    if (waiting.size === 0 && !isArriving() && !isUsedUp()) return begin()
    const beginIfThere = () => {
      if (!incoming.socket.destroyed) begin()
    }
    if (waiting.size === 0) runAfterArrivals(callNext, ARRIVALS_MS)
    const visitor = visitorOf(incoming)
    const own = waiting.get(visitor)
    if (own) own.push(beginIfThere)
    else waiting.set(visitor, [beginIfThere])
  }
}
