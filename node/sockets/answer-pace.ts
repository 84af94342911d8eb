import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { lentTo as lentToSocket, memory } from '../turns/memory.ts'

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
  /** How long one waits for whose memory a file or an import waits. */
  sparedLoan: number
}

/** To whom bytes are lent for the answer on a connection, and whether others wait for them. */
type Lent = {
  lentTo: (socket: Socket) => string | undefined
  isWanted: (near: string) => boolean
}

/** The pace of the slowest line on which a page can still be read, as that of `createPacedStream`. */
export const ANSWER_PACE: AnswerPace = {
  ...{ grace: 30_000, bytesPerSecond: 8 * 1024, interval: 500 },
  ...{ spared: 1000, sparedLoan: 10_000 },
  held: memory.mostUnread,
}

/**
 * Closes connections whose reader does not take its answer, which is in memory until then: Node lets it wait without
 * end. When too many bytes wait in all, or others wait for the memory that is lent for an answer, the readers that have
 * taken nothing for the longest time are closed first, long before their time; for others, one of a neighbourhood at a
 * time.
 */
export function watchAnswers(
  server: Server,
  pace: AnswerPace,
  { lentTo, isWanted }: Lent = { lentTo: lentToSocket, isWanted: memory.isWanted },
): void {
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
    let excess = waiting.values().reduce((sum, { bytes }) => sum + bytes, 0) - pace.held
    const asked = new Set<string>()
    const longestFirst = [...waiting].toSorted(([, one], [, other]) => one.since - other.since)
    for (const [socket, { bytes, since }] of longestFirst) {
      const patience = pace.grace + (bytes * 1000) / pace.bytesPerSecond
      const near = lentTo(socket)
      const isAsked = near !== undefined && !asked.has(near) && isWanted(near)
      const spared = excess > 0 ? pace.spared : isAsked ? pace.sparedLoan : patience
      if (now - since < spared) continue
      excess -= bytes
      if (near !== undefined) asked.add(near)
      socket.destroy()
    }
  }

  const timer = setInterval(look, pace.interval)
  server.once('close', () => clearInterval(timer))
  timer.unref()
}
