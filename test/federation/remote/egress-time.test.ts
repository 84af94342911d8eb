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

  it('a server that is not there is a network failure', async () => {
    const gone = await startLoopbackServer((_, response) => response.end())
    await gone.close()
    expect((await failure(egressTo([gone]).get(gone.origin, plain))).code).toBe('network')
  })
})
