import { expect, test } from 'vitest'
import { longestTurnOf } from './cpu-time.ts'

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

async function work(): Promise<void> {
  await nextTurn()
  const before = process.threadCpuUsage()
  while (process.threadCpuUsage(before).user < 20_000);
}

const immediates = () => process.getActiveResourcesInfo().filter((name) => name === 'Immediate')

test('when the turns of an action were measured, the event loop rests again', async () => {
  expect(await longestTurnOf(work)).toBeGreaterThanOrEqual(20)
  await expect(longestTurnOf(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await nextTurn()
  expect(immediates()).toEqual([])
})
