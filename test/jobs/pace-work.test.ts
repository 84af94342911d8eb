import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { paceWork } from '../../node/jobs/pace-work.ts'

test.each([
  ['is done', async () => undefined],
  [
    'fails',
    async () => {
      throw new Error('database or disk is full')
    },
  ],
])('what %s after a while is left out for a hundred times as long', async (_how, end) => {
  let times = 0
  const work = paceWork(async () => {
    times += 1
    await sleep(20)
    await end()
  }, 100)
  await work().catch(() => undefined)
  await work()
  expect(times).toBe(1)
})

test('what takes no time is done each time', async () => {
  let times = 0
  const work = paceWork(async () => {
    times += 1
  }, 0)
  await work()
  await work()
  expect(times).toBe(2)
})
