import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createWorkUnderWay } from '../../node/jobs/work-under-way.ts'

function track() {
  const failed: string[] = []
  return { failed, work: createWorkUnderWay((name) => failed.push(name)) }
}

test('the end waits for what is under way', async () => {
  const { work } = track()
  let isDone = false
  void work.run('slow', async () => {
    await sleep(50)
    isDone = true
  })
  await work.end(60_000)
  expect(isDone).toBe(true)
})

test('but not for ever, and a failure afterwards is not reported', async () => {
  const { failed, work } = track()
  const never = Promise.withResolvers<void>()
  const running = work.run('endless', () => never.promise)
  await work.end(10)
  never.reject(new Error('the database was closed'))
  await running
  expect(failed).toEqual([])
})

test('what fails is reported, and nothing begins after the end', async () => {
  const { failed, work } = track()
  await work.run('broken', () => Promise.reject(new Error('broken')))
  expect(failed).toEqual(['broken'])
  await work.end(10)
  let began = false
  await work.run('late', async () => {
    began = true
  })
  expect(began).toBe(false)
})
