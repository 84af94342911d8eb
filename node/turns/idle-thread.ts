import { Worker } from 'node:worker_threads'

/** A thread that is started when it is needed, kept while it is idle, and started anew after a fault. */
export type IdleThread = {
  /** Returns the thread, for one order at a time. */
  hire: () => Worker
  /** Keeps it for the next order. */
  rest: (worker: Worker) => void
  /** Ends it; the next order has a new one. */
  dismiss: (worker: Worker) => void
}

/** Times are in milliseconds. `memoryMb` is the most that its objects may take. */
export function createIdleThread({
  program,
  memoryMb,
  idleMs,
}: {
  program: string | URL
  memoryMb: number
  idleMs: number
}): IdleThread {
  let kept: Worker | undefined
  let dismissal: NodeJS.Timeout | undefined

  function hire(): Worker {
    clearTimeout(dismissal)
    if (kept) return kept
    const worker = new Worker(program, {
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    // Without a listener, an error of the idle thread would end the server.
    worker.on('error', () => dismiss(worker))
    worker.unref()
    kept = worker
    return worker
  }

  function dismiss(worker: Worker): void {
    if (kept === worker) kept = undefined
    void worker.terminate()
  }

  function rest(worker: Worker): void {
    dismissal = setTimeout(() => dismiss(worker), idleMs).unref()
  }

  return { hire, rest, dismiss }
}
