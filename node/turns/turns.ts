import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate } from 'node:timers/promises'
import { ARRIVALS_MS, createSlice } from './arrivals.ts'
import { createFairQueue } from './fair-queue.ts'

/**
 * How long work may use the event loop without a break, in milliseconds; a page in between waits at most twice as long.
 */
const SLICE_MS = 4

/** How many answers go on between two jobs, when both wait. */
const ANSWERS_PER_JOB = 3

/** The line of all jobs, and those of answers: one for the visitors of each neighbourhood. */
type Line = string
const JOBS = 'jobs'

/**
 * Makes a queue of turns. Callers go on one after the other, and all other work goes on in between: however many
 * callers wait, nobody waits for more than one of them. Long work has a line of its own, and so have the answers for
 * each neighbourhood: a hundred of them hold up one for another by one step. Between two of its steps an answer waits
 * for one job at most, and a job for `ANSWERS_PER_JOB` answers, however many wait. A turn ends by itself and cannot be
 * held.
 *
 * @internal
 */
export function createTurns(): (line: Line) => Promise<void> {
  let answeredInRow = 0
  const rankOfAnswers = () => (answeredInRow < ANSWERS_PER_JOB ? 0 : 2)
  const queue = createFairQueue<Line>({
    all: 1,
    turnMs: ARRIVALS_MS,
    rankOf: (line) => (line === JOBS ? 1 : rankOfAnswers()),
  })
  return async (line) => {
    await queue.take(line)
    answeredInRow = line === JOBS ? 0 : answeredInRow + 1
  }
}

const nextTurn = createTurns()
const slice = createSlice(SLICE_MS)
const longWork = new AsyncLocalStorage<true>()

/**
 * Gives way; it must be awaited between two steps of anything that may take longer than a page. Requests are answered
 * in between when the slice is used up, and one of all long works goes on in each turn of the event loop. It takes less
 * than a microsecond while time is left.
 */
export async function giveWay(): Promise<void> {
  if (!slice.isUsedUp()) return
  await nextTurn(isLongWork() ? JOBS : (visits.getStore()?.near ?? ''))
  slice.begin()
}

/**
 * Gives way in the same way for work that holds what others wait for, such as a transaction that writes: it comes after
 * requests, but not after other long work, of which there may be much.
 */
export async function giveWayHolding(): Promise<void> {
  if (!slice.isUsedUp()) return
  await setImmediate()
  slice.begin()
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

/** Whether the visitor has left, and its neighbourhood. */
type Visit = { hasLeft: boolean; near?: string | undefined }

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
