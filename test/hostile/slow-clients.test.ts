import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ACTIVITY, create, openStage, type Stage } from '../support/hostile-stage.ts'
import { feelPulse } from '../support/pulse.ts'

/** Hostile case P19: clients that never finish. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ attackers: 8 })
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

it('P19 five hundred clients that write one byte in ten seconds are shown out, others are served', async () => {
  const sockets: { socket: Socket; closedAfter: number | undefined; answer: string }[] = []
  const begun = performance.now()
  const head = `POST /inbox HTTP/1.1\r\nhost: 127.0.0.1:${stage.server.port}\r\n`
  const timers: NodeJS.Timeout[] = []
  for (let i = 0; i < 500; i++) {
    const socket = connect(stage.server.port, '127.0.0.1')
    const entry: (typeof sockets)[number] = { socket, closedAfter: undefined, answer: '' }
    sockets.push(entry)
    socket.setEncoding('utf8').on('data', (words) => {
      entry.answer += words
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      entry.closedAfter = performance.now() - begun
    })
    // One client in ten has sent all of its head and sends its body slowly.
    const isSlowBody = i % 10 === 0
    socket.write(
      isSlowBody ? `${head}content-type: ${ACTIVITY}\r\ncontent-length: 1000\r\n\r\n` : head,
    )
    timers.push(setInterval(() => socket.write('x'), 5000))
  }
  const pulse = feelPulse(`${stage.server.origin}/`, 50)
  const { v } = stage
  expect((await stage.post(create(v.cafes), { by: v.cafes })).status).toBe(202)
  const isOpen = () => sockets.some(({ closedAfter }) => closedAfter === undefined)
  while (isOpen() && performance.now() - begun < 20_000)
    await new Promise((resolve) => setTimeout(resolve, 100))
  for (const timer of timers) clearInterval(timer)
  const { slow, median } = await pulse.stop()
  for (const { socket } of sockets) socket.destroy()

  const heads = sockets.filter((_, i) => i % 10 !== 0)
  const bodies = sockets.filter((_, i) => i % 10 === 0)
  const latest = (some: typeof sockets) =>
    Math.max(...some.map(({ closedAfter }) => closedAfter ?? Number.POSITIVE_INFINITY))
  expect(latest(heads)).toBeLessThan(13_000)
  expect(latest(bodies)).toBeLessThan(18_000)
  for (const { answer } of sockets) expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d|$)/)
  expect(median).toBeLessThan(200)
  expect(slow).toBeLessThan(500)
})
