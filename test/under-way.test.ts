import { once } from 'node:events'
import { createServer, get, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUnderWay } from '../node/under-way.ts'

const server = createServer()
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

/** Returns the unfinished answer to a request whose visitor can leave. */
async function ask(): Promise<{ outgoing: ServerResponse; leave: () => void }> {
  const { port } = server.address() as AddressInfo
  const asked = once(server, 'request')
  const request = get({ port, host: '127.0.0.1' }).on('error', () => undefined)
  const [, outgoing] = await asked
  return { outgoing, leave: () => request.destroy() }
}

test('it ends with the last work, though the visitor has left', async () => {
  const underWay = createUnderWay()
  await underWay.ended()
  const { outgoing, leave } = await ask()
  const work = Promise.withResolvers<void>()
  underWay.add(work.promise, outgoing)
  const order: string[] = []
  const ended = underWay.ended().then(() => order.push('ended'))
  leave()
  await once(outgoing, 'close')
  await setImmediate()
  order.push('done')
  work.resolve()
  await ended
  expect(order).toEqual(['done', 'ended'])
})

test('work that never ends is forgotten some seconds after its visitor has left', async () => {
  const underWay = createUnderWay()
  const { outgoing, leave } = await ask()
  underWay.add(new Promise(() => undefined), outgoing)
  const first = underWay.ended()
  leave()
  await first
  // Nothing of it is known any more.
  await underWay.ended()
})
