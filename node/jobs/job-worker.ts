/** Work that waits to be woken and never runs twice at once. */
export type JobWorker = {
  /** Says that there is something to do; returns at once. */
  wake: () => void
  /** Resolves at the next wake, for running work that is to be told of more. */
  woken: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * Runs `work` whenever it is woken, and at least every `everyMs`: other processes (the command line) write to the same
 * database without waking it.
 *
 * @param restMs - The least time between two runs, so that where it is woken all the time, what comes meanwhile is done
 * together.
 */
export function createJobWorker(
  work: () => Promise<void>,
  everyMs: number,
  { restMs = 0 }: { restMs?: number } = {},
): JobWorker {
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  let next = Promise.withResolvers<void>()

  let endRest = (): void => undefined

  const run = async () => {
    do {
      again = false
      await work()
      if (restMs > 0 && !stopped) await rest()
    } while (again && !stopped)
  }
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, restMs)
      endRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const wake = () => {
    next.resolve()
    next = Promise.withResolvers<void>()
    if (stopped) return
    if (running) {
      again = true
      return
    }
    start()
  }
  const start = () => {
    running = run().finally(() => {
      running = undefined
      // The worker was woken between the end of its work and this line.
      if (again && !stopped) start()
    })
  }
  const timer = setInterval(wake, everyMs)
  return {
    wake,
    woken: () => next.promise,
    stop: async () => {
      stopped = true
      endRest()
      clearInterval(timer)
      next.resolve()
      await running
    },
  }
}
