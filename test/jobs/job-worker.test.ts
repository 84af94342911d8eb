import { expect, test } from 'vitest'
import { createJobWorker } from '../../node/jobs/job-worker.ts'

test.each([0, 1, 2, 3, 4, 5])(
  'a wake() that comes %i microtasks after the end of the work is not lost',
  async (turns) => {
    let runs = 0
    const worker = createJobWorker(async () => {
      runs += 1
      if (runs > 1) return
      const later = Array(turns)
        .fill(undefined)
        .reduce<Promise<void>>((before) => before.then(() => undefined), Promise.resolve())
      later.then(() => worker.wake())
    }, 3_600_000)
    worker.wake()
    await new Promise((done) => setTimeout(done, 20))
    expect(runs).toBe(2)
    await worker.stop()
  },
)
