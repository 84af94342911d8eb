import { once } from 'node:events'
import type { LookupFunction } from 'node:net'
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AllowLoopback } from '../../../federation/remote/addresses.ts'
import { createEgress } from '../../../federation/remote/egress.ts'
import { EgressError } from '../../../federation/remote/egress-error.ts'
import { createRestingHosts } from '../../../federation/remote/resting-hosts.ts'
import type { Egress } from '../../../federation/services.ts'
import {
  LOOPBACK_CERTIFICATE,
  type LoopbackServer,
  startLoopbackServer,
} from '../../support/loopback-server.ts'
import { MEASURED } from '../../support/measured.ts'

const AGENT = 'CafeIA/0.1 (+https://cafes.example)'
const ACTIVITY = 'application/activity+json'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((thing) => thing.close()))
})

async function serve(...given: Parameters<typeof startLoopbackServer>): Promise<LoopbackServer> {
  const server = await startLoopbackServer(...given)
  opened.push(server)
  return server
}

function egressTo(
  allow: AllowLoopback | LoopbackServer[],
  more: Partial<Parameters<typeof createEgress>[0]> = {},
): Egress {
  const egress = createEgress({
    allow: Array.isArray(allow)
      ? new Set(allow.map(({ origin }) => origin))
      : (allow as AllowLoopback),
    proxy: undefined,
    userAgent: AGENT,
    ...more,
  })
  opened.push(egress)
  return egress
}

/** A resolver of the test's own: what each look-up of any name answers, in turn; the last one repeats. */
const resolver =
  (...answers: string[][]): LookupFunction =>
  (_name, options, callback) => {
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? []
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) callback(null, found)
    else callback(null, found[0]?.address ?? '', found[0]?.family)
  }

const failure = async (work: Promise<unknown>): Promise<EgressError> => {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(EgressError)
  return error as EgressError
}

const plain = { accept: '*/*' }

beforeAll(() => {
  setDefaultCACertificates([...getCACertificates('default'), LOOPBACK_CERTIFICATE])
})

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

describe('size and type', () => {
  it('more than a mebibyte is not read, whether announced or not', async () => {
    const big = Buffer.alloc(1024 * 1024 + 1, 'x')
    const announced = await serve((_, response) => response.end(big))
    const chunked = await serve((_, response) => {
      response.write(big)
      response.end()
    })
    const egress = egressTo([announced, chunked])
    for (const { origin } of [announced, chunked])
      expect((await failure(egress.get(origin, plain))).code).toBe('too_big')
  })

  it('an endless answer is left', async () => {
    let left = false
    const endless = await serve((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x')
      const more = () => {
        while (!left && response.write(chunk));
      }
      response.on('drain', more).on('close', () => {
        left = true
      })
      more()
    })
    expect((await failure(egressTo([endless]).get(endless.origin, plain))).code).toBe('too_big')
    await expect.poll(() => left).toBe(true)
  })

  it('a compressed answer, which was not asked for, is not inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(4 * 1024 * 1024))
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': ACTIVITY }).end(bomb),
    )
    expect((await failure(egressTo([server]).getJson(server.origin))).code).toBe('content_type')
    expect(server.requests[0]?.headers['accept-encoding']).toBe('identity')
  })

  const answering = (type: string, body: string, headers: Record<string, string> = {}) =>
    serve((_, response) => response.writeHead(200, { 'content-type': type, ...headers }).end(body))

  it.each([
    ACTIVITY,
    'application/activity+json; charset=utf-8',
    'Application/Activity+JSON',
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    'application/ld+json;charset=utf-8;profile=https://www.w3.org/ns/activitystreams',
    'application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted https://www.w3.org/ns/activitystreams"',
  ])('%s is ActivityPub', async (type) => {
    const server = await answering(type, '{"id":"x"}')
    expect((await egressTo([server]).getJson(server.origin)).json).toEqual({ id: 'x' })
  })

  it.each([
    'application/json',
    'application/ld+json',
    'application/ld+json; profile="https://www.w3.org/ns/anno.jsonld"',
    'text/html',
    'image/png',
    'application/activity+json, text/html',
    'text/plain; x=application/activity+json',
  ])('%s is not', async (type) => {
    const server = await answering(type, '{"id":"x"}')
    expect((await failure(egressTo([server]).getJson(server.origin))).code).toBe('content_type')
  })

  it('a page that points to an alternate is not followed', async () => {
    const link = '</k2>; rel="alternate"; type="application/activity+json"'
    const page = '<link rel="alternate" type="application/activity+json" href="/k2">'
    const server = await answering('text/html', page, { link })
    await failure(egressTo([server]).getJson(server.origin))
    expect(server.requests).toHaveLength(1)
  })

  it('other types pass where they are asked for', async () => {
    const server = await answering('application/jrd+json', '{}')
    const options = { accept: 'application/jrd+json', types: ['application/jrd+json'] }
    expect((await egressTo([server]).getJson(server.origin, options)).json).toEqual({})
  })

  it('broken JSON and broken UTF-8 are told apart', async () => {
    const broken = await answering(ACTIVITY, '{{{')
    const latin = await serve((_, response) =>
      response
        .writeHead(200, { 'content-type': ACTIVITY })
        .end(Buffer.from('{"name":"caf\xe9"}', 'latin1')),
    )
    const egress = egressTo([broken, latin])
    expect((await failure(egress.getJson(broken.origin))).code).toBe('content_type')
    expect((await egress.getJson(latin.origin)).json).toEqual({ name: 'caf\ufffd' })
  })

  it('a status is an answer to get and a failure to getJson', async () => {
    const gone = await serve((_, response) => response.writeHead(410).end())
    const egress = egressTo([gone])
    expect((await egress.get(gone.origin, plain)).status).toBe(410)
    expect(await failure(egress.getJson(gone.origin))).toMatchObject({
      code: 'status',
      status: 410,
    })
  })
})

it('every request says who we are', async () => {
  const server = await serve((_, response) =>
    response.writeHead(200, { 'content-type': ACTIVITY }).end('{}'),
  )
  const egress = egressTo([server])
  await egress.get(server.origin, plain)
  await egress.getJson(server.origin)
  await egress.post(server.origin, {
    body: 'é',
    headers: { 'content-type': ACTIVITY },
  })
  expect(server.requests.map(({ headers }) => headers['user-agent'])).toEqual([AGENT, AGENT, AGENT])
  expect(server.requests[2]?.headers).toMatchObject({
    'content-length': '2',
    'content-type': ACTIVITY,
  })
})

describe('with the operator’s proxy', () => {
  /** A CONNECT proxy as administrations have them, which notes what it is asked for. */
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
