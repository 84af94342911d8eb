import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export type Pulse = {
  /** How long the answers took, in milliseconds; a failed one counts as infinite. */
  stop(): Promise<{ median: number; slow: number; slowest: number; most: number; count: number }>
}

/**
 * Loads a page all the time, like a visitor during other work; `slow` is the 95th percentile, `slowest` the 99th,
 * `most` the longest of all.
 */
export function feelPulse(url: string, everyMs = 20): Pulse {
  const worker = new Worker(new URL('./pulse-worker.ts', import.meta.url), {
    workerData: { url, everyMs },
    execArgv: [],
  })
  const answered = once(worker, 'message')
  return {
    stop: async () => {
      worker.postMessage('stop')
      const [took] = (await answered) as [number[]]
      await worker.terminate()
      took.sort((a, b) => a - b)
      const at = (share: number) => took[Math.floor((took.length - 1) * share)] ?? Number.NaN
      const count = took.length
      return { median: at(0.5), slow: at(0.95), slowest: at(0.99), most: at(1), count }
    },
  }
}
