import { queryObjects } from 'node:v8'
import { expect, test } from 'vitest'
import { createJobWorker } from '../../node/jobs/job-worker.ts'

test('a rest between two runs leaves no promises in memory', async () => {
  const RUNS = 200
  const done = Promise.withResolvers<void>()
  let runs = 0
  const worker = createJobWorker(
    async () => {
      runs += 1
      // The worker notices that it is running only after the work has yielded to the event loop.
      await undefined
      if (runs < RUNS) worker.wake()
      else done.resolve()
    },
    3_600_000,
    { restMs: 1 },
  )
  const before = queryObjects(Promise, { format: 'count' })
  worker.wake()
  await done.promise
  await new Promise((rested) => setTimeout(rested, 20))
  expect(queryObjects(Promise, { format: 'count' }) - before).toBeLessThan(RUNS / 2)
  await worker.stop()
})
