import { setTimeout as sleep } from 'node:timers/promises'

export type WorkUnderWay = {
  /** Resolves when the work has ended, however it did. */
  run: (name: string, work: () => Promise<void>) => Promise<void>
  /** Resolves when nothing is under way any more, or after `patience` milliseconds. */
  end: (patience: number) => Promise<void>
}

/**
 * Work of which somebody has to know when it is over, since it needs the database until then. What fails is reported,
 * but not what fails because its database was closed after the end.
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
