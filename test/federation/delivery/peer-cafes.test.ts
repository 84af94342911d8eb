import { afterAll, beforeAll, expect, test } from 'vitest'
import { updateFeeds } from '../../../federation/delivery/feeds/feeds.ts'
import { renewPeerCafes } from '../../../federation/delivery/peer-cafes.ts'
import { createFederation } from '../../../federation/federation.ts'
import type { Services } from '../../../federation/services.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Membership } from '../../../node/domain/federation/peer.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { listAnnounced } from '../../../node/store/feeds/announced.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { listPendingChanges } from '../../../node/store/queues/changes.ts'
import { knowCafe, RENNES } from '../../support/known-peer.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** A server may be shown out or admitted again while what it means for its cafés is being prepared. */

let hub: WebServer
let services: Services
const stopping = new AbortController()
beforeAll(async () => {
  hub = await startWeb({ role: 'hub' })
  const { signal } = stopping
  const settings = { version: 'test', signal, woken: () => Promise.resolve() }
  services = createFederation(hub.context, settings).services
})
afterAll(async () => {
  stopping.abort()
  await services?.egress.close()
  await hub?.stop()
})

const FEED = 'cafes-ille-et-vilaine'

const isInFeed = async ({ uri }: Cafe) =>
  (await listAnnounced(hub.context.db, uri)).some(({ actor }) => actor === FEED)

const peerOf = ({ peerId = '' }: Cafe) => peerId

const set = (cafe: Cafe, membership: Membership) =>
  setMembership(hub.context.db, peerOf(cafe), membership, hub.context.now())

/** Prepares the change of the cafés of a peer, and ends it after `meanwhile`. */
async function renew(cafe: Cafe, meanwhile: () => Promise<void> = async () => undefined) {
  const change = { type: 'peer-cafes', peerId: peerOf(cafe), after: '' } as const
  const effect = await renewPeerCafes(hub.context, services, change)
  await meanwhile()
  await hub.context.db.transaction().execute(effect)
}

test('the cafés of a server that is shown out meanwhile leave the feeds', async () => {
  const cafe = await knowCafe(hub, { host: 'un', place: RENNES })
  await renew(cafe)
  expect(await isInFeed(cafe)).toBe(true)
  await renew(cafe, () => set(cafe, 'left'))
  expect(await isInFeed(cafe)).toBe(false)
})

test('the cafés of a server that is admitted meanwhile stay in the feeds, or enter them', async () => {
  const cafe = await knowCafe(hub, { host: 'deux', place: RENNES })
  await renew(cafe)
  await set(cafe, 'left')
  await renew(cafe, () => set(cafe, 'member'))
  expect(await isInFeed(cafe)).toBe(true)
  await set(cafe, 'left')
  await renew(cafe)
  expect(await isInFeed(cafe)).toBe(false)
  await renew(cafe, () => set(cafe, 'member'))
  expect(await isInFeed(cafe)).toBe(true)
})

test('a café that a feed announced meanwhile leaves it by a change of its own', async () => {
  const { context } = hub
  const cafe = await knowCafe(hub, { host: 'trois', place: RENNES })
  const uri = `${cafe.uri}0`
  const other: Cafe = { ...cafe, id: 'cafe-trois-2', uri, url: uri, uid: uri }
  await renew(cafe, async () => {
    await saveCafe(context.db, other)
    await context.db
      .transaction()
      .execute((trx) => updateFeeds(trx, context, { cafe: other, isNews: false }))
    await set(cafe, 'left')
    await context.db.updateTable('change').set({ done_at: context.now().toString() }).execute()
  })
  expect(await isInFeed(other)).toBe(true)
  const [next] = await listPendingChanges(context.db, context.now(), 1)
  expect(next?.change).toEqual({ type: 'peer-cafes', peerId: peerOf(cafe), after: '' })
  await renew(cafe)
  expect([await isInFeed(cafe), await isInFeed(other)]).toEqual([false, false])
})
