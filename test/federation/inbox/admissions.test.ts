import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import { deleteBlock, saveBlock } from '../../../node/store/directory/blocks.ts'
import { requestFollow } from '../../../node/store/directory/followings.ts'
import { isFollower } from '../../../node/store/feeds/followers.ts'
import { type Member, setUpcoming, startMember, startSpeaker } from '../../support/member.ts'
import {
  peerOf,
  type Site,
  startPair,
  startSite,
  until,
  untilAtRest,
} from '../../support/network.ts'
import {
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'

describe('following and no longer, in each server’s own words', () => {
  let node: Site
  let peer: RemotePeer
  let alice: RemoteActorFixture

  beforeAll(async () => {
    node = await startSite()
    peer = await startRemotePeer(0)
    alice = peer.addActor('alice', { type: 'Person', preferredUsername: 'alice' })
  })
  afterAll(async () => {
    await Promise.all([node.close(), peer.close()])
  })

  /**
   * Reads the fixture, addressed from this peer to this node. The ids differ from those of other tests, so that none
   * counts as seen.
   */
  const words = (name: string): string =>
    readFileSync(new URL(`../../fixtures/activitypub/${name}.json`, import.meta.url), 'utf8')
      .replaceAll('https://peer.example', peer.origin)
      .replaceAll('https://cafe.example', node.origin)

  const say = (text: string) => peer.send(alice, `${node.origin}/actors/cafes/inbox`, text)
  const follows = () => isFollower(node.context.db, 'cafes', alice.uri)

  test.each([
    ['snac-follow', 'snac-undo-confirmed'],
    ['snac-follow', 'snac-undo-unconfirmed'],
    ['gancio-follow', 'gancio-undo'],
    ['mastodon-follow', 'mastodon-undo'],
    ['gotosocial-follow', 'mastodon-undo'],
  ])('%s is accepted, %s ends it', async (follow, undo) => {
    await node.context.db.deleteFrom('seen').execute()
    peer.activities.length = 0
    expect((await say(words(follow))).status).toBe(202)
    expect(await follows()).toBe(true)
    await until(() => peer.activitiesOf('Accept').length === 1)
    const accept = peer.activitiesOf('Accept')[0]?.json
    expect(accept).toMatchObject({
      actor: `${node.origin}/actors/cafes`,
      object: { id: JSON.parse(words(follow)).id, type: 'Follow', actor: alice.uri },
    })
    expect((await say(words(undo))).status).toBe(202)
    expect(await follows()).toBe(false)
  })

  test('an Undo by another actor changes nothing', async () => {
    await node.context.db.deleteFrom('seen').execute()
    await say(words('mastodon-follow'))
    const mallory = peer.addActor('mallory', { type: 'Person' })
    for (const undo of ['mastodon-undo', 'snac-undo-unconfirmed', 'gancio-undo']) {
      const theirs = {
        ...JSON.parse(words(undo)),
        actor: mallory.uri,
        id: `${mallory.uri}/${undo}`,
      }
      await peer.send(mallory, `${node.origin}/inbox`, theirs)
      expect(await follows()).toBe(true)
    }
  })

  test('an actor that deletes itself follows nobody any more', async () => {
    await node.context.db.deleteFrom('seen').execute()
    await say(words('mastodon-follow'))
    expect(await follows()).toBe(true)
    const gone = {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${alice.uri}#delete`,
      type: 'Delete',
      actor: alice.uri,
      object: alice.uri,
    }
    expect((await say(JSON.stringify(gone))).status).toBe(202)
    expect(await follows()).toBe(false)
  })
})

describe('a member stays one until it leaves', () => {
  let hub: Site
  let member: Member
  beforeAll(async () => {
    hub = await startSite({ role: 'hub' })
    member = await startMember(hub)
  })
  afterAll(async () => {
    await Promise.all([hub.close(), member.close()])
  })

  const undo = (object: unknown) =>
    member.send(member.instance, `${hub.origin}/inbox`, {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${member.origin}/undos/${Math.random()}`,
      type: 'Undo',
      actor: member.instance.uri,
      object,
    })
  const membership = async () => (await peerOf(hub, member))?.membership

  test('it may undo a boost, a like, or its following of another feed', async () => {
    const { origin, instance } = member
    const cafe = `${hub.origin}/cafes/1`
    for (const object of [
      { id: `${origin}/announces/1`, type: 'Announce', actor: instance.uri, object: cafe },
      { id: `${origin}/likes/1`, type: 'Like', actor: instance.uri, object: cafe },
      `${origin}/announces/2`,
      {
        id: `${origin}/f`,
        type: 'Follow',
        actor: instance.uri,
        object: `${hub.origin}/actors/cafe-ia`,
      },
      {
        id: `${origin}/b`,
        type: 'Block',
        actor: instance.uri,
        object: `${hub.origin}/actors/instance`,
      },
    ]) {
      expect((await undo(object)).status).toBe(202)
      expect(await membership(), JSON.stringify(object)).toBe('member')
    }
  })

  test('its feed’s Undo is not its own', async () => {
    await member.say({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${member.origin}/undos/feed`,
      type: 'Undo',
      actor: member.feed.uri,
      object: { type: 'Follow', actor: member.feed.uri, object: `${hub.origin}/actors/instance` },
    })
    expect(await membership()).toBe('member')
  })

  test('the Undo of the Follow that asked, by its id alone, ends it', async () => {
    const { request_id } = (await peerOf(hub, member)) ?? {}
    expect((await undo(request_id)).status).toBe(202)
    expect(await membership()).toBe('left')
  })
})

describe('a member that asks anew', () => {
  const follow = (member: Member, hub: Site, id: string) =>
    member.send(member.instance, `${hub.origin}/inbox`, {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${member.origin}/activities/${id}`,
      type: 'Follow',
      actor: member.instance.uri,
      object: `${hub.origin}/actors/instance`,
    })

  const accept = (member: Member, hub: Site, object: unknown) =>
    member.send(member.instance, `${hub.origin}/inbox`, {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${member.origin}/accepts/${randomUUID()}`,
      type: 'Accept',
      actor: member.instance.uri,
      object,
    })

  test('is answered, followed by the same Follow, which it may have forgotten, and read once more when it accepts', async () => {
    const hub = await startSite({ role: 'hub' })
    const member = await startMember(hub)
    const [first] = member.activitiesOf('Follow')
    const answered = member.activitiesOf('Accept').length
    expect((await follow(member, hub, 'anew')).status).toBe(202)
    await until(() => member.activitiesOf('Follow').length === 2, { what: 'the Follow' })
    await until(() => member.activitiesOf('Accept').length === answered + 1, { what: 'the Accept' })
    expect(member.activitiesOf('Follow')[1]?.json).toEqual(first?.json)
    expect(await peerOf(hub, member)).toMatchObject({ membership: 'member', following: 'accepted' })
    // What it announced before it knew of the Follow was told to nobody.
    await untilAtRest(hub)
    setUpcoming(member, [member.event(member.cafe({ title: 'Dit à personne' }))])
    await accept(member, hub, first?.json)
    await until(async () => (await hub.titles()).length === 1, { what: 'what nobody was told' })
    await untilAtRest(hub)
    setUpcoming(member, [member.event(member.cafe({ title: 'Redit' }))])
    for (let turn = 0; turn < 3; turn++) await accept(member, hub, first?.json)
    await untilAtRest(hub)
    expect(await hub.titles()).toEqual(['Dit à personne'])
    await Promise.all([hub.close(), member.close()])
  })

  test('and takes no answer is kept one Follow, however often it asks', async () => {
    const hub = await startSite({ role: 'hub' })
    const member = await startMember(hub)
    await untilAtRest(hub)
    member.answer.status = 503
    for (let turn = 0; turn < 5; turn++) await follow(member, hub, `again-${turn}`)
    const waiting = await hub.context.db
      .selectFrom('delivery')
      .innerJoin('activity', 'activity.seq', 'delivery.activity_seq')
      .select('activity.type')
      .where('activity.type', '=', 'Follow')
      .execute()
    expect(waiting).toHaveLength(1)
    await Promise.all([hub.close(), member.close()])
  })

  test('and has lost nothing answers the Follow once, and changes nothing', async () => {
    const { hub, node } = await startPair()
    await Promise.all([untilAtRest(hub), untilAtRest(node)])
    const { db, now, wake } = node.context
    const readSent = async () => {
      const sent = await db.selectFrom('activity').select(['type', 'id']).execute()
      return sent.filter(({ type }) => type !== 'Follow')
    }
    const before = await readSent()
    const readHeard = () => peerOf(node, hub)
    const heard = await readHeard()
    await db.updateTable('following').set({ state: 'refused' }).execute()
    await requestFollow(db, { address: hub.origin, join: true, invitation: undefined }, now())
    wake()
    const readState = () => db.selectFrom('following').select('state').execute()
    await until(async () => (await readState())[0]?.state === 'accepted', { what: 'the Accept' })
    await Promise.all([untilAtRest(hub), untilAtRest(node)])
    expect(await readSent()).toEqual(before)
    expect((await readHeard())?.membership).toBe(heard?.membership)
    await Promise.all([hub.close(), node.close()])
  })
})

describe('a foreign server that the team follows', () => {
  test('is shown when an event bears the hashtag and says where; the rest waits for the team', async () => {
    const hub = await startSite({ role: 'hub' })
    const other = await startSpeaker(hub)
    const { db, now, wake } = hub.context
    await requestFollow(db, { address: other.feed.uri, join: false, invitation: undefined }, now())
    wake()
    await until(() => other.activitiesOf('Follow').length > 0)
    await other.say({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${other.origin}/accepts/1`,
      type: 'Accept',
      actor: other.feed.uri,
      object: other.activitiesOf('Follow')[0]?.json.id,
    })
    const sayWith = async (title: string, change: object): Promise<string | undefined> => {
      const cafe = other.cafe({ title })
      const { proof: _, ...create } = other.activity('Create', cafe)
      await other.say({ ...create, object: { ...(create.object as Json), ...change } })
      return (await hub.find(cafe.uri))?.hiddenReason
    }
    expect(await sayWith('Avec tout', {})).toBeUndefined()
    expect(await sayWith('Sans mot-dièse', { tag: [] })).toBe('foreign')
    expect(await sayWith('Sans lieu', { location: null })).toBe('foreign')
    expect(await sayWith('Payant', { isAccessibleForFree: false })).toBe('price')
    expect(await hub.titles()).toEqual(['Avec tout'])
    await Promise.all([hub.close(), other.close()])
  })
})

describe('a blocked domain', () => {
  test('is hidden at once, not heard, and shown again once the block is lifted', async () => {
    const { hub, node } = await startPair()
    await node.publish({ title: 'Bloqué ou non' })
    await until(async () => (await hub.titles()).length === 1)
    const { db, now } = hub.context
    await saveBlock(db, { target: node.host, reason: 'essai' }, now())
    expect(await hub.titles()).toEqual([])

    const during = await node.publish({ title: 'Pendant le blocage' })
    await until(async () => {
      const [delivery] = await node.context.db.selectFrom('delivery').selectAll().execute()
      return delivery?.last_error
    })
    expect(await hub.find(during)).toBeUndefined()

    await deleteBlock(db, node.host)
    expect(await hub.titles()).toEqual(['Bloqué ou non'])
    await Promise.all([hub.close(), node.close()])
  })

  test('hears nothing more, and another member’s announcement does not bring it back', async () => {
    const hub = await startSite({ role: 'hub' })
    const [member, other] = [await startMember(hub), await startSpeaker(hub)]
    const { db, now } = hub.context
    await other.send(other.feed, `${hub.origin}/inbox`, {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${other.origin}/follows/1`,
      type: 'Follow',
      actor: other.feed.uri,
      object: `${hub.origin}/actors/cafe-ia`,
    })
    await until(() => other.activitiesOf('Accept').length > 0)
    await saveBlock(db, { target: new URL(other.origin).host, reason: '' }, now())

    const theirs = other.cafe({ themes: ['CafeIA'] })
    other.pages.set(new URL(theirs.uri).pathname, other.event(theirs))
    await member.say({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${member.origin}/announces/1`,
      type: 'Announce',
      actor: member.feed.uri,
      object: theirs.uri,
    })
    await hub.publish({ title: 'Sans eux' })
    await until(async () => (await db.selectFrom('task').selectAll().execute()).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await hub.find(theirs.uri)).toBeUndefined()
    expect(other.hits(new URL(theirs.uri).pathname)).toBe(0)
    expect(other.activitiesOf('Announce')).toEqual([])
    await Promise.all([hub.close(), member.close(), other.close()])
  })
})
