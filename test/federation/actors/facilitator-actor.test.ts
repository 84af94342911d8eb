import { afterAll, beforeAll, expect, test } from 'vitest'
import { renewKeys } from '../../../federation/actors/renew-keys.ts'
import { saveNamingAnswer } from '../../../node/store/facilitators/namings.ts'
import {
  publishTestFacilitator,
  withdrawFacilitatorPage,
} from '../../support/facilitator-profiles.ts'
import { setLedBy } from '../../support/led-cafes.ts'
import { type Member, startSpeaker } from '../../support/member.ts'
import { type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import type { ReceivedActivity } from '../../support/remote-peer.ts'

/** The account of a person who leads cafés, as another server reads it. */
let node: Site
beforeAll(async () => {
  node = await startSite()
})
afterAll(() => node.close())

async function lead(facilitatorId: string, cafeUri: string, isOn = true) {
  const cafe = await node.find(cafeUri)
  await setLedBy(node.context, cafe?.id, isOn ? [facilitatorId] : [])
}

async function follow(friend: Member, account: string) {
  await friend.say({
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${friend.origin}/activities/follow`,
    type: 'Follow',
    actor: friend.feed.uri,
    object: account,
  })
  await until(() => friend.activitiesOf('Accept').length === 1)
}

test('there is an account only for who ticked it and is seen by all', async () => {
  const quiet = await publishTestFacilitator(node)
  expect((await node.get(`${node.origin}/actors/${quiet.handle}`)).status).toBe(404)
  const hidden = await publishTestFacilitator(node, { fediverse: true, level: 'network' })
  expect((await node.get(`${node.origin}/actors/${hidden.handle}`)).status).toBe(404)
})

test('it is found by WebFinger, is followed, announces each café that the person leads once, and takes back what they leave; its new keys are told like all else, and kept nowhere', async () => {
  const person = await publishTestFacilitator(node, { fediverse: true, name: 'Camille <b>R.</b>' })
  const account = `${node.origin}/actors/${person.handle}`
  const found = await fetch(
    `${node.origin}/.well-known/webfinger?resource=acct:${person.handle}@${node.host}`,
  )
  expect(await found.json()).toMatchObject({ aliases: [account] })
  const { json } = await node.get(account)
  expect(json).toMatchObject({
    type: 'Person',
    id: account,
    preferredUsername: person.handle,
    url: person.uri,
    name: 'Camille <b>R.</b>',
    manuallyApprovesFollowers: false,
  })
  const friend = await startSpeaker(node)
  await follow(friend, account)
  const uri = await node.publish({ title: 'Un premier café' })
  await lead(person.id, uri)
  const announced = () =>
    friend.activitiesOf('Announce').filter((activity) => activity.json.actor === account)
  await until(() => announced().length === 1, { what: 'the Announce' })
  expect(announced()[0]?.json.object).toBe(uri)
  const outbox = await node.get(`${account}/outbox?page=first`)
  expect((outbox.json.orderedItems as { object: string }[]).map(({ object }) => object)).toEqual([
    uri,
  ])
  const upcoming = await node.get(`${account}/upcoming`)
  expect(upcoming.json.orderedItems).toEqual([uri])
  const collection = await node.get(`${uri}/facilitators`)
  expect(collection.json.items).toEqual([person.uri])

  await lead(person.id, uri, false)
  await until(() => friend.activitiesOf('Undo').length === 1)
  expect(announced()).toHaveLength(1)

  await renewKeys(node.context, { isLeaked: false, onMade: () => undefined })
  node.context.wake()
  const isOfAccount = ({ json }: ReceivedActivity) => json.actor === account
  await until(() => friend.activitiesOf('Update').some(isOfAccount), { what: 'the new keys' })
  await untilAtRest(node)
  const left = await node.context.db
    .selectFrom('activity')
    .select('type')
    .where('actor', '=', person.handle)
    .where('type', 'like', '%Update')
    .execute()
  expect(left).toEqual([])

  await withdrawFacilitatorPage(node, person)
  await until(() =>
    friend.activitiesOf('Delete').some((activity) => activity.json.object === account),
  )
  expect((await node.get(account)).status).toBe(410)
  await friend.close()
}, 20_000)

test('nothing of a café stays where a person is read once they take back their yes: the announcement and the shares of its news are undone, also those of before', async () => {
  const person = await publishTestFacilitator(node, { fediverse: true })
  const account = `${node.origin}/actors/${person.handle}`
  const friend = await startSpeaker(node)
  await follow(friend, account)
  const uri = await node.publish({ title: 'Un café accepté, puis refusé' })
  const other = await node.publish({ title: 'Un café qui reste' })
  await lead(person.id, uri)
  await lead(person.id, other)
  await until(() => friend.activitiesOf('Announce').length === 2, { what: 'two cafés' })
  const path = new URL(uri).pathname
  expect((await node.call('POST', `${path}/cancel`, { reason: 'Grève' })).status).toBe(200)
  const ofAccount = (type: string) =>
    friend.activitiesOf(type).filter(({ json }) => json.actor === account)
  await until(() => ofAccount('Announce').length === 3, { what: 'two cafés and a share' })
  await untilAtRest(node)
  const ids = ofAccount('Announce').map(({ json }) => json.id as string)

  const { db, now, wake } = node.context
  const cafe = await node.find(uri)
  await saveNamingAnswer(db, person.id, { cafeId: cafe?.id ?? '', answer: 'no' }, now())
  wake()
  await until(() => ofAccount('Undo').length === 2, { what: 'the Undo of both' })
  await untilAtRest(node)
  const pages = ['/outbox', '/outbox?page=first', '/upcoming', '/featured']
  const texts = await Promise.all(pages.map((page) => node.get(`${account}${page}`)))
  expect(texts.filter(({ json }) => JSON.stringify(json).includes(uri))).toEqual([])
  expect(
    texts.map(({ json }) => json.totalItems ?? (json.orderedItems as unknown[]).length),
  ).toEqual([1, 1, 1, 1])
  const statuses = await Promise.all(ids.map(async (id) => (await node.get(id)).status))
  expect(statuses.sort()).toEqual([200, 404, 404])
  expect((await node.get(`${uri}/facilitators`)).json.items).toEqual([])
  await friend.close()
}, 20_000)
