import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { AGENT, egressTo, failure, plain, serve, useEgress } from './egress-to.ts'

useEgress()

const ACTIVITY = 'application/activity+json'

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
