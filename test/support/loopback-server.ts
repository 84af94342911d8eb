import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** A self-signed certificate for 127.0.0.1, localhost, cafe.test and *.cafe.test. */
const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/loopback-tls/${name}`, import.meta.url), 'utf8')
export const LOOPBACK_CERTIFICATE = fixture('cert.pem')
export const LOOPBACK_KEY = fixture('key.pem')
/** With the same key, valid in January 2024 only. */
export const EXPIRED_CERTIFICATE = fixture('expired.pem')

export type LoopbackServer = {
  /** `http://127.0.0.1:PORT` or `https://127.0.0.1:PORT`. */
  origin: string
  port: number
  /** Every request that arrived, in order. */
  requests: IncomingMessage[]
  /** The most requests that waited for their answers at one time. */
  waiting: { most: number }
  /**
   * Connections ever made, and the most that were open at one time. A client may open one that it does not use: undici
   * does when it gives up a request.
   */
  connections: { total: number; most: number }
  close(): Promise<void>
}

/** Starts a real server on 127.0.0.1 that records what reaches it. */
export async function startLoopbackServer(
  listener: RequestListener,
  { tls = false } = {},
): Promise<LoopbackServer> {
  const requests: IncomingMessage[] = []
  const waiting = { now: 0, most: 0 }
  const note: RequestListener = (request, response) => {
    requests.push(request)
    waiting.most = Math.max(waiting.most, ++waiting.now)
    response.on('close', () => --waiting.now)
    listener(request, response)
  }
  const server: Server = tls
    ? createTlsServer({ key: LOOPBACK_KEY, cert: LOOPBACK_CERTIFICATE }, note)
    : createServer(note)
  const connections = { total: 0, most: 0 }
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    connections.total += 1
    connections.most = Math.max(connections.most, open.size)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    waiting,
    connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        for (const socket of open) socket.destroy()
      }),
  }
}
