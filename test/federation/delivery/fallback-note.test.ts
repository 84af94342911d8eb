import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import { declareSoftware } from '../../support/measured-peers.ts'
import { CAFE, type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'

let node: Site
/** The address of a café that is published before anybody follows. */
let early: string
/** A server that answers 202 to an Event and shows nothing, as NodeBB does; its NodeInfo names NodeBB. */
let forum: RemotePeer
let reader: RemotePeer

async function follow(peer: RemotePeer, name: string): Promise<void> {
  const actor = peer.addActor(name, { preferredUsername: name, type: 'Group' })
  await peer.send(actor, `${node.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: actor.uri,
    object: `${node.origin}/actors/cafes`,
  })
  await until(() => peer.activitiesOf('Accept').length > 0, { what: 'the Accept' })
}

beforeAll(async () => {
  node = await startSite()
  early = await node.publish({ title: 'Un café de toujours' })
  await untilAtRest(node)
  forum = await startRemotePeer(0)
  reader = await startRemotePeer(1)
  declareSoftware(forum, 'NodeBB', '4.15.0')
  declareSoftware(reader, 'mastodon', '4.15.0')
  await follow(forum, 'salon')
  await follow(reader, 'camille')
  await until(
    async () => {
      const rows = await node.context.db.selectFrom('host').select('software').execute()
      return rows.filter((row) => row.software !== null).length === 2
    },
    { what: 'the software of both' },
  )
})
afterAll(async () => {
  await Promise.all([node.close(), forum.close(), reader.close()])
})

const objectOf = (peer: RemotePeer, type: string): Json | undefined =>
  peer.activitiesOf(type).at(-1)?.json.object as Json | undefined

test('software that drops Events gets the café as a Note, everyone else the Event, nobody both', async () => {
  const uri = await node.publish({ title: 'Un café pour tous' })
  await until(() => objectOf(forum, 'Create') && objectOf(reader, 'Create'), { what: 'the Create' })
  expect(objectOf(forum, 'Create')).toMatchObject({ type: 'Note', id: `${uri}/note` })
  const note = objectOf(forum, 'Create')
  expect(note).toMatchObject({ name: 'Un café pour tous', url: uri })
  expect(note?.audience).toBe(`${node.origin}/actors/cafes`)
  expect(note).not.toHaveProperty('updated')
  expect(note?.content).toMatch(/^<p><strong>Un café pour tous<\/strong><\/p><p>/)
  expect(note?.content).not.toContain('<br')
  expect(note?.content).toContain(`href="${uri}"`)
  expect(objectOf(reader, 'Create')).toMatchObject({ type: 'Event', id: uri })
  expect(forum.activitiesOf('Create')).toHaveLength(1)
  expect(reader.activitiesOf('Create')).toHaveLength(1)
  expect((await node.get(`${uri}/note`)).json).toEqual(objectOf(forum, 'Create'))

  const id = uri.split('/').at(-1)
  await node.call('POST', `/cafes/${id}/cancel`, { reason: 'Malade' })
  await until(() => objectOf(forum, 'Update'), { what: 'the Update' })
  expect(objectOf(forum, 'Update')?.name).toMatch(/^Annulé – /)
  expect(objectOf(forum, 'Update')).toHaveProperty('updated')
  expect(objectOf(forum, 'Update')?.content).toContain('Malade')
  await until(() => forum.activitiesOf('Create').length === 2, { what: 'the answer' })
  const answer = objectOf(forum, 'Create')
  expect(answer).toMatchObject({ type: 'Note', inReplyTo: `${uri}/note`, audience: note?.audience })
  expect(answer?.content).toContain('n’aura pas lieu')

  await node.call('DELETE', `/cafes/${id}`)
  const deleted = () => forum.activitiesOf('Delete').map(({ json }) => (json.object as Json).id)
  await until(() => deleted().includes(answer?.id), { what: 'the Delete of the answer' })
  await until(() => deleted().includes(`${uri}/note`), { what: 'the Delete' })
  expect((await node.get(`${uri}/note`)).status).toBe(410)
})

test('what was published before is said, and not only changed, when it is told of first', async () => {
  const id = early.split('/').at(-1)
  await node.call('PUT', `/cafes/${id}`, { ...CAFE, title: 'Un autre titre' })
  const said = () =>
    forum.activities.filter(({ json }) => (json.object as Json).id === `${early}/note`)
  await until(() => said().length > 0, { what: 'the Note' })
  expect(said().map(({ json }) => json.type)).toEqual(['Create'])
})
