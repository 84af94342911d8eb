import { AsyncLocalStorage } from 'node:async_hooks'
import type { Server } from 'node:net'
import { setImmediate } from 'node:timers/promises'

/**
 * How long work may use the event loop without a break, in milliseconds; a page in between waits at most twice as long.
 */
const SLICE_MS = 4

/** How many answers go on between two jobs, when both wait. */
const ANSWERS_PER_JOB = 3

/** The maximum number of milliseconds for which long work waits while visitors connect, each time before it goes on. */
const ARRIVALS_MS = 20

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
    globalThis.setImmediate(() => {
      isOneArriving = false
    })
  })
}

/**
 * Calls back in a next turn of the event loop: in the first one in which no connection was accepted, or after `most`
 * milliseconds.
 */
export function runAfterArrivals(callback: () => void, most = ARRIVALS_MS): void {
  const latest = performance.now() + most
  let seen = arrivals
  const look = () => {
    if (arrivals === seen || performance.now() >= latest) return callback()
    seen = arrivals
    globalThis.setImmediate(look)
  }
  globalThis.setImmediate(look)
}

type Line = 'answers' | 'jobs'

/**
 * Makes a queue of turns. Callers go on one after the other, and all other work goes on in between: however many
 * callers wait, nobody waits for more than one of them. Callers that answer a request and those that do long work have
 * separate lines: between two of its steps an answer waits for one job at most, and a job for `ANSWERS_PER_JOB`
 * answers, however many wait. A turn ends by itself and cannot be held.
 *
 * @param together - How many go on at once, where each step is short.
 */
export function createTurns({ together = 1 } = {}): (line?: Line) => Promise<void> {
  const waiting: Record<Line, (() => void)[]> = { answers: [], jobs: [] }
  let answeredInRow = 0
  let isCalling = false
  const chooseLine = (): Line => {
    if (waiting.jobs.length === 0) return 'answers'
    return waiting.answers.length > 0 && answeredInRow < ANSWERS_PER_JOB ? 'answers' : 'jobs'
  }
  const takeNext = () => {
    const line = chooseLine()
    answeredInRow = line === 'answers' ? answeredInRow + 1 : 0
    return waiting[line].shift()
  }
  const callNext = () => {
    const next = Array.from({ length: together }, takeNext).filter((one) => one !== undefined)
    isCalling = next.length > 0
    if (isCalling) runAfterArrivals(callNext)
    for (const goOn of next) goOn()
  }
  return (line = 'answers') =>
    new Promise((resolve) => {
      waiting[line].push(resolve)
      if (!isCalling) runAfterArrivals(callNext)
      isCalling = true
    })
}

const nextTurn = createTurns()
const longWork = new AsyncLocalStorage<true>()

/** When the long work of this turn of the event loop began; undefined before any did. */
let begunAt: number | undefined

function begin(): void {
  begunAt = performance.now()
  globalThis.setImmediate(() => {
    begunAt = undefined
  })
}

/** Returns whether this turn of the event loop is used up. The first call in a turn begins it. */
function isUsedUp(): boolean {
  if (begunAt === undefined) begin()
  return performance.now() - (begunAt ?? 0) >= SLICE_MS
}

/**
 * Gives way; it must be awaited between two steps of anything that may take longer than a page. Requests are answered
 * in between when the slice is used up, and one of all long works goes on in each turn of the event loop. It takes less
 * than a microsecond while time is left.
 */
export async function giveWay(): Promise<void> {
  if (!isUsedUp()) return
  await nextTurn(isLongWork() ? 'jobs' : 'answers')
  begin()
}

/**
 * Gives way in the same way for work that holds what others wait for, such as a transaction that writes: it comes after
 * requests, but not after other long work, of which there may be much.
 */
export async function giveWayHolding(): Promise<void> {
  if (!isUsedUp()) return
  await setImmediate()
  begin()
}

/**
 * Runs work that gives way before each query to the database within it, and lets answers go first: for jobs, workers,
 * streamed files and everything else that reads or writes many rows.
 */
export const runAsLongWork = <T>(work: () => Promise<T>): Promise<T> => longWork.run(true, work)

/** Returns whether the caller runs inside `runAsLongWork()`, so that it gives way to requests. */
export const isLongWork = (): boolean => longWork.getStore() === true

/** Nobody waits any more for the answer that is being made. */
export class VisitorLeft extends Error {}

type Visit = { hasLeft: boolean }

const visits = new AsyncLocalStorage<Visit>()

/** Runs what answers a request, within which `endIfLeft()` asks whether its visitor has left. */
export const runForVisitor = <T>(visit: Visit, work: () => T): T => visits.run(visit, work)

/**
 * Ends a search of several steps whose visitor has left, so that nobody can have the server search without waiting for
 * it. Jobs and other long work go on, though a request may have begun them.
 *
 * @throws VisitorLeft when the request that asked was cut off.
 */
export function endIfLeft(): void {
  if (visits.getStore()?.hasLeft && !isLongWork()) throw new VisitorLeft()
}
