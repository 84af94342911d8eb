import { setTimeout as sleep } from 'node:timers/promises'

export type WorkUnderWay = {
  /** Runs work; resolves when it has ended, with or without an error. */
  run: (name: string, work: () => Promise<void>) => Promise<void>
  /** Resolves when no work is running any more, or after `patience` milliseconds. */
  end: (patience: number) => Promise<void>
}

/**
 * Keeps track of work that needs the database, so that the caller knows when it is over. Failures are reported, except
 * those because the database was closed after the end.
 */
export function createWorkUnderWay(report: (name: string, error: unknown) => void): WorkUnderWay {
  const underWay = new Set<Promise<void>>()
  let isOver = false
  const attempt = async (name: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      if (!isOver) report(name, error)
    }
  }
  return {
    run: async (name, work) => {
      if (isOver) return
      const running = attempt(name, work)
      underWay.add(running)
      await running
      underWay.delete(running)
    },
    end: async (patience) => {
      const timer = new AbortController()
      await Promise.race([
        Promise.all(underWay),
        sleep(patience, undefined, { signal: timer.signal }).catch(() => undefined),
      ])
      timer.abort()
      isOver = true
    },
  }
}
