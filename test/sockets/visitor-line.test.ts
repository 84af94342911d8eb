import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createVisitorLine } from '../../node/sockets/visitor-line.ts'

/** Makes a request with the properties that the line reads. */
const from = (visitor: string, socket = new Socket()) =>
  ({ socket, headers: { visitor } }) as unknown as IncomingMessage

const keepBusy = (milliseconds: number): void => {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

function startLine() {
  const line = createVisitorLine(({ headers }) => String(headers.visitor))
  const begun: string[] = []
  const arrive = (visitor: string, socket?: Socket) =>
    line(from(visitor, socket), () => {
      keepBusy(20)
      begun.push(visitor)
    })
  return { arrive, begun }
}

test('of many requests that arrive together one begins in each turn, each visitor’s before anybody’s second', async () => {
  const { arrive, begun } = startLine()
  for (let nth = 0; nth < 5; nth++) arrive('a')
  arrive('b')
  arrive('c')
  expect(begun).toEqual(['a'])
  const turns: number[] = []
  while (begun.length < 7) {
    const before = begun.length
    await new Promise((resolve) => setImmediate(resolve))
    turns.push(begun.length - before)
  }
  expect(Math.max(...turns)).toBe(1)
  expect(begun).toEqual(['a', 'a', 'b', 'c', 'a', 'a', 'a'])
})

test('a request whose client has gone is not waited for', async () => {
  const { arrive, begun } = startLine()
  const gone = new Socket()
  arrive('a')
  arrive('b', gone)
  arrive('c')
  gone.destroy()
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toEqual(['a', 'c'])
})
