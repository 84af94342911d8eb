import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Site, startSite } from '../support/network.ts'

let server: Site
beforeEach(async () => {
  server = await startSite()
})
afterEach(() => server.stop())

/** Sends these bytes and returns everything that comes back until the other side closes the connection. */
function send(...bytes: string[]): Promise<string> {
  const { hostname, port } = new URL(server.origin)
  const socket = connect(Number(port), hostname)
  for (const part of bytes) socket.write(part)
  let answer = ''
  return new Promise((resolve) => {
    socket
      .setEncoding('utf8')
      .on('data', (text) => {
        answer += text
      })
      .on('error', () => undefined)
      .on('close', () => resolve(answer))
  })
}

function parse(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return { head: head.toLowerCase(), problem: JSON.parse(body) }
}

describe('what the parser of HTTP refuses is answered as a problem', () => {
  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400, 'bad-request'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost: a\r\nx y\r\n\r\n', 400, 'bad-request'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
      'bad-request',
    ],
    [
      'headers of 20 kB',
      `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'an address of 20 kB',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      431,
      'headers-too-large',
    ],
  ])('%s', async (_, bytes, status, type) => {
    const { head, problem } = parse(await send(bytes))
    expect(head).toMatch(new RegExp(`^http/1.1 ${status} `))
    expect(head).toContain('content-type: application/problem+json')
    expect(head).toContain('connection: close')
    expect(problem).toMatchObject({ status, type: expect.stringContaining(type) })
  })

  test('in the language that the request asks for, when that header was read', async () => {
    const broken = (language: string) =>
      send(`GET / HTTP/1.1\r\nHost: a\r\nAccept-Language: ${language}\r\nx y\r\n\r\n`)
    expect(parse(await broken('en-GB, fr;q=0.5')).problem.title).toBe(
      'This request is not understood.',
    )
    expect(parse(await broken('de')).problem.title).toBe('Cette demande n’est pas comprise.')
  })

  test('a body that is no HTTP is answered at once', async () => {
    const head = 'POST /api/v1/cafes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(parse(await send(`${head}zz\r\n`)).problem.status).toBe(400)
  })

  test('a request that was already answered gets no second answer', async () => {
    const answer = await send('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n', 'nonsense\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer.split('HTTP/1.1 ')).toHaveLength(2)
  })
})
