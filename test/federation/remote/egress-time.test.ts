import { describe, expect, it } from 'vitest'
import { startLoopbackServer } from '../../support/loopback-server.ts'
import { MEASURED } from '../../support/measured.ts'
import { egressTo, failure, plain, serve, useEgress } from './egress-to.ts'

useEgress()

describe('time', () => {
  it('a server that accepts and never answers costs the deadline', MEASURED, async () => {
    const tarpit = await serve(() => undefined)
    const begun = performance.now()
    const error = await failure(
      egressTo([tarpit]).get(tarpit.origin, { ...plain, deadlineMs: 300 }),
    )
    expect(error.code).toBe('timeout')
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  it('a server that drips its answer costs the deadline, not one per byte', MEASURED, async () => {
    const drip = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(timer))
    })
    const begun = performance.now()
    const error = await failure(egressTo([drip]).get(drip.origin, { ...plain, deadlineMs: 400 }))
    expect(error.code).toBe('timeout')
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  it('a chain of slow redirects shares one deadline', MEASURED, async () => {
    const slow = await serve((_, response) => {
      setTimeout(() => response.writeHead(302, { location: '/again' }).end(), 200)
    })
    const begun = performance.now()
    await failure(egressTo([slow]).get(slow.origin, { ...plain, deadlineMs: 350 }))
    expect(performance.now() - begun).toBeLessThan(700)
  })

  it('twenty calls to a tarpit all end in time over two connections', MEASURED, async () => {
    const tarpit = await serve(() => undefined)
    const egress = egressTo([tarpit])
    const begun = performance.now()
    const calls = Array.from({ length: 20 }, () =>
      failure(egress.get(tarpit.origin, { ...plain, deadlineMs: 400 })),
    )
    expect((await Promise.all(calls)).every(({ code }) => code === 'timeout')).toBe(true)
    expect(performance.now() - begun).toBeLessThan(1200)
    expect(tarpit.connections.most).toBeLessThanOrEqual(2)
  })

  it('a delivery whose answer never ends is known by its status', MEASURED, async () => {
    const endless = await serve((_, response) => void response.writeHead(202).write('thank'))
    const begun = performance.now()
    const answer = await egressTo([endless]).post(endless.origin, { body: '{}', headers: {} })
    expect(answer).toMatchObject({ status: 202, text: 'thank' })
    expect(performance.now() - begun).toBeLessThan(2000)
  })

  it('a delivery that waits for a connection for too long is not sent', MEASURED, async () => {
    const tarpit = await serve(() => undefined)
    const egress = egressTo([tarpit])
    const post = (path: string, deadlineMs: number) =>
      failure(egress.post(`${tarpit.origin}/${path}`, { body: '{}', headers: {}, deadlineMs }))
    const first = [post('first', 600), post('second', 600)]
    const begun = performance.now()
    expect(await post('third', 100)).toMatchObject({ code: 'timeout' })
    expect(performance.now() - begun).toBeLessThan(500)
    const codes = (await Promise.all(first)).map(({ code }) => code)
    expect(codes).toEqual(['timeout', 'timeout'])
    // The next request goes by the connection that the third one waited for.
    expect(await post('fourth', 100)).toMatchObject({ code: 'timeout' })
    const paths = tarpit.requests.map(({ url }) => url).sort()
    expect(paths).toEqual(['/first', '/fourth', '/second'])
  })

  it(
    'a delivery whose answer breaks off or never stops is known by its status',
    MEASURED,
    async () => {
      const broken = await serve((_, response) => {
        response.writeHead(202, { 'content-length': '100' }).write('thank')
        setTimeout(() => response.destroy(), 50)
      })
      const flood = await serve((_, response) => {
        response.writeHead(200)
        const pour = () => {
          while (!response.destroyed && response.write('x'.repeat(16_384)));
        }
        response.on('drain', pour)
        pour()
      })
      const egress = egressTo([broken, flood])
      const body = { body: '{}', headers: {} }
      expect(await egress.post(broken.origin, body)).toMatchObject({ status: 202, text: 'thank' })
      const begun = performance.now()
      const { status, text } = await egress.post(flood.origin, body)
      expect({ status, length: text.length }).toEqual({ status: 200, length: 64 * 1024 })
      expect(performance.now() - begun).toBeLessThan(800)
    },
  )

  it('what comes before the answer to a delivery is not the answer', async () => {
    const server = await serve((_, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () =>
        response.writeHead(410, { 'Retry-After': '7' }).end('gone'),
      )
    })
    const answer = await egressTo([server]).post(server.origin, { body: '{}', headers: {} })
    expect(answer).toMatchObject({ status: 410, headers: { 'retry-after': '7' }, text: 'gone' })
  })

  it('a server that is not there is a network failure', async () => {
    const gone = await startLoopbackServer((_, response) => response.end())
    await gone.close()
    expect((await failure(egressTo([gone]).get(gone.origin, plain))).code).toBe('network')
    const post = egressTo([gone]).post(gone.origin, { body: '{}', headers: {} })
    expect((await failure(post)).code).toBe('network')
  })
})
