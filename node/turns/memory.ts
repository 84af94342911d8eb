import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { getHeapStatistics } from 'node:v8'
import { createFairQueue } from './fair-queue.ts'

const MIB = 1024 ** 2

/** Who asks for memory: a network, and the neighbourhood around it, of which one subscriber may have all addresses. */
export type Borrower = { network: string; near: string }

/** Bytes that are counted until they are given back. */
export type Loan = {
  bytes: () => number
  /** Gives back all bytes but these; more than before are counted without waiting. */
  keep: (bytes: number) => void
  /** Gives back all of them; a second call does nothing. */
  end: () => void
}

/** What bytes are for: `page` for an answer that is made in a moment, `work` for files, long answers and imports. */
export type Purpose = 'page' | 'work'

export type Memory = {
  /**
   * Resolves with the bytes once they are free; with undefined after a minute, at an abort, or when too many requests
   * of this network wait.
   */
  borrow: (
    purpose: Purpose,
    bytes: number,
    by: Borrower,
    signal?: AbortSignal,
  ) => Promise<Loan | undefined>
  /** Returns the bytes that are lent now. */
  lent: (purpose: Purpose) => number
  /** Returns whether some work waits for the bytes that a neighbourhood holds. */
  isWanted: (near: string) => boolean
  /** The most bytes of answers that may wait in memory for their readers. */
  mostUnread: number
}

const WAIT_MS = 60_000
/** How many works of one network wait. */
const QUEUE = 30

/**
 * Makes the ledger of so many bytes. A quarter is for pages, which no work can fill, half of it for one neighbourhood.
 * Of the rest a neighbourhood has a quarter, and a network a sixth, or one work of any size.
 *
 * @internal
 */
export function createMemory(bytes: number, waitMs = WAIT_MS): Memory {
  const pages = bytes / 4
  const works = bytes - pages
  const queues = {
    page: createFairQueue({ all: pages, neighbours: pages / 2, waitMs }),
    work: createFairQueue({
      all: works,
      neighbours: works / 4,
      each: works / 6,
      queue: QUEUE,
      waitMs,
    }),
  }
  return {
    borrow: async (purpose, size, { network, near }, signal) => {
      const leave = await queues[purpose].take(network, { near, size, ...(signal && { signal }) })
      return leave && toLoan(size, leave)
    },
    lent: (purpose) => queues[purpose].taken(),
    isWanted: (near) => queues.work.isWaitedFor(near),
    mostUnread: bytes / 2,
  }
}

function toLoan(bytes: number, leave: (kept?: number) => void): Loan {
  let kept = bytes
  let isOver = false
  return {
    bytes: () => kept,
    keep: (rest) => {
      if (isOver) return
      kept = rest
      leave(rest)
    },
    end: () => {
      isOver = true
      kept = 0
      leave()
    },
  }
}

/** The most bytes that are lent, on a machine that has many. */
const MOST = 96 * MIB

/**
 * The memory of this process: a quarter of what V8 may use, 64 MiB on a machine of 512. What is lent is an estimate, and
 * the garbage of whatever was made stays for a while.
 */
export const memory: Memory = createMemory(
  Math.min(MOST, Math.floor(getHeapStatistics().heap_size_limit / 4)),
)

/** What was borrowed for the answer on each connection; they have one at a time. */
const loans = new WeakMap<Socket, { loan: Loan; purpose: Purpose; near: string }>()

/**
 * Borrows for an answer, in place of what was borrowed for it before, which is given back first: what waits holds
 * nothing. The bytes come back when the answer has ended or its connection is closed, whatever happens before; a closed
 * connection also ends the waiting.
 */
export async function borrowFor(
  outgoing: ServerResponse,
  purpose: Purpose,
  bytes: number,
  by: Borrower,
): Promise<Loan | undefined> {
  const { socket } = outgoing.req
  loans.get(socket)?.loan.end()
  if (outgoing.destroyed) return undefined
  const closed = new AbortController()
  let loan: Loan | undefined
  outgoing.once('close', () => {
    closed.abort()
    loan?.end()
  })
  loan = await memory.borrow(purpose, bytes, by, closed.signal)
  if (!loan) return undefined
  loans.set(socket, { loan, purpose, near: by.near })
  if (outgoing.destroyed) loan.end()
  return loan
}

/** What a file that flows holds, in bytes: a page of cafés, a chunk of text, and what its reader has not taken yet. */
const FLOWING = 1.5 * MIB

/**
 * Gives back what an answer needed only while it was made: all of a page, and of a work what it does not hold until its
 * reader has taken it.
 * @param length - Its bytes where they are known.
 */
export function markMade({ req: { socket } }: ServerResponse, length = FLOWING): void {
  const { loan, purpose } = loans.get(socket) ?? {}
  if (purpose === 'page') loan?.end()
  else loan?.keep(Math.min(loan.bytes(), length))
}

/** Returns the neighbourhood to which bytes are lent for the answer on a connection; undefined where none are. */
export function lentTo(socket: Socket): string | undefined {
  const { loan, near } = loans.get(socket) ?? {}
  return loan && loan.bytes() > 0 ? near : undefined
}
