import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  activity,
  anEvent,
  CONTEXT,
  eventually,
  follow,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'
import { feelPulse } from '../support/pulse.ts'

/** Reading is fair: whoever has others asked by us takes the time of nobody else. */

let stage: Stage
let liar: Awaited<ReturnType<Stage['admitLiar']>>
beforeAll(async () => {
  stage = await openStage({ attackers: 64 })
  liar = await stage.admitLiar()
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

type Correspondent = Stage['v']

const announce = (by: Correspondent, object: string) =>
  stage.post(activity(by.cafes, 'Announce', { object }), { by: by.cafes })

/** How many milliseconds pass until a café of a third server, announced by V, is here. */
async function timeToArrive(): Promise<number> {
  const prompt = stage.nextAttacker()
  const event = { '@context': CONTEXT, ...anEvent(prompt.cafes) }
  prompt.pages.set(new URL(event.id).pathname, event)
  const begun = performance.now()
  expect((await announce(stage.v, event.id)).status).toBe(202)
  await eventually('it is here', async () => stage.findCafe(event.id) !== undefined, 70_000)
  return performance.now() - begun
}

const silent = (peer: Correspondent, path: string) => peer.pages.set(path, () => undefined)

/** From now on they answer at once, so that what waits for them is soon done. */
const wakeUp = (peers: readonly Correspondent[]) => {
  for (const peer of peers) peer.pages.clear()
}

it('four hundred announces of ten silent servers delay no other member’s café', async () => {
  const tarpits = Array.from({ length: 10 }, () => stage.nextAttacker())
  const addresses = tarpits.flatMap((peer) =>
    Array.from({ length: 40 }, (_, i) => {
      silent(peer, `/cafes/${i}`)
      return `${peer.origin}/cafes/${i}`
    }),
  )
  const pulse = feelPulse(`${stage.server.origin}/healthz`)
  for (const address of addresses) expect((await announce(liar, address)).status).toBe(202)
  expect(await timeToArrive()).toBeLessThan(5_000)
  // Those that the first failures put aside do not come back with the next message.
  await new Promise((resolve) => setTimeout(resolve, 11_000))
  for (const address of addresses.slice(0, 40)) await announce(liar, address)
  expect(await timeToArrive()).toBeLessThan(5_000)
  for (const { connections } of tarpits) expect(connections.most).toBeLessThanOrEqual(1)
  const [waiting] = stage.server.query<{ total: number }>('select count(*) as total from task')
  expect(waiting?.total).toBeLessThanOrEqual(210)
  const [dropped] = stage.server.query<{ total: number }>(
    "select sum(total) as total from counted where name = 'task:dropped'",
  )
  expect(dropped?.total).toBeGreaterThanOrEqual(190)
  expect((await pulse.stop()).slow).toBeLessThan(200)
  wakeUp(tarpits)
}, 90_000)

it('forty strangers on silent servers delay no member’s café', async () => {
  const strangers = Array.from({ length: 40 }, () => stage.nextAttacker())
  for (const peer of strangers) {
    silent(peer, '/.well-known/nodeinfo')
    expect((await stage.post(follow(stage, peer.cafes), { by: peer.cafes })).status).toBe(202)
  }
  expect(await timeToArrive()).toBeLessThan(5_000)
  wakeUp(strangers)
}, 90_000)
