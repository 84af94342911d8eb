import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import { fromMultibase } from '../../../federation/wire/multikey.ts'
import { verifyProof } from '../../../federation/wire/proof.ts'
import { requestFollow } from '../../../node/store/directory/followings.ts'
import { decideHeldCafe } from '../../../node/store/referents/decide-shown.ts'
import { type Member, startMember, startSpeaker } from '../../support/member.ts'
import {
  CAFE,
  peerOf,
  type Site,
  startPair,
  startSite,
  until,
  untilAtRest,
} from '../../support/network.ts'
import { BY_SOMEBODY } from '../../support/own-cafes.ts'
import {
  type ReceivedActivity,
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'

const idOf = (uri: string): string => uri.split('/').at(-1) ?? ''
const objectOf = ({ json }: ReceivedActivity) => json.object as Json
const quiet = () => new Promise((resolve) => setTimeout(resolve, 500))

async function follow(
  peer: RemotePeer,
  target: string,
  name: string,
  change: object = {},
): Promise<RemoteActorFixture> {
  const actor = peer.addActor(name, { preferredUsername: name, type: 'Person', ...change })
  const before = peer.activitiesOf('Accept').length
  await peer.send(actor, `${new URL(target).origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: actor.uri,
    object: target,
  })
  await until(() => peer.activitiesOf('Accept').length > before, { what: 'the Accept' })
  return actor
}

describe('a directory announces', () => {
  let hub: Site
  let node: Site
  let reader: RemotePeer
  const announcesOf = (uri: string) =>
    reader.activitiesOf('Announce').filter(({ json }) => json.object === uri)
  const about = (type: string, uri: string) =>
    reader.activitiesOf(type).filter((activity) => objectOf(activity).id === uri)

  beforeAll(async () => {
    ;({ hub, node } = await startPair())
    reader = await startRemotePeer(0)
    await follow(reader, `${hub.origin}/actors/cafe-ia`, 'camille')
  })
  afterAll(async () => {
    await Promise.all([hub.close(), node.close(), reader.close()])
  })

  test('each café of its members once, by its id, which its own server answers', async () => {
    const uri = await node.publish({ title: 'Une seule fois' })
    await until(() => announcesOf(uri).length > 0)
    await node.call('PUT', `/cafes/${idOf(uri)}`, { ...CAFE, title: 'Corrigé' })
    await until(() => about('Update', uri).length > 0)
    await quiet()
    expect(announcesOf(uri)).toHaveLength(1)
    expect(announcesOf(uri)[0]?.json).toMatchObject({
      actor: `${hub.origin}/actors/cafe-ia`,
      to: ['https://www.w3.org/ns/activitystreams#Public'],
    })
    expect((await node.get(uri)).json).toMatchObject({ id: uri, type: 'Event' })
    const announce = await hub.get(String(announcesOf(uri)[0]?.json.id))
    expect(announce.text).toBe(announcesOf(uri)[0]?.text)
  })

  test('an Update carries on as its author wrote it, with the author’s own proof', async () => {
    const uri = await node.publish({ title: 'Sera corrigé' })
    await until(() => announcesOf(uri).length > 0)
    await node.call('POST', `/cafes/${idOf(uri)}/cancel`, { reason: 'Grève' })
    await until(() => about('Update', uri).length > 0)
    const [update] = about('Update', uri)
    expect((await node.get(String(update?.json.id))).text).toBe(update?.text)
    expect(update?.headers.signature).toContain(`${hub.origin}/actors/cafe-ia#main-key`)
    const feed = await node.get(`${node.origin}/actors/cafes`)
    const [listed] = feed.json.assertionMethod as { publicKeyMultibase: string }[]
    const key = fromMultibase(listed?.publicKeyMultibase ?? '')
    expect(key && verifyProof(update?.json ?? {}, key)).toBe(true)
    expect(objectOf(update as ReceivedActivity)).toMatchObject({ status: 'CANCELLED' })
  })

  test('a cancellation in its own words too, for servers that read no Update of an Event', async () => {
    const uri = await node.publish({ title: 'Sera annulé' })
    await until(() => announcesOf(uri).length > 0)
    await node.call('POST', `/cafes/${idOf(uri)}/cancel`, { reason: 'Inondation' })
    const answers = () =>
      reader
        .activitiesOf('Create')
        .filter((activity) => String(objectOf(activity).content).includes(`"${uri}"`))
    await until(() => answers().length > 0, { what: 'the Note' })
    expect(objectOf(answers()[0] as ReceivedActivity)).toMatchObject({
      type: 'Note',
      attributedTo: `${hub.origin}/actors/cafe-ia`,
      content: expect.stringMatching(/Annulé.*Sera annulé.*Inondation/),
    })
    await node.call('DELETE', `/cafes/${idOf(uri)}`)
    const note = objectOf(answers()[0] as ReceivedActivity).id
    await until(() => about('Delete', String(note)).length > 0, { what: 'the Delete of the Note' })
    expect((await hub.get(String(note))).status).toBe(410)
  })

  test('a deletion carries on, and the announcement is undone', async () => {
    const uri = await node.publish({ title: 'Par erreur' })
    await until(() => announcesOf(uri).length > 0)
    await node.call('DELETE', `/cafes/${idOf(uri)}`)
    // One follows the other in no order, since two accounts say them.
    await until(() => undone(reader, uri).length > 0)
    await until(() => about('Delete', uri).length > 0, { what: 'the Delete' })
    expect(about('Delete', uri)).toHaveLength(1)
    expect(undone(reader, uri)[0]?.json).toMatchObject({
      actor: `${hub.origin}/actors/cafe-ia`,
      object: { id: announcesOf(uri)[0]?.json.id, type: 'Announce' },
    })
  })

  test('its own cafés too, with their corrections and deletions', async () => {
    const uri = await hub.publish({ title: 'De l’annuaire' })
    await until(() => announcesOf(uri).length > 0)
    await hub.call('PUT', `/cafes/${idOf(uri)}`, { ...CAFE, title: 'De l’annuaire, corrigé' })
    await until(() => about('Update', uri).length > 0)
    await hub.call('DELETE', `/cafes/${idOf(uri)}`)
    await until(() => undone(reader, uri).length > 0)
    expect(about('Delete', uri)).toHaveLength(1)
    expect(announcesOf(uri)).toHaveLength(1)
  })

  test('nothing of what a new member had before: it would flood those who follow', async () => {
    const second = await startSite()
    const uris = [await second.publish(), await second.publish(), await second.publish()]
    const { db, now, wake } = second.context
    await requestFollow(
      db,
      { address: hub.origin, join: true, invitation: await hub.invite() },
      now(),
    )
    wake()
    await until(async () => (await peerOf(hub, second))?.backfilled_at)
    for (const uri of uris) expect(await hub.find(uri)).toBeDefined()
    const news = await second.publish({ title: 'Nouveau' })
    await until(() => announcesOf(news).length > 0)
    for (const uri of uris) expect(announcesOf(uri)).toEqual([])
    await second.close()
  })

  test('not what is reserved to a school or a company', async () => {
    const uri = await node.publish({ title: 'Pour la 3e B', openTo: 'reserved' })
    await until(() => hub.find(uri))
    await quiet()
    expect(announcesOf(uri)).toEqual([])
  })
})

describe('what the team of a directory looks at first', () => {
  let hub: Site
  let member: Member
  let reader: RemotePeer
  beforeAll(async () => {
    hub = await startSite({ role: 'hub' })
    member = await startMember(hub)
    reader = await startRemotePeer(0)
    await follow(reader, `${hub.origin}/actors/cafe-ia`, 'camille')
  })
  afterAll(async () => {
    await Promise.all([hub.close(), member.close(), reader.close()])
  })

  test('what came without a proof, as most software sends it, is announced but not carried on', async () => {
    const cafe = member.cafe({ title: 'Sans preuve' })
    const bare = ({ proof: _, ...activity }: Json): Json => activity
    expect(await member.say(bare(member.activity('Create', cafe)))).toBe(202)
    await until(() => reader.activitiesOf('Announce').length > 0)
    const later = { ...cafe, title: 'Corrigé', updatedAt: cafe.updatedAt.add({ minutes: 1 }) }
    expect(await member.say(bare(member.activity('Update', later)))).toBe(202)
    expect((await hub.find(cafe.uri))?.title).toBe('Corrigé')
    expect(await member.say(bare(member.activity('Delete', cafe)))).toBe(202)
    await until(() => undone(reader, cafe.uri).length > 0)
    expect(reader.activitiesOf('Update')).toEqual([])
    expect(reader.activitiesOf('Delete')).toEqual([])
    reader.activities.length = 0
  })

  test('an event that asks for money is hidden, and announced once the team shows it', async () => {
    const cafe = member.cafe({ title: 'Payant ?' })
    const create = member.activity('Create', cafe)
    const priced = { ...create, object: { ...(create.object as Json), isAccessibleForFree: false } }
    expect(await member.say(priced)).toBe(202)
    expect(await hub.find(cafe.uri)).toMatchObject({ hiddenReason: 'price' })
    expect(await hub.titles()).toEqual([])
    await quiet()
    expect(reader.activitiesOf('Announce')).toEqual([])

    const { db, now, wake } = hub.context
    const id = (await hub.find(cafe.uri))?.id ?? ''
    await decideHeldCafe(db, { id, shown: true, ...BY_SOMEBODY }, now())
    wake()
    await until(() => reader.activitiesOf('Announce').length > 0)
    expect(reader.activitiesOf('Announce').map(({ json }) => json.object)).toEqual([cafe.uri])
    expect(await hub.titles()).toEqual(['Payant ?'])
  })
})

describe('a café that is announced while it is being read', () => {
  let hub: Site
  let member: Member
  beforeAll(async () => {
    hub = await startSite({ role: 'hub' })
    member = await startMember(hub)
  })
  afterAll(() => Promise.all([hub, member].map((each) => each.close())))

  test('is read once more, so that its last state is kept', async () => {
    const cafe = member.cafe({ title: 'Avant' })
    const path = new URL(cafe.uri).pathname
    const announce = () =>
      member.say({
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: `${member.origin}/activities/${randomUUID()}`,
        type: 'Announce',
        actor: member.feed.uri,
        object: cafe.uri,
      })
    const held = Promise.withResolvers<void>()
    const before = member.event(cafe)
    const after = member.event({
      ...cafe,
      title: 'Après',
      updatedAt: cafe.updatedAt.add({ minutes: 1 }),
    })
    member.pages.set(path, async (response) => {
      const isFirst = member.hits(path) === 1
      if (isFirst) await held.promise
      response.writeHead(200, { 'content-type': 'application/activity+json' })
      response.end(JSON.stringify(isFirst ? before : after))
    })
    expect(await announce()).toBe(202)
    await until(() => member.hits(path) === 1, { what: 'the first reading' })
    for (let times = 0; times < 3; times++) expect(await announce()).toBe(202)
    held.resolve()
    await until(async () => (await hub.titles()).includes('Après'), { what: 'the last state' })
    await untilAtRest(hub)
    expect(member.hits(path)).toBe(2)
  })
})

describe('servers that only receive', () => {
  const open: { close: () => Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((thing) => thing.close()))
  })
  const opened = <T extends { close: () => Promise<void> }>(thing: T): T => {
    open.push(thing)
    return thing
  }

  test.each(['hub', 'node'] as const)(
    'a relay like Mobilizon’s that follows the instance of a %s hears the id of each café, and is no member',
    async (role) => {
      const site = opened(await startSite({ role }))
      const relay = opened(await startRemotePeer(0))
      await follow(relay, `${site.origin}/actors/instance`, 'relay', { type: 'Application' })
      expect((await peerOf(site, relay))?.membership ?? 'none').toBe('none')

      const uri = await site.publish({ title: 'Pour Mobilizon' })
      await until(() => relay.activitiesOf('Announce').length > 0)
      expect(relay.activitiesOf('Announce').map(({ json }) => json.object)).toEqual([uri])
      expect(relay.activitiesOf('Create')).toEqual([])

      await site.call('POST', `/cafes/${idOf(uri)}/cancel`, {})
      await until(() => relay.activitiesOf('Update').length > 0, { what: 'the cancellation' })
      await site.call('DELETE', `/cafes/${idOf(uri)}`)
      // One follows the other in no order, since two accounts say them.
      await until(() => undone(relay, uri).length > 0, { what: 'the Undo of the Announce' })
      await until(() => relay.activitiesOf('Delete').length > 0, { what: 'the Delete' })
      expect(relay.activitiesOf('Delete')).toHaveLength(1)
    },
  )

  test('a Join is answered by a Reject where one does not register here', async () => {
    const node = opened(await startSite())
    const guest = opened(await startSpeaker(node))
    const uri = await node.publish()
    const join = {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${guest.origin}/joins/1`,
      type: 'Join',
      actor: guest.feed.uri,
      object: uri,
    }
    expect(await guest.say(join)).toBe(202)
    await until(() => guest.activitiesOf('Reject').length > 0)
    expect(guest.activitiesOf('Reject')[0]?.json).toMatchObject({
      actor: `${node.origin}/actors/cafes`,
      object: { id: join.id, type: 'Join', actor: guest.feed.uri, object: uri },
    })
  })

  test('an activity of a type without a handler is counted and changes nothing', async () => {
    const node = opened(await startSite())
    const guest = opened(await startSpeaker(node))
    const uri = await node.publish()
    for (const type of ['Like', 'Block', 'View', 'Florb'])
      expect(
        await guest.say({
          '@context': 'https://www.w3.org/ns/activitystreams',
          id: `${guest.origin}/activities/${type}`,
          type,
          actor: guest.feed.uri,
          object: uri,
        }),
      ).toBe(202)
    const counted = await node.context.db.selectFrom('daily_count').selectAll().execute()
    expect(counted.map(({ name }) => name).sort()).toEqual([
      'inbox:Block',
      'inbox:Like',
      'inbox:View',
      'inbox:other',
    ])
    await quiet()
    expect(guest.activities).toEqual([])
  })

  test('what Mastodon flags of ours waits for the team, once for each server, and nobody is told', async () => {
    const node = opened(await startSite())
    const guest = opened(await startSpeaker(node))
    const uri = await node.publish()
    for (const content of ['Pas gratuit.', 'Toujours <b>pas</b> gratuit.'])
      expect(
        await guest.say({
          '@context': 'https://www.w3.org/ns/activitystreams',
          id: `${guest.origin}/${crypto.randomUUID()}`,
          ...{ type: 'Flag', actor: guest.feed.uri, content },
          object: [`${node.origin}/actors/cafes`, uri],
        }),
      ).toBe(202)
    const { db } = node.context
    const cases = await db.selectFrom('flag_case').select(['uri', 'total']).execute()
    expect(cases).toEqual([{ uri, total: 1 }])
    expect(await db.selectFrom('flag').select(['words', 'email', 'host']).execute()).toEqual([
      { words: 'Toujours pas gratuit.', email: null, host: new URL(guest.origin).host },
    ])
    await quiet()
    expect(guest.activities).toEqual([])
  })
})

const undone = (peer: RemotePeer, uri: string) =>
  peer.activitiesOf('Undo').filter((activity) => objectOf(activity).object === uri)
