import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { createFairQueue } from '../turns/fair-queue.ts'

/**
 * How many requests may wait on one connection for the answer to the one before. Browsers and proxies send none before
 * they have the answer; Node has no limit of its own, and 64 kB hold 1,500 of them.
 */
const MOST_WAITING = 16

/**
 * Answers the requests of one connection (HTTP pipelining, RFC 9112 §9.3.2) one after the other. Node hands over all
 * requests of a packet at once, so that their work would hold the event loop until the last of them. A connection on
 * which too many wait is closed, and those that wait on a closed connection are forgotten.
 */
export function answerInOrder(answer: RequestListener): RequestListener {
  const line = createFairQueue<Socket>({
    all: Number.POSITIVE_INFINITY,
    each: 1,
    queue: MOST_WAITING,
  })
  return (incoming, outgoing) => {
    const { socket } = incoming
    const isIn = line.enter(socket, (leave) => {
      if (socket.destroyed) return leave()
      outgoing.once('close', leave)
      answer(incoming, outgoing)
    })
    if (!isIn) socket.destroy()
  }
}
