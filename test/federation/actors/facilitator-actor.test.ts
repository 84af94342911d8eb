import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  publishTestFacilitator,
  withdrawFacilitatorPage,
} from '../../support/facilitator-profiles.ts'
import { startSpeaker } from '../../support/member.ts'
import { type Site, startSite, until } from '../../support/network.ts'

/** The account of a person who leads cafés, as somebody on another server meets it. */
let node: Site
beforeAll(async () => {
  node = await startSite()
})
afterAll(() => node.close())

async function lead(facilitatorId: string, cafeUri: string, isOn = true) {
  const { setCafeFacilitators } = await import(
    '../../../node/store/facilitators/cafe-facilitators.ts'
  )
  const cafe = await node.find(cafeUri)
  const { db, now, wake } = node.context
  await db
    .transaction()
    .execute((trx) =>
      setCafeFacilitators(
        trx,
        { cafeId: cafe?.id ?? '', facilitatorIds: isOn ? [facilitatorId] : [] },
        now(),
      ),
    )
  wake()
}

test('there is an account only for who ticked it and is seen by all', async () => {
  const quiet = await publishTestFacilitator(node)
  expect((await node.get(`${node.origin}/actors/${quiet.handle}`)).status).toBe(404)
  const hidden = await publishTestFacilitator(node, { fediverse: true, level: 'network' })
  expect((await node.get(`${node.origin}/actors/${hidden.handle}`)).status).toBe(404)
})

test('it is found by WebFinger, is followed, announces each café that the person leads once, and takes back what they leave', async () => {
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
  await friend.say({
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${friend.origin}/activities/follow`,
    type: 'Follow',
    actor: friend.feed.uri,
    object: account,
  })
  await until(() => friend.lettersOf('Accept').length === 1)
  const uri = await node.publish({ title: 'Un premier café' })
  await lead(person.id, uri)
  const announced = () =>
    friend.lettersOf('Announce').filter((letter) => letter.json.actor === account)
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
  await until(() => friend.lettersOf('Undo').length === 1)
  expect(announced()).toHaveLength(1)

  await withdrawFacilitatorPage(node, person)
  await until(() => friend.lettersOf('Delete').some((letter) => letter.json.object === account))
  expect((await node.get(account)).status).toBe(410)
  await friend.close()
}, 20_000)
