import { afterAll, beforeAll, expect, test } from 'vitest'
import { policyOf } from '../../../federation/actors/actors.ts'
import { PUBLIC } from '../../../federation/wire/context.ts'
import type { Json } from '../../../federation/wire/json.ts'
import {
  STAMP_ASKED_DAYS,
  STAMPS_ASKED,
  STAMPS_OF_DOMAIN,
} from '../../../node/domain/federation/stamp.ts'
import { saveBlock } from '../../../node/store/directory/blocks.ts'
import {
  countStamps,
  decideStamp,
  findStampPage,
  refuseOldRequests,
} from '../../../node/store/feeds/stamps.ts'
import {
  publishTestFacilitator,
  withdrawFacilitatorPage,
} from '../../support/facilitator-profiles.ts'
import { type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import {
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'

/** Requests to quote a café (FEP-044f) and to list an account in a collection (FEP-7aa9), as Mastodon writes them. */

let node: Site
let peer: RemotePeer
let person: RemoteActorFixture
let cafe: string
beforeAll(async () => {
  node = await startSite({ name: 'Médiathèque' })
  peer = await startRemotePeer(0)
  person = peer.addActor('camille')
  cafe = await node.publish({ title: 'À citer' })
  await until(async () => (await node.get(cafe)).status === 200)
})
afterAll(() => Promise.all([node.close(), peer.close()]))

const feed = () => `${node.origin}/actors/cafes`
let count = 0
const request = (
  type: 'QuoteRequest' | 'FeatureRequest',
  object: string,
  change: Partial<Record<string, unknown>> = {},
) => ({
  '@context': [
    'https://www.w3.org/ns/activitystreams',
    ...(type === 'QuoteRequest'
      ? [{ QuoteRequest: 'https://w3id.org/fep/044f#QuoteRequest' }]
      : ['https://w3id.org/fep/7aa9']),
  ],
  id: `${peer.origin}/requests/${++count}`,
  type,
  actor: person.uri,
  object,
  instrument: `${peer.origin}/posts/${count}`,
  ...change,
})
const send = async (activity: object) =>
  expect((await peer.send(person, `${node.origin}/inbox`, activity)).status).toBe(202)
const answerTo = (id: string) =>
  peer.activities
    .map(({ json }) => json)
    .find(({ object }) => object === id || (object as Json).id === id)

/** Sends a request; returns the answer to it. */
async function ask(activity: Json & { id: string }): Promise<Json> {
  await send(activity)
  await until(() => answerTo(activity.id), { what: 'an answer' })
  return answerTo(activity.id) ?? {}
}

test('a café says that everybody may quote it, and an account of a place that it may be listed', async () => {
  const open = { automaticApproval: [PUBLIC] }
  const { json } = await node.get(cafe)
  expect(json.interactionPolicy).toEqual({ canQuote: open, canFeature: open })
  for (const actor of ['cafes', 'instance'])
    expect((await node.get(`${node.origin}/actors/${actor}`)).json.interactionPolicy).toEqual({
      canFeature: open,
    })
})

test.each(['QuoteRequest', 'FeatureRequest'] as const)(
  'a %s is accepted with a stamp that verifies, the same each time',
  async (type) => {
    const target = type === 'QuoteRequest' ? cafe : feed()
    const asked = request(type, target)
    const accept = await ask(asked)
    expect(accept).toMatchObject({ type: 'Accept', actor: feed(), to: [person.uri] })
    const uri = String(accept.result)
    const { status, json } = await node.get(uri)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      id: uri,
      type: type === 'QuoteRequest' ? 'QuoteAuthorization' : 'FeatureAuthorization',
      attributedTo: feed(),
      interactingObject: asked.instrument,
      interactionTarget: target,
    })
    const again = await ask({ ...asked, id: `${asked.id}/again` })
    expect(again.result).toBe(uri)
    const whole = { id: asked.instrument, type: 'Note', attributedTo: person.uri, quote: target }
    const embedded = await ask({ ...asked, id: `${asked.id}/whole`, instrument: whole })
    expect(embedded.result).toBe(uri)
    // FEP-7aa9 and Mastodon write the one without an actor.
    const nobodys = { ...asked, id: `${asked.id}/nobodys`, actor: undefined }
    if (type === 'FeatureRequest') expect((await ask(nobodys)).result).toBe(uri)
  },
)

test('a post of another server, or of somebody else there, gets no answer; nor what is not published', async () => {
  const before = peer.activities.length
  const other = peer.addActor('autre')
  for (const change of [
    { instrument: 'https://elsewhere.example/posts/1' },
    { instrument: { id: `${peer.origin}/posts/9`, attributedTo: other.uri } },
    { instrument: undefined },
    { instrument: 'posts/9' },
  ])
    await send(request('QuoteRequest', cafe, change))
  for (const object of [`${cafe}0`, `${node.origin}/`, `${node.origin}/actors/nobody`])
    await send(request('QuoteRequest', object))
  await untilAtRest(node)
  expect(peer.activities).toHaveLength(before)
  // An account is not quoted, and is answered so.
  expect(await ask(request('QuoteRequest', feed()))).toMatchObject({
    type: 'Reject',
    actor: feed(),
  })
})

test.each(['', '/post'])(
  'a stamp is gone with its café, and who asked for it is told: « %s »',
  async (form) => {
    const uri = await node.publish({ title: 'Bientôt supprimé' })
    await until(async () => (await node.get(uri)).status === 200)
    const { result } = await ask(request('QuoteRequest', `${uri}${form}`))
    await node.call('DELETE', `/cafes/${uri.split('/').at(-1)}`)
    const isWithdrawal = ({ json }: { json: Json }) => (json.object as Json).id === result
    await until(() => peer.activitiesOf('Delete').some(isWithdrawal), { what: 'the withdrawal' })
    const withdrawal = peer.activitiesOf('Delete').find(isWithdrawal)?.json
    expect(withdrawal).toMatchObject({ actor: feed(), object: { type: 'QuoteAuthorization' } })
    expect(withdrawal?.object).not.toHaveProperty('interactingObject')
    expect((await node.get(String(result))).status).toBe(404)
  },
)

/** Asks to list a person; returns the id of the request and what waits for the team. */
async function askForPerson(target: string) {
  const asked = request('FeatureRequest', target)
  await send(asked)
  await untilAtRest(node)
  expect(answerTo(asked.id)).toBeUndefined()
  const { rows } = await findStampPage(node.context.db, {
    state: 'asked',
    words: asked.id.replace('requests', 'posts'),
    page: 1,
    size: 5,
  })
  return { asked, stampId: rows[0]?.id ?? expect.fail() }
}

test('a person is asked first: the request waits for the team, which gives, refuses or takes back', async () => {
  const { db, now } = node.context
  const { handle } = await publishTestFacilitator(node, { fediverse: true })
  const account = `${node.origin}/actors/${handle}`
  expect((await node.get(account)).json.interactionPolicy).toEqual({
    canFeature: { automaticApproval: [account], manualApproval: [PUBLIC] },
  })
  const decide = async (id: string, state: 'given' | 'refused') => {
    expect(await decideStamp(db, { id, state }, now())).toBe(true)
    node.context.wake()
  }
  const given = await askForPerson(account)
  const uri = `${node.origin}/stamps/${given.stampId}`
  expect((await node.get(uri)).status).toBe(404)
  await decide(given.stampId, 'given')
  await until(() => answerTo(given.asked.id), { what: 'the Accept' })
  expect(answerTo(given.asked.id)).toMatchObject({ type: 'Accept', actor: account, result: uri })
  expect((await node.get(uri)).json).toMatchObject({ attributedTo: account })

  await decide(given.stampId, 'refused')
  const isWithdrawal = ({ json }: { json: Json }) => (json.object as Json).id === uri
  await until(() => peer.activitiesOf('Delete').some(isWithdrawal), { what: 'the withdrawal' })
  expect((await node.get(uri)).status).toBe(404)
  expect(await ask({ ...given.asked, id: `${given.asked.id}/again` })).toMatchObject({
    type: 'Reject',
  })
  expect(await decideStamp(db, { id: given.stampId, state: 'given' }, now())).toBe(false)

  const refused = await askForPerson(account)
  await decide(refused.stampId, 'refused')
  await until(() => answerTo(refused.asked.id), { what: 'the Reject' })
  expect(answerTo(refused.asked.id)).toMatchObject({ type: 'Reject', actor: account })

  const late = await askForPerson(account)
  const at = now()
    .subtract({ hours: STAMP_ASKED_DAYS * 24 + 1 })
    .toString()
  await db.updateTable('stamp').set({ at }).where('id', '=', late.stampId).execute()
  await refuseOldRequests(db, now())
  node.context.wake()
  await until(() => answerTo(late.asked.id), { what: 'the Reject' })

  for (let more = 0; more < STAMPS_ASKED.ofDomain; more++)
    await send(request('FeatureRequest', account))
  expect(await ask(request('FeatureRequest', account))).toMatchObject({ type: 'Reject' })
  expect((await countStamps(db)).asked).toBe(STAMPS_ASKED.ofDomain)

  // Those of others fill the list of all: who asks now gets no answer, and may ask again later.
  await db
    .updateTable('stamp')
    .set({ domain: 'others.example' })
    .where('state', '=', 'asked')
    .execute()
  const [waiting] = await db.selectFrom('stamp').selectAll().where('state', '=', 'asked').execute()
  if (!waiting) throw new Error('no request')
  const others = Array.from({ length: STAMPS_ASKED.inAll - STAMPS_ASKED.ofDomain }, (_, index) => ({
    ...waiting,
    ...{ id: `w${index}`, instrument_uri: `https://others.example/posts/${index}` },
  }))
  await db.insertInto('stamp').values(others).execute()
  const unheard = request('FeatureRequest', account)
  await send(unheard)
  await untilAtRest(node)
  expect(answerTo(unheard.id)).toBeUndefined()
  expect((await countStamps(db)).asked).toBe(STAMPS_ASKED.inAll)
  await db.deleteFrom('stamp').where('domain', '=', 'others.example').execute()
})

test('of a person whose profile is withdrawn no stamp is left, and who asked is told', async () => {
  const { db, now } = node.context
  const person = await publishTestFacilitator(node, { fediverse: true })
  const account = person.actorUri ?? expect.fail()
  const given: string[] = []
  for (const target of [person.uri, account]) {
    const { asked, stampId } = await askForPerson(target)
    expect(await decideStamp(db, { id: stampId, state: 'given' }, now())).toBe(true)
    node.context.wake()
    await until(() => answerTo(asked.id), { what: 'the Accept' })
    const actor = target === account ? account : feed()
    const stamp = `${node.origin}/stamps/${stampId}`
    expect(answerTo(asked.id)).toMatchObject({ type: 'Accept', actor, result: stamp })
    expect((await node.get(stamp)).json).toMatchObject({ interactionTarget: target })
    given.push(stamp)
  }
  await withdrawFacilitatorPage(node, person)
  const withdrawn = () => peer.activitiesOf('Delete').map(({ json }) => (json.object as Json).id)
  await until(() => given.every((stamp) => withdrawn().includes(stamp)), { what: 'the Deletes' })
  await untilAtRest(node)
  const { rows } = await findStampPage(db, {
    state: 'given',
    words: person.handle,
    page: 1,
    size: 5,
  })
  expect(rows).toEqual([])
  const left = { activity: 'actor', actor_key: 'actor' } as const
  for (const [table, column] of Object.entries(left) as [keyof typeof left, 'actor'][])
    expect(
      await db.selectFrom(table).select(column).where(column, '=', person.handle).execute(),
    ).toEqual([])
})

test('no stamp is had by asking without an end, nor from a domain that is blocked', async () => {
  const { db, now } = node.context
  const [stamp] = await db.selectFrom('stamp').selectAll().execute()
  if (!stamp) throw new Error('no stamp')
  const many = Array.from({ length: STAMPS_OF_DOMAIN }, (_, index) => ({
    ...stamp,
    ...{ id: `s${index}`, instrument_uri: `${peer.origin}/many/${index}` },
  }))
  for (let start = 0; start < many.length; start += 1000)
    await db
      .insertInto('stamp')
      .values(many.slice(start, start + 1000))
      .execute()
  expect(await ask(request('QuoteRequest', cafe))).toMatchObject({ type: 'Reject' })
  await db.updateTable('share').set({ total: 200 }).where('kind', '=', 'stamp').execute()
  const late = request('QuoteRequest', cafe)
  await send(late)
  await untilAtRest(node)
  expect(answerTo(late.id)).toBeUndefined()

  const uri = `${node.origin}/stamps/${stamp.id}`
  expect((await node.get(uri)).status).toBe(200)
  const { hostname } = new URL(peer.origin)
  await saveBlock(db, { target: hostname, reason: '' }, now())
  expect((await node.get(uri)).status).toBe(404)
})

test('the account of a person may be listed by nobody without an answer, and says so', async () => {
  const handle = 'abcdefghij'
  expect(
    policyOf(
      { type: 'Person', identifier: handle, name: '', summaryHtml: '', facts: [] },
      'https://a.test',
    ),
  ).toEqual({
    interactionPolicy: {
      canFeature: {
        automaticApproval: [`https://a.test/actors/${handle}`],
        manualApproval: [PUBLIC],
      },
    },
  })
})
