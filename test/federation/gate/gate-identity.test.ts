import { describe, expect, it } from 'vitest'
import { addProof } from '../../../federation/wire/proof.ts'
import { documentOf } from '../../support/remote-peer.ts'
import { pemOf, sha256, signCavage } from '../../support/request-signer.ts'
import {
  ACTIVITY,
  a,
  CONTEXT,
  create,
  expectRefused,
  follow,
  honest,
  hostile,
  node,
  open,
  post,
  useGate,
  v,
} from './gate-stage.ts'

useGate()

const withHeaders = (change: Record<string, string | undefined>) => (request: Request) => {
  const headers = new Headers(request.headers)
  for (const [name, value] of Object.entries(change))
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  return new Request(request, { headers })
}

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

  it('a type in a list has the rules of that type', async () => {
    for (const type of [['Create'], ['Create', 'https://x.test/Create'], ['Florb', 'Create']])
      await expectRefused(post(create(a, { id: `${honest.origin}/cafes/1` }, { type })), 403)
  })

  it('two types, an address or none', async () => {
    for (const type of [
      ['Follow', 'Create'],
      `${CONTEXT}#Create`,
      'as:Create',
      [],
      [7],
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
