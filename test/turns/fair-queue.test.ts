import { expect, test } from 'vitest'
import { createFairQueue } from '../../node/turns/fair-queue.ts'

const ROOM = { all: 3, each: 2, queue: 2, waitMs: 50 }

test('one visitor gets two places, and waits for a third although others are free', async () => {
  const { take } = createFairQueue(ROOM)
  const leave = await take('a')
  await take('a')
  const third = take('a')
  expect(await take('b')).toBeDefined()
  leave?.()
  leave?.()
  expect(await third).toBeDefined()
})

test('the next free place goes to the visitor that holds the fewest, then to the one that came first', async () => {
  const { take } = createFairQueue({ ...ROOM, each: 3 })
  const leaves = [await take('a'), await take('a'), await take('b')]
  const seated: string[] = []
  for (const who of ['a', 'b', 'c', 'd']) void take(who).then((leave) => leave && seated.push(who))
  for (const leave of leaves) {
    leave?.()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  expect(seated).toEqual(['c', 'a', 'b'])
})

test('one neighbourhood gets no more than its places, however many ask there, and others get theirs', async () => {
  const { take } = createFairQueue({ ...ROOM, neighbours: 2 })
  const leave = await take('a1', { near: 'a' })
  await take('a2', { near: 'a' })
  const third = take('a3', { near: 'a' })
  expect(await take('b1', { near: 'b' })).toBeDefined()
  leave?.()
  expect(await third).toBeDefined()
})

test('a request that waits too long gets no place', async () => {
  const { take } = createFairQueue(ROOM)
  const leaves = [await take('a'), await take('b'), await take('b')]
  expect(await take('a')).toBeUndefined()
  for (const leave of leaves) leave?.()
  for (const who of ['a', 'a', 'b']) expect(await take(who)).toBeDefined()
})

test('a request that was closed, or is one too many of its visitor, gets no place at once', async () => {
  const { take } = createFairQueue({ ...ROOM, waitMs: 60_000 })
  const leaves = [await take('a'), await take('b'), await take('b')]
  const gone = new AbortController()
  const closed = take('a', { signal: gone.signal })
  const next = take('a')
  expect(await take('a')).toBeUndefined()
  gone.abort()
  expect(await closed).toBeUndefined()
  leaves[0]?.()
  expect(await next).toBeDefined()
})

test('who has many waiting is served in turn with those that come later', async () => {
  const { take } = createFairQueue({ all: 1, queue: 9 })
  let leave = await take('first')
  const served: string[] = []
  for (const who of ['a', 'a', 'a', 'b', 'c', 'c'])
    void take(who).then((place) => {
      served.push(who)
      leave = place
    })
  for (let turn = 0; turn < 6; turn++) {
    leave?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(served).toEqual(['a', 'b', 'c', 'a', 'c', 'a'])
})
