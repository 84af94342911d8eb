import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Member, startHubWithMember, startSpeaker } from '../../support/member.ts'
import { type Site, until } from '../../support/network.ts'
import type { RemoteActorFixture, RemotePeer } from '../../support/remote-peer.ts'

/** What is stored has to fit into the indexes of both databases. */

let hub: Site
let member: Member
let stranger: RemotePeer
let reader: Member
let close: () => Promise<unknown>
beforeAll(async () => {
  ;({ hub, member, stranger, close } = await startHubWithMember())
  reader = await startSpeaker(hub)
})
afterAll(() => Promise.all([close(), reader.close()]))

/** Letters that do not compress, of three bytes each. */
const letters = (count: number): string =>
  Array.from({ length: count }, () =>
    String.fromCharCode(0x4e00 + (randomBytes(2).readUInt16BE() % 10_000)),
  ).join('')
const ascii = (count: number): string => randomBytes(count).toString('base64url').slice(0, count)

const CONTEXT = 'https://www.w3.org/ns/activitystreams'
const idAt = (peer: RemotePeer) => `${peer.origin}/activities/${ascii(20)}`

const follow = async (peer: RemotePeer, actor: RemoteActorFixture) =>
  (
    await peer.send(actor, `${hub.origin}/inbox`, {
      ...{ '@context': CONTEXT, id: idAt(peer), type: 'Follow', actor: actor.uri },
      object: `${hub.origin}/actors/cafe-ia`,
    })
  ).status

test('a follower with a very long shared inbox keeps no café from the others', async () => {
  for (const [index, name] of [letters(2000), ascii(2020)].entries()) {
    const endpoints = { sharedInbox: `${stranger.origin}/${name}` }
    expect(await follow(stranger, stranger.addActor(`odd-${index}`, { endpoints }))).toBe(202)
  }
  expect(await follow(reader, reader.feed)).toBe(202)
  await until(() => reader.activitiesOf('Accept').length > 0)
  const cafe = member.cafe()
  expect(await member.say(member.activity('Create', cafe))).toBe(202)
  await until(() => reader.activitiesOf('Announce').some(({ json }) => json.object === cafe.uri))
})

test('an id of more than 1,024 bytes is refused, whatever its letters, and a shorter one is not', async () => {
  const create = (path: string) => {
    const uri = `${member.origin}/${path}`
    return member.say(member.activity('Create', member.cafe({}, { uri, url: uri })))
  }
  const left = 1024 - member.origin.length - 1
  expect(await create(letters(left / 3 + 1))).toBe(400)
  expect(await create(ascii(left + 1))).toBe(400)
  expect(await create(letters(left / 3 - 1))).toBe(202)
  expect(await create(ascii(left))).toBe(202)
})

test('an id with half a letter, which databases do not keep, is refused', async () => {
  const create = (letter: string) => {
    const uri = `${member.origin}/cafes/a${letter}`
    const { proof: _, ...activity } = member.activity('Create', member.cafe())
    return member.say({ ...activity, object: { ...Object(activity.object), id: uri, url: uri } })
  }
  expect(await Promise.all(['\ud800', '\ud801', '\udc00'].map(create))).toEqual([400, 400, 400])
})

test('what is announced, and a membership, under a longer address is dropped', async () => {
  const say = (activity: object) =>
    member.send(member.feed, `${hub.origin}/inbox`, {
      ...{ '@context': CONTEXT, id: idAt(member), actor: member.feed.uri },
      ...activity,
    })
  const object = `https://x.example/${letters(3000)}`
  const { db } = hub.context
  expect((await say({ type: 'Announce', object })).status).toBe(202)
  const relation = {
    type: 'Relationship',
    subject: member.feed.uri,
    relationship: 'https://ns.cafe-ia.example/v1#memberOf',
    object,
  }
  expect((await say({ type: 'Offer', object: relation })).status).toBe(202)
  expect(await db.selectFrom('agreement').selectAll().execute()).toEqual([])
  expect(await db.selectFrom('task').selectAll().where('subject', '=', object).execute()).toEqual(
    [],
  )
})
