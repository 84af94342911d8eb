import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createGate, type GateDeps } from '../../../federation/gate/gate.ts'

test('of messages that arrive together two are read in each turn of the event loop', async () => {
  // What is no JSON is refused before anything else of the gate is asked.
  const gate = createGate({
    origin: 'https://here.example',
    allow: new Set(),
  } as unknown as GateDeps)
  const begun = [0]
  const post = () => {
    const body = new Readable({
      read() {
        begun.push((begun.pop() ?? 0) + 1)
        this.push('{')
        this.push(null)
      },
      highWaterMark: 1,
    })
    const headers = new Headers({ 'content-type': 'application/activity+json' })
    return gate({ method: 'POST', path: '/inbox', headers, body, address: '192.0.2.1' })
  }
  const answers = Promise.all(Array.from({ length: 9 }, post))
  for (let turn = 0; turn < 30; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    begun.push(0)
  }
  expect((await answers).map(({ status }) => status)).toEqual(Array(9).fill(400))
  expect(Math.max(...begun)).toBe(2)
  expect(begun.reduce((sum, count) => sum + count)).toBe(9)
})
