import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withdrawFacilitator } from '../../node/store/facilitators/publication.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { CAFE, type Site, startPair, until, untilAtRest } from '../support/network.ts'
import { run } from '../support/program.ts'
import { type RemotePeer, startRemotePeer } from '../support/remote-peer.ts'

/** A directory is restored from yesterday's backup alone, while its places and its followers kept running. */

let hub: Site
let node: Site
let reader: RemotePeer
let safe: string
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  safe = await mkdtemp(join(tmpdir(), 'cafe-ia-safe-'))
  reader = await startRemotePeer(1)
  const actor = reader.addActor('camille', { preferredUsername: 'camille', type: 'Person' })
  await reader.send(actor, `${hub.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${reader.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: actor.uri,
    object: `${hub.origin}/actors/cafes-drome`,
  })
  await until(() => reader.activitiesOf('Accept').length > 0, { what: 'the Accept' })
}, 60_000)
afterAll(async () => {
  await Promise.allSettled([hub.close(), node.close(), reader.close()])
  await rm(safe, { recursive: true, force: true })
})

const announcesOf = (uri: string) =>
  reader.activitiesOf('Announce').filter(({ json }) => json.object === uri).length
const peopleOf = async (site: Site) =>
  (await site.context.db.selectFrom('facilitator').select('name').execute()).map(({ name }) => name)
const pathOf = (uri: string) => new URL(uri).pathname

test('a restored directory reads from its places what happened since the backup', {
  timeout: 120_000,
}, async () => {
  const { origin, data } = hub.context.config
  const settings = { ORIGIN: origin, DATA: data, ALLOW_LOOPBACK: '1', ROLE: 'hub' }
  const command = (args: string[]) => run(args, settings, safe).ended()

  const edited = await node.publish({ title: 'Avant' })
  const deleted = await node.publish({ title: 'Un café supprimé ensuite' })
  const person = await publishTestFacilitator(node, { level: 'public', name: 'Camille Retirée' })
  await until(() => announcesOf(edited) === 1 && announcesOf(deleted) === 1)
  await until(async () => (await peopleOf(hub)).length === 1, { what: 'the profile' })
  await untilAtRest(hub)
  const before = {
    instance: (await hub.get(`${origin}/actors/instance`)).text,
    feed: (await hub.get(`${origin}/actors/cafes-drome`)).json.publicKey,
    followers: (await hub.get(`${origin}/actors/cafes-drome/followers`)).text,
  }
  const file = join(safe, 'directory.tar.gz')
  const made = await command(['backup', file])
  expect(made).toMatchObject({ code: 0 })
  expect(made.stdout).toMatch(/1\ssite membre, 2\scafés d’autres sites, 0\scafé, /)

  const added = await node.publish({ title: 'Annoncé depuis' })
  await node.call('PUT', pathOf(edited), { ...CAFE, title: 'Après' })
  await node.call('DELETE', pathOf(deleted))
  await withdrawFacilitator(node.context.db, person.id, node.context.now())
  node.context.wake()
  await until(() => announcesOf(added) === 1, { what: 'the café of today' })
  await until(async () => (await peopleOf(hub)).length === 0, { what: 'the withdrawal' })
  await untilAtRest(hub)
  await untilAtRest(node)

  await hub.stop()
  for (const name of await readdir(data)) await rm(join(data, name), { recursive: true })
  expect(await command(['restore', file])).toMatchObject({ code: 0 })
  const heard = reader.activities.length
  await hub.start()
  expect((await hub.get(`${origin}/actors/instance`)).text).toBe(before.instance)
  expect((await hub.get(`${origin}/actors/cafes-drome`)).json.publicKey).toEqual(before.feed)
  expect((await hub.get(`${origin}/actors/cafes-drome/followers`)).text).toBe(before.followers)

  await until(async () => (await hub.titles()).sort().join() === 'Annoncé depuis,Après', {
    what: 'what is there now',
  })
  expect((await hub.get(deleted)).status).toBe(410)
  await until(async () => (await peopleOf(hub)).length === 0, { what: 'nobody' })
  expect(reader.activities.length).toBe(heard)
  expect(await command(['held', '--drop'])).toMatchObject({ code: 0 })
  const next = await node.publish({ title: 'Le suivant' })
  await until(() => announcesOf(next) === 1, { what: 'the next café' })
  expect(announcesOf(added)).toBe(1)
  expect(announcesOf(edited)).toBe(1)
})
