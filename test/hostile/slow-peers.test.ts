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

/** Hostile cases S18 and S19: servers that never finish. Slow clients are in `slow-clients.test.ts`. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ attackers: 8 })
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

it('S19 the answer of a delivery that drips costs one place in the line, and others get their mail', async () => {
  const slow = stage.nextAttacker()
  const prompt = stage.nextAttacker()
  for (const peer of [slow, prompt])
    expect((await stage.post(follow(stage, peer.cafes), { by: peer.cafes })).status).toBe(202)
  await stage.settle()
  slow.answer.status = 'hang'
  const begun = performance.now()
  await stage.publishOwn()
  while (prompt.activitiesOf('Announce').length === 0) {
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
  // From now on they answer 404, so that no request is repeated.
  tarpit.pages.clear()
})

// This test is the last one: during it, the pending requests of the others time out, which would delay the stop of the
// server.
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
  // Two requests run at a time, besides those that are being closed.
  expect(tarpit.connections.most + drip.connections.most).toBeLessThanOrEqual(8)
})
