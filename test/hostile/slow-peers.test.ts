import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  ACTIVITY,
  activity,
  anEvent,
  CONTEXT,
  create,
  eventually,
  follow,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'
import { feelPulse } from '../support/pulse.ts'

/** Those who never finish, as servers and as clients: hostile cases S18, S19 and P19. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ attackers: 8 })
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

it('S18, S19 fifty keys on servers that never answer cost ten seconds each and nobody else’s time', async () => {
  const quiet = feelPulse(`${stage.server.origin}/`)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const before = await quiet.stop()

  const tarpit = stage.nextAttacker()
  const drip = stage.nextAttacker()
  const attack = async () => {
    const begun = performance.now()
    const answers = []
    for (let i = 0; i < 50; i++) {
      const peer = i % 2 ? tarpit : drip
      const by = peer.addActor(`a${i}`)
      peer.pages.set(`/actors/a${i}`, (response) => {
        if (peer === tarpit) return
        response.writeHead(200, { 'content-type': ACTIVITY })
        const timer = setInterval(() => response.write(' '), 200)
        response.on('close', () => clearInterval(timer))
      })
      answers.push(stage.post(follow(stage, by), { by, within: 10_000 }))
    }
    const pulse = feelPulse(`${stage.server.origin}/`)
    const { v } = stage
    expect((await stage.post(create(v.cafes), { by: v.cafes })).status).toBe(202)
    for (const { status } of await Promise.all(answers)) expect(status).toBe(401)
    expect(performance.now() - begun).toBeLessThan(12_000)
    const during = await pulse.stop()
    expect(during.count).toBeGreaterThan(50)
    expect(during.median).toBeLessThan(before.median + 100)
    expect(during.slow).toBeLessThan(before.slow + 200)
  }
  await attack()
  // Two at a time, and those that are being given up.
  expect(tarpit.connections.most + drip.connections.most).toBeLessThanOrEqual(8)
})

it('S19 the answer of a delivery that drips costs one place in the line, and others get their mail', async () => {
  const slow = stage.nextAttacker()
  const prompt = stage.nextAttacker()
  for (const peer of [slow, prompt])
    expect((await stage.post(follow(stage, peer.cafes), { by: peer.cafes })).status).toBe(202)
  await stage.settle()
  slow.answer.status = 'hang'
  const begun = performance.now()
  await stage.publishOwn()
  while (prompt.lettersOf('Announce').length === 0) {
    expect(performance.now() - begun).toBeLessThan(8000)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
})

it('a dozen announced cafés on a server that never answers hold up nobody else’s', async () => {
  const liar = await stage.admitLiar()
  const m = liar.cafes
  const tarpit = stage.nextAttacker()
  const prompt = stage.nextAttacker()
  const announce = (object: string) => stage.post(activity(m, 'Announce', { object }), { by: m })
  for (let i = 0; i < 12; i++) {
    tarpit.pages.set(`/cafes/${i}`, () => undefined)
    expect((await announce(`${tarpit.origin}/cafes/${i}`)).status).toBe(202)
  }
  const event = { '@context': CONTEXT, ...anEvent(prompt.cafes) }
  prompt.pages.set(new URL(event.id).pathname, event)
  expect((await announce(event.id)).status).toBe(202)
  expect((await announce('not an address')).status).toBe(202)
  await eventually('it is here', async () => stage.findCafe(event.id) !== undefined, 5000)
  expect(tarpit.connections.most).toBeLessThanOrEqual(2)
  // From now on they are not there, so that nobody tries again.
  tarpit.pages.clear()
})

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
    // A tenth has said all of its head, and takes its time for the body.
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
