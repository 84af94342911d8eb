import { describe, expect, it } from 'vitest'
import { createRestingHosts } from '../../../federation/remote/resting-hosts.ts'
import type { LoopbackServer } from '../../support/loopback-server.ts'
import { egressTo, failure, plain, serve, useEgress } from './egress-to.ts'

useEgress()

describe('redirects', () => {
  const redirectTo = (location: string) =>
    serve((_, response) => response.writeHead(302, { location }).end())

  it('are followed three times', async () => {
    const server = await serve((request, response) => {
      const hop = Number(request.url?.slice(1))
      if (hop === 0) response.end('arrived')
      else response.writeHead(302, { location: `/${hop - 1}` }).end()
    })
    const egress = egressTo([server])
    const answer = await egress.get(`${server.origin}/3`, plain)
    expect(answer).toMatchObject({ text: 'arrived', url: `${server.origin}/0` })
    expect((await failure(egress.get(`${server.origin}/4`, plain))).code).toBe('redirect')
    expect(server.requests).toHaveLength(4 + 4)
  })

  it('to an address of ours are not followed', async () => {
    const sink = await serve((_, response) => response.end())
    const from = await redirectTo(`${sink.origin}/secret`)
    await failure(egressTo([from]).get(from.origin, plain))
    expect(sink.connections.total).toBe(0)
  })

  it.each(['file:///etc/passwd', 'data:text/plain,x', 'gopher://127.0.0.1/', 'https://[::1]/'])(
    'to %s are not followed',
    async (location) => {
      const from = await redirectTo(location)
      await failure(egressTo([from]).get(from.origin, plain))
    },
  )

  it('from https to http are not followed, even where http is allowed', async () => {
    const sink = await serve((_, response) => response.end())
    const from = await serve(
      (_, response) => response.writeHead(302, { location: sink.origin }).end(),
      { tls: true },
    )
    const error = await failure(egressTo([from, sink]).get(from.origin, plain))
    expect(error.code).toBe('redirect')
    expect(from.requests).toHaveLength(1)
    expect(sink.connections.total).toBe(0)
  })

  it('to a silent server are no failure of that server, nor of the one that answered', async () => {
    const victim = await serve(() => undefined)
    const from = await redirectTo(`${victim.origin}/x`)
    const now = Temporal.Now.instant
    const hosts = createRestingHosts(now)
    const egress = egressTo([from, victim], { hosts, now })
    const hostOf = ({ origin }: LoopbackServer) => new URL(origin).host
    const { code } = await failure(egress.get(from.origin, { ...plain, deadlineMs: 200 }))
    expect(code).toBe('timeout')
    expect([from, victim].map((server) => hosts.isFailing(hostOf(server)))).toEqual([false, false])
    await failure(egress.get(victim.origin, { ...plain, deadlineMs: 200 }))
    expect(hosts.isFailing(hostOf(victim))).toBe(true)
  })

  it('are signed anew on each hop, and lose the caller’s own headers on another server', async () => {
    const target = await serve((_, response) => response.end())
    const from = await redirectTo(`${target.origin}/there`)
    await egressTo([from, target]).get(from.origin, {
      ...plain,
      headers: { 'if-none-match': '"x"' },
      sign: async ({ url, headers }) => ({ ...headers, signature: `for ${url}` }),
    })
    expect(from.requests[0]?.headers).toMatchObject({
      signature: `for ${from.origin}/`,
      'if-none-match': '"x"',
    })
    expect(target.requests[0]?.headers.signature).toBe(`for ${target.origin}/there`)
    expect(target.requests[0]?.headers['if-none-match']).toBeUndefined()
  })

  it('are an answer like another to a POST', async () => {
    const sink = await serve((_, response) => response.end())
    const from = await serve((_, response) =>
      response.writeHead(307, { location: sink.origin }).end(),
    )
    const answer = await egressTo([from, sink]).post(from.origin, { body: '{}', headers: {} })
    expect(answer.status).toBe(307)
    expect(sink.connections.total).toBe(0)
  })
})
