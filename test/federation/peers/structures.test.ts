import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withdrawStamps } from '../../../federation/actors/givers.ts'
import { receiveFeatureAnswer } from '../../../federation/inbox/featured-places.ts'
import type { Received } from '../../../federation/inbox/handler.ts'
import { changeListing } from '../../../federation/inbox/listed-places.ts'
import { parseActorDocument } from '../../../federation/remote/actor-document.ts'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import type { StructureProfile } from '../../../node/domain/structures/structure-profile.ts'
import { applyBlocks, endBlocks } from '../../../node/store/blocking.ts'
import {
  findFeaturedPlace,
  markFeatureAnswered,
  saveFeaturedPlace,
} from '../../../node/store/feeds/featured-places.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { decideShown } from '../../../node/store/referents/decide-shown.ts'
import {
  findStructureProfile,
  saveStructureProfile,
} from '../../../node/store/structures/profiles.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { peerOf, type Site, startPair, until, untilAtRest } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import { startRemotePeer } from '../../support/remote-peer.ts'

let hub: Site
let node: Site
let href: string
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  href = `/structures/cafes@${node.host}`
})
afterAll(async () => {
  await Promise.all([hub.close(), node.close()])
})

const page = async (path: string) => {
  const { status, text } = await openBrowser(hub.origin).get(path)
  return { status, text: readable(text) }
}

async function describeNode(changes: Partial<StructureProfile>): Promise<void> {
  const { db, now, wake } = node.context
  const { id = '' } = (await findSiteStructure(db)) ?? {}
  const profile = await findStructureProfile(db, id)
  if (!profile) throw new Error('no profile')
  await saveStructureProfile(db, { id, profile: { ...profile, ...changes } }, now())
  wake()
}

describe('a structure at the directory', () => {
  test('is there as soon as it is a member, without a café', async () => {
    await until(async () => (await page(href)).status === 200)
    expect((await page(href)).text).toContain('n’annonce pas de café pour le moment')
  })

  test('has its cafés to come, its address to follow, and is where its café is', async () => {
    await node.publish({ title: 'Café de Die' })
    await until(async () => (await page(href)).text.includes('Café de Die'))
    const { text } = await page(href)
    expect(text).toContain(`@cafes@${node.host}`)
    expect(text).toContain(node.origin)
    expect(text).toContain('href="/territoires/c-26113"')
    expect(await findHtmlErrors((await openBrowser(hub.origin).get(href)).text)).toEqual([])
    expect((await page('/territoires/26')).text).toContain(`href="${href}"`)
  })

  test('says what it is and where by its own account, in terms that others may read', async () => {
    await describeNode({
      name: 'La Fabrique',
      kind: 'FABLAB',
      website: 'https://fabrique.example/',
      address: {
        streetAddress: '3 rue du Four',
        postalCode: '26400',
        commune: 'Crest',
        codeInsee: '26108',
        departement: '26',
        region: '84',
      },
    })
    const uri = `${node.origin}/actors/cafes`
    const { json } = await node.get(uri)
    expect(json).toMatchObject({
      kind: 'FABLAB',
      website: 'https://fabrique.example/',
      address: { type: 'PostalAddress', addressLocality: 'Crest', inseeCode: '26108' },
    })
    expect(parseActorDocument(json, { uri, check: () => undefined })?.actor.uri).toBe(uri)
  })

  test('is found at the directory under its new name, kind and address', async () => {
    await until(async () => (await page(href)).text.includes('3 rue du Four'), { within: 10_000 })
    const { text } = await page(href)
    expect(text).toContain('fabrique.example')
    expect(text).toContain('href="/territoires/c-26108"')
    const list = await page('/structures?q=fabrique&type=FABLAB&territoire=Crest')
    expect(list.text).toContain(`href="${href}"`)
    expect(await findHtmlErrors(list.text)).toEqual([])
    expect((await page('/structures?type=BIB')).text).not.toContain(`href="${href}"`)
    expect((await page('/structures?territoire=35')).text).not.toContain(`href="${href}"`)
    expect((await page('/structures?territoire=Nulle-Part')).text).toContain('territoire-erreur')
  })

  test('is in a collection of its département, with a stamp by which each server sees that it agreed', async () => {
    const feed = `${hub.origin}/actors/cafes-drome`
    const { json: actor } = await hub.get(feed)
    expect(actor.featuredCollections).toBe(`${feed}/collections`)
    const { json: list } = await hub.get(`${feed}/collections`)
    expect(list.orderedItems).toEqual([`${feed}/collections/1`])
    const uri = `${feed}/collections/1`
    const items = async () =>
      (await hub.get(uri)).json.orderedItems as { featureAuthorization: string }[]
    await until(async () => (await items()).length === 1, { what: 'the place in the collection' })
    const { json: collection } = await hub.get(uri)
    expect(collection).toMatchObject({
      id: uri,
      type: 'FeaturedCollection',
      attributedTo: feed,
      name: 'Lieux de cafés IA – Drôme (26)',
      totalItems: 1,
    })
    const place = `${node.origin}/actors/cafes`
    const [item] = await items()
    expect(item).toMatchObject({ featuredObject: place, featuredObjectType: 'Group' })
    expect((await node.get(item?.featureAuthorization ?? '')).json).toMatchObject({
      type: 'FeatureAuthorization',
      interactingObject: uri,
      interactionTarget: place,
    })
    const browser = openBrowser(hub.origin)
    const { text } = await browser.get('/suivre?territoire=26')
    expect(readable(text)).toContain(uri)
    expect(await findHtmlErrors(text)).toEqual([])
    expect((await page('/territoires/26')).text).toContain('compte=cafes-drome#lieux')
    expect((await hub.get(`${hub.origin}/actors/cafes-bretagne/collections`)).status).toBe(404)
    expect((await hub.get(`${feed}/collections/2`)).status).toBe(404)
  })

  test('lends its stamp to no other place of its server', async () => {
    const place = `${node.origin}/actors/cafes`
    const other = `${node.origin}/actors/autre`
    await hub.context.db.transaction().execute(async (trx) => {
      const structures = trx.selectFrom('structure').selectAll().where('uri', '=', place)
      const structure = await structures.executeTakeFirstOrThrow()
      await trx
        .insertInto('structure')
        .values({ ...structure, uri: other, id: 'autre' })
        .execute()
      const known = await findFeaturedPlace(trx, place)
      if (!known) throw new Error('the place is listed')
      const requestUri = `${hub.origin}/activities/autre`
      const unanswered = { stampUri: undefined, answeredAt: undefined }
      await saveFeaturedPlace(trx, { ...known, ...unanswered, actorUri: other, requestUri })
      const activity = { object: requestUri, result: known.stampUri }
      const received = { activity, actorUri: other, type: 'Accept' } as unknown as Received
      expect(await receiveFeatureAnswer(trx, received, hub.context)).toBe(true)
      expect((await findFeaturedPlace(trx, other))?.stampUri).toBeUndefined()
      expect((await findFeaturedPlace(trx, place))?.stampUri).toBe(known.stampUri)
      await trx.deleteFrom('structure').where('uri', '=', other).execute()
    })
  })

  test('is told of once to those who follow the feed, when it comes into the collection and when it leaves', async () => {
    const place = `${node.origin}/actors/cafes`
    const feed = `${hub.origin}/actors/cafes-drome`
    const peer = await startRemotePeer(0)
    const follower = peer.addActor('lea')
    await peer.send(follower, `${hub.origin}/inbox`, {
      '@context': 'https://www.w3.org/ns/activitystreams',
      ...{ id: `${peer.origin}/follows/1`, type: 'Follow', actor: follower.uri, object: feed },
    })
    await until(() => peer.activitiesOf('Accept').length === 1, { what: 'the Accept' })
    const { stampUri } = (await findFeaturedPlace(hub.context.db, place)) ?? {}
    for (const given of [undefined, stampUri, stampUri])
      await hub.context.db
        .transaction()
        .execute((trx) =>
          changeListing(trx, hub.context, place, () =>
            markFeatureAnswered(trx, { actorUri: place, stampUri: given }, hub.context.now()),
          ),
        )
    hub.context.wake()
    await until(() => peer.activitiesOf('Add').length === 1, { what: 'the Add' })
    await untilAtRest(hub)
    const target = `${feed}/collections/1`
    const item = { id: `${target}#${encodeURIComponent(place)}`, type: 'FeaturedItem' }
    const told = (type: string) => peer.activitiesOf(type).map(({ json }) => json)
    expect(told('Remove')).toMatchObject([{ actor: feed, target, object: item }])
    expect(told('Add')).toMatchObject([
      {
        actor: feed,
        target,
        object: { ...item, featuredObject: place, featureAuthorization: stampUri },
      },
    ])

    const { db, now } = hub.context
    const peerId = (await peerOf(hub, node))?.id ?? expect.fail()
    const { host } = node
    const block = { target: host, reason: 'essai' }
    const decided = { by: OPERATOR, isDirectory: true }
    const hide = { kind: 'structure', uri: place, by: OPERATOR, reason: 'essai' } as const
    const joinAgain = () => setMembership(db, peerId, 'member', now())
    const steps: [string, () => Promise<unknown>][] = [
      ['Remove', () => setMembership(db, peerId, 'left', now())],
      ['Add', joinAgain],
      ['Remove', () => decideShown(db, { ...hide, shown: false }, now())],
      ['Add', () => decideShown(db, { ...hide, shown: true }, now())],
      ['Remove', () => applyBlocks(db, { ...decided, blocks: [block] }, now())],
      ['Add', () => endBlocks(db, { ...decided, targets: [host] }, now())],
    ]
    const heard = () =>
      peer.activities
        .map(({ json }) => json.type)
        .filter((type) => /^(Add|Remove)$/.test(`${type}`))
    const before = heard().length
    for (const [index, [type, act]] of steps.entries()) {
      await act()
      hub.context.wake()
      await until(() => heard().length > before + index, { what: `${type} nº ${index}` })
    }
    await untilAtRest(hub)
    expect(heard().slice(before)).toEqual(steps.map(([type]) => type))
    await peer.close()
  })

  test('loses a café that it deletes, also where it gave its address as the stamp', async () => {
    const place = `${node.origin}/actors/cafes`
    const uri = await node.publish({ title: 'Un timbre' })
    await until(async () => (await hub.find(uri)) !== undefined, { what: 'the café' })
    const stampOf = async () => (await findFeaturedPlace(hub.context.db, place))?.stampUri
    const stamp = await stampOf()
    const give = (stampUri: string | undefined) =>
      hub.context.db
        .updateTable('featured_place')
        .set({ stamp_uri: stampUri ?? null })
        .where('actor_uri', '=', place)
        .execute()
    await give(uri)
    await node.call('DELETE', new URL(uri).pathname)
    await until(async () => (await hub.find(uri)) === undefined, { what: 'the deletion' })
    await until(async () => (await stampOf()) === undefined, { what: 'the stamp' })
    await give(stamp)
  })

  test('leaves the collection when it takes its stamp back, and is not asked again', async () => {
    const { db, wake } = node.context
    await db
      .transaction()
      .execute((trx) => withdrawStamps(trx, node.context, [`${node.origin}/actors/cafes`]))
    wake()
    const uri = `${hub.origin}/actors/cafes-drome/collections/1`
    const total = async () => (await hub.get(uri)).json.totalItems
    await until(async () => (await total()) === 0, { what: 'an empty collection' })
    await describeNode({ name: 'La Fabrique de Crest' })
    await until(async () => (await page(href)).text.includes('La Fabrique de Crest'))
    expect(await total()).toBe(0)
    expect(await db.selectFrom('stamp').selectAll().execute()).toEqual([])
  })

  test('is no longer shown once it is no member', async () => {
    const { db } = hub.context
    await db.updateTable('peer').set({ membership: 'left', following: 'none' }).execute()
    expect((await page(href)).status).toBe(404)
    expect((await page('/structures')).text).not.toContain(href)
  })
})
