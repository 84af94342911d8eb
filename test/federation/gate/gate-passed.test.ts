import { sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { pemOf, type Spec, sha256, signMessage } from '../../support/request-signer.ts'
import {
  ACTIVITY,
  a,
  CONTEXT,
  create,
  follow,
  honest,
  node,
  post,
  reopen,
  useGate,
  v,
} from './gate-stage.ts'

useGate()

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

it('a failure of our own is a 503 that asks to come back, so that nothing is lost', async () => {
  await reopen({
    accept: async () => {
      throw new Error('disk full')
    },
  })
  const response = await post(follow(v), { by: v })
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).not.toBeNull()
  expect(await response.text()).not.toContain('disk')
})
