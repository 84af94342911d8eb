import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  ACTIVITY,
  a,
  CONTEXT,
  create,
  expectRefused,
  follow,
  hostile,
  node,
  post,
  useGate,
  v,
} from './gate-stage.ts'

useGate()

describe('parsing', () => {
  it.each(['{{{', '', '[]', 'null', '"x"', '0', 'true', '{}', '[{}]', '{"a":1}{"b":2}'])(
    'P01 the body %j',
    async (body) => {
      await expectRefused(post(body), 400)
      expect(hostile.requests).toHaveLength(0)
    },
  )

  it.each([
    [['Follow', 'Delete']],
    [['Follow', 5]],
    [['https://x.test/Follow']],
    [[]],
    [['One', 'Other']],
    [Array(11).fill('Follow')],
    [[['Follow']]],
  ])('P02 an activity has one type by which it is read, and not %j', async (type) => {
    await expectRefused(post(follow(a, { type })), 400)
  })

  it('P03 more than 256 KiB, announced, chunked, or longer than announced', async () => {
    const large = JSON.stringify(follow(a, { x: 'x'.repeat(257 * 1024) }))
    await expectRefused(post(large), 413)
    const stream = (body: string) =>
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(body))
          controller.close()
        },
      })
    const chunked = (request: Request) =>
      new Request(request.url, {
        method: 'POST',
        headers: request.headers,
        body: stream(large),
        duplex: 'half',
      } as RequestInit)
    await expectRefused(post(follow(a), { tamper: chunked }), 413)
    const most = JSON.stringify(follow(v, { x: 'x'.repeat(255 * 1024) }))
    expect((await post(most, { by: v })).status).toBe(202)
  })

  it('P03 an endless body is answered and cut', async () => {
    const socket = connect(node.port, '127.0.0.1')
    let answer = ''
    let sent = 0
    socket.on('data', (data) => {
      answer += data.toString()
    })
    socket.on('error', () => undefined)
    const head = [
      'POST /inbox HTTP/1.1',
      `host: 127.0.0.1:${node.port}`,
      `content-type: ${ACTIVITY}`,
    ]
    socket.write(`${head.join('\r\n')}\r\nsignature: x\r\ntransfer-encoding: chunked\r\n\r\n`)
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    const timer = setInterval(() => {
      if (socket.write(chunk)) sent += chunk.length
    }, 5)
    await closed
    clearInterval(timer)
    expect(answer).toMatch(/^HTTP\/1\.1 413/)
    expect(sent).toBeLessThan(20 * 1024 * 1024)
    expect(node.accepted).toEqual([])
  })

  it('P04 a compressed body is not inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024, ' '))
    const headers = { 'content-type': ACTIVITY, 'content-encoding': 'gzip', signature: 'x' }
    await expectRefused(fetch(`${node.origin}/inbox`, { method: 'POST', headers, body: bomb }), 415)
  })

  it.each([
    'text/plain',
    'text/html',
    'multipart/form-data; boundary=x',
    'application/json',
    'application/ld+json',
    'application/ld+json; profile="https://example.org/other"',
    'application/x-www-form-urlencoded',
  ])('P05 the content type %s', async (type) => {
    await expectRefused(post(follow(a), { headers: { 'content-type': type } }), 415)
  })

  it('P06 an activity id that is missing, not https, or no plain address', async () => {
    const { host } = new URL(hostile.origin)
    for (const id of [
      undefined,
      7,
      '',
      'urn:uuid:1',
      `ftp://${host}/1`,
      'http://mobilizon.example/1',
      `http://user@${host}/1`,
      `http://@${host}/1`,
      'https://u:p@mobilizon.example/1',
      'https://mobilizon.example:0/1',
      'https://mobilizon.example./1',
      'https:mobilizon.example/1',
      'https://mobilizon.example\\@evil.example/1',
      ` ${hostile.origin}/1`,
      `${hostile.origin}/1\n`,
      `${hostile.origin}/${'x'.repeat(3000)}`,
    ])
      await expectRefused(post(follow(a, { id })), 400)
  })

  it('P06 a fragment in the id of an object, a place or the actor', async () => {
    await expectRefused(post(create(a, { id: `${hostile.origin}/cafes/1#x` })), 400)
    const place = { type: 'Place', id: `${hostile.origin}/lieux/1#x` }
    await expectRefused(post(create(a, { location: place })), 400)
    await expectRefused(post(create(a, { location: [place] })), 400)
    await expectRefused(post(follow(a, { actor: `${a.uri}#x` })), 400)
  })

  it('keywords of JSON-LD outside a context, a key __proto__, and depth beyond 32', async () => {
    for (const extra of [
      { '@graph': [] },
      { '@id': `${hostile.origin}/x` },
      { object: { '@reverse': {} } },
      { object: { deep: [{ '@included': [] }] } },
      { '@type': 'Create' },
    ])
      await expectRefused(post(follow(a, extra)), 400)
    const body = JSON.stringify(follow(a)).replace('{', '{"__proto__":{"x":1},')
    await expectRefused(post(body), 400)
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    const deep = (depth: number) => JSON.stringify(follow(v)).replace('{', `{"x":${nested(depth)},`)
    await expectRefused(post(deep(32)), 400)
    await expectRefused(post(deep(100_000)), 400)
    const context = JSON.stringify(follow(a)).replace(`"${CONTEXT}"`, nested(40))
    await expectRefused(post(context), 400)
    expect((await post(deep(31), { by: v })).status).toBe(202)
  })

  it('keys of a refusal in a body are just keys', async () => {
    const forged = { status: 200, reason: 'let me in' }
    await expectRefused(post({ ...forged }), 400)
    await expectRefused(post(follow(v, forged)), 401)
  })
})
