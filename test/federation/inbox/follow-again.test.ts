import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFollower } from '../../../node/store/feeds/followers.ts'
import { type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import {
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'

/** Gancio gives each Follow of one account by another the same id, and each Undo of it too. */

let node: Site
let peer: RemotePeer
let reader: RemoteActorFixture
beforeAll(async () => {
  node = await startSite({ name: 'Médiathèque' })
  peer = await startRemotePeer(0)
  reader = peer.addActor('reader')
})
afterAll(async () => {
  await Promise.all([node.close(), peer.close()])
})

const feed = () => `${node.origin}/actors/cafes`
const follow = () => ({
  id: `${peer.origin}/follows/cafes`,
  type: 'Follow',
  actor: reader.uri,
  object: feed(),
})
const undo = (object: unknown) => ({
  id: `${peer.origin}/follows/cafes/undo`,
  type: 'Undo',
  actor: reader.uri,
  object,
})
const send = async (activity: object): Promise<void> => {
  const context = { '@context': 'https://www.w3.org/ns/activitystreams' }
  const { status } = await peer.send(reader, `${node.origin}/inbox`, { ...context, ...activity })
  expect(status).toBe(202)
}
const follows = () => isFollower(node.context.db, 'cafes', reader.uri)
const accepts = () => peer.activitiesOf('Accept').length

test('a follower that left may follow again with the same ids', async () => {
  for (const [turn, object] of [follow(), follow().id, follow()].entries()) {
    await send(follow())
    await until(follows)
    await until(() => accepts() === turn + 1)
    await send(undo(object))
    await until(async () => !(await follows()))
  }
})

test('a recorded Follow or Undo that is sent again changes nothing, whoever follows by then', async () => {
  const context = { '@context': 'https://www.w3.org/ns/activitystreams' }
  const record = (activity: object) =>
    peer.record(reader, `${node.origin}/inbox`, { ...context, ...activity })
  const [following, leaving] = [await record(follow()), await record(undo(follow()))]
  const given = async (sendIt: () => Promise<Response>) => expect((await sendIt()).status).toBe(202)
  await given(following)
  expect(await follows()).toBe(true)
  await given(leaving)
  expect(await follows()).toBe(false)
  await Promise.all([given(following), given(following)])
  expect(await follows()).toBe(false)
  await send(follow())
  await given(leaving)
  expect(await follows()).toBe(true)
  await send(undo(follow()))
  expect(await follows()).toBe(false)
})

test('a repeated Follow is answered once', async () => {
  await untilAtRest(node)
  const before = accepts()
  await send(follow())
  await until(() => accepts() === before + 1)
  await send(follow())
  await send(undo({ ...follow(), object: `${node.origin}/actors/instance` }))
  await node.publish({ title: 'Après la reprise' })
  await until(() => peer.activitiesOf('Create').length === 1)
  expect(accepts()).toBe(before + 1)
  expect(await follows()).toBe(true)
})

test('deliveries to a follower that left are dropped, except Deletes', async () => {
  const { db } = node.context
  peer.answer.status = 503
  const uri = await node.publish({ title: 'Trop tard' })
  const path = `/cafes/${uri.split('/').at(-1)}`
  const waiting = () =>
    db
      .selectFrom('delivery')
      .innerJoin('activity', 'activity.seq', 'delivery.activity_seq')
      .select('activity.type')
      .where('inbox', 'like', `${peer.origin}%`)
      .execute()
  await until(async () => (await waiting()).some(({ type }) => type === 'Create'))
  await node.call('DELETE', path)
  await until(async () => (await waiting()).some(({ type }) => type === 'Delete'))
  await send(undo(follow()))
  await until(async () => !(await follows()))
  expect((await waiting()).map(({ type }) => type)).toEqual(['Delete'])
})

test('of two accounts of a directory, only what is still followed goes on', async () => {
  const hub = await startSite({ role: 'hub' })
  const other = await startRemotePeer(1)
  const person = other.addActor('camille')
  const say = async (activity: object) => {
    const context = { '@context': 'https://www.w3.org/ns/activitystreams', actor: person.uri }
    const { status } = await other.send(person, `${hub.origin}/inbox`, { ...context, ...activity })
    expect(status).toBe(202)
  }
  const followOf = (feed: string) => ({
    id: `${other.origin}/follows/${feed}`,
    type: 'Follow',
    actor: person.uri,
    object: `${hub.origin}/actors/${feed}`,
  })
  const { db } = hub.context
  for (const feed of ['cafes', 'cafe-ia', 'cafes-drome']) {
    await say(followOf(feed))
    await until(() => isFollower(db, feed, person.uri))
  }
  await until(() => other.activitiesOf('Accept').length === 3)
  other.answer.status = 503
  await hub.publish()
  const signers = async () =>
    (await db.selectFrom('delivery').select('signer').execute()).map(({ signer }) => signer).sort()
  await until(async () => (await signers()).length === 3, { what: 'what waits' })
  const left = followOf('cafes-drome')
  await say({ id: `${left.id}/undo`, type: 'Undo', object: left })
  await until(async () => !(await isFollower(db, 'cafes-drome', person.uri)))
  expect(await signers()).toEqual(['cafe-ia', 'cafes'])
  await Promise.all([hub.close(), other.close()])
})

test.each([
  ['without a context', { '@context': undefined }],
  ['with a context that does not name ActivityStreams', { '@context': { x: 'https://x.test/' } }],
  ['with its type in a list', { type: ['Follow'] }],
  ['with a type of another vocabulary too', { type: ['https://x.test/Subscribe', 'Follow'] }],
  ['with a plain type of another vocabulary too', { type: ['Subscribe', 'Follow'] }],
])('a Follow %s is read as ActivityStreams says', async (_, change) => {
  peer.answer.status = 202
  const id = `${peer.origin}/follows/${Math.random()}`
  const before = accepts()
  await send({ ...follow(), id, ...change })
  await until(follows)
  await until(() => accepts() === before + 1)
  const undone = { ...follow(), id, ...change }
  await send({ ...undo(undone), id: `${id}/undo`, ...change, type: ['Undo'] })
  await until(async () => !(await follows()))
})
