import type { RequestListener } from 'node:http'
import { createSlice, isArriving } from '../turns/arrivals.ts'
import { createFairQueue } from '../turns/fair-queue.ts'

/** How long requests that arrive together keep the event loop for themselves, in milliseconds. */
const SLICE_MS = 10

/** How long the next one waits for others who connect, in milliseconds: some twenty do within this time. */
const ARRIVALS_MS = 5

type Incoming = Parameters<RequestListener>[0]

/**
 * Makes a queue of requests that arrive together, so that no visitor waits for all of another's. Requests begin at once
 * while the slice of this turn of the event loop lasts and nobody connects. The others wait: in each following turn one
 * begins, and the neighbourhoods take turns, however many requests or networks each of them has.
 *
 * @param nearOf - Returns the neighbourhood of a visitor.
 */
export function createVisitorLine(
  nearOf: (incoming: Incoming) => string,
): (incoming: Incoming, begin: () => void) => void {
  const line = createFairQueue({ all: 1, turnMs: ARRIVALS_MS })
  const slice = createSlice(SLICE_MS)
  return (incoming, begin) => {
    if (!line.isWaitedFor() && !isArriving() && !slice.isUsedUp()) return begin()
    line.enter(nearOf(incoming), () => {
      if (!incoming.socket.destroyed) begin()
    })
  }
}
