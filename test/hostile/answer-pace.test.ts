import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { watchSockets } from '../../node/server/sockets.ts'
import { type AnswerPace, watchAnswers } from '../../node/sockets/answer-pace.ts'
import { PACE as BODY_PACE } from '../../node/sockets/body-pace.ts'
import { answerInOrder } from '../../node/sockets/connection-order.ts'

const MB = 1024 ** 2

/** More than the buffers of both ends of a connection hold. */
const ANSWER = Buffer.alloc(32 * MB, 'x')

const PACE: AnswerPace = {
  grace: 300,
  bytesPerSecond: 1024 * MB,
  interval: 20,
  held: 1024 * MB,
  spared: 50,
  sparedLoan: 60_000,
}

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function start(pace: AnswerPace): Promise<void> {
  server = createServer(answerInOrder((_, response) => void response.end(ANSWER)))
  watchSockets(server, { origin: 'https://cafe.example' }, { body: BODY_PACE, answer: pace })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
}

/** Requests the answer and reads nothing of it yet. */
async function ask(): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo
  const [answer] = await once(get({ port, host: '127.0.0.1', agent: false }), 'response')
  // The connection may be closed before anything more is read.
  return answer.pause().on('error', () => undefined)
}

/** Resolves with the number of bytes that arrive, and whether these are all. */
async function read(answer: IncomingMessage): Promise<{ bytes: number; isWhole: boolean }> {
  let bytes = 0
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  answer.resume()
  if (!answer.closed) await new Promise((resolve) => answer.once('close', resolve))
  return { bytes, isWhole: answer.complete }
}

/** Resolves once the server has no more than so many connections. */
async function untilConnections(most: number): Promise<void> {
  for (;;) {
    const open = await new Promise<number>((resolve) =>
      server.getConnections((_, count) => resolve(count)),
    )
    if (open <= most) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('a reader that takes nothing loses its connection, one that reads has all', async () => {
  await start(PACE)
  const silent = await ask()
  expect(await read(await ask())).toEqual({ bytes: ANSWER.length, isWhole: true })
  await untilConnections(0)
  expect((await read(silent)).isWhole).toBe(false)
})

test('a reader of a long answer has the time that a slow line needs', async () => {
  await start({ ...PACE, bytesPerSecond: 1024 })
  const silent = await ask()
  await untilConnections(1)
  await new Promise((resolve) => setTimeout(resolve, 3 * PACE.grace))
  expect(await read(silent)).toEqual({ bytes: ANSWER.length, isWhole: true })
})

test('when too much waits in memory, those that have waited longest go first', async () => {
  await start({ ...PACE, grace: 60_000, held: 2.5 * ANSWER.length })
  const first = [await ask(), await ask()]
  await new Promise((resolve) => setTimeout(resolve, 3 * PACE.interval))
  const last = [await ask(), await ask()]
  await untilConnections(2)
  for (const answer of first) expect((await read(answer)).isWhole).toBe(false)
  for (const answer of last)
    expect(await read(answer)).toEqual({ bytes: ANSWER.length, isWhole: true })
})

test('a connection with many requests counts once among those that wait', async () => {
  await start({ ...PACE, grace: 60_000, held: 2.5 * ANSWER.length })
  const slow = await ask()
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1').pause()
  socket.on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(16))
  await once(socket, 'readable')
  await new Promise((resolve) => setTimeout(resolve, 10 * PACE.spared))
  expect(await read(slow)).toEqual({ bytes: ANSWER.length, isWhole: true })
  socket.destroy()
})

test('where somebody waits for memory, those go first that have been lent it and take nothing for the longest time', async () => {
  server = createServer(answerInOrder((_, response) => void response.end(ANSWER)))
  const lent = { isWanted: () => connections > 2, lentTo: () => 'near' }
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    socket.once('close', () => {
      connections -= 1
    })
  })
  watchAnswers(server, { ...PACE, grace: 60_000, sparedLoan: 50 }, lent)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const silent = await ask()
  await new Promise((resolve) => setTimeout(resolve, 3 * PACE.interval))
  const later = [await ask(), await ask()]
  await untilConnections(2)
  expect((await read(silent)).isWhole).toBe(false)
  for (const answer of later)
    expect(await read(answer)).toEqual({ bytes: ANSWER.length, isWhole: true })
})
