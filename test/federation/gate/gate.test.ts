import { sign } from 'node:crypto'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LimitSettings } from '../../../federation/gate/limits.ts'
import { addProof } from '../../../federation/wire/proof.ts'
import { startInbox, type TestInbox } from '../../support/inbox.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'
import { MEASURED } from '../../support/measured.ts'
import {
  documentOf,
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'
import {
  makeRsaPair,
  pemOf,
  type Spec,
  sha256,
  signByFedify,
  signCavage,
  signMessage,
} from '../../support/request-signer.ts'

const ACTIVITY = 'application/activity+json'
const CONTEXT = 'https://www.w3.org/ns/activitystreams'

let honest: RemotePeer
let hostile: RemotePeer
let sink: LoopbackServer
let node: TestInbox
/** V: an honest peer's actor. A: a hostile server's. */
let v: RemoteActorFixture
let a: RemoteActorFixture

async function open(limits: Partial<LimitSettings> = {}): Promise<TestInbox> {
  return startInbox({ allow: new Set([honest.origin, hostile.origin]), limits })
}

beforeEach(async () => {
  honest = await startRemotePeer(0)
  hostile = await startRemotePeer(1)
  sink = await startLoopbackServer((_, response) => response.end())
  v = honest.addActor('v')
  a = hostile.addActor('a')
  node = await open()
})

afterEach(async () => {
  await Promise.all([honest, hostile, sink, node].map((thing) => thing.close()))
})

let count = 0
const originOf = (actor: RemoteActorFixture) => new URL(actor.uri).origin

const follow = (actor: RemoteActorFixture, change: object = {}) => ({
  '@context': CONTEXT,
  id: `${originOf(actor)}/activities/${++count}`,
  type: 'Follow',
  actor: actor.uri,
  object: `${node.origin}/actors/cafes`,
  ...change,
})

const create = (actor: RemoteActorFixture, object: object = {}, change: object = {}) => ({
  '@context': CONTEXT,
  id: `${originOf(actor)}/activities/${++count}`,
  type: 'Create',
  actor: actor.uri,
  object: {
    id: `${originOf(actor)}/cafes/${count}`,
    type: 'Event',
    name: 'Café IA',
    attributedTo: actor.uri,
    ...object,
  },
  ...change,
})

type Signing = {
  by?: RemoteActorFixture
  keyId?: string
  spec?: Spec
  path?: string
  headers?: Record<string, string>
  /** Changes the signed request before it leaves. */
  tamper?: (request: Request) => Request
}

/** Signs as `by` does with Fedify's code, and sends over a socket. */
async function post(activity: unknown, signing: Signing = {}): Promise<Response> {
  const { by = a, path = '/inbox', tamper = (request) => request } = signing
  const body = typeof activity === 'string' ? activity : JSON.stringify(activity)
  const request = new Request(node.origin + path, {
    method: 'POST',
    body,
    headers: { 'content-type': ACTIVITY, ...signing.headers },
  })
  const signed = await signByFedify(
    request,
    { privateKey: by.rsa.privateKey, keyId: signing.keyId ?? by.keyId },
    { spec: signing.spec ?? 'draft-cavage-http-signatures-12', currentTime: node.now() },
  )
  return fetch(tamper(signed))
}

const withHeaders = (change: Record<string, string | undefined>) => (request: Request) => {
  const headers = new Headers(request.headers)
  for (const [name, value] of Object.entries(change))
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  return new Request(request, { headers })
}

/** Refused, in time, without a trace; the sink has heard nothing. */
async function expectRefused(answer: Promise<Response>, status: number | number[]) {
  const begun = performance.now()
  const response = await answer
  expect([status].flat()).toContain(response.status)
  expect(performance.now() - begun).toBeLessThan(2000)
  expect(node.accepted).toEqual([])
  expect([...node.actors]).toEqual([])
  expect(sink.connections.total).toBe(0)
}

describe('what is let through', () => {
  it.each<Spec>(['draft-cavage-http-signatures-12', 'rfc9421'])(
    'a Follow signed by %s',
    async (spec) => {
      const activity = follow(v)
      const response = await post(activity, { by: v, spec })
      expect(response.status).toBe(202)
      expect(node.accepted).toMatchObject([
        { activity, id: activity.id, type: 'Follow', actorUri: v.uri, signerUri: v.uri },
      ])
      expect(node.actors.get(v.uri)?.actor).toEqual({
        uri: v.uri,
        type: 'Group',
        name: 'Café IA de Die',
        preferredUsername: 'cafes',
        inbox: `${v.uri}/inbox`,
        sharedInbox: `${honest.origin}/inbox`,
      })
      expect(node.accepted[0]?.actorDocument?.actor.uri).toBe(v.uri)
    },
  )

  it('one signed with an Ed25519 key that the actor lists as a Multikey', async () => {
    const body = JSON.stringify(follow(v))
    const digest = `sha-256=:${sha256(body)}:`
    const created = Math.floor(node.now().epochMilliseconds / 1000)
    const headers = {
      'content-type': ACTIVITY,
      'content-digest': digest,
      ...signMessage({
        components: [
          ['@method', 'POST'],
          ['@target-uri', `${node.origin}/inbox`],
          ['content-digest', digest],
        ],
        parameters: `;created=${created};keyid="${v.ed25519KeyId}";alg="ed25519"`,
        makeSignature: (base) => sign(null, base, v.ed25519.privateKey),
      }),
    }
    const response = await fetch(`${node.origin}/inbox`, { method: 'POST', headers, body })
    expect(response.status).toBe(202)
    expect(node.accepted).toHaveLength(1)
  })

  it('the second message of an actor without a second fetch, at the actor’s own inbox too', async () => {
    await post(follow(v), { by: v })
    const response = await post(create(v), { by: v, path: '/actors/cafes/inbox' })
    expect(response.status).toBe(202)
    expect(honest.requests).toHaveLength(1)
    expect(node.accepted.map(({ actorDocument }) => actorDocument !== undefined)).toEqual([
      true,
      false,
    ])
  })

  it('ten at once from an actor never seen, with one fetch', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(follow(v), { by: v })))
    expect(answers.every(({ status }) => status === 202)).toBe(true)
    expect(node.accepted).toHaveLength(10)
    expect(honest.requests).toHaveLength(1)
  })

  it('an exact replay within the hour, for the inbox to count as seen (I18)', async () => {
    let sent: Request | undefined
    const keep = (request: Request) => {
      sent = request.clone() as Request
      return request
    }
    await post(follow(v), { by: v, tamper: keep })
    node.later.ms = 10_000
    expect((await fetch(sent as Request)).status).toBe(202)
    expect(node.accepted[0]?.id).toBe(node.accepted[1]?.id)
  })

  it('a key of an actor whose key id is its own address, as activitypub-express has it', async () => {
    expect((await post(follow(v), { by: v, keyId: v.uri })).status).toBe(202)
    expect((await post(follow(v), { by: v, keyId: v.uri })).status).toBe(202)
    expect(honest.requests).toHaveLength(1)
  })

  it('one of several keys, and one with bytes after its PEM', async () => {
    const publicKeyPem = `${pemOf(v.rsa.publicKey)}\u0000\u0001garbage`
    honest.addActor('v', {
      publicKey: [
        { id: `${v.uri}#old`, owner: v.uri, publicKeyPem: pemOf(a.rsa.publicKey) },
        { id: v.keyId, owner: v.uri, publicKeyPem },
      ],
    })
    expect((await post(follow(v), { by: v })).status).toBe(202)
  })

  it('an embedded actor, an activity id with a fragment, an unknown type', async () => {
    const embedded = follow(v, { actor: { id: v.uri, type: 'Person' } })
    expect((await post(embedded, { by: v })).status).toBe(202)
    const fragment = follow(v, { id: `${v.uri}#follows/1` })
    expect((await post(fragment, { by: v })).status).toBe(202)
    expect((await post(follow(v, { type: 'Florb' }), { by: v })).status).toBe(202)
    expect(node.accepted.map(({ actorUri }) => actorUri)).toEqual([v.uri, v.uri, v.uri])
  })

  it('ld+json with the ActivityStreams profile, keywords inside a context, lone surrogates', async () => {
    const headers = { 'content-type': `application/ld+json; profile="${CONTEXT}"` }
    const context = [CONTEXT, { x: { '@id': 'as:x', '@type': '@id' } }]
    const response = await post(create(v, { name: '\ud800 Café', '@context': context }), {
      by: v,
      headers,
    })
    expect(response.status).toBe(202)
  })

  it('an Undo whose id is on our origin, as snac2 sends it', async () => {
    const undo = {
      id: `${node.origin}/actors/cafes/Undo_1`,
      type: 'Undo',
      actor: v.uri,
      object: `${node.origin}/actors/cafes`,
    }
    expect((await post(undo, { by: v })).status).toBe(202)
    expect((await post({ ...undo, type: 'Follow' }, { by: v })).status).toBe(403)
  })

  it('a café attributed to several actors of one server', async () => {
    const object = { attributedTo: [v.uri, { id: `${honest.origin}/actors/b`, type: 'Group' }] }
    expect((await post(create(v, object), { by: v })).status).toBe(202)
  })
})

describe('fetching keys', () => {
  /** As somebody at another address would: signed by A’s key under a key id that is elsewhere. */
  const claim = (origin: string) =>
    post(
      { ...follow(a), id: `${origin}/1`, actor: `${origin}/a` },
      { keyId: `${origin}/a#main-key` },
    )

  it('S01 never at a loopback origin that is not allowed', async () => {
    await expectRefused(claim(sink.origin), 401)
  })

  it.each([
    'https://[::1]',
    'https://[::]',
    'https://[::ffff:7f00:1]',
    'https://0.0.0.0',
    'https://2130706433',
    'https://0x7f.1',
    'https://127.1',
    'https://100.64.0.1',
    'https://198.18.0.1',
    'https://224.0.0.1',
    'https://240.0.0.1',
    'https://192.0.2.1',
    'https://169.254.169.254',
    'https://localhost',
  ])('S02–S04 never at %s', async (origin) => {
    await expectRefused(claim(origin), 401)
  })

  it('S08, S11 never through a redirect to an address of ours or another scheme', async () => {
    for (const location of [sink.origin, 'file:///etc/passwd', 'https://127.0.0.1/', 'data:,x']) {
      const b = hostile.addActor(`b${++count}`)
      hostile.pages.set(new URL(b.uri).pathname, (response) =>
        response.writeHead(302, { location }).end(),
      )
      await expectRefused(post(follow(b), { by: b }), 401)
    }
  })

  it('never through a redirect to another server, though the document claims the id', async () => {
    const uri = `${honest.origin}/redirect`
    const posing = { ...a, uri, keyId: `${uri}#main-key` }
    hostile.pages.set('/posing', documentOf(posing, honest.origin))
    honest.pages.set('/redirect', (response) =>
      response.writeHead(302, { location: `${hostile.origin}/posing` }).end(),
    )
    await expectRefused(post(follow(posing), { by: posing }), 401)
    expect(hostile.hits('/posing')).toBe(1)
  })

  it('S10 once, when the answer is a page that points elsewhere', async () => {
    hostile.pages.set('/actors/a', (response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', link: '</k2>; rel="alternate"' })
        .end('<link rel="alternate" type="application/activity+json" href="/k2">'),
    )
    for (let i = 0; i < 3; i++) await expectRefused(post(follow(a)), 401)
    expect(hostile.requests).toHaveLength(1)
  })

  it('S12 an actor whose inbox is an address of ours may not speak', async () => {
    for (const inbox of [
      `${sink.origin}/admin`,
      'https://10.0.0.1/inbox',
      `${honest.origin}/inbox`,
      undefined,
    ]) {
      const b = hostile.addActor(`b${++count}`, { inbox })
      await expectRefused(post(follow(b), { by: b }), 403)
    }
  })

  it('a shared inbox elsewhere is not kept', async () => {
    const b = honest.addActor('b', { endpoints: { sharedInbox: `${sink.origin}/inbox` } })
    expect((await post(follow(b), { by: b })).status).toBe(202)
    expect(node.actors.get(b.uri)?.actor.sharedInbox).toBeUndefined()
  })

  it('a document that is not the actor’s, of no actor’s type, or broken gives no key', async () => {
    const whole = documentOf(a, hostile.origin)
    const wrong = [
      { ...whole, id: `${a.uri}/` },
      { ...whole, id: v.uri },
      { ...whole, type: 'Note' },
      { ...whole, publicKey: { ...whole.publicKey, owner: v.uri }, assertionMethod: [] },
      { ...whole, publicKey: { ...whole.publicKey, id: v.keyId } },
      { ...whole, publicKey: { ...whole.publicKey, publicKeyPem: 'noise' } },
      { ...whole, publicKey: [] },
      [whole],
    ]
    for (const document of wrong) {
      hostile.pages.set('/actors/a', document)
      await expectRefused(post(follow(a)), 401)
      node.later.ms += 6 * 60_000
    }
  })

  it('a place that writes before its own address answers is read when it tries again', async () => {
    hostile.pages.delete('/actors/a')
    expect((await post(follow(a))).status).toBe(401)
    hostile.addActor('a')
    node.later.ms = 9_000
    expect((await post(follow(a))).status).toBe(401)
    expect(hostile.requests).toHaveLength(1)
    node.later.ms = 10_000
    expect((await post(follow(a))).status).toBe(202)
  })

  it('what fails again and again is asked twice as late each time, every five minutes in the end', async () => {
    hostile.pages.delete('/actors/a')
    const fetchedAt: number[] = []
    for (let second = 0; second < 1300; second += 5) {
      node.later.ms = second * 1000
      const before = hostile.requests.length
      await post(follow(a), { headers: { 'x-source': `192.0.2.${second % 250}` } })
      if (hostile.requests.length > before) fetchedAt.push(second)
    }
    expect(fetchedAt).toEqual([0, 10, 30, 70, 150, 310, 610, 910, 1210])
  })

  it(
    'S18, S19 a server that never answers costs ten seconds at most, and nobody else’s time',
    MEASURED,
    async () => {
      hostile.pages.set('/actors/a', () => undefined)
      const drip = hostile.addActor('drip')
      hostile.pages.set('/actors/drip', (response) => {
        response.writeHead(200, { 'content-type': ACTIVITY })
        const timer = setInterval(() => response.write(' '), 200)
        response.on('close', () => clearInterval(timer))
      })
      const begun = performance.now()
      const waiting = [
        ...Array.from({ length: 20 }, () => post(follow(a))),
        post(follow(drip), { by: drip }),
      ]
      expect((await post(follow(v), { by: v })).status).toBe(202)
      expect(performance.now() - begun).toBeLessThan(1500)
      expect((await Promise.all(waiting)).every(({ status }) => status === 401)).toBe(true)
      expect(performance.now() - begun).toBeLessThan(10_000)
    },
  )

  it('I26 a changed key is fetched once more, a hundred bad signatures are not', async () => {
    await post(follow(v), { by: v })
    const rsa = makeRsaPair()
    const rotated = { ...v, rsa }
    honest.pages.set('/actors/v', documentOf(rotated, honest.origin))
    expect((await post(follow(v), { by: rotated })).status).toBe(202)
    expect(honest.hits('/actors/v')).toBe(2)
    const bad = { ...v, rsa: a.rsa }
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post(follow(v), { by: bad })),
    )
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true)
    expect(honest.hits('/actors/v')).toBe(2)
    expect((await post(follow(v), { by: rotated })).status).toBe(202)
    node.later.ms = 5 * 60_000 + 1
    await post(follow(v), { by: { ...bad }, headers: { 'x-source': '192.0.2.9' } })
    expect(honest.hits('/actors/v')).toBe(3)
    expect(node.accepted).toHaveLength(3)
  })

  it('a key that was kept serves a new process without a fetch', async () => {
    await post(follow(v), { by: v })
    const { actors } = node
    await node.close()
    node = await open()
    for (const [uri, document] of actors) node.actors.set(uri, document)
    expect((await post(follow(v), { by: v })).status).toBe(202)
    expect(honest.requests).toHaveLength(1)
  })

  it('an actor that the store has forgotten is met anew', async () => {
    await post(follow(v), { by: v })
    node.actors.clear()
    expect((await post(follow(v), { by: v })).status).toBe(202)
    expect(node.actors.has(v.uri)).toBe(true)
    expect(honest.requests).toHaveLength(2)
  })

  it('after forged mail in its name the real one still leaves its actor with us', async () => {
    expect((await post(follow(v), { by: { ...v, rsa: a.rsa } })).status).toBe(401)
    expect(node.actors.size).toBe(0)
    expect((await post(follow(v), { by: v })).status).toBe(202)
    expect(node.actors.has(v.uri)).toBe(true)
  })
})

describe('identity', () => {
  it('I01 no signature', async () => {
    await expectRefused(post(follow(a), { tamper: withHeaders({ signature: undefined }) }), 401)
  })

  it('I02 the key of A for an activity of V, whatever A’s key document says', async () => {
    hostile.pages.set('/key', {
      id: `${hostile.origin}/key`,
      type: 'CryptographicKey',
      owner: v.uri,
      publicKeyPem: pemOf(a.rsa.publicKey),
    })
    await expectRefused(post(create(v), { keyId: `${hostile.origin}/key` }), 401)
    await expectRefused(post(create(v)), 401)
    expect(hostile.requests).toHaveLength(0)
    expect(honest.requests).toHaveLength(0)
  })

  it('I04 a document at A that claims the id of V', async () => {
    hostile.pages.set('/actors/a', documentOf({ ...a, uri: v.uri }, honest.origin))
    await expectRefused(post(create(v)), 401)
    await expectRefused(post(follow(a)), 401)
    await expectRefused(post(create(v), { keyId: v.keyId }), 401)
  })

  it('I06, I07 linked-data signatures and a proof by A say nothing for V', async () => {
    const ld = { type: 'RsaSignature2017', creator: v.keyId, signatureValue: 'AAAA' }
    await expectRefused(post({ ...create(v), signature: ld }), 401)
    const signer = { privateKey: a.ed25519.privateKey, verificationMethod: a.ed25519KeyId }
    const proven = addProof(create(v), signer, node.now())
    await expectRefused(post(proven, { tamper: withHeaders({ signature: undefined }) }), 401)
  })

  it('I08 the id of V squatted by A, and V’s own activity of that id afterwards', async () => {
    const real = create(v)
    await expectRefused(post({ ...create(a), id: real.id }), [400, 401, 403])
    expect((await post(real, { by: v })).status).toBe(202)
    expect(node.accepted).toHaveLength(1)
  })

  it('I09, I10 an object of V’s, or attributed to V, by A', async () => {
    await expectRefused(post(create(a, { id: `${honest.origin}/cafes/1` })), 403)
    for (const attributedTo of [v.uri, [a.uri, v.uri], { id: v.uri }, [{ id: v.uri }]])
      await expectRefused(post(create(a, { attributedTo })), 403)
    await expectRefused(post(create(a, { actor: v.uri })), 403)
    await expectRefused(post(create(a, { attributedTo: 7 })), 400)
    expect(hostile.requests).toHaveLength(0)
  })

  it('I11 an Update or Delete by A of what is V’s', async () => {
    const id = `${honest.origin}/cafes/1`
    await expectRefused(post(create(a, { id }, { type: 'Update' })), 403)
    for (const object of [id, { id, type: 'Tombstone' }])
      await expectRefused(post({ ...create(a), type: 'Delete', object }), 403)
  })

  it('I15 two actors, none, or no address', async () => {
    for (const actor of [[a.uri, v.uri], [], undefined, 7, {}, '', 'a', { id: 7 }])
      await expectRefused(post(follow(a, { actor })), 400)
  })

  it('a type that is a list, an address or missing', async () => {
    for (const type of [
      ['Follow', 'Create'],
      ['Create'],
      `${CONTEXT}#Create`,
      'as:Create',
      undefined,
      7,
    ])
      await expectRefused(post(create(a, { id: `${honest.origin}/cafes/1` }, { type })), 400)
  })

  it('a Create, Update or Delete of nothing, of a list, of something without an id', async () => {
    for (const object of [
      undefined,
      null,
      [],
      [`${hostile.origin}/1`],
      {},
      { type: 'Event' },
      'x',
      7,
    ])
      await expectRefused(post({ ...create(a), object }), 400)
  })

  it('I17 a date two hours off, absent or malformed', async () => {
    for (const hours of [-2, 2]) {
      const then = { 'x-when': String(hours) }
      await expectRefused(post(follow(a), { headers: { ...then, date: dateAt(hours) } }), 401)
    }
    await expectRefused(post(follow(a), { tamper: withHeaders({ date: undefined }) }), 401)
    await expectRefused(post(follow(a), { headers: { date: 'soon' } }), 401)
    expect(hostile.requests).toHaveLength(0)
  })

  it('I19 a replay after a day', async () => {
    let sent: Request | undefined
    await post(follow(v), {
      by: v,
      tamper: (request) => {
        sent = request.clone() as Request
        return request
      },
    })
    node.later.ms = 25 * 3_600_000
    expect((await fetch(sent as Request)).status).toBe(401)
    expect(node.accepted).toHaveLength(1)
  })

  it('I20 another body, another’s digest, two digests, MD5', async () => {
    const other = JSON.stringify(follow(a))
    const replaceBody = (request: Request) =>
      new Request(request.url, { method: 'POST', headers: request.headers, body: other })
    await expectRefused(post(follow(a), { tamper: replaceBody }), 401)
    const right = (body: string) => `SHA-256=${sha256(body)}`
    for (const digestOf of [
      () => right(other),
      (body: string) => `${right(body)}, ${right(other)}`,
      (body: string) => `${right(other)}, ${right(body)}`,
      (body: string) => `${right(body)}, ${right(body)}`,
      () => 'MD5=1B2M2Y8AsgTpgAmY7PhCfg==',
    ]) {
      const body = JSON.stringify(follow(a))
      await expectRefused(post(body, { headers: { digest: digestOf(body) } }), 401)
    }
    expect(hostile.requests).toHaveLength(0)
  })

  it('I21 a signature over the date alone', async () => {
    const body = JSON.stringify(follow(a))
    const headers = { date: dateAt(0), digest: `SHA-256=${sha256(body)}` }
    const signature = signCavage({
      keyId: a.keyId,
      privateKey: a.rsa.privateKey,
      covered: ['date'],
      headers,
      target: 'post /inbox',
    })
    const request = {
      method: 'POST',
      body,
      headers: { ...headers, signature, 'content-type': ACTIVITY },
    }
    await expectRefused(fetch(`${node.origin}/inbox`, request), 401)
  })

  it('I22 a signature for another path or another host', async () => {
    const move = (url: string) => (request: Request) =>
      new Request(url, {
        method: 'POST',
        headers: request.headers,
        body: request.body,
        duplex: 'half',
      } as RequestInit)
    await expectRefused(
      post(follow(a), { path: '/actors/x/inbox', tamper: move(`${node.origin}/inbox`) }),
      401,
    )
    const other = await open()
    const headers = { host: new URL(other.origin).host }
    await expectRefused(post(follow(a), { headers }), 401)
    await other.close()
  })

  it('of a blocked domain, signing or forwarded, is refused without a fetch', async () => {
    node.blocked.add(new URL(a.uri).host)
    await expectRefused(post(follow(a)), 403)
    expect(hostile.requests).toHaveLength(0)
  })
})

const dateAt = (hours: number) => new Date(Date.now() + hours * 3_600_000).toUTCString()

describe('an owner’s word forwarded by another server', () => {
  const proven = (activity: ReturnType<typeof create>, by = v) =>
    addProof(
      activity,
      { privateKey: by.ed25519.privateKey, verificationMethod: by.ed25519KeyId },
      node.now(),
    )

  it.each(['Create', 'Update'])('a %s counts when its own proof is by the owner', async (type) => {
    const activity = proven(create(v, {}, { type }))
    expect((await post(activity, { by: a })).status).toBe(202)
    expect(node.accepted).toMatchObject([{ actorUri: v.uri, signerUri: a.uri, type }])
  })

  it('a Delete too', async () => {
    const activity = proven({ ...create(v), type: 'Delete' })
    expect((await post(activity, { by: a })).status).toBe(202)
  })

  it('not without a proof, with another’s, a changed one or a broken one', async () => {
    const good = proven(create(v))
    const byA = { privateKey: a.ed25519.privateKey }
    const wrong = [
      create(v),
      { ...good, object: { ...good.object, name: 'Café pirate' } },
      addProof(create(v), { ...byA, verificationMethod: v.ed25519KeyId }, node.now()),
      addProof(create(v), { ...byA, verificationMethod: a.ed25519KeyId }, node.now()),
      { ...good, proof: {} },
      { ...good, proof: [good.proof] },
      { ...good, id: `${honest.origin}/activities/other` },
    ]
    for (const activity of wrong) await expectForwardRefused(activity)
  })

  it('not of any other type', async () => {
    for (const type of ['Follow', 'Undo', 'Announce', 'Accept'])
      await expectForwardRefused(proven(create(v, {}, { type })))
  })

  it('not of what is not the owner’s', async () => {
    await expectForwardRefused(proven(create(v, { id: `${hostile.origin}/cafes/9` })), 403)
    await expectForwardRefused(proven(create(v, { attributedTo: a.uri })), 403)
  })

  it('not when the owner or the forwarder is blocked', async () => {
    for (const { origin } of [honest, hostile]) {
      node.blocked.add(new URL(origin).host)
      await expectForwardRefused(proven(create(v)), 403)
      node.blocked.clear()
    }
  })

  async function expectForwardRefused(activity: object, status = 401) {
    expect((await post(activity, { by: a })).status).toBe(status)
    expect(node.accepted).toEqual([])
    expect(node.actors.size).toBe(0)
  }
})

describe('parsing', () => {
  it.each(['{{{', '', '[]', 'null', '"x"', '0', 'true', '{}', '[{}]', '{"a":1}{"b":2}'])(
    'P01 the body %j',
    async (body) => {
      await expectRefused(post(body), 400)
      expect(hostile.requests).toHaveLength(0)
    },
  )

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

describe('floods', () => {
  it('P16 strangers’ farewells are taken without a fetch or a limit', async () => {
    const gone = hostile.addActor('gone')
    hostile.pages.delete('/actors/gone')
    const farewell = (object: unknown) => ({ ...follow(gone), type: 'Delete', object })
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        post(farewell(i % 2 ? gone.uri : { id: gone.uri, type: 'Tombstone' }), { by: gone }),
      ),
    )
    expect(answers.every(({ status }) => status === 202)).toBe(true)
    expect(hostile.requests).toHaveLength(0)
    expect(node.accepted).toEqual([])
  })

  it('a farewell of somebody known is verified and let through', async () => {
    await post(follow(v), { by: v })
    honest.pages.delete('/actors/v')
    const farewell = { ...follow(v), type: 'Delete', object: v.uri }
    expect((await post(farewell, { by: { ...v, rsa: a.rsa } })).status).toBe(401)
    expect((await post(farewell, { by: v })).status).toBe(202)
    expect(node.accepted.map(({ type }) => type)).toEqual(['Follow', 'Delete'])
  })

  it('P18 bad signatures are told to wait; the same name by its real key is not', async () => {
    await post(follow(v), { by: v })
    const forged = { ...v, rsa: a.rsa }
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post(follow(v), { by: forged })),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(60)
    expect(statuses.filter((status) => status === 429)).toHaveLength(40)
    const late = answers.find(({ status }) => status === 429)
    expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await post(follow(v), { by: v })).status).toBe(202)
  })

  it('neither another address nor another claimed host pays for it', async () => {
    const forged = { ...v, rsa: a.rsa }
    await Promise.all(Array.from({ length: 61 }, () => post(follow(v), { by: forged })))
    const b = honest.addActor('b')
    expect((await post(follow(b), { by: b })).status).toBe(429)
    expect((await post(follow(b), { by: b, headers: { 'x-source': '192.0.2.7' } })).status).toBe(
      202,
    )
    expect((await post(follow(a), { by: a })).status).toBe(202)
  })

  it('one IPv6 /64 is one address', async () => {
    await node.close()
    node = await open({ strikesPerMinute: 3 })
    const forged = { ...v, rsa: a.rsa }
    const from = (source: string) =>
      post(follow(v), { by: forged, headers: { 'x-source': source } })
    for (const source of ['2a01:e0a:1:2::1', '2a01:e0a:1:2::2', '2a01:e0a:1:2:3:4:5:6'])
      expect((await from(source)).status).toBe(401)
    expect((await from('2a01:e0a:1:2:ffff::')).status).toBe(429)
    expect((await from('2a01:e0a:1:3::1')).status).toBe(401)
  })

  it('P17 new actors of one domain beyond its quota wait; known ones, others and members do not', async () => {
    await node.close()
    node = await open({ newActorsPerHour: 3 })
    const crowd = Array.from({ length: 5 }, (_, i) => hostile.addActor(`crowd${i}`))
    const statuses: number[] = []
    for (const actor of crowd) statuses.push((await post(follow(actor), { by: actor })).status)
    expect(statuses).toEqual([202, 202, 202, 429, 429])
    expect(hostile.requests).toHaveLength(3)
    const [first] = crowd
    expect(first && (await post(follow(first), { by: first })).status).toBe(202)
    expect((await post(follow(v), { by: v })).status).toBe(202)
    node.members.add(new URL(hostile.origin).host)
    const last = crowd.at(-1)
    expect(last && (await post(follow(last), { by: last })).status).toBe(202)
  })

  it('forged first contacts do not use up the quota of the domain that they name', async () => {
    await node.close()
    node = await open({ newActorsPerHour: 3 })
    for (let i = 0; i < 6; i++) {
      const uri = `${honest.origin}/actors/nobody${i}`
      const nobody = { ...v, uri, keyId: `${uri}#main-key`, rsa: a.rsa }
      expect((await post(follow(nobody), { by: nobody })).status).toBe(401)
    }
    expect((await post(follow(v), { by: v })).status).toBe(202)
  })

  it('a verified host that sends without end is told to wait', async () => {
    await node.close()
    node = await open({ verifiedPerMinute: 5 })
    const statuses: number[] = []
    for (let i = 0; i < 7; i++) statuses.push((await post(create(v), { by: v })).status)
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429])
    expect((await post(create(a))).status).toBe(202)
  })
})

it('a failure of our own is a 503 that asks to come back, so that nothing is lost', async () => {
  await node.close()
  node = await startInbox({
    allow: new Set([honest.origin]),
    accept: async () => {
      throw new Error('disk full')
    },
  })
  const response = await post(follow(v), { by: v })
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).not.toBeNull()
  expect(await response.text()).not.toContain('disk')
})
