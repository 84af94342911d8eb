import {
  type Activity,
  Announce,
  Create,
  Delete,
  Event,
  Follow,
  Group,
  Note,
  Undo,
  Update,
} from '@fedify/vocab'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FedifyPeer, startFedify } from '../../support/fedify-peer.ts'
import { type Site, startPair, until } from '../../support/network.ts'

/** A Fedify server without changes follows the feed of a département; it accepts only what it has verified itself. */
let hub: Site
let node: Site
let fedify: FedifyPeer
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  fedify = await startFedify()
})
afterAll(async () => {
  await Promise.all([hub.close(), node.close(), fedify.close()])
})

const at = (commune: string, postalCode: string) => ({
  venue: { name: 'Bibliothèque', streetAddress: '1 place', postalCode, commune },
})
const idOf = (uri: string): string => uri.split('/').at(-1) ?? ''
const about = <T extends Activity>(type: new (...values: never[]) => T, uri: string): T[] =>
  fedify.received.filter(
    (activity): activity is T => activity instanceof type && activity.objectId?.href === uri,
  )

test('it follows cafes-ille-et-vilaine and is told of a café in Rennes once, of none in Lyon', async () => {
  const ctx = fedify.federation.createContext(new URL(fedify.origin), undefined)
  const feed = (await ctx.lookupObject(`${hub.origin}/actors/cafes-ille-et-vilaine`)) as Group
  expect(feed).toBeInstanceOf(Group)
  expect(feed.name?.toString()).toBe('Cafés IA – Ille-et-Vilaine (35)')
  const follow = new Follow({
    id: new URL(`${fedify.origin}/follows/1`),
    actor: ctx.getActorUri('voisins'),
    object: feed.id,
  })
  await ctx.sendActivity({ identifier: 'voisins' }, feed, follow)
  await until(() => fedify.received.length > 0, { what: 'the Accept' })

  const lyon = await node.publish({ title: 'À Lyon', ...at('Lyon', '69003') })
  const rennes = await node.publish({ title: 'À Rennes', ...at('Rennes', '35000') })
  await until(() => about(Announce, rennes).length > 0)
  expect(about(Announce, rennes)).toHaveLength(1)
  expect(about(Announce, lyon)).toEqual([])
  const event = await about(Announce, rennes)[0]?.getObject(ctx)
  expect(event).toBeInstanceOf(Event)
  expect(event?.name?.toString()).toBe('À Rennes')

  const featured = await feed.getFeatured(ctx)
  expect(featured?.totalItems).toBe(1)
  const outbox = await feed.getOutbox(ctx)
  const said: unknown[] = []
  if (outbox) for await (const item of ctx.traverseCollection(outbox)) said.push(item)
  expect(said).toHaveLength(1)
  expect(said[0]).toBeInstanceOf(Announce)
})

test('a cancellation reaches it as the place wrote it and in a Note of the feed; a deletion too', async () => {
  const ctx = fedify.federation.createContext(new URL(fedify.origin), undefined)
  const uri = await node.publish({ title: 'Sera annulé', ...at('Rennes', '35000') })
  await until(() => about(Announce, uri).length > 0)
  await node.call('POST', `/cafes/${idOf(uri)}/cancel`, { reason: 'Inondation' })
  await until(() => about(Update, uri).length > 0, { what: 'the Update by the place' })
  expect(about(Update, uri)[0]?.actorId?.href).toBe(`${node.origin}/actors/cafes`)
  await until(() => fedify.received.some((activity) => activity instanceof Create))
  const create = fedify.received.find((activity) => activity instanceof Create)
  const note = (await create?.getObject(ctx)) as Note
  expect(note).toBeInstanceOf(Note)
  expect(note.replyTargetId).toBeNull()
  expect(note.content?.toString()).toContain(`href="${uri}"`)
  expect(note.attributionId?.href).toBe(`${hub.origin}/actors/cafes-ille-et-vilaine`)
  expect(note.content?.toString()).toContain('Annulé')

  await node.call('DELETE', `/cafes/${idOf(uri)}`)
  await until(() => about(Delete, uri).length > 0, { what: 'the Delete by the place' })
  await until(() => fedify.received.some((activity) => activity instanceof Undo))
})
