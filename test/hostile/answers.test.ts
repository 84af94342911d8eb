import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { activity, eventually, follow, openStage, type Stage } from '../support/hostile-stage.ts'

/** Answers of other servers that lead elsewhere or never end. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ attackers: 12 })
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

const deliveriesTo = (origin: string) =>
  stage.server.query<{ parked_at: string | null; attempts: number }>(
    'select parked_at, attempts from delivery where inbox like ?',
    `${origin}/%`,
  )

it.each([300, 301, 303, 304, 308])(
  'a delivery that is answered %d is neither followed nor tried again',
  async (status) => {
    const peer = stage.nextAttacker()
    peer.answer.status = status
    peer.answer.location = `${stage.sink.origin}/inbox`
    await stage.post(follow(stage, peer.cafes), { by: peer.cafes })
    await eventually('it is parked', async () => {
      const [delivery] = deliveriesTo(peer.origin)
      return delivery?.parked_at != null
    })
    expect(stage.sink.connections.total).toBe(0)
    expect(peer.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  },
)

it.each([302, 307])('a delivery that is answered %d is not followed; it waits', async (status) => {
  const peer = stage.nextAttacker()
  peer.answer.status = status
  peer.answer.location = `${stage.sink.origin}/inbox`
  await stage.post(follow(stage, peer.cafes), { by: peer.cafes })
  await eventually('it was tried', async () => {
    const [delivery] = deliveriesTo(peer.origin)
    return (delivery?.attempts ?? 0) > 0
  })
  expect(deliveriesTo(peer.origin)[0]?.parked_at).toBeNull()
  expect(stage.sink.connections.total).toBe(0)
  expect(peer.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

/**
 * Writes as fast as the reader reads, and counts the bytes; the kernel buffers about four megabytes between two
 * sockets.
 */
function endless(response: ServerResponse, counter: { bytes: number; ended: boolean }): void {
  const chunk = Buffer.alloc(64 * 1024, ' ')
  response.writeHead(200, { 'content-type': 'application/activity+json' })
  response.on('close', () => {
    counter.ended = true
  })
  const write = () => {
    while (!response.destroyed) {
      counter.bytes += chunk.length
      if (!response.write(chunk)) return void response.once('drain', write)
    }
  }
  write()
}

it('an answer without end is cut at its limit, and its socket closed', async () => {
  const peer = stage.nextAttacker()
  const counter = { bytes: 0, ended: false }
  peer.pages.set('/actors/endless', (response) => endless(response, counter))
  const uri = `${peer.origin}/actors/endless`
  const by = { ...peer.cafes, uri, keyId: `${uri}#main-key` }
  const said = activity(by, 'Follow', { object: `${stage.server.origin}/actors/cafe-ia` })
  expect((await stage.post(said, { by })).status).toBe(401)
  await eventually('the socket is closed', async () => counter.ended, 5000)
  expect(counter.bytes).toBeLessThan(12 * 1024 * 1024)
})
