import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blockDomain, unblockDomain } from '../../../node/store/directory/blocks.ts'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import { expediteHost } from '../../../node/store/queues/deliveries.ts'
import {
  publishTestFacilitator,
  withdrawFacilitatorPage,
} from '../../support/facilitator-profiles.ts'
import { type Site, startPair, startSite, until, untilJoined } from '../../support/network.ts'

/** A directory and a place that joined it, with everything between them real. */
let hub: Site
let node: Site
beforeAll(async () => {
  ;({ hub, node } = await startPair())
}, 30_000)
afterAll(() => Promise.all([hub.close(), node.close()]))

const atHub = (uri: string) => findFacilitatorByUri(hub.context.db, uri)

describe('the profile of a person who leads cafés', () => {
  test('is at the directory as soon as the person agrees, with what structures alone may read marked so', async () => {
    const { uri } = await publishTestFacilitator(node, {
      name: 'Camille R.',
      fieldLevels: { presentation: 'network', contact: 'nobody' },
    })
    await until(() => atHub(uri), { what: 'the profile' })
    const profile = await atHub(uri)
    expect(profile).toMatchObject({
      name: 'Camille R.',
      territory: 'e-243500139',
      departement: '35',
      region: '53',
      presentation: 'Je suis médiatrice.',
      contact: 'none',
      shownContact: undefined,
      level: 'public',
      fieldLevels: { presentation: 'network' },
    })
    expect(profile?.organizationId).toBeUndefined()
  })

  test('says at the directory what it says at home a moment later', async () => {
    const { uri, handle } = await publishTestFacilitator(node)
    await until(() => atHub(uri))
    await publishTestFacilitator(node, { handle, themes: ['musique'], updatedAt: later(1) })
    await until(async () => (await atHub(uri))?.themes.includes('musique'))
  })

  test('leaves the directory when it is no longer for it, and comes back with a new consent', async () => {
    const { uri, handle } = await publishTestFacilitator(node, { consentedAt: later(-60) })
    await until(() => atHub(uri))
    await publishTestFacilitator(node, { handle, inDirectory: false, updatedAt: later(1) })
    await until(async () => !(await atHub(uri)))
    await publishTestFacilitator(node, { handle, consentedAt: later(2), updatedAt: later(2) })
    await until(() => atHub(uri))
  })

  test('is told to a directory that is joined later', async () => {
    const place = await startSite()
    const { uri } = await publishTestFacilitator(place)
    const { requestFollow } = await import('../../../node/store/directory/followings.ts')
    const invitation = await hub.invite()
    await requestFollow(
      place.context.db,
      { address: hub.origin, invitation, join: true },
      place.context.now(),
    )
    place.context.wake()
    await untilJoined(hub, place)
    await until(() => atHub(uri))
    await place.close()
  }, 20_000)

  test('for structures only is given to the directory and to nobody else', async () => {
    const { uri } = await publishTestFacilitator(node, { level: 'network' })
    await until(() => atHub(uri))
    expect((await node.get(uri)).status).toBe(404)
    const list = await node.get(`${node.origin}/animation`)
    expect(list.json.items).not.toContain(uri)
  })

  test('withdrawn, is gone there and answers 410 without a name; the directory says that it has erased it', async () => {
    const person = await publishTestFacilitator(node, { name: 'Zoé Disparue' })
    await until(() => atHub(person.uri))
    const withdrawalId = await withdrawFacilitatorPage(node, person)
    await until(async () => !(await atHub(person.uri)))
    const answer = await node.get(person.uri)
    expect(answer.status).toBe(410)
    expect(answer.text).not.toContain('Zoé')
    await until(async () => (await statesOf(withdrawalId)).join() === 'confirmed')
    const kept = await node.context.db
      .selectFrom('activity')
      .select('body')
      .where('object_uri', '=', person.uri)
      .execute()
    expect(kept).toEqual([])
  })

  test('withdrawn, is gone at a directory that has blocked the place meanwhile', async () => {
    const person = await publishTestFacilitator(node, { name: 'Zoé Disparue' })
    await until(() => atHub(person.uri))
    const { db, now } = hub.context
    await blockDomain(db, { domain: node.host, reason: 'essai' }, now())
    try {
      const withdrawalId = await withdrawFacilitatorPage(node, person)
      await until(async () => !(await atHub(person.uri)), { what: 'erased in spite of the block' })
      await until(async () => (await statesOf(withdrawalId)).join() === 'confirmed')
    } finally {
      await unblockDomain(db, node.host)
    }
  })

  test('withdrawn, is gone at a directory that was down, once it is back', async () => {
    const person = await publishTestFacilitator(node, { name: 'Zoé Disparue' })
    await until(() => atHub(person.uri))
    await hub.stop()
    const withdrawalId = await withdrawFacilitatorPage(node, person)
    await until(async () => (await statesOf(withdrawalId)).join() === 'unanswered')
    await hub.start()
    const { db, now, wake } = node.context
    await expediteHost(db, hub.host, now())
    wake()
    await until(async () => (await statesOf(withdrawalId)).join() === 'confirmed')
    expect(await atHub(person.uri)).toBeUndefined()
  })

  test('is in no outbox, and given out at the address of no activity', async () => {
    const { uri, name } = await publishTestFacilitator(node, { name: 'Nulle Part' })
    await until(() => atHub(uri))
    for (const actor of ['cafes', 'instance']) {
      const { text } = await node.get(`${node.origin}/actors/${actor}/outbox?page=first`)
      expect(text).not.toContain(name)
    }
  })
})

const statesOf = async (withdrawalId: string) =>
  (
    await node.context.db
      .selectFrom('withdrawal_server')
      .select('state')
      .where('withdrawal_id', '=', withdrawalId)
      .execute()
  ).map(({ state }) => state)

const later = (seconds: number) =>
  Temporal.Now.instant().round({ smallestUnit: 'second', roundingMode: 'floor' }).add({ seconds })
