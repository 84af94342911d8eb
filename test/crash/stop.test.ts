import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { startChildServer } from '../support/child-server.ts'
import { fillDirectory } from '../support/full-directory.ts'

/** A server that is asked to stop ends what it has begun before it closes its database. */

/** Sends a request, and leaves while the answer is made. */
async function askAndLeave(port: number, path: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/html\r\n\r\n`)
  socket.resume()
  await setTimeout(100)
  socket.destroy()
}

const DATA = await fillDirectory({ fat: 300, ordinary: 1000 })
const server = await startChildServer({ ROLE: 'hub', DATA, TRUST_PROXY: '127.0.0.1' })
const port = Number(new URL(server.origin).port)
await fetch(`${server.origin}/?q=caf`)
afterAll(() => server.stop())

test('a page that two visitors ask for is made for the one who stays', async () => {
  const leaving = askAndLeave(port, '/?q=a+c+e')
  await setTimeout(50)
  const staying = await fetch(`${server.origin}/?q=a+c+e`)
  await leaving
  expect(staying.status).toBe(200)
  expect(await staying.text()).toContain('</html>')
}, 60_000)

test('a server that stops while visitors leave in the middle of long searches reports no failure', async () => {
  await Promise.all(
    Array.from({ length: 12 }, (_, turn) => askAndLeave(port, `/?q=a+c+e&page=${turn}`)),
  )
  await server.stop()
  expect(server.failures()).toEqual([])
}, 60_000)
