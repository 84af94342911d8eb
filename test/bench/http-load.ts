import { connect, type Socket } from 'node:net'
import type { Samples } from './measures.ts'

export type Load = {
  /** The port of a server, or those of several, between which the connections are divided. */
  port: number | readonly number[]
  /** Whole requests in bytes, each sent once. */
  requests: readonly Buffer[]
  /** The number of keep-alive connections, each with one pending request. */
  connections: number
  /** The rate; undefined means as fast as the answers come. */
  perSecond: number | undefined
  seconds: number
}

export type Answers = {
  /** The number of answers by status; 0 stands for an incomplete answer. */
  statuses: Record<number, number>
  /** Milliseconds from the first byte that is sent to the last that is received. */
  latencies: Samples
  seconds: number
}

/**
 * Sends prepared requests over plain sockets. An HTTP client costs as much as a server, and its cost must not count as
 * that of the server.
 */
export async function sendAll(load: Load): Promise<Answers> {
  const { requests, perSecond, seconds } = load
  const answers: Answers = { statuses: {}, latencies: [], seconds: 0 }
  const began = performance.now()
  let next = 0
  const isOver = () => next >= requests.length || performance.now() - began > seconds * 1000
  const ports = [load.port].flat()
  const work = async (index: number) => {
    const line = await openLine(ports[index % ports.length] ?? 0)
    while (!isOver()) {
      const number = next++
      const due = perSecond === undefined ? 0 : began + (number * 1000) / perSecond
      const early = due - performance.now()
      if (early > 1) await new Promise((resolve) => setTimeout(resolve, early))
      const request = requests[number]
      if (!request) break
      const sent = performance.now()
      const status = await line.ask(request)
      // A request that was due earlier and waited for a free connection counts with its waiting time.
      answers.latencies.push(performance.now() - Math.min(sent, due || sent))
      answers.statuses[status] = (answers.statuses[status] ?? 0) + 1
    }
    line.close()
  }
  await Promise.all(Array.from({ length: load.connections }, (_, index) => work(index)))
  answers.seconds = (performance.now() - began) / 1000
  return answers
}

/** Opens one connection, which is opened again when the server closes it. */
async function openLine(port: number): Promise<{
  ask: (request: Buffer) => Promise<number>
  close: () => void
}> {
  let socket: Socket | undefined
  const ask = async (request: Buffer): Promise<number> => {
    socket = socket && !socket.destroyed ? socket : await open(port).catch(() => undefined)
    if (!socket) return 0
    socket.write(request)
    return readAnswer(socket)
  }
  return { ask, close: () => socket?.destroy() }
}

async function open(port: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
  socket.once('error', reject)
  return promise
}

/** Resolves with the status once the whole answer has arrived; with 0 when the connection broke. */
function readAnswer(socket: Socket): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  let text = ''
  const end = (status: number) => {
    socket.off('data', take).off('close', fail).off('error', fail)
    if (status === 0 || /\r\nconnection: close/i.test(text)) socket.destroy()
    resolve(status)
  }
  const take = (chunk: Buffer) => {
    text += chunk.toString('latin1')
    if (isWhole(text)) end(Number(text.slice(9, 12)))
  }
  const fail = () => end(0)
  socket.on('data', take).on('close', fail).on('error', fail)
  return promise
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]
  if (length !== undefined) return text.length >= head + 4 + Number(length)
  return !/\r\ntransfer-encoding: chunked/i.test(text) || text.endsWith('\r\n0\r\n\r\n')
}
