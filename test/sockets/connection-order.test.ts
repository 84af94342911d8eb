import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerInOrder } from '../../node/sockets/connection-order.ts'

/** The addresses whose work began, and the answers that are not sent yet. */
const begun: string[] = []
const open: ServerResponse[] = []

const server = createServer(
  answerInOrder(({ url = '' }, outgoing) => {
    begun.push(url)
    open.push(outgoing)
  }),
)

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

const send = (paths: readonly string[]) => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''))
  return socket
}

test('of one connection a request begins when the one before is answered', async () => {
  const socket = send(['/one', '/two'])
  await vi.waitFor(() => expect(begun).toEqual(['/one']))
  open.shift()?.end('1')
  await vi.waitFor(() => expect(begun).toEqual(['/one', '/two']))
  open.shift()?.end('2')
  socket.destroy()
})

test('what waits on a connection that closes is never begun', async () => {
  begun.length = 0
  const socket = send(['/slow', '/waiting'])
  await vi.waitFor(() => expect(begun).toEqual(['/slow']))
  const [slow] = open.splice(0)
  const closed = slow && once(slow, 'close')
  socket.resetAndDestroy()
  await closed
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toEqual(['/slow'])
})
