import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  activity,
  CONTEXT,
  create,
  follow,
  newId,
  openStage,
  prove,
  type Stage,
  unsigned,
} from '../support/hostile-stage.ts'
import { documentOf, type RemoteActorFixture } from '../support/remote-peer.ts'
import { pemOf } from '../support/request-signer.ts'

/** Hostile cases I01 to I07: keys that belong to another actor, and messages that another server forwards. */

let stage: Stage
let v: RemoteActorFixture
beforeAll(async () => {
  stage = await openStage()
  v = stage.v.cafes
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

it('I01 a message without a signature is nobody’s', async () => {
  const { cafes: a } = stage.nextAttacker()
  for (const said of [follow(stage, a), create(a), create(v)])
    await stage.expectRefused(401, () => stage.post(said, { by: a, tamper: unsigned }))
})

it('I02 a key document at A that calls V its owner does not let A speak for V', async () => {
  const attacker = stage.nextAttacker()
  const { cafes: a, origin } = attacker
  attacker.pages.set('/key', {
    '@context': 'https://w3id.org/security/v1',
    id: `${origin}/key`,
    type: 'CryptographicKey',
    owner: v.uri,
    publicKeyPem: pemOf(a.rsa.publicKey),
  })
  for (const keyId of [`${origin}/key`, a.keyId, a.uri])
    for (const spec of ['draft-cavage-http-signatures-12', 'rfc9421'] as const)
      await stage.expectRefused(401, () => stage.post(create(v), { by: a, keyId, spec }))
  expect(attacker.requests).toHaveLength(0)
})

it('I04 a document at A that claims V’s id and lists A’s key does not either', async () => {
  const attacker = stage.nextAttacker()
  const { cafes: a } = attacker
  attacker.pages.set('/actors/cafes', documentOf({ ...a, uri: v.uri }, stage.v.origin))
  await stage.expectRefused(401, () => stage.post(follow(stage, a), { by: a }))
  await stage.expectRefused(401, () => stage.post(create(v), { by: a }))
  await stage.expectRefused(401, () => stage.post(create(v), { by: a, keyId: v.keyId }))
})

it('a document at A that lists V’s key id as its own neither speaks for V nor keeps V out', async () => {
  const attacker = stage.nextAttacker()
  const whole = documentOf(attacker.cafes, attacker.origin)
  const other = stage.v.addActor('other')
  const stolen = { ...whole.publicKey, id: other.keyId }
  attacker.pages.set('/actors/cafes', { ...whole, publicKey: [whole.publicKey, stolen] })
  const a = attacker.cafes
  expect((await stage.post(follow(stage, a), { by: a })).status).toBe(202)
  await stage.expectRefused(401, () => stage.post(create(other), { by: a, keyId: other.keyId }))
  expect((await stage.post(follow(stage, other), { by: other })).status).toBe(202)
  const [key] = stage.server.query('select actor_uri from remote_key where key_id = ?', other.keyId)
  expect(key).toEqual({ actor_uri: other.uri })
})

it('I06 a linked-data signature in V’s name adds nothing to the HTTP signature of A', async () => {
  const { cafes: a } = stage.nextAttacker()
  const signature = {
    type: 'RsaSignature2017',
    creator: v.keyId,
    created: '2026-01-01T00:00:00Z',
    signatureValue: 'AAAA',
  }
  await stage.expectRefused(401, () => stage.post({ ...create(v), signature }, { by: a }))
})

it('I07 a proof by A’s key for an activity of V counts for nothing, with or without a signature', async () => {
  const { cafes: a } = stage.nextAttacker()
  const asV = { ...a, ed25519KeyId: v.ed25519KeyId }
  for (const forger of [a, asV]) {
    const proven = prove(create(v), forger)
    await stage.expectRefused(401, () => stage.post(proven, { by: a, tamper: unsigned }))
    await stage.expectRefused(401, () => stage.post(proven, { by: a }))
  }
})

it('an activity with V’s own proof is accepted from any server that forwards it, unless it was changed', async () => {
  const { cafes: a } = stage.nextAttacker()
  const proven = prove(create(v), v)
  const changed = { ...proven, object: { ...proven.object, name: 'Café pirate' } }
  await stage.expectRefused(401, () => stage.post(changed, { by: a }))
  const context = [CONTEXT, { name: 'https://x.example/n' }]
  await stage.expectRefused(401, () => stage.post({ ...proven, '@context': context }, { by: a }))
  expect((await stage.post(proven, { by: a })).status).toBe(202)
  expect(stage.findCafe(proven.object.id)?.title).toBe('Café IA sans histoires')
  await stage.settle()
  const effects = ['cafe', 'cafe_document', 'activity', 'change', 'seen']
  const before = stage.server.fingerprint(effects)
  expect((await stage.post(proven, { by: v })).status).toBe(202)
  await stage.settle()
  expect(stage.server.fingerprint(effects)).toEqual(before)
})

it('a Follow, an Undo or a Delete of an actor is not accepted from a server that forwards it, with a proof or not', async () => {
  const { cafes: a } = stage.nextAttacker()
  for (const said of [
    follow(stage, v),
    activity(v, 'Undo', { object: `${stage.server.origin}/actors/instance` }),
    activity(v, 'Announce', { object: newId(v, 'cafes') }),
  ])
    await stage.expectRefused(401, () => stage.post(prove(said, v), { by: a }))
})
