import type { LookupFunction } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createEgress } from '../../../federation/remote/egress.ts'
import { AGENT, egressTo, failure, plain, serve, useEgress } from './egress-to.ts'

useEgress()

/** Returns a resolver for a test. Each look-up of any name takes the next answer; the last one repeats. */
const resolver =
  (...answers: string[][]): LookupFunction =>
  (_name, options, callback) => {
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? []
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) callback(null, found)
    else callback(null, found[0]?.address ?? '', found[0]?.family)
  }

describe('addresses that are refused by their text', () => {
  const egress = createEgress({ allow: 'none', proxy: undefined, userAgent: AGENT })

  it.each([
    'http://mobilizon.example/',
    'http://127.0.0.1/',
    'ftp://mobilizon.example/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'gopher://mobilizon.example/',
    'https://user@mobilizon.example/',
    'https://user:word@mobilizon.example/',
    'https://mobilizon.example:0/',
    'https://mobilizon.example./',
    'https://localhost/',
    'https://x.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://①②⑦.⓪.⓪.①/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:7f00:1::]/',
    'https://[fe80::1]/',
    'nonsense',
    '',
  ])('%s', async (url) => {
    expect(egress.check(url)).toEqual(expect.any(String))
    await failure(egress.get(url, plain))
    await failure(egress.post(url, { body: '', headers: {} }))
  })

  it('lets public names and addresses pass', () => {
    for (const url of [
      'https://mobilizon.example/inbox',
      'https://mobilizon.example:8443/inbox',
      'https://8.8.8.8/',
      'https://[2a01:e0a::1]/',
    ])
      expect(egress.check(url)).toBeUndefined()
  })
})

describe('addresses that are refused when connecting', () => {
  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['10.1.2.3'],
    ['fd00::1'],
    ['64:ff9b::a00:1'],
    ['8.8.8.8', '127.0.0.1'],
  ])('a name that stands for %s', async (...addresses) => {
    const sink = await serve((_, response) => response.end())
    const egress = egressTo('none', { lookup: resolver(addresses) })
    const error = await failure(egress.get(`https://rebound.cafe.test:${sink.port}/`, plain))
    expect(error.code).toBe('blocked_address')
    expect(sink.connections.total).toBe(0)
  })

  it('a name that is public at the first look-up and ours at the second', async () => {
    const sink = await serve((_, response) => response.end())
    const egress = egressTo('none', { lookup: resolver(['2e00::1'], ['127.0.0.1']) })
    const url = `https://rebound.cafe.test:${sink.port}/`
    const first = await failure(egress.get(url, { ...plain, deadlineMs: 300 }))
    const second = await failure(egress.get(url, plain))
    expect(first.code).not.toBe('blocked_address')
    expect(second.code).toBe('blocked_address')
    expect(sink.connections.total).toBe(0)
  })

  it('a loopback origin that is not on the list, be it the very next port', async () => {
    const listed = await serve((_, response) => response.end('listed'))
    const sink = await serve((_, response) => response.end())
    const egress = egressTo([listed])
    expect((await egress.get(listed.origin, plain)).text).toBe('listed')
    expect((await failure(egress.get(sink.origin, plain))).code).toBe('scheme')
    await failure(egress.get(`https://127.0.0.1:${sink.port}`, plain))
    await failure(egress.get(`http://localhost:${listed.port}`, plain))
    expect(sink.connections.total).toBe(0)
  })

  it('all but loopback when all of loopback is allowed', async () => {
    const server = await serve((_, response) => response.end('here'))
    const egress = egressTo('all')
    expect((await egress.get(server.origin, plain)).text).toBe('here')
    expect((await egress.get(`http://localhost:${server.port}`, plain)).text).toBe('here')
    for (const host of ['10.0.0.1', '169.254.169.254', '[::ffff:7f00:1]', '0.0.0.0', '[::]'])
      expect(egress.check(`https://${host}/`)).toBeDefined()
    expect(egress.check('http://mobilizon.example/')).toBeDefined()
  })
})
