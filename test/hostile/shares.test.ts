import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { FACILITATOR_CONTEXT } from '../../federation/wire/context.ts'
import { toFacilitatorProfile } from '../../federation/wire/profile.ts'
import type { Facilitator } from '../../node/domain/facilitators/facilitator.ts'
import { aFacilitator } from '../support/facilitator.ts'
import { activity, anEvent, create, openStage, type Stage } from '../support/hostile-stage.ts'

/** A member and strangers ask for more than their share: what the team must read and what is stored stays bounded. */

const SHARES = {
  MAX_JOIN_REQUESTS: '3',
  MAX_NETWORKS: '4',
  MAX_MEMBERSHIPS: '5',
  MAX_INBOXES: '4',
  MAX_PEOPLE: '3',
  MAX_PROPOSALS: '3',
  MAX_DELETIONS: '20',
  MAX_MEGABYTES: '1',
}

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ attackers: 8, settings: SHARES })
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

const count = (sql: string, ...values: unknown[]) =>
  Number(
    stage.server.query<{ total: number }>(`select count(*) as total ${sql}`, ...values)[0]?.total,
  )

const CAFEIA = 'https://ns.cafe-ia.example/v1#'
const MEMBER_OF = `${CAFEIA}memberOf`

it('requests to join from one domain: three wait, the others are refused and told so', async () => {
  const crowd = stage.nextAttacker()
  const ours = `${stage.server.origin}/actors/instance`
  for (let i = 0; i < 12; i++) {
    const one = crowd.addActor(`instance${i}`, {
      type: 'Application',
      preferredUsername: 'instance',
    })
    const said = activity(one, 'Follow', { object: ours })
    expect((await stage.post(said, { by: one })).status).toBe(202)
  }
  await stage.settle()
  expect(count(`from peer where membership = 'requested'`)).toBe(3)
  expect(count('from peer where origin = ?', crowd.origin)).toBe(3)
  expect(crowd.activitiesOf('Reject')).toHaveLength(9)
  // An actor that asks again and withdraws its request does not exceed the share of the day either.
  const other = crowd.addActor('again', { type: 'Application', preferredUsername: 'instance' })
  for (let i = 0; i < 10; i++) {
    const said = activity(other, 'Follow', { object: ours })
    await stage.post(said, { by: other })
    await stage.post(activity(other, 'Undo', { object: said }), { by: other })
  }
  expect(count('from peer where origin = ?', crowd.origin)).toBe(3)
})

it('a request of another domain still reaches the team', async () => {
  const honest = stage.nextAttacker()
  const said = activity(honest.instance, 'Follow', {
    object: `${stage.server.origin}/actors/instance`,
  })
  expect((await stage.post(said, { by: honest.instance })).status).toBe(202)
  expect(count(`from peer where membership = 'requested' and origin = ?`, honest.origin)).toBe(1)
})

it('followers with an inbox each: four are taken, the others are told no, and one café is posted four times', async () => {
  const crowd = stage.nextAttacker()
  const feed = `${stage.server.origin}/actors/cafes`
  for (let i = 0; i < 20; i++) {
    const uri = `${crowd.origin}/actors/reader${i}`
    const one = crowd.addActor(`reader${i}`, {
      endpoints: { sharedInbox: undefined },
      inbox: `${uri}/inbox`,
    })
    expect((await stage.post(activity(one, 'Follow', { object: feed }), { by: one })).status).toBe(
      202,
    )
  }
  await stage.settle()
  expect(count('from follower where uri like ?', `${crowd.origin}/%`)).toBe(4)
  expect(crowd.activitiesOf('Accept')).toHaveLength(4)
  expect(crowd.activitiesOf('Reject')).toHaveLength(16)
  const uri = await stage.publishOwn()
  await stage.settle()
  const told = crowd.activitiesOf('Create').filter(({ text }) => text.includes(uri))
  expect(told).toHaveLength(4)
})

it('deletions of unknown ids are bounded; those of cafés that are here are still applied', {
  timeout: 90_000,
}, async () => {
  const liar = await stage.admitLiar()
  const by = liar.cafes
  const published = create(by)
  expect((await stage.post(published, { by })).status).toBe(202)
  for (let i = 0; i < 300; i++) {
    const object = { id: `${liar.origin}/cafes/never-${i}`, type: 'Tombstone' }
    expect((await stage.post(activity(by, 'Delete', { object }), { by })).status).toBe(202)
  }
  const remembered = () => count('from deletion where key like ?', `${liar.origin}/%`)
  expect(remembered()).toBe(20)
  // A stored café is deleted nevertheless, and does not come back.
  const object = { id: published.object.id, type: 'Tombstone' }
  await stage.post(activity(by, 'Delete', { object }), { by })
  expect(stage.findCafe(published.object.id)).toBeUndefined()
  await stage.post(activity(by, 'Create', { object: published.object }), { by })
  expect(stage.findCafe(published.object.id)).toBeUndefined()
  expect(remembered()).toBe(20)

  // The honest member has a share of its own.
  const { v } = stage
  const mine = await stage.publish()
  await stage.post(activity(v.cafes, 'Delete', { object: { id: mine.id, type: 'Tombstone' } }), {
    by: v.cafes,
  })
  expect(count('from deletion where key = ?', mine.id)).toBe(1)

  // Returns a description as large as allowed, of words that compression does not make smaller.
  const fat = () =>
    Array.from({ length: 1500 }, () => `<p>${randomUUID()}${randomUUID()}</p>`).join('')
  const first = create(by, { content: fat() })
  expect((await stage.post(first, { by })).status).toBe(202)
  for (let i = 0; i < 25; i++)
    expect((await stage.post(create(by, { content: fat() }), { by })).status).toBe(202)
  const bytes = Number(
    stage.server.query<{ bytes: number }>(
      `select sum(length(description_html) + length(description_text) + length(body)) as bytes
       from cafe join cafe_document on cafe_id = id where uri like ?`,
      `${liar.origin}/%`,
    )[0]?.bytes,
  )
  expect(bytes).toBeGreaterThan(500_000)
  expect(bytes).toBeLessThan(1.5 * 1024 * 1024)
  const known = count('from cafe where uri like ?', `${liar.origin}/%`)
  await stage.post(create(by), { by })
  expect(count('from cafe where uri like ?', `${liar.origin}/%`)).toBe(known)
  // A cancellation is accepted, however much is stored.
  const off = anEvent(by, {
    id: first.object.id,
    eventStatus: 'https://schema.org/EventCancelled',
    updated: Temporal.Now.instant().add({ seconds: 5 }).toString({ smallestUnit: 'second' }),
  })
  await stage.post(activity(by, 'Update', { object: off }), { by })
  expect(stage.findCafe(first.object.id)).toMatchObject({ status: 'cancelled' })
  expect((await stage.publish()).id).toBeDefined()
})

it('networks and memberships of one domain are bounded, ended ones included', async () => {
  const liar = await stage.admitLiar()
  const { instance, cafes } = liar
  const network = (i: number) => ({
    id: `${liar.origin}/reseaux/r${i}`,
    type: 'Organization',
    name: `Réseau ${i}`,
    attributedTo: instance.uri,
  })
  for (let i = 0; i < 30; i++)
    await stage.post(activity(instance, 'Update', { object: network(i) }), { by: instance })
  expect(count('from network where uri like ?', `${liar.origin}/%`)).toBe(4)
  for (let i = 0; i < 4; i++) {
    const object = { id: network(i).id, type: 'Tombstone' }
    await stage.post(activity(instance, 'Delete', { object }), { by: instance })
    await stage.post(activity(instance, 'Update', { object: network(i + 50) }), { by: instance })
  }
  expect(count('from network where uri like ?', `${liar.origin}/%`)).toBe(4)
  for (let i = 0; i < 30; i++) {
    const object = {
      type: 'Relationship',
      subject: cafes.uri,
      relationship: MEMBER_OF,
      object: `${stage.v.origin}/reseaux/invented-${i}`,
    }
    const said = activity(cafes, i % 2 ? 'Offer' : 'Undo', { object })
    await stage.post(said, { by: cafes })
  }
  expect(count('from agreement where subject_uri = ?', cafes.uri)).toBe(5)
})

it('profiles of people: three are kept, and one that is withdrawn makes room for another', async () => {
  const liar = await stage.admitLiar()
  const by = liar.cafes
  const now = Temporal.Now.instant().round({ smallestUnit: 'second', roundingMode: 'floor' })
  const profile = (handle: string, change: Partial<Facilitator> = {}) => {
    const uri = `${liar.origin}/animation/${handle}`
    const dates = { consentedAt: now, updatedAt: now, expiresAt: now.add({ hours: 1000 }) }
    const person = aFacilitator({ handle, uri, url: uri, photo: undefined, ...dates, ...change })
    const directories = [`${stage.server.origin}/actors/instance`]
    const reader = { reader: 'network', origin: liar.origin, cafes: [], directories, now } as const
    return { id: uri, ...toFacilitatorProfile(person, reader) }
  }
  const say = async (type: string, object: object) => {
    const said = { ...activity(by, type, { object, to: [] }), '@context': FACILITATOR_CONTEXT }
    expect((await stage.post(said, { by })).status).toBe(202)
  }
  const names = () =>
    stage.server
      .query<{ name: string }>(
        'select name from facilitator where uri like ? order by uri',
        `${liar.origin}/%`,
      )
      .map(({ name }) => name)
  for (const handle of ['a', 'b', 'c', 'd', 'e']) await say('Create', profile(handle))
  expect(names()).toHaveLength(3)
  // An update of a stored profile is accepted; a repeated profile takes no second slot.
  await say('Update', profile('a', { name: 'Alix', updatedAt: now.add({ seconds: 1 }) }))
  await say('Create', profile('b'))
  expect(names()).toEqual(['Alix', 'Camille R.', 'Camille R.'])
  const deleted = now.toString()
  await say('Delete', { id: profile('c').id, type: 'Tombstone', formerType: 'Profile', deleted })
  expect(names()).toHaveLength(2)
  for (const handle of ['f', 'g']) await say('Create', profile(handle))
  expect(names()).toHaveLength(3)
})

it('proposals of referents: three wait for the team', async () => {
  const liar = await stage.admitLiar()
  const { instance } = liar
  for (let i = 0; i < 15; i++) {
    const object = {
      type: 'Relationship',
      subject: { type: 'Person', name: `Personne ${i}`, email: `p${i}@example.org` },
      relationship: `${CAFEIA}referentOf`,
      object: `${stage.server.origin}/territoires/${String(i + 21)}`,
    }
    const said = {
      ...activity(instance, 'Offer', { object }),
      '@context': [
        'https://www.w3.org/ns/activitystreams',
        { cafeia: CAFEIA, email: `${CAFEIA}email` },
      ],
    }
    expect((await stage.post(said, { by: instance })).status).toBe(202)
  }
  expect(count(`from referent where state = 'proposed'`)).toBe(3)
})
