import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How long answers wait for their readers; times are in milliseconds. */
export type AnswerPace = {
  /** How long a reader may take nothing of what was written for it. */
  grace: number
  /** The reader gets one more second for each so many bytes. */
  bytesPerSecond: number
  /** How often slow readers are looked for. */
  interval: number
  /** The most bytes that wait in memory for all readers together. */
  held: number
  /** How long an answer waits even when more bytes than that are held. */
  spared: number
}

/** The pace of the slowest line on which a page can still be read, as that of `createPacedStream`. */
const PACE = { grace: 30_000, bytesPerSecond: 8 * 1024, interval: 500, spared: 1000 }

export const ANSWER_PACE: Record<'node' | 'hub', AnswerPace> = {
  node: { ...PACE, held: 32 * 1024 ** 2 },
  hub: { ...PACE, held: 128 * 1024 ** 2 },
}

/**
 * Closes connections whose reader does not take its answer, which is in memory until then: Node lets it wait without
 * end. When too many bytes wait in all, those that have waited longest are closed first, long before their time.
 */
export function watchAnswers(server: Server, pace: AnswerPace): void {
  const open = new Set<Socket>()
  /** What waits on each connection, and since when its reader has taken nothing. */
  const waiting = new Map<Socket, { bytes: number; since: number }>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      waiting.delete(socket)
    })
  })

  function look(): void {
    const now = performance.now()
    for (const socket of open) {
      const bytes = socket.writableLength
      if (bytes === 0) waiting.delete(socket)
      else if (waiting.get(socket)?.bytes !== bytes) waiting.set(socket, { bytes, since: now })
    }
    let held = waiting.values().reduce((sum, { bytes }) => sum + bytes, 0)
    const longestFirst = [...waiting].toSorted(([, one], [, other]) => one.since - other.since)
    for (const [socket, { bytes, since }] of longestFirst) {
      const patience = pace.grace + (bytes * 1000) / pace.bytesPerSecond
      if (now - since < (held > pace.held ? pace.spared : patience)) continue
      held -= bytes
      socket.destroy()
    }
  }

  const timer = setInterval(look, pace.interval)
  server.once('close', () => clearInterval(timer))
  timer.unref()
}
