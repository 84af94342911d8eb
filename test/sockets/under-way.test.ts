import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUnderWay } from '../../node/sockets/under-way.ts'
import { endIfLeft, runAsLongWork, VisitorLeft } from '../../node/turns/turns.ts'

const server = createServer()
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

/** Returns the unfinished answer to a request whose visitor can leave. */
async function ask(method = 'GET'): Promise<{ outgoing: ServerResponse; leave: () => void }> {
  const { port } = server.address() as AddressInfo
  const asked = once(server, 'request')
  const asking = request({ port, host: '127.0.0.1', method })
    .on('error', () => undefined)
    .end()
  const [, outgoing] = await asked
  return { outgoing, leave: () => asking.destroy() }
}

test('it ends with the last work, though the visitor has left', async () => {
  const underWay = createUnderWay()
  await underWay.ended()
  const { outgoing, leave } = await ask()
  const work = Promise.withResolvers<void>()
  underWay.begin(() => work.promise, outgoing)
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
  underWay.begin(() => new Promise(() => undefined), outgoing)
  const first = underWay.ended()
  leave()
  await first
  // Nothing of it is known any more.
  await underWay.ended()
})

/** Returns what `endIfLeft` throws, or 'goes on', within the work for a request whose visitor leaves. */
async function stepAfterLeaving(method: string, step = endIfLeft): Promise<unknown> {
  const underWay = createUnderWay()
  const { outgoing, leave } = await ask(method)
  const result = Promise.withResolvers<unknown>()
  underWay.begin(async () => {
    step()
    leave()
    await once(outgoing, 'close')
    try {
      await step()
      result.resolve('goes on')
    } catch (error) {
      result.resolve(error)
    }
  }, outgoing)
  await underWay.ended()
  return result.promise
}

test('a search ends when its visitor has left; a change and long work go on', async () => {
  expect(await stepAfterLeaving('GET')).toBeInstanceOf(VisitorLeft)
  expect(await stepAfterLeaving('HEAD')).toBeInstanceOf(VisitorLeft)
  expect(await stepAfterLeaving('POST')).toBe('goes on')
  const inLongWork = () => void runAsLongWork(async () => endIfLeft())
  expect(await stepAfterLeaving('GET', inLongWork)).toBe('goes on')
})

test('work goes on where its answer was sent', async () => {
  const underWay = createUnderWay()
  const { outgoing } = await ask()
  const result = Promise.withResolvers<void>()
  underWay.begin(async () => {
    outgoing.end('all')
    await once(outgoing, 'close')
    try {
      endIfLeft()
      result.resolve()
    } catch (error) {
      result.reject(error)
    }
  }, outgoing)
  await result.promise
})
