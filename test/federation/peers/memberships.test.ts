import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveAgreement } from '../../../federation/inbox/agreements.ts'
import type { Side } from '../../../node/domain/agreements/agreement.ts'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { planReconciliations } from '../../../node/jobs/plan-readings.ts'
import { findAgreement } from '../../../node/store/agreements/agreements.ts'
import { saveStatement } from '../../../node/store/agreements/statements.ts'
import { findTrustedPeerAt, upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { findSpent } from '../../../node/store/queues/peer-days.ts'
import { enqueueTask } from '../../../node/store/queues/tasks.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { MEASURED } from '../../support/measured.ts'
import { type Site, startSite, until } from '../../support/network.ts'
import {
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'

/** Checks how the lists of memberships of other servers are read. */

let hub: Site
let member: RemotePeer
let instance: RemoteActorFixture
beforeAll(async () => {
  hub = await startSite({ role: 'hub' })
  member = await startRemotePeer(1)
  instance = member.addActor('instance', { type: 'Application' })
  const { db, now } = hub.context
  const { id } = await upsertPeer(db, { actorUri: instance.uri, name: 'Membre' })
  await setMembership(db, id, 'member', now())
})
afterAll(() => Promise.all([hub, member].map((each) => each.close())))

/**
 * Reads a list with these items. Returns the longest time that the event loop was blocked (`held`) and the whole time,
 * in milliseconds.
 */
async function read(items: readonly object[]): Promise<{ held: number; whole: number }> {
  const { db, now, wake } = hub.context
  const path = '/actors/instance/memberships'
  member.pages.set(path, { type: 'OrderedCollection', orderedItems: items })
  const begun = performance.now()
  let held = 0
  let isOver = false
  const watching = (async () => {
    for (let last = performance.now(); !isOver; last = performance.now()) {
      await setTimeout(1)
      held = Math.max(held, performance.now() - last)
    }
  })()
  await enqueueTask(db, { kind: 'memberships', subject: instance.uri, requester: 'team' }, now())
  wake()
  await until(async () => (await countTasks()) === 0, { what: 'the reading', within: 20_000 })
  isOver = true
  await watching
  return { held, whole: performance.now() - begun }
}

const countTasks = async () =>
  (await hub.context.db.selectFrom('task').select('id').where('kind', '=', 'memberships').execute())
    .length

/** Makes offers that each have a context of their own, so that each must be read as JSON-LD. */
const offers = (actor: string, amount: number) =>
  Array.from({ length: amount }, (_, index) => ({
    '@context': ['https://www.w3.org/ns/activitystreams', { x: 'https://x.example/' }],
    id: `${actor}/o${index}`,
    type: 'Offer',
    actor,
    'x:y': { 'x:z': index },
  }))

test('a page of a mebibyte holds nobody up, and what others say in it is not read at all', {
  ...MEASURED,
  timeout: 60_000,
}, async () => {
  await read(offers(instance.uri, 20))
  const own = await read(offers(instance.uri, 1000))
  expect(own.held).toBeLessThan(200)
  const foreign = await read(offers('https://elsewhere.example/actors/instance', 2600))
  expect(foreign.held).toBeLessThan(200)
  expect(foreign.whole).toBeLessThan(own.whole / 2)
})

test('strangers that ask to belong to our network are not read, whom it took in is read in its own line', async () => {
  const { db, now, config } = hub.context
  const { id: organizationId } = (await findSiteStructure(db)) ?? { id: '' }
  const { origin } = config
  const { uri: networkUri } = await declareNetwork(
    db,
    {
      description: { name: 'La Poste', presentation: '', website: undefined },
      by: OPERATOR,
      home: { organizationId, origin, actorUri: `${origin}/actors/instance` },
    },
    now(),
  )
  const word = (subjectUri: string, side: Side) => {
    const key = { kind: 'member-of', subjectUri, objectUri: networkUri } as const
    return saveStatement(db, { ...key, side, isYes: true, at: now() }, now())
  }
  const structureAt = (host: string) => `https://${host}/actors/cafes`
  for (let i = 0; i < 300; i++) await word(structureAt(`s${i}.evil.example`), 'subject')
  await word(structureAt('taken-in.example'), 'object')
  await planReconciliations(hub.context)
  const tasks = await db
    .selectFrom('task')
    .select(['subject', 'requester'])
    .where('kind', '=', 'memberships')
    .execute()
  expect(tasks).toEqual([
    { subject: structureAt('taken-in.example'), requester: 'stranger:taken-in.example' },
  ])
}, 30_000)

test('one domain’s requests to belong to our network shut nobody else out', async () => {
  const { db, config } = hub.context
  const networkUri = `${config.origin}/reseaux/la-poste`
  const asks = async (host: string) => {
    const subject = `https://${host}/actors/cafes`
    const relationship = 'https://ns.cafe-ia.example/v1#memberOf'
    const object = { type: 'Relationship', subject, relationship, object: networkUri }
    const activity = { object }
    const id = `${subject}/offer`
    const said = { id, type: 'Offer', actorUri: subject, activity, written: activity }
    await db.transaction().execute((trx) => receiveAgreement(trx, said, hub.context))
    const key = { kind: 'member-of', subjectUri: subject, objectUri: networkUri } as const
    return (await findAgreement(db, key)) !== undefined
  }
  await db.deleteFrom('agreement').execute()
  for (let i = 0; i < 100; i++) expect(await asks(`s${i}.flood.example`)).toBe(true)
  expect(await asks('s100.flood.example')).toBe(false)
  expect(await asks('honest.example')).toBe(true)
}, 30_000)

test('whoever has others asked by us pays for it of its own day', async () => {
  const { db, now, wake } = hub.context
  const far = await startRemotePeer(2)
  const page = far.pages
  page.set('/cafes/1', { type: 'Note', id: `${far.origin}/cafes/1` })
  const requester = `peer:${new URL(member.origin).host}` as const
  const subject = `${far.origin}/cafes/1`
  const peer = await findTrustedPeerAt(db, new URL(member.origin).host)
  const spent = () => findSpent(db, peer?.id ?? '', now())
  const before = await spent()
  await enqueueTask(db, { kind: 'fetch', subject, cursor: peer?.id, requester }, now())
  wake()
  await until(async () => (await spent()).pages > before.pages, { what: 'the reading' })
  expect((await spent()).bytes).toBeGreaterThan(before.bytes)
  await far.close()
})
