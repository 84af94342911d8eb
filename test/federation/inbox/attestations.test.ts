import { createPublicKey, randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import {
  checkAttestation,
  toProposal,
  toRelationship,
} from '../../../federation/wire/attestation.ts'
import type { Json } from '../../../federation/wire/json.ts'
import { addProof } from '../../../federation/wire/proof.ts'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { listFollowings } from '../../../node/store/directory/followings.ts'
import { appendChange } from '../../../node/store/queues/changes.ts'
import { listHeldAttestations } from '../../../node/store/referents/attestations.ts'
import { saveMandateAct } from '../../../node/store/referents/mandate-acts.ts'
import { findReferent, listReferents } from '../../../node/store/referents/referents.ts'
import { publishTestFacilitator } from '../../support/facilitator-profiles.ts'
import { type Member, startMember, startSpeaker } from '../../support/member.ts'
import { type Site, startPair, startSite, until, untilFound } from '../../support/network.ts'
import { appoint } from '../../support/referents.ts'
import type { RemoteActorFixture } from '../../support/remote-peer.ts'

const sites: Site[] = []

afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()))
})

async function pair(): Promise<{ hub: Site; node: Site }> {
  const both = await startPair()
  sites.push(both.hub, both.node)
  return both
}

const uriAt = (hub: Site, other = '') =>
  untilFound(async () => {
    const { items } = (await (await fetch(`${hub.origin}/api/v1/referents`)).json()) as {
      items: { attestation: string | null }[]
    }
    const uri = items[0]?.attestation
    return uri && uri !== other ? uri : undefined
  })

/** Returns the directory's key, as anybody may pin it. */
async function keyOf(hub: Site) {
  const { pem } = (
    await hub.context.db
      .selectFrom('actor_key')
      .select('public_pem as pem')
      .where('actor', '=', 'instance')
      .where('algorithm', '=', 'ed25519')
      .execute()
  )[0] ?? { pem: '' }
  return createPublicKey(pem)
}

describe('what a directory signs about its referents', () => {
  test('is at its address, holds, and is in the list of revocations once it is over', async () => {
    const hub = await startSite({ role: 'hub' })
    sites.push(hub)
    const id = await appoint(hub)
    hub.context.wake()
    const uri = await uriAt(hub)
    const { json, text } = await hub.get(uri)
    const publicKey = await keyOf(hub)
    const now = hub.context.now()
    const revocations = async () => (await hub.get(`${hub.origin}/attestations/revoquees`)).json
    const check = async (document: Json = json) =>
      checkAttestation(document, {
        publicKey,
        now,
        territory: '35',
        revocations: await revocations(),
      })
    expect(await check()).toMatchObject({
      outcome: 'valid',
      attestation: { person: { name: 'Claire' } },
    })
    expect(text).not.toContain('lieu.example')

    await saveMandateAct(hub.context.db, id, { act: 'end', by: OPERATOR, reason: 'ended' }, now)
    expect(await check()).toMatchObject({ outcome: 'refused', reason: 'revoked' })
    const gone = await hub.get(uri)
    expect(gone.status).toBe(410)
    expect(gone.text).not.toContain('Claire')
    // The outbox does not serve the former activities about it any more.
    await until(
      async () => !(await hub.get(`${hub.origin}/actors/instance/outbox`)).text.includes('Claire'),
    )
  })

  test('a renewed mandate is signed anew, and the first is taken back', async () => {
    const hub = await startSite({ role: 'hub' })
    sites.push(hub)
    const id = await appoint(hub)
    hub.context.wake()
    const first = await uriAt(hub)
    const endsOn = Temporal.Now.plainDateISO().add({ years: 2 })
    const { db, now } = hub.context
    const said = { text: 'J’accepte.', lang: 'fr' }
    const renew = () => saveMandateAct(db, id, { act: 'renew', by: OPERATOR, endsOn, said }, now())
    expect(await renew()).toBe(false)
    const { startsOn } = (await findReferent(db, id)) ?? { startsOn: endsOn }
    await saveMandateAct(
      db,
      id,
      { act: 'ask-days', by: OPERATOR, days: { startsOn, endsOn } },
      now(),
    )
    expect((await hub.get(first)).status).toBe(200)
    expect(await renew()).toBe(true)
    hub.context.wake()
    const second = await uriAt(hub, first)
    expect((await hub.get(first)).status).toBe(410)
    expect((await hub.get(second)).json.endTime).toContain(String(endsOn.year))
  })

  test('a place proposes somebody, whom the directory then asks', async () => {
    const { hub, node } = await pair()
    const proposal = {
      territory: 'e-243500139',
      name: 'Noé',
      word: 'référent' as const,
      email: 'noe@lieu.example',
    }
    const { db, now, wake } = node.context
    const target = `${hub.origin}/actors/instance`
    await appendChange(db, { type: 'referent-proposed', proposal, target }, now())
    wake()
    await until(async () => (await listReferents(hub.context.db, ['proposed'])).length > 0)
    const [proposed] = await listReferents(hub.context.db, ['proposed'])
    expect(proposed).toMatchObject({
      ...proposal,
      state: 'proposed',
      facilitatorUri: undefined,
    })
    // The place keeps nothing of the proposal, which it does not use any more.
    await until(async () => {
      const kept = await Promise.all([
        db.selectFrom('change').select('body as text').execute(),
        db.selectFrom('activity').select('type as text').execute(),
        db.selectFrom('delivery').select('inbox as text').execute(),
      ])
      return !/referent-proposed|Offer/.test(JSON.stringify(kept))
    })
    // The address is known to the two servers only: no public page of either contains it.
    for (const { origin } of [hub, node]) {
      const outbox = await hub.get(`${origin}/actors/instance/outbox`)
      expect(outbox.text).not.toContain('noe@lieu.example')
    }
  })

  test('of two directories that a place joined one alone is given the address, and one that it did not join none', async () => {
    const { hub, node } = await pair()
    const other = await startSite({ role: 'hub' })
    sites.push(other)
    const { db, now, wake } = node.context
    const joined = async (origin: string) =>
      (await listFollowings(db)).some(
        ({ targetUri, state }) => state === 'accepted' && targetUri?.startsWith(origin),
      )
    const proposal = {
      ...{ territory: '35', name: 'Noé', word: 'neutre' as const, email: 'noe@lieu.example' },
    }
    await until(() => joined(hub.origin))
    for (const { origin } of [other, hub])
      await appendChange(
        db,
        { type: 'referent-proposed', proposal, target: `${origin}/actors/instance` },
        now(),
      )
    wake()
    await until(async () => (await listReferents(hub.context.db, ['proposed'])).length > 0)
    await until(async () => (await db.selectFrom('delivery').select('id').execute()).length === 0)
    expect(await listReferents(other.context.db, ['proposed'])).toEqual([])
    expect(
      await db.selectFrom('change').select('body').where('body', 'like', '%noe@%').execute(),
    ).toEqual([])
  })

  test('only the `instance` of a member proposes', async () => {
    const hub = await startSite({ role: 'hub' })
    sites.push(hub)
    const proposal = {
      territory: '35',
      name: 'Eve',
      word: 'neutre' as const,
      email: 'eve@lieu.example',
    }
    const offer = (from: Member, actor: RemoteActorFixture) =>
      from.send(
        actor,
        `${hub.origin}/inbox`,
        toProposal(proposal, {
          id: `${from.origin}/activities/${randomUUID()}`,
          actor: actor.uri,
          directory: hub.origin,
        }),
      )
    const stranger = await startSpeaker(hub)
    const member = await startMember(hub)
    try {
      expect((await offer(stranger, stranger.instance)).status).toBe(202)
      expect((await offer(member, member.feed)).status).toBe(202)
      expect(await listReferents(hub.context.db, ['proposed'])).toEqual([])
      expect((await offer(member, member.instance)).status).toBe(202)
      expect((await listReferents(hub.context.db, ['proposed'])).length).toBe(1)
    } finally {
      await stranger.close()
      await member.close()
    }
  })

  test('a place holds nothing that another server than its directory signed', async () => {
    const { node } = await pair()
    const stranger = await startSpeaker(node)
    try {
      const now = node.context.now()
      const { uri: facilitatorUri } = await publishTestFacilitator(node, {
        mandates: [`${stranger.origin}/territoires/35#mandat-${randomUUID()}`],
      })
      const signed = addProof(
        toRelationship(
          {
            uri: `${stranger.origin}/attestations/${randomUUID()}`,
            issuer: stranger.origin,
            person: { name: 'Claire', uri: facilitatorUri },
            territory: '35',
            from: now.subtract({ hours: 1 }),
            until: now.add({ hours: 24 }),
            issuedAt: now,
          },
          'Claire',
        ),
        {
          privateKey: stranger.instance.ed25519.privateKey,
          verificationMethod: stranger.instance.ed25519KeyId,
        },
        now,
      )
      const { status } = await stranger.send(stranger.instance, `${node.origin}/inbox`, {
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: `${stranger.origin}/activities/${randomUUID()}`,
        type: 'Create',
        actor: stranger.instance.uri,
        object: signed,
      })
      expect(status).toBe(202)
      expect(await listHeldAttestations(node.context.db, facilitatorUri, now)).toEqual([])
    } finally {
      await stranger.close()
    }
  })
})
