import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { watchSockets } from '../../node/server/sockets.ts'
import { ANSWER_PACE } from '../../node/sockets/answer-pace.ts'
import { MEASURED } from '../support/measured.ts'

const PACE = { grace: 300, bytesPerSecond: 2000, interval: 50 }

let server: Server
let arrived: number[]
beforeEach(async () => {
  arrived = []
  server = createServer((request, response) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    request.on('end', () => {
      arrived.push(bytes)
      response.end('ok')
    })
    request.on('error', () => undefined)
  })
  watchSockets(server, { origin: 'https://cafe.example' }, { body: PACE, answer: ANSWER_PACE })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** Sends a body of 2000 bytes, `size` of them every 20 ms. Returns the answer and the time until it came. */
async function drip(
  path: string,
  size: number,
): Promise<{ answer: string; text: string; after: number }> {
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const begun = performance.now()
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: a\r\naccept-language: en\r\ncontent-length: 2000\r\n\r\n`,
  )
  let left = 2000
  const timer = setInterval(() => {
    socket.write('x'.repeat(Math.min(size, left)))
    left -= Math.min(size, left)
    if (left === 0) clearInterval(timer)
  }, 20)
  let answer = ''
  return new Promise((resolve) => {
    const done = () => {
      clearInterval(timer)
      socket.destroy()
      const after = performance.now() - begun
      resolve({ answer: answer.split('\r\n')[0] ?? '', text: answer, after })
    }
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text
      done()
    })
    socket.on('error', () => undefined).on('close', done)
  })
}

test(
  'a photo that comes slowly but steadily arrives whole, long after others would be cut',
  MEASURED,
  async () => {
    const { answer, after } = await drip('/administration/cafes/nouveau', 60)
    expect([answer, arrived]).toEqual(['HTTP/1.1 200 OK', [2000]])
    expect(after).toBeGreaterThan(PACE.grace)
  },
)

test('the same pace is cut where nobody sends files', MEASURED, async () => {
  for (const path of ['/inbox', '/api/v1/cafes', '/administration/connexion']) {
    const { answer, after } = await drip(path, 60)
    expect([path, answer]).toEqual([path, 'HTTP/1.1 408 Request Timeout'])
    expect(after).toBeLessThan(600)
  }
})

test('who only holds a connection is cut at the administration as well', MEASURED, async () => {
  const { answer, after } = await drip('/administration/cafes/nouveau', 1)
  expect(answer).toBe('HTTP/1.1 408 Request Timeout')
  expect(after).toBeLessThan(600)
  expect(arrived).toEqual([])
})

test('a program hears why as a problem, in its language', MEASURED, async () => {
  const { text } = await drip('/api/v1/cafes', 1)
  expect(text).toMatch(/^HTTP\/1\.1 408 .*content-type: application\/problem\+json/is)
  expect(text).toContain('"title":"This request arrives too slowly."')
})
