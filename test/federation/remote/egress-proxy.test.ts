import { once } from 'node:events'
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { egressTo, failure, opened, plain, serve, useEgress } from './egress-to.ts'

useEgress()

describe('with the operator’s proxy', () => {
  /** Starts a CONNECT proxy, as public authorities use them, which records the requested targets. */
  async function startProxy(): Promise<{ url: URL; asked: string[]; close(): Promise<void> }> {
    const asked: string[] = []
    const sockets = new Set<Socket>()
    const server: Server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('data', (head) => {
        const target = head.toString().split(' ')[1] ?? ''
        asked.push(target)
        const upstream = connectTo(Number(target.split(':')[1]), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n')
          socket.pipe(upstream).pipe(socket)
        })
        sockets.add(upstream)
        upstream.on('error', () => socket.destroy())
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const proxy = {
      url: new URL(`http://127.0.0.1:${port}`),
      asked,
      close: async () => {
        for (const socket of sockets) socket.destroy()
        server.close()
      },
    }
    opened.push(proxy)
    return proxy
  }

  it('everything goes through it, by name', async () => {
    const server = await serve((_, response) => response.end('through'), { tls: true })
    const proxy = await startProxy()
    const egress = egressTo('none', { proxy: proxy.url })
    const answer = await egress.get(`https://cafe.test:${server.port}/`, plain)
    expect(answer.text).toBe('through')
    expect(proxy.asked).toEqual([`cafe.test:${server.port}`])
  })

  it('it is never asked for http, a special address or a local name', async () => {
    const proxy = await startProxy()
    const egress = egressTo('none', { proxy: proxy.url })
    for (const url of [
      'http://cafe.test/',
      'https://127.0.0.1/',
      'https://localhost/',
      'https://10.0.0.1/',
      'https://intranet/',
    ])
      await failure(egress.get(url, plain))
    expect(proxy.asked).toEqual([])
  })

  it('a proxy that never answers costs the deadline', async () => {
    const tarpit = await serve(() => undefined)
    const egress = egressTo('none', { proxy: new URL(tarpit.origin) })
    const error = await failure(egress.get('https://cafe.test/', { ...plain, deadlineMs: 300 }))
    expect(error.code).toBe('timeout')
  })
})
