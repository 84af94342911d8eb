import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { watchSockets } from '../../node/server/sockets.ts'
import { ANSWER_PACE } from '../../node/sockets/answer-pace.ts'
import { PACE } from '../../node/sockets/body-pace.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findSetting } from '../../node/store/database/settings.ts'
import { createFairQueue } from '../../node/turns/fair-queue.ts'
import { createTurns, giveWay, runAsLongWork } from '../../node/turns/turns.ts'
import { openTestDatabase } from '../support/database.ts'
import { MEASURED } from '../support/measured.ts'

test('long works that ask for a turn together continue one after the other, and other requests run in between', async () => {
  const turn = createTurns()
  const seen: (number | 'somebody else')[] = []
  let isOver = false
  const others = (async () => {
    while (!isOver) {
      await setImmediate()
      if (seen.at(-1) !== 'somebody else') seen.push('somebody else')
    }
  })()
  const numbers = Array.from({ length: 20 }, (_, number) => number)
  await Promise.all(numbers.map((number) => turn('answers').then(() => seen.push(number))))
  isOver = true
  await others
  expect(seen.filter((one) => one !== 'somebody else')).toEqual(numbers)
  for (const [index, one] of seen.entries())
    if (one !== 'somebody else' && one > 0) expect(seen[index - 1]).toBe('somebody else')
})

test('where two long works may continue in one turn, other requests run between each two', async () => {
  const turn = createFairQueue({ all: 2, turnMs: 20 })
  const seen: number[][] = []
  const work = Promise.all(
    Array.from({ length: 9 }, (_, number) => turn.take('').then(() => seen.at(-1)?.push(number))),
  )
  for (let turns = 0; turns < 20; turns++) {
    seen.push([])
    await setImmediate()
  }
  await work
  expect(seen.filter((one) => one.length > 0)).toEqual([[0, 1], [2, 3], [4, 5], [6, 7], [8]])
})

test('a long work that never ends delays nobody else', async () => {
  const turn = createTurns()
  await turn('answers')
  const endless = turn('answers').then(() => new Promise(() => undefined))
  await turn('answers')
  expect(await Promise.race([endless, turn('answers').then(() => 'next')])).toBe('next')
})

test.each([
  ['answers', 'jobs', 20],
  ['jobs', 'answers', 10],
] as const)('however many %s wait, five %s continue within %i turns', async (many, few, most) => {
  const turn = createTurns()
  const seen: string[] = []
  const crowd = Array.from({ length: 60 }, () => turn(many).then(() => seen.push(many)))
  for (let step = 0; step < 5; step++) {
    await turn(few)
    seen.push(few)
  }
  expect(seen.length).toBeLessThanOrEqual(most)
  await Promise.all(crowd)
})

/** Occupies the processor, as work on a text does. */
function toil(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

test(
  'long works share each turn, so that a visitor waits for one slice however many there are',
  MEASURED,
  async () => {
    let left = 10
    const works = Array.from({ length: left }, async () => {
      for (let step = 0; step < 20; step++) {
        toil(2)
        await giveWay()
      }
      left -= 1
    })
    const waits: number[] = []
    while (left > 0) {
      const asked = performance.now()
      await new Promise((resolve) => setTimeout(resolve, 1))
      waits.push(performance.now() - asked)
    }
    await Promise.all(works)
    waits.sort((a, b) => a - b)
    expect(waits.length).toBeGreaterThan(10)
    expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(30)
  },
)

test('short work never leaves its turn', async () => {
  let stayed = 0
  // A busy machine may stop this process for longer than a slice, but not each time.
  for (let attempt = 0; attempt < 20; attempt++) {
    await setImmediate()
    let isPassed = false
    globalThis.setImmediate(() => {
      isPassed = true
    })
    for (let step = 0; step < 100; step++) await giveWay()
    if (!isPassed) stayed += 1
  }
  expect(stayed).toBeGreaterThan(10)
})

test('within long work each query of the database gives way, in transactions too', async () => {
  const { db, close } = await openTestDatabase()
  let turns = 0
  let isOver = false
  const count = async () => {
    while (!isOver) {
      await setImmediate()
      turns += 1
    }
  }
  const read = async (of: Database) => {
    for (let step = 0; step < 50; step++) {
      await findSetting(of, 'origin')
      toil(2)
    }
  }
  const counting = count()
  await runAsLongWork(() => read(db))
  await runAsLongWork(() => db.transaction().execute(read))
  expect(turns).toBeGreaterThan(20)
  isOver = true
  await counting
  await close()
})

test('long work waits while connections are accepted, one in each turn of the event loop', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  watchSockets(server, { origin: 'https://cafe.example' }, { body: PACE, answer: ANSWER_PACE })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const COUNT = 60
  let steps = 0
  const seen: number[] = []
  server.on('connection', () => seen.push(steps))
  const work = runAsLongWork(async () => {
    while (seen.length < COUNT) {
      const end = performance.now() + 5
      while (performance.now() < end);
      steps += 1
      await giveWay()
    }
  })
  const sockets = Array.from({ length: COUNT }, () => connect(port, '127.0.0.1'))
  await work
  for (const socket of sockets) socket.destroy()
  server.close()
  expect((seen.at(-1) ?? 0) - (seen[0] ?? 0)).toBeLessThan(COUNT / 2)
})
