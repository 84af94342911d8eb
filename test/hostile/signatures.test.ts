import { sign } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  ACTIVITY,
  create,
  follow,
  openStage,
  type Stage,
  speak,
  withHeaders,
} from '../support/hostile-stage.ts'
import { documentOf, type RemoteActorFixture } from '../support/remote-peer.ts'
import { makeRsaPair, sha256, signCavage, signMessage } from '../support/request-signer.ts'

/** Hostile cases I17 to I26: the time of a signature and its intended receiver. */

let stage: Stage
let v: RemoteActorFixture
beforeAll(async () => {
  stage = await openStage()
  v = stage.v.cafes
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

it('I17 a date two hours off, absent or malformed is refused', async () => {
  const { cafes: a } = stage.nextAttacker()
  const now = Temporal.Now.instant()
  for (const hours of [-2, 2])
    for (const spec of ['draft-cavage-http-signatures-12', 'rfc9421'] as const)
      await stage.expectRefused(401, () =>
        stage.post(follow(stage, a), { by: a, spec, at: now.add({ hours }) }),
      )
  await stage.expectRefused(401, () =>
    stage.post(follow(stage, a), {
      by: a,
      tamper: withHeaders((headers) => headers.delete('date')),
    }),
  )
  for (const date of ['soon', '2026-11-25', 'Thu, 99 Foo 2026 99:99:99 GMT', '0'])
    await stage.expectRefused(401, () => stage.post(follow(stage, a), { by: a, headers: { date } }))
})

it('I18 the same bytes again, at once and ten seconds later, are taken and applied once', async () => {
  const begun = performance.now()
  let copy = new Request(stage.server.origin)
  const keep = (request: Request) => {
    copy = request.clone() as Request
    return request
  }
  const again = () => fetch(copy.clone() as Request)
  const said = create(v)
  expect((await stage.post(said, { by: v, tamper: keep })).status).toBe(202)
  await stage.settle()
  const before = stage.server.fingerprint()
  expect((await again()).status).toBe(202)
  expect(await Promise.all([again(), again()])).toMatchObject([{ status: 202 }, { status: 202 }])
  await new Promise((resolve) => setTimeout(resolve, begun + 10_100 - performance.now()))
  expect([200, 202]).toContain((await again()).status)
  await stage.settle()
  expect(stage.server.fingerprint()).toEqual(before)
})

it('I19 what was signed a day ago is refused, from V as well', async () => {
  for (const hours of [1.1, 25]) {
    const at = Temporal.Now.instant().subtract({ minutes: hours * 60 })
    await stage.expectRefused(401, () => stage.post(create(v), { by: v, at }))
  }
})

it('I20 a body changed after signing, another’s digest, two digests or MD5 is refused', async () => {
  const { cafes: a } = stage.nextAttacker()
  const other = JSON.stringify(create(a))
  const swap = (request: Request) =>
    new Request(request.url, { method: 'POST', headers: request.headers, body: other })
  for (const spec of ['draft-cavage-http-signatures-12', 'rfc9421'] as const)
    await stage.expectRefused(401, () => stage.post(create(a), { by: a, spec, tamper: swap }))
  const right = (body: string) => `SHA-256=${sha256(body)}`
  for (const digestOf of [
    () => right(other),
    (body: string) => `${right(body)}, ${right(other)}`,
    (body: string) => `${right(other)}, ${right(body)}`,
    () => 'MD5=1B2M2Y8AsgTpgAmY7PhCfg==',
    () => 'SHA-256=',
    () => '',
  ]) {
    const body = JSON.stringify(create(a))
    await stage.expectRefused(401, () =>
      stage.post(body, { by: a, headers: { digest: digestOf(body) } }),
    )
  }
})

it('I20 two Digest headers on two lines are refused, whichever is right', async () => {
  const { cafes: a } = stage.nextAttacker()
  const body = JSON.stringify(follow(stage, a))
  const right = `SHA-256=${sha256(body)}`
  const wrong = `SHA-256=${sha256('other')}`
  for (const digests of [
    [right, wrong],
    [wrong, right],
  ]) {
    const headers = { host: `127.0.0.1:${stage.server.port}`, date: new Date().toUTCString() }
    const signature = signCavage({
      keyId: a.keyId,
      privateKey: a.rsa.privateKey,
      covered: ['(request-target)', 'host', 'date', 'digest'],
      headers: { ...headers, digest: digests.join(', ') },
      target: 'post /inbox',
    })
    const lines = [
      'POST /inbox HTTP/1.1',
      `host: ${headers.host}`,
      `date: ${headers.date}`,
      ...digests.map((digest) => `digest: ${digest}`),
      `signature: ${signature}`,
      `content-type: ${ACTIVITY}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ]
    await stage.expectNoEffect(async () => {
      expect(await speak(stage.server.port, `${lines.join('\r\n')}\r\n\r\n${body}`)).toMatch(
        /^HTTP\/1\.1 401/,
      )
    })
  }
})

it('I21 a signature that covers the date alone, or leaves out the body, is refused', async () => {
  const { cafes: a } = stage.nextAttacker()
  const body = JSON.stringify(follow(stage, a))
  const headers = {
    host: `127.0.0.1:${stage.server.port}`,
    date: new Date().toUTCString(),
    digest: `SHA-256=${sha256(body)}`,
  }
  const send = (more: Record<string, string>) =>
    fetch(`${stage.server.origin}/inbox`, {
      method: 'POST',
      body,
      headers: { ...headers, 'content-type': ACTIVITY, ...more },
    })
  for (const covered of [
    ['date'],
    ['(request-target)', 'host', 'date'],
    ['(request-target)', 'date', 'digest'],
    ['host', 'date', 'digest'],
    ['(request-target)', 'host', 'digest'],
  ]) {
    const signing = { keyId: a.keyId, privateKey: a.rsa.privateKey, target: 'post /inbox' }
    const signature = signCavage({ ...signing, covered, headers })
    await stage.expectRefused(401, () => send({ signature }))
    // Without its list of headers, a signature of the old draft covers the date alone.
    const bare = signature.replace(/headers="[^"]*",/, '')
    await stage.expectRefused(401, () => send({ signature: bare }))
  }
  const created = Math.floor(Date.now() / 1000)
  const rfc9421 = signMessage({
    components: [
      ['@method', 'POST'],
      ['@target-uri', `${stage.server.origin}/inbox`],
    ],
    parameters: `;created=${created};keyid="${a.keyId}"`,
    makeSignature: (base) => sign('sha256', base, a.rsa.privateKey),
  })
  await stage.expectRefused(401, () => send(rfc9421))
})

it('I22 a signature for another inbox or another host is refused', async () => {
  const { cafes: a } = stage.nextAttacker()
  const move = (request: Request) =>
    new Request(`${stage.server.origin}/inbox`, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      duplex: 'half',
    } as RequestInit)
  const path = '/actors/cafe-ia/inbox'
  await stage.expectRefused(401, () => stage.post(follow(stage, a), { by: a, path, tamper: move }))
  for (const host of [
    'elsewhere.example',
    `localhost:${stage.server.port}`,
    stage.v.origin.slice(7),
  ])
    await stage.expectRefused(401, () => stage.post(follow(stage, a), { by: a, headers: { host } }))
})

it('I26 a rotated key costs one fetch, and a hundred bad signatures after it none', async () => {
  const who = stage.v.addActor('rotating')
  const path = '/actors/rotating'
  expect((await stage.post(create(who), { by: who })).status).toBe(202)
  expect((await stage.post(create(who), { by: who })).status).toBe(202)
  expect(stage.v.hits(path)).toBe(1)
  const rotated = { ...who, rsa: makeRsaPair() }
  stage.v.pages.set(path, documentOf(rotated, stage.v.origin))
  const said = create(rotated)
  expect((await stage.post(said, { by: rotated })).status).toBe(202)
  expect(stage.findCafe(said.object.id)).toBeDefined()
  expect(stage.v.hits(path)).toBe(2)
  const forged = { ...who, rsa: stage.nextAttacker().cafes.rsa }
  const statuses = new Set<number>()
  await stage.expectNoEffect(async () => {
    for (let i = 0; i < 100; i++)
      statuses.add((await stage.post(create(who), { by: forged })).status)
  })
  expect([...statuses]).toEqual([401, 429])
  expect(stage.v.hits(path)).toBe(2)
  expect((await stage.post(create(who), { by: who })).status).not.toBe(202)
  expect((await stage.post(create(who), { by: rotated })).status).toBe(202)
})

it('the key of V serves the restarted server without a fetch', async () => {
  await stage.settle()
  const asked = stage.v.hits('/actors/cafes')
  await stage.server.restart()
  expect((await stage.post(create(v), { by: v })).status).toBe(202)
  expect(stage.v.hits('/actors/cafes')).toBe(asked)
})
