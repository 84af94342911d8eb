import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * How many requests may wait on one connection for the answer to the one before. Browsers and proxies send none before
 * they have the answer; Node has no limit of its own, and 64 kB hold 1,500 of them.
 */
const MOST_WAITING = 16

type Request = Parameters<RequestListener>

type Connection = {
  /** The answer that was begun last; `closed` once it has been handed over. */
  latest: ServerResponse
  /** The requests that came before it was. */
  waiting: Request[]
}

/**
 * Answers the requests of one connection (HTTP pipelining, RFC 9112 §9.3.2) one after the other. Node hands over all
 * requests of a packet at once, so that their work would hold the event loop until the last of them. A connection on
 * which too many wait is closed, and those that wait on a closed connection are forgotten. An answer is watched only
 * where another request waits for it.
 */
export function answerInOrder(answer: RequestListener): RequestListener {
  const connections = new WeakMap<Socket, Connection>()

  function beginNextAfterLatest(connection: Connection): void {
    connection.latest.once('close', () => {
      const next = connection.waiting.shift()
      if (!next || next[0].socket.destroyed) return
      connection.latest = next[1]
      if (connection.waiting.length > 0) beginNextAfterLatest(connection)
      answer(...next)
    })
  }

  return (incoming, outgoing) => {
    const { socket } = incoming
    if (socket.destroyed) return
    const connection = connections.get(socket)
    if (!connection) {
      connections.set(socket, { latest: outgoing, waiting: [] })
      answer(incoming, outgoing)
    } else if (connection.latest.closed && connection.waiting.length === 0) {
      connection.latest = outgoing
      answer(incoming, outgoing)
    } else if (connection.waiting.length < MOST_WAITING) {
      connection.waiting.push([incoming, outgoing])
      if (connection.waiting.length === 1) beginNextAfterLatest(connection)
    } else socket.destroy()
  }
}
