import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

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
  const connections = new WeakMap<Socket, { waiting: (() => void)[] }>()

  function begin(socket: Socket, outgoing: ServerResponse, go: () => void): void {
    outgoing.once('close', () => {
      const next = socket.destroyed ? undefined : connections.get(socket)?.waiting.shift()
      if (next) next()
      else connections.delete(socket)
    })
    go()
  }

  return (incoming, outgoing) => {
    const { socket } = incoming
    if (socket.destroyed) return
    const go = () => answer(incoming, outgoing)
    const busy = connections.get(socket)
    if (!busy) {
      connections.set(socket, { waiting: [] })
      begin(socket, outgoing, go)
    } else if (busy.waiting.length < MOST_WAITING) {
      busy.waiting.push(() => begin(socket, outgoing, go))
    } else socket.destroy()
  }
}
