import { Worker } from 'node:worker_threads'
import type SQLite from 'better-sqlite3'
import { findProgramFile } from '../../../program/project-root.ts'
import type { WriteLock } from '../sqlite-dialect.ts'
import type { LogOrder } from './checkpoint-worker.ts'

/** The length of the log, in pages, from which on it is copied into the file; SQLite's own default. */
const LONG = 1000

/** A log of this length is copied in the process itself, if the thread cannot do it. */
export const MUCH_TOO_LONG = 16 * LONG

/** How long the thread waits for more before it ends, in milliseconds. */
const IDLE_MS = 10_000

export type Checkpoints = {
  /** Has the log copied where it is long; returns at once. */
  copyIfLong: () => void
  close: () => Promise<void>
}

/**
 * Has a thread copy the write-ahead log into the file whenever it is long. In the process itself this takes the event
 * loop for tens of milliseconds, of which most is the wait for the disk. What is written while the thread copies is
 * copied after it, under the lock of the writers: a log begins anew only where all of it was copied, and the thread begins
 * it, since this waits for the disk too.
 */
export function createCheckpoints({
  path,
  writer,
  lock,
}: {
  path: string
  writer: SQLite.Database
  lock: WriteLock
}): Checkpoints {
  const ask = writer.prepare<[], { log: number; checkpointed: number }>(
    'pragma wal_checkpoint(noop)',
  )
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let copying: Promise<void> | undefined
  /** The length at which the log is copied next: a reader may still need what was not copied the last time. */
  let next = LONG

  async function copyAll(): Promise<void> {
    clearTimeout(idle)
    // The thread gets no loader of ours, since it needs only the driver.
    worker ??= new Worker(PROGRAM, { workerData: path, env: {}, execArgv: [] })
    worker.ref()
    await askThread(worker, 'copy')
    const leave = await lock.take('writer')
    try {
      await askThread(worker, 'begin anew')
      const { log, checkpointed } = ask.get() ?? { log: 0, checkpointed: 0 }
      next = (checkpointed < log ? log : 0) + LONG
    } finally {
      leave?.()
    }
    worker.unref()
    idle = setTimeout(() => void endWorker(), IDLE_MS).unref()
  }

  async function endWorker(): Promise<void> {
    const ended = worker
    worker = undefined
    await ended?.terminate()
  }

  return {
    copyIfLong: () => {
      if (copying || writer.inTransaction) return
      const { log } = ask.get() ?? { log: 0 }
      if (log < LONG) next = LONG
      if (log < next) return
      copying = copyAll()
        .catch(() => {
          next = log + LONG
          return endWorker()
        })
        .finally(() => {
          copying = undefined
        })
    },
    close: async () => {
      clearTimeout(idle)
      await copying
      await endWorker()
    },
  }
}

/** Asks the thread, and waits for its answer. */
function askThread(worker: Worker, order: LogOrder): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const endedEarly = (code: number) => reject(new Error(`the thread ended with ${code}`))
  worker.once('message', resolve).once('error', reject).once('exit', endedEarly)
  worker.postMessage(order)
  return promise.finally(() => {
    worker.off('message', resolve).off('error', reject).off('exit', endedEarly)
  })
}

const PROGRAM = findProgramFile('node/store/database/write-log/checkpoint-worker.ts')
