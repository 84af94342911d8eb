import { on } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { Horizon } from '../../../domain/cafes/horizon.ts'
import type { ImportPreview, ImportRow } from '../../../domain/cafes/import.ts'
import type { Refusal } from '../../../domain/values/refusal.ts'
import { findProgramFile } from '../../../program/project-root.ts'
import { createFairQueue } from '../../../turns/fair-queue.ts'
import { createIdleThread } from '../../../turns/idle-thread.ts'
import { giveWay } from '../../../turns/turns.ts'
import type { ImportFile } from './import-file.ts'
import { fromSentRow } from './import-thread-rows.ts'
import type { Order, Part } from './import-worker.ts'

/** What was read, or why nothing was. */
type ImportReading =
  | { preview: ImportPreview; refusal?: never }
  | { refusal: Refusal; preview?: never }

/** The deadline. The largest file takes seven seconds on a current machine; the rest is for the smallest machines. */
const DEADLINE_MS = 30_000
/** The dearest files of 5 MB are read in 64. */
const MEMORY_MB = 96
/**
 * An idle thread is kept for so long: starting one takes longer than reading most files, and a confirmation follows a
 * preview.
 */
const IDLE_MS = 60_000
/**
 * One file is read at a time, so that the others keep a processor. Times are in milliseconds, and `queue` counts the
 * files of one session.
 */
const PLACES = { all: 1, each: 1, queue: 2, waitMs: 60_000 }

const PROGRAM = findProgramFile('node/routes/data/imports/import-worker.ts')

type ReadImport = (
  file: ImportFile,
  asked: { now: Temporal.Instant; horizon: Horizon; who: string },
) => Promise<ImportReading>

/**
 * Reads a file to import in a thread of its own, so that nobody waits for a large one; one file after the other. `who`
 * identifies the caller, of whom few requests may wait.
 */
export const readImportAside: ReadImport = createImportReader({
  program: PROGRAM,
  deadlineMs: DEADLINE_MS,
})

/**
 * Makes a reader whose thread is started when it is needed, and started anew after a fault or a file that took too
 * long.
 *
 * @internal
 */
export function createImportReader({
  program,
  deadlineMs,
}: {
  program: string | URL
  deadlineMs: number
}): ReadImport {
  const places = createFairQueue(PLACES)
  const thread = createIdleThread({
    program,
    memoryMb: MEMORY_MB,
    idleMs: IDLE_MS,
  })

  return async (file, { now, horizon, who }) => {
    const leave = await places.take(who)
    if (!leave) return { refusal: 'data.import_busy' }
    try {
      return { preview: await readBy(thread.hire(), { file, horizon, now: now.toString() }) }
    } catch (error) {
      if (!isTooMuch(error)) throw error
      return { refusal: 'data.import_too_slow' }
    } finally {
      leave()
    }
  }

  /** Reads by a thread. One that failed, or that took too long, is not used again. */
  async function readBy(worker: Worker, order: Order): Promise<ImportPreview> {
    const rows: ImportRow[] = []
    const send = (order: Order) => worker.postMessage(order)
    try {
      const parts = on(worker, 'message', { signal: AbortSignal.timeout(deadlineMs) })
      send(order)
      for await (const [part] of parts as AsyncIterable<[Part]>) {
        for (const row of part.rows) rows.push(fromSentRow(row))
        const { rows: _, isLast, ...rest } = part
        if (isLast) {
          thread.rest(worker)
          return { ...rest, rows }
        }
        await giveWay()
        send('more')
      }
      throw new Error('The thread that reads imports ended')
    } catch (error) {
      thread.dismiss(worker)
      throw error
    }
  }
}

const isTooMuch = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'AbortError' || ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'))
