import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  ACTIVITY,
  activity,
  anEvent,
  CONTEXT,
  create,
  follow,
  newId,
  openStage,
  prove,
  type Stage,
  speak,
} from '../support/hostile-stage.ts'
import { MEASURED } from '../support/measured.ts'
import { feelPulse } from '../support/pulse.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'

/** Hostile cases P01 to P08 and P15: bodies that are no activity, or that are too large. */

/** Tables that a message without a meaning to us must not change. */
const TOUCHED = ['cafe', 'cafe_document', 'document', 'follower', 'delivery', 'activity']

let stage: Stage
let v: RemoteActorFixture
beforeAll(async () => {
  stage = await openStage()
  v = stage.v.cafes
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

it.each([
  '{{{',
  '',
  ' ',
  '[]',
  'null',
  '"x"',
  '0',
  'true',
  '{}',
  '[{}]',
  '\u0000',
  '{"a":1}{"b":2}',
])('P01 the body %j is refused, signed or not', async (body) => {
  const by = stage.nextAttacker().cafes
  await stage.expectRefused(400, () => stage.post(body, { by }))
})

it('P01 bytes that are no UTF-8 are refused, or read as what they are not, never a failure of ours', async () => {
  const head = [
    'POST /inbox HTTP/1.1',
    `host: 127.0.0.1:${stage.server.port}`,
    `content-type: ${ACTIVITY}`,
  ]
  const body = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])
  const lines = [...head, `content-length: ${body.length}`, 'connection: close', '', '']
  await stage.expectNoEffect(async () => {
    const answer = await speak(
      stage.server.port,
      Buffer.concat([Buffer.from(lines.join('\r\n')), body]),
    )
    expect(answer).toMatch(/^HTTP\/1\.1 40[01]/)
  })
})

it('P03 a body of 257 KiB or 20 MiB is refused before it is read, from V as well', async () => {
  for (const size of [257 * 1024, 20 * 1024 * 1024]) {
    const body = JSON.stringify(create(v, { content: 'x'.repeat(size) }))
    await stage.expectRefused(413, () => stage.post(body, { by: v }))
  }
})

const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data; boundary=x'

it.each([
  ['/inbox', ACTIVITY, 413],
  ['/administration/connexion', FORM, 413],
  ['/administration/connexion', MULTIPART, 413],
  ['/suivre', FORM, 413],
  ['/verifier', FORM, 413],
  ['/administration/cafes', MULTIPART, 413],
  ['/api/v1/cafes', 'application/json', 401],
  ['/cafes', FORM, 404],
  ['/nulle-part', FORM, 404],
])(
  'P03 an endless body for %s of %s is answered and cut off a second later',
  async (path, type, status) => {
    await stage.expectNoEffect(async () => {
      const body = { framing: 'transfer-encoding: chunked', path, type }
      const { answer, sent } = await flood(body, `10000\r\n${'x'.repeat(0x10000)}\r\n`)
      expect([path, answer.slice(0, 12)]).toEqual([path, `HTTP/1.1 ${status}`])
      expect(sent).toBeLessThan(80 * 1024 * 1024)
    })
  },
)

it('P03 a body larger than it says is cut where it said it ends', async () => {
  const body = JSON.stringify(follow(stage, v))
  await stage.expectNoEffect(async () => {
    const lines = [
      'POST /inbox HTTP/1.1',
      `host: 127.0.0.1:${stage.server.port}`,
      `content-type: ${ACTIVITY}`,
      'content-length: 10',
      'connection: close',
    ]
    const answer = await speak(stage.server.port, `${lines.join('\r\n')}\r\n\r\n${body}`)
    expect(answer).toMatch(/^HTTP\/1\.1 400/)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })
})

it.each([
  ['both a length and chunks', 'content-length: 4\r\ntransfer-encoding: chunked'],
  ['two lengths', 'content-length: 4\r\ncontent-length: 400'],
  ['a negative length', 'content-length: -1'],
  ['chunks in two codings', 'transfer-encoding: gzip, chunked, identity'],
])('P03 a request with %s is taken for one request or none', async (_, framing) => {
  await stage.expectNoEffect(async () => {
    const head = `POST /inbox HTTP/1.1\r\nhost: 127.0.0.1:${stage.server.port}\r\n${framing}\r\n\r\n`
    const smuggled = `0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: 127.0.0.1:${stage.server.port}\r\nconnection: close\r\n\r\n`
    const answer = await speak(stage.server.port, head + smuggled)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/)
    expect(answer).not.toContain('"status":"ok"')
  })
})

it.each(['gzip', 'deflate', 'br', 'zstd', 'GZIP', 'identity, gzip', 'x-unknown'])(
  'P04 a body compressed as %s is refused without inflating it',
  async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))
    const memory = await stage.server.readMemory()
    await stage.expectRefused(415, () =>
      fetch(`${stage.server.origin}/inbox`, {
        method: 'POST',
        headers: { 'content-type': ACTIVITY, 'content-encoding': encoding, signature: 'x' },
        body: bomb,
      }),
    )
    expect((await stage.server.readMemory()) - memory).toBeLessThan(48 * 1024 * 1024)
  },
)

it.each([
  'text/plain',
  'text/html',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/json',
  'application/ld+json',
  'application/ld+json; profile="https://example.org/other"',
  'application/activity+json-seq',
  'application/activity+json, text/plain',
  '',
])('P05 the content type %j is refused, from V as well', async (type) => {
  await stage.expectRefused(415, () =>
    stage.post(create(v), { by: v, headers: { 'content-type': type } }),
  )
})

it('P06 an activity id that is missing, not https or no plain address is refused', async () => {
  const { host } = new URL(stage.v.origin)
  for (const id of [
    undefined,
    null,
    7,
    '',
    {},
    [`http://${host}/1`],
    'urn:uuid:1',
    `ftp://${host}/1`,
    'http://v.example/1',
    `http://user@${host}/1`,
    `http://user:pass@${host}/1`,
    'http://127.0.0.1:0/1',
    'https://v.example:0/1',
    'https://v.example./1',
    'https:v.example/1',
    `http:/${host}/1`,
    `http://${host}\\@evil.example/1`,
    ` http://${host}/1`,
    `http://${host}/1\n`,
    `http://${host}/\u0000`,
    `http://${host}/${'x'.repeat(3000)}`,
    'javascript:alert(1)',
  ])
    await stage.expectRefused(400, () => stage.post({ ...create(v), id }, { by: v }))
})

it('P06 a fragment is ordinary in the id of an activity, refused in that of a café, a place or an actor', async () => {
  for (const object of [
    { id: `${newId(v, 'cafes')}#x` },
    { location: { type: 'Place', name: 'Ici', id: `${newId(v, 'lieux')}#x` } },
    { location: [{ type: 'Place', name: 'Ici', id: `${newId(v, 'lieux')}#x` }] },
  ])
    await stage.expectRefused(400, () => stage.post(create(v, object), { by: v }))
  await stage.expectRefused(400, () =>
    stage.post(create(v, {}, { actor: `${v.uri}#main` }), { by: v }),
  )
  const said = create(v, {}, { id: `${newId(v, 'cafes')}#create` })
  expect((await stage.post(said, { by: v })).status).toBe(202)
  expect(stage.findCafe(said.object.id)).toBeDefined()
})

it('P07 an unknown type, and a Create of something else than an Event, are taken, counted and forgotten', async () => {
  const counted = () =>
    stage.server.query<{ total: number }>(
      `select coalesce(sum(total), 0) as total from daily_count`,
    )[0]?.total ?? 0
  await stage.settle()
  for (const [type, object] of [
    ['Florb', newId(v, 'florbs')],
    ['Create', { id: newId(v, 'videos'), type: 'Video', name: 'Film' }],
    ['Create', { id: newId(v, 'notes'), type: 'Note', content: 'Bonjour' }],
    ['Update', { id: newId(v, 'notes'), type: ['Video', 'Florb'] }],
    ['Like', newId(v, 'cafes')],
    ['constructor', newId(v, 'cafes')],
    ['toString', newId(v, 'cafes')],
    ['valueOf', newId(v, 'cafes')],
    ['hasOwnProperty', newId(v, 'cafes')],
  ] as const) {
    const before = stage.server.fingerprint(TOUCHED)
    const total = counted()
    expect((await stage.post(activity(v, type, { object }), { by: v })).status).toBe(202)
    await stage.settle()
    expect(counted()).toBe(total + 1)
    expect(stage.server.fingerprint(TOUCHED)).toEqual(before)
  }
})

it('P08 a context elsewhere, dead, slow, endless or nested is never fetched', async () => {
  const attacker = stage.nextAttacker()
  const at = (path: string) => attacker.origin + path
  attacker.pages.set('/tarpit', () => undefined)
  attacker.pages.set('/loop', { '@context': at('/loop') })
  const nested = (depth: number): unknown =>
    depth === 0 ? at('/dead') : [CONTEXT, { x: { '@id': 'as:x', '@context': nested(depth - 1) } }]
  const imports = Array.from({ length: 50 }, (_, i) => ({
    '@version': 1.1,
    '@import': at(`/${i}`),
  }))
  for (const context of [
    at('/dead'),
    [CONTEXT, at('/tarpit')],
    at('/loop'),
    [CONTEXT, ...imports],
    nested(10),
    nested(50),
    { '@vocab': at('/v#') },
    { '@base': at('/') },
    { '@language': 7 },
    { '@version': 9 },
    { id: '@type', type: '@id' },
    { object: { '@id': 'as:object', '@container': '@graph' } },
    { actor: { '@reverse': 'as:actor' } },
    { '@propagate': false },
    Array.from({ length: 2000 }, (_, i) => ({ [`t${i}`]: `https://x.example/${i}` })),
    stage.sink.origin,
    'file:///etc/passwd',
    null,
    7,
    true,
    [[[]]],
  ]) {
    const said = { ...create(v), '@context': context }
    expect([202, 400]).toContain((await stage.post(said, { by: v })).status)
    await stage.settle()
  }
  const { '@context': _, ...without } = create(v)
  expect([202, 400]).toContain((await stage.post(without, { by: v })).status)
  await stage.settle()
  expect(attacker.requests).toHaveLength(0)
})

it('P08 no context that fits into a body holds the server up', MEASURED, async () => {
  const times = <T>(length: number, make: (i: number) => T) =>
    Array.from({ length }, (_, i) => make(i))
  const terms = (length: number) =>
    Object.fromEntries(times(length, (i) => [`t${i}`, `https://x.example/${i}`]))
  const bundled = ['https://w3id.org/security/v1', 'https://w3id.org/security/data-integrity/v1']
  const costly: [string, unknown, Record<string, unknown>][] = [
    ['a long list', times(6000, (i) => ({ [`t${i}`]: `https://x.example/${i}` })), {}],
    ['a long list of usual ones', times(4000, () => CONTEXT), {}],
    ['one of many terms', [CONTEXT, terms(6000)], {}],
    [
      'one inside every tag',
      [CONTEXT, terms(900)],
      {
        tag: times(1500, (i) => ({
          '@context': [CONTEXT, { x: 'as:x' }],
          id: `https://x.example/${i}`,
        })),
      },
    ],
    [
      'one inside a term, used often',
      [CONTEXT, { x: { '@id': 'as:tag', '@context': terms(3000) } }],
      { x: times(2000, (i) => ({ id: `https://x.example/${i}` })) },
    ],
    [
      'one inside a type, used often',
      [CONTEXT, { T: { '@id': 'as:T', '@context': terms(2000) } }],
      { tag: times(5000, () => ({ type: 'T' })) },
    ],
    [
      'bundled ones',
      [CONTEXT, ...bundled],
      { tag: times(2000, () => ({ type: 'DataIntegrityProof' })) },
    ],
    ['nine thousand names', [CONTEXT, { '@vocab': 'https://x.example/' }], terms(6000)],
  ]
  const pulse = feelPulse(`${stage.server.origin}/metrics`)
  for (const [what, context, words] of costly) {
    const body = JSON.stringify({ ...create(v, words), '@context': context })
    expect(body.length, what).toBeLessThan(256 * 1024)
    const begun = performance.now()
    expect([202, 400], what).toContain((await stage.post(body, { by: v })).status)
    expect(performance.now() - begun, what).toBeLessThan(1000)
    await stage.settle()
  }
  expect((await pulse.stop()).slow).toBeLessThan(200)
})

it('keywords that rebuild a document are refused outside a context', async () => {
  for (const words of [
    { '@graph': [create(v)] },
    { '@id': newId(v) },
    { '@type': 'Delete' },
    { '@reverse': { actor: v.uri } },
    { '@included': [anEvent(v)] },
    { object: { ...anEvent(v), '@id': newId(v, 'cafes') } },
    { object: { ...anEvent(v), deep: [{ '@set': [] }] } },
    { object: { ...anEvent(v), deep: { '@list': [{ '@nest': {} }] } } },
  ])
    await stage.expectRefused(400, () => stage.post({ ...create(v), ...words }, { by: v }))
  const polluted = JSON.stringify(create(v)).replace('{', '{"__proto__":{"type":"Delete"},')
  await stage.expectRefused(400, () => stage.post(polluted, { by: v }))
})

it('a body nested a hundred thousand times is refused in a moment', async () => {
  const nested = (open: string, close: string, depth: number) =>
    JSON.stringify(create(v)).replace('{', `{"x":${open.repeat(depth)}1${close.repeat(depth)},`)
  for (const [open, close] of [
    ['[', ']'],
    ['{"x":', '}'],
  ] as const)
    for (const depth of [33, 20_000])
      await stage.expectRefused([400, 413], () => stage.post(nested(open, close, depth), { by: v }))
  await stage.expectRefused(400, () => stage.post(nested('[', ']', 100_000), { by: v }))
})

it('a key given twice is refused, and cannot mean two things', async () => {
  const theirs = await stage.publish()
  const liar = await stage.admitLiar()
  const m = liar.cafes
  const mine = JSON.stringify(activity(m, 'Delete', { object: newId(m, 'cafes') }))
  const twice = mine.replace('"object"', `"object":${JSON.stringify(theirs.id)},"object"`)
  const body = mine.replace(/"object":"[^"]*"/, (last) => `${last},"object":"${theirs.id}"`)
  await stage.expectRefused(400, () => stage.post(twice, { by: m }))
  await stage.expectRefused(400, () => stage.post(body, { by: m }))
  expect(stage.findCafe(theirs.id)).toBeDefined()
})

it('P15 an answer to an answer to an answer is not followed back', async () => {
  const attacker = stage.nextAttacker()
  let asked = 0
  for (let i = 0; i < 20; i++)
    attacker.pages.set(`/notes/${i}`, (response) => {
      asked += 1
      response.writeHead(200, { 'content-type': ACTIVITY }).end(
        JSON.stringify({
          id: `${attacker.origin}/notes/${i}`,
          type: 'Note',
          inReplyTo: `${attacker.origin}/notes/${i + 1}`,
          replies: `${attacker.origin}/notes/${i + 2}`,
        }),
      )
    })
  const inReplyTo = `${attacker.origin}/notes/1`
  for (const by of [attacker.cafes, v])
    for (const words of [
      {
        object: {
          id: newId(by, 'notes'),
          type: 'Note',
          inReplyTo,
          content: 'Oui',
          replies: inReplyTo,
        },
      },
      {
        object: anEvent(by, {
          inReplyTo,
          replies: inReplyTo,
          tag: [{ type: 'Mention', href: inReplyTo }],
        }),
      },
    ])
      expect((await stage.post(activity(by, 'Create', words), { by })).status).toBe(202)
  await stage.settle()
  expect(asked).toBe(0)
  expect(attacker.requests.map(({ url }) => url)).toEqual(['/actors/cafes'])
})

/** Sends the chunk again and again until the server closes the connection. */
async function flood(
  { framing, path = '/inbox', type = ACTIVITY }: { framing: string; path?: string; type?: string },
  chunk: string,
): Promise<{ answer: string; sent: number }> {
  const socket = connect(stage.server.port, '127.0.0.1')
  let answer = ''
  let sent = 0
  socket.setEncoding('utf8').on('data', (words) => {
    answer += words
  })
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${stage.server.port}\r\norigin: ${stage.server.origin}\r\ncontent-type: ${type}\r\nsignature: x\r\n${framing}\r\n\r\n`,
  )
  const timer = setInterval(() => {
    if (socket.write(chunk)) sent += chunk.length
  }, 2)
  await closed
  clearInterval(timer)
  return { answer, sent }
}

it('a text of a thousand signed documents to be checked holds up nobody', async () => {
  const { server } = stage
  const line = JSON.stringify(prove({ '@context': CONTEXT, ...anEvent(v) }, v))
  const text = Array(1000).fill(line).join('\n').slice(0, 900_000)
  const ask = () => {
    const body = new FormData()
    body.set('text', text)
    return fetch(`${server.origin}/verifier`, {
      ...{ method: 'POST', body, headers: { origin: server.origin } },
    })
  }
  await (await ask()).text()
  await server.takeLoopDelay()
  const answers = await Promise.all(Array.from({ length: 4 }, ask))
  for (const answer of answers) {
    expect(answer.status).toBe(200)
    await answer.text()
  }
  expect(await server.takeLoopDelay()).toBeLessThan(100)
})
