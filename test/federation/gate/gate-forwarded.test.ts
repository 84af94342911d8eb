import { describe, expect, it } from 'vitest'
import { addProof } from '../../../federation/wire/proof.ts'
import { a, create, honest, hostile, node, post, useGate, v } from './gate-stage.ts'

useGate()

describe('an activity forwarded by another server', () => {
  const proven = (activity: ReturnType<typeof create>, by = v) =>
    addProof(
      activity,
      { privateKey: by.ed25519.privateKey, verificationMethod: by.ed25519KeyId },
      node.now(),
    )

  it.each(['Create', 'Update'])(
    'a %s is accepted when its own proof is by the owner',
    async (type) => {
      const activity = proven(create(v, {}, { type }))
      expect((await post(activity, { by: a })).status).toBe(202)
      expect(node.accepted).toMatchObject([{ actorUri: v.uri, signerUri: a.uri, type }])
    },
  )

  it('so is a Delete', async () => {
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
