import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStructure } from '../../../node/commands/structures/structure.ts'
import { runClosings } from '../../../node/jobs/structures/run-closings.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { findMediaUse } from '../../../node/store/facilitators/media-use.ts'
import { insertMedia } from '../../../node/store/files/media.ts'
import { saveClosing } from '../../../node/store/structures/closing.ts'
import {
  deleteSuspension,
  findHosted,
  saveSuspension,
} from '../../../node/store/structures/hosted.ts'
import { CAFE, type Site, startPair, until } from '../../support/network.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'

let hub: Site
let node: Site
let reader: RemotePeer
let token: string

beforeAll(async () => {
  ;({ hub, node } = await startPair())
  reader = await startRemotePeer(0)
  await createStructure(node.context, { name: 'Le Fournil' })
  const { db, now } = node.context
  const structure = await findHosted(db, { slug: 'le-fournil' })
  ;({ token } = await createToken(
    db,
    { organizationId: structure?.id ?? '', label: 'test' },
    now(),
  ))
  for (const actor of ['cafes', 'le-fournil']) {
    const before = reader.activitiesOf('Accept').length
    const target = `${node.origin}/actors/${actor}`
    const { status } = await reader.send(reader.addActor(`of-${actor}`), `${node.origin}/inbox`, {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${reader.origin}/follows/${actor}`,
      type: 'Follow',
      actor: `${reader.origin}/actors/of-${actor}`,
      object: target,
    })
    expect([actor, status]).toEqual([actor, 202])
    await until(() => reader.activitiesOf('Accept').length > before)
  }
}, 60_000)
afterAll(() => Promise.all([hub.close(), node.close(), reader.close()]))

const call = (method: string, path: string, body?: unknown) =>
  fetch(`${node.origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

test('is found by its name, with its own keys and its page', async () => {
  const account = `acct:le-fournil@${node.host}`
  const found = await node.get(`${node.origin}/.well-known/webfinger?resource=${account}`)
  expect(found.json.aliases).toEqual([`${node.origin}/actors/le-fournil`])
  const { json } = await node.get(`${node.origin}/actors/le-fournil`)
  expect(json).toMatchObject({
    type: 'Group',
    name: 'Cafés IA – Le Fournil',
    url: `${node.origin}/structures/le-fournil`,
  })
  expect(json.publicKey).toMatchObject({ id: expect.stringContaining('/actors/le-fournil#') })
})

test('its café is its own word: followers get the Event of it, those of the site an Announce, the directory its name', async () => {
  const made = await call('POST', '/cafes', { ...CAFE, title: 'Pain et IA' })
  expect(made.status).toBe(201)
  const uri = String(((await made.json()) as { id: string }).id)
  const author = `${node.origin}/actors/le-fournil`
  await until(async () => (await hub.find(uri))?.organizer.uri === author)
  expect(await hub.find(uri)).toMatchObject({ organizer: { uri: author, name: 'Le Fournil' } })
  await until(() => reader.activitiesOf('Create').length > 0)
  await until(() => reader.activitiesOf('Announce').length > 0)
  const events = reader.activitiesOf('Create').filter(({ json }) => isEvent(json.object))
  expect(events.map(({ json }) => json.actor)).toEqual([author])
  expect(reader.activitiesOf('Announce').map(({ json }) => [json.actor, json.object])).toEqual([
    [`${node.origin}/actors/cafes`, uri],
  ])
  for (const list of ['le-fournil', 'cafes', 'instance']) {
    const { text } = await node.get(`${node.origin}/actors/${list}/upcoming?page=first`)
    expect([list, text.includes(uri)]).toEqual([list, true])
  }
  const own = await node.publish({ title: 'Le café du site' })
  const { text } = await node.get(`${author}/upcoming?page=first`)
  expect(text).not.toContain(own)
  await until(async () => (await hub.titles()).includes('Le café du site'))

  const { db, now } = node.context
  const { id = '' } = (await findHosted(db, { slug: 'le-fournil' })) ?? {}
  const logo = await giveLogo(id)
  const said = events.map(({ json }) => String(json.id))
  const addresses = [uri, author, `${uri}/post`, `${uri}/organizers`, ...said]
  const statuses = async () => [
    ...new Set(await Promise.all(addresses.map(async (each) => (await node.get(each)).status))),
  ]
  expect(await statuses()).toEqual([200])
  expect((await findMediaUse(db, logo))?.isOpen).toBe(true)
  await saveSuspension(db, { id, reason: 'payant', by: 'test' }, now())
  expect(await statuses()).toEqual([404])
  expect((await findMediaUse(db, logo))?.isOpen).toBe(false)
  expect((await call('POST', '/cafes', CAFE)).status).toBe(401)
  expect((await node.get(`${node.origin}/actors/instance/upcoming?page=first`)).text).not.toContain(
    uri,
  )
  await deleteSuspension(db, { id, by: 'test' }, now())
  expect(await statuses()).toEqual([200])

  await call('PUT', `/cafes/${uri.split('/').at(-1)}`, { ...CAFE, title: 'Brioche et IA' })
  await until(async () => (await hub.titles()).includes('Brioche et IA'))
  expect((await call('DELETE', `/cafes/${uri.split('/').at(-1)}`)).status).toBe(204)
  await until(async () => !(await hub.find(uri)))
  await until(() => reader.activitiesOf('Undo').length > 0)
  await until(() => reader.activitiesOf('Delete').length > 0)
  expect(new Set(reader.activitiesOf('Delete').map(({ json }) => json.actor))).toEqual(
    new Set([author]),
  )
}, 60_000)

test('closes with its past: who follows it hears from it that its account is no more', async () => {
  const { db, now } = node.context
  const { id = '' } = (await findHosted(db, { slug: 'le-fournil' })) ?? {}
  await saveClosing(db, { id, past: 'gone', by: 'test' }, now())
  await runClosings(node.context)
  const author = `${node.origin}/actors/le-fournil`
  await until(() => reader.activitiesOf('Delete').some(({ json }) => json.object === author))
  expect((await node.get(author)).status).toBe(410)
  expect((await node.get(`${node.origin}/actors/cafes`)).status).toBe(200)
})

/** Gives the structure a logo, and returns the id of its picture. */
async function giveLogo(organizationId: string): Promise<string> {
  const { db, now } = node.context
  const id = 'a'.repeat(32)
  await insertMedia(db, { id, organizationId, width: 132, height: 132, sizes: [132] }, now())
  await db
    .updateTable('organization')
    .set({ logo_id: id })
    .where('id', '=', organizationId)
    .execute()
  return id
}

const isEvent = (object: unknown): boolean =>
  typeof object === 'object' && object !== null && 'type' in object && object.type === 'Event'
