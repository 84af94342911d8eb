import { Accept, Create, Event, Follow, Group, Place, Undo } from '@fedify/vocab'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listFollowings, requestFollow } from '../../../node/store/directory/followings.ts'
import { isFollower } from '../../../node/store/feeds/followers.ts'
import { type FedifyPeer, startFedify } from '../../support/fedify-peer.ts'
import { type Site, startSite, until } from '../../support/network.ts'

let node: Site
let fedify: FedifyPeer

beforeAll(async () => {
  node = await startSite({ name: 'Médiathèque' })
  fedify = await startFedify()
})
afterAll(async () => {
  await Promise.all([node.close(), fedify.close()])
})

const context = () => fedify.federation.createContext(new URL(fedify.origin), undefined)
const uriOf = (identifier: string) => context().getActorUri(identifier)
const followId = () => new URL(`${fedify.origin}/follows/1`)

test('Fedify reads the feed’s actor, follows it, and believes our Accept', async () => {
  const ctx = context()
  // The actor is looked up by its address, since Fedify asks WebFinger over https only.
  const feed = await ctx.lookupObject(`${node.origin}/actors/cafes`)
  expect(feed).toBeInstanceOf(Group)
  const group = feed as Group
  expect(group.id?.href).toBe(`${node.origin}/actors/cafes`)
  const follow = new Follow({ id: followId(), actor: uriOf('voisins'), object: group.id })
  await ctx.sendActivity({ identifier: 'voisins' }, group, follow)
  await until(() => fedify.received.some((activity) => activity instanceof Accept))
  expect(await isFollower(node.context.db, 'cafes', uriOf('voisins').href)).toBe(true)
  const accept = fedify.received.find((activity) => activity instanceof Accept)
  expect(accept?.actorId?.href).toBe(`${node.origin}/actors/cafes`)
  expect(accept?.objectId?.href).toBe(followId().href)
})

test('it verifies and reads the Create of a café: title, hour, place and words', async () => {
  const uri = await node.publish({ title: 'Lu par Fedify' })
  await until(() => fedify.received.some((activity) => activity instanceof Create))
  const create = fedify.received.find((activity) => activity instanceof Create)
  const event = (await create?.getObject(context())) as Event
  expect(event).toBeInstanceOf(Event)
  expect(event.id?.href).toBe(uri)
  expect(event.name?.toString()).toBe('Lu par Fedify')
  expect(event.startTime?.equals((await node.find(uri))?.startsAt ?? event.endTime ?? '')).toBe(
    true,
  )
  const place = await event.getLocation(context())
  expect(place).toBeInstanceOf(Place)
  expect(place?.name?.toString()).toBe('Médiathèque, Die')
})

test('it fetches the café, the outbox and the pinned cafés by their addresses', async () => {
  const ctx = context()
  const feed = (await ctx.lookupObject(`${node.origin}/actors/cafes`)) as Group
  const outbox = await feed.getOutbox(ctx)
  expect(outbox?.totalItems).toBe(1)
  const items: unknown[] = []
  if (outbox) for await (const item of ctx.traverseCollection(outbox)) items.push(item)
  expect(items).toHaveLength(1)
  expect(items[0]).toBeInstanceOf(Create)
  const featured = await feed.getFeatured(ctx)
  expect(featured?.totalItems).toBe(1)
  expect((await feed.getFollowers(ctx))?.totalItems).toBe(1)
})

test('it stops following by an Undo', async () => {
  const ctx = context()
  const follow = new Follow({
    id: followId(),
    actor: uriOf('voisins'),
    object: new URL(`${node.origin}/actors/cafes`),
  })
  const undo = new Undo({
    id: new URL(`${fedify.origin}/undos/1`),
    actor: uriOf('voisins'),
    object: follow,
  })
  const feed = (await ctx.lookupObject(`${node.origin}/actors/cafes`)) as Group
  await ctx.sendActivity({ identifier: 'voisins' }, feed, undo)
  await until(async () => !(await isFollower(node.context.db, 'cafes', uriOf('voisins').href)))
})

test('and it can be followed: our Follow is verified, and its Accept believed', async () => {
  const { db, now, wake } = node.context
  const address = `@voisins@${new URL(fedify.origin).host}`
  await requestFollow(db, { address, join: false, invitation: undefined }, now())
  wake()
  await until(() => fedify.received.some((activity) => activity instanceof Follow))
  await until(async () => (await listFollowings(db))[0]?.state === 'accepted')
  expect((await listFollowings(db))[0]?.targetUri).toBe(uriOf('voisins').href)
})
