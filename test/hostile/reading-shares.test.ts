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

/** Reading is fair: a member that makes us request other servers does not delay anybody else. */

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

/** Returns the milliseconds until a café of a third server, announced by V, is stored here. */
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

/** Makes the servers answer at once from now on, so that what waits for them is soon done. */
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
  // Readings that the first failures postponed do not return with the next message.
  await new Promise((resolve) => setTimeout(resolve, 11_000))
  for (const address of addresses.slice(0, 40)) await announce(liar, address)
  expect(await timeToArrive()).toBeLessThan(5_000)
  // After a request is given up, undici opens a new connection without a request on it.
  for (const { waiting, connections } of tarpits)
    expect([waiting.most <= 1, connections.most <= 2]).toEqual([true, true])
  const [waiting] = stage.server.query<{ total: number }>('select count(*) as total from task')
  expect(waiting?.total).toBeLessThanOrEqual(210)
  const [dropped] = stage.server.query<{ total: number }>(
    "select sum(total) as total from daily_count where name = 'task:dropped'",
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

// This test does not depend on the database.
it('forty strangers whose keys are on silent servers delay no member’s new key', async () => {
  const before = liar.connections.total
  const waiting: Promise<Response>[] = []
  const tarpits = Array.from({ length: 4 }, () => stage.nextAttacker())
  for (const peer of tarpits)
    for (let i = 0; i < 40; i++) {
      const by = peer.addActor(`a${i}`)
      silent(peer, `/actors/a${i}`)
      waiting.push(stage.post(follow(stage, by), { by, within: 12_000 }))
    }
  // Three hosts take all the slots for strangers; the fourth is asked to come back later.
  const asked = () => tarpits.filter(({ requests }) => requests.length > 0)
  await eventually('their keys are asked for', async () => asked().length >= 3)
  for (let i = 0; i < 10; i++) {
    const by = stage.v.addActor(`new${i}`)
    expect((await stage.post(follow(stage, by), { by, within: 1_000 })).status).toBe(202)
  }
  expect(await timeToArrive()).toBeLessThan(5_000)
  const statuses = (await Promise.all(waiting)).map(({ status }) => status)
  expect(statuses.every((status) => status === 401 || status === 429)).toBe(true)
  // Another actor of the same silent host is refused at once.
  const [tarpit] = asked()
  const late = tarpit?.addActor('late')
  if (!late) throw new Error('no actor')
  expect((await stage.post(follow(stage, late), { by: late, within: 500 })).status).toBe(401)
  expect(liar.connections.total).toBe(before)
}, 60_000)
