import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signHeaders } from '../../federation/gate/sign-request.ts'
import { planRestoration } from '../../node/jobs/plan-readings.ts'
import { findRestoration, saveRestoration } from '../../node/store/backup/restoration.ts'
import { deleteBlock, saveBlock } from '../../node/store/directory/blocks.ts'
import {
  hashServers,
  listFollowerServers,
  MOST_FOLLOWER_SERVERS,
  saveFollowerServers,
} from '../../node/store/directory/follower-servers.ts'
import { saveFollowing } from '../../node/store/directory/followings.ts'
import { answerRecovery, listRecoveries } from '../../node/store/directory/recoveries.ts'
import { saveRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { listFollowerInboxes, saveFollower } from '../../node/store/feeds/followers.ts'
import { removePeer } from '../../node/store/memberships.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { type Member, startMember } from '../support/member.ts'
import { peerOf, type Site, startSite, until } from '../support/network.ts'
import {
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../support/remote-peer.ts'

/** Checks who may ask for the servers of a place's followers, and a directory or a member that lies about them. */

const inboxes = (count: number, name = 'serveur') =>
  Array.from({ length: count }, (_, at) => `https://${name}${at}.example/inbox`)

async function ask(by: RemoteActorFixture | undefined, address: string) {
  const url = new URL(address)
  const request = { method: 'GET' as const, url, headers: {} }
  const key = by && { keyId: by.keyId, privateKey: by.rsa.privateKey }
  const response = await fetch(url, {
    headers: key ? await signHeaders(request, key, 'rfc9421') : {},
  })
  const text = await response.text()
  return { status: response.status, items: text.startsWith('{') ? JSON.parse(text).items : [] }
}

describe('a directory', () => {
  let hub: Site
  let member: Member
  let other: Member
  const idOf = async ({ origin }: Member) => (await peerOf(hub, { origin }))?.id ?? ''
  const address = () => `${hub.origin}/actors/instance/restoration?followers`
  const keep = async (of: Member, list: string[]) => {
    const { db, now } = hub.context
    await saveFollowerServers(db, { peerId: await idOf(of), inboxes: list }, now())
  }
  beforeAll(async () => {
    hub = await startSite({ role: 'hub' })
    member = await startMember(hub)
    other = await startMember(hub)
  }, 60_000)
  beforeEach(async () => {
    await hub.context.db.deleteFrom('recovery').execute()
    await hub.context.db.deleteFrom('follower_server').execute()
  })
  afterAll(() => Promise.allSettled([hub.close(), member.close(), other.close()]))

  test('gives a list to its own member alone, and only once the team has agreed', async () => {
    const { db, now } = hub.context
    await keep(member, inboxes(3))
    await keep(other, inboxes(2, 'autre'))
    expect((await ask(undefined, address())).status).toBe(401)
    expect((await ask(member.feed, address())).status).toBe(401)
    const stolen = { ...member.instance, rsa: { ...other.feed.rsa }, keyId: other.feed.keyId }
    expect((await ask(stolen, address())).status).toBe(401)
    expect(await listRecoveries(db)).toEqual([])

    expect(await ask(member.instance, address())).toEqual({ status: 202, items: [] })
    expect(await listRecoveries(db)).toMatchObject([{ servers: 3, origin: member.origin }])
    const peerId = await idOf(member)
    expect(await answerRecovery(db, { peerId, answer: 'granted' }, now())).toBe(true)
    expect((await ask(member.instance, address())).items.sort()).toEqual(inboxes(3))
    // The consent for one place is not valid for another.
    expect((await ask(other.instance, address())).status).toBe(202)
  })

  test('asks its team once, however often it is asked, and anew when the answer is old', async () => {
    const { db, now } = hub.context
    await keep(member, inboxes(1))
    for (let at = 0; at < 200; at++)
      expect((await ask(member.instance, address())).status).toBe(202)
    expect(await listRecoveries(db)).toHaveLength(1)
    const peerId = await idOf(member)
    await answerRecovery(db, { peerId, answer: 'refused' }, now())
    expect((await ask(member.instance, address())).status).toBe(403)
    expect(await listRecoveries(db)).toEqual([])
    expect(await answerRecovery(db, { peerId, answer: 'granted' }, now())).toBe(false)
    const old = now().subtract({ hours: 49 }).toString()
    await db.updateTable('recovery').set({ answer: 'granted', answered_at: old }).execute()
    expect((await ask(member.instance, address())).status).toBe(202)
    expect(await listRecoveries(db)).toHaveLength(1)
  })

  test('need not ask its team where it knows no other server than a backup of the member', async () => {
    const { db, now } = hub.context
    const since = now().subtract({ hours: 1 }).toString()
    const asked = (known: string[]) =>
      ask(
        member.instance,
        `${address()}&${new URLSearchParams({ since, known: hashServers(known) })}`,
      )
    await keep(member, inboxes(3))
    expect(await asked(inboxes(3).reverse())).toEqual({ status: 200, items: [] })
    // Those that the member has not named since the restore are of the backup, or came after it.
    await keep(member, inboxes(1))
    expect(await asked(inboxes(3))).toEqual({ status: 200, items: [] })
    expect(await listRecoveries(db)).toEqual([])
    expect(await asked(inboxes(2))).toEqual({ status: 202, items: [] })
    expect(await listRecoveries(db)).toMatchObject([{ origin: member.origin }])
    await answerRecovery(db, { peerId: await idOf(member), answer: 'granted' }, now())
    expect((await asked(inboxes(2))).items.sort()).toEqual(inboxes(3))
  })

  test('has nothing to ask its team where it knows no server', async () => {
    expect(await ask(member.instance, address())).toEqual({ status: 200, items: [] })
    expect(await listRecoveries(hub.context.db)).toEqual([])
  })

  test('keeps addresses of other servers alone, one for each, a thousand of a member at most', async () => {
    const { db, now } = hub.context
    const read = async (items: unknown[]) => {
      member.pages.set('/actors/cafes/follower-servers', {
        ...{ id: `${member.origin}/actors/cafes/follower-servers`, type: 'Collection', items },
      })
      const before = member.hits('/actors/cafes/follower-servers')
      const peerId = await idOf(member)
      await enqueueTask(db, { kind: 'follower-servers', subject: peerId }, now())
      hub.context.wake()
      await until(async () => {
        const tasks = await db
          .selectFrom('task')
          .select('id')
          .where('kind', '=', 'follower-servers')
          .execute()
        return member.hits('/actors/cafes/follower-servers') > before && tasks.length === 0
      })
      return listFollowerServers(db, peerId)
    }
    const wrong = [
      ...[null, 1, {}, [], 'x', 'ftp://a.example/inbox', 'javascript:alert(1)', 'https://'],
      ...['http://10.0.0.1/inbox', 'https://[fd00::1]/inbox', 'https://nom:mot@a.example/inbox'],
      ...[`https://b.example/${'x'.repeat(300)}`, `${hub.origin}/inbox`, `${member.origin}/inbox`],
    ]
    const twice = ['https://c.example/inbox', 'https://c.example/users/camille/inbox']
    expect(await read([...wrong, ...twice])).toEqual([twice[0]])
    expect(await read(inboxes(5_000))).toHaveLength(MOST_FOLLOWER_SERVERS)
    for (const name of ['un', 'deux', 'trois']) await keep(member, inboxes(1_000, name))
    const rows = await db.selectFrom('follower_server').select('host').execute()
    expect(rows).toHaveLength(2 * MOST_FOLLOWER_SERVERS)
  })

  test('keeps the list of a member that has lost its followers for thirty days, and of one that left not at all', async () => {
    const { db, now } = hub.context
    const peerId = await idOf(other)
    await keep(other, inboxes(2))
    await keep(other, [])
    expect(await listFollowerServers(db, peerId)).toEqual(inboxes(2))
    await saveFollowerServers(db, { peerId, inboxes: [] }, now().add({ hours: 31 * 24 }))
    expect(await listFollowerServers(db, peerId)).toEqual([])
    await keep(other, inboxes(2))
    await ask(other.instance, address())
    await removePeer(hub.context.db, { peerId }, now())
    expect(await listFollowerServers(db, peerId)).toEqual([])
    expect((await ask(other.instance, address())).status).toBe(401)
  })
})

describe('a place', () => {
  let place: Site
  let liar: RemotePeer
  let instance: RemoteActorFixture
  beforeAll(async () => {
    place = await startSite()
    liar = await startRemotePeer(2)
    instance = liar.addActor('instance', { type: 'Application' })
    const { db, config, now } = place.context
    const directory = {
      ...{ uri: instance.uri, type: 'Application', name: 'Annuaire' },
      preferredUsername: 'instance',
    }
    const inbox = `${liar.origin}/inbox`
    await saveRemoteActor(db, { ...directory, inbox, sharedInbox: undefined }, now())
    await saveFollowing(
      db,
      {
        ...{ actor: 'instance', address: liar.origin, targetUri: instance.uri, isJoin: true },
        ...{ state: 'accepted', invitation: undefined, error: undefined },
        followId: `${config.origin}/activities/join`,
      },
      now(),
    )
  }, 30_000)
  beforeEach(() => place.context.db.deleteFrom('follower').execute())
  afterAll(() => Promise.allSettled([place.close(), liar.close()]))

  test('names the servers of its followers to nobody but a directory that it joined, and no person', async () => {
    const { db, now } = place.context
    const follow = (host: string, name: string, sharedInbox?: string) =>
      saveFollower(
        db,
        {
          ...{ actor: 'cafes', uri: `https://${host}/users/${name}`, sharedInbox },
          ...{ inbox: `https://${host}/users/${name}/inbox`, followId: randomUUID() },
        },
        now(),
      )
    await follow('a.example', 'camille', 'https://a.example/inbox')
    await follow('a.example', 'dominique', 'https://a.example/inbox')
    await follow('seul.example', 'sacha')
    await follow('b.example', 'noa', 'https://ailleurs.example/inbox')
    const address = `${place.origin}/actors/cafes/follower-servers`
    expect((await ask(undefined, address)).status).toBe(404)
    expect((await ask(liar.addActor('cafes'), address)).status).toBe(404)
    expect((await ask({ ...instance, rsa: liar.addActor('x').rsa }, address)).status).toBe(404)
    // The place has stored the key of the directory, as after the first message from it.
    const { uri, keyId, rsa } = instance
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const fetched_at = now().toString()
    await db
      .insertInto('remote_key')
      .values({ actor_uri: uri, key_id: keyId, pem, fetched_at })
      .execute()
    expect(await ask(instance, address)).toEqual({
      status: 200,
      items: ['https://a.example/inbox'],
    })
  })

  async function recover(answer: (response: ServerResponse) => void) {
    liar.pages.set('/actors/instance/restoration', answer)
    const { db, now } = place.context
    await db.deleteFrom('task').where('kind', '=', 'restoration').execute()
    const before = liar.requests.length
    await saveRestoration(db, {
      ...{ since: now(), at: now(), isLost: true, isClosed: false, uris: [instance.uri] },
    })
    await planRestoration(place.context)
    await until(() => liar.requests.length > before)
    await until(async () => {
      const tasks = await db
        .selectFrom('task')
        .select(['kind', 'attempts', 'lease_until'])
        .execute()
      return tasks.every(({ kind, lease_until }) => kind !== 'restoration' || lease_until === null)
    })
    return (await findRestoration(db))?.directories[0]
  }
  const list = (items: unknown) => (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/activity+json' })
    response.end(JSON.stringify({ type: 'Collection', items }))
  }

  test('writes to what its directory names, within the share of a domain, and to nobody whom it blocks', async () => {
    const { db, config, now } = place.context
    await saveBlock(db, { target: 'bloque.example', reason: '' }, now())
    const flood = Array.from({ length: 900 }, (_, at) => `https://n${at}.flot.example/inbox`)
    const state = await recover(
      list([
        ...['https://m.example/inbox', 'https://bloque.example/inbox', 'http://127.0.0.1.x/inbox'],
        ...[`${place.origin}/inbox`, `${liar.origin}/inbox`, 'http://192.168.1.1/inbox', {}, 7],
        ...flood,
      ]),
    )
    await deleteBlock(db, 'bloque.example')
    expect(state?.state).toBe('answered')
    const written = await listFollowerInboxes(db, 'cafes')
    expect(written).toContain('https://m.example/inbox')
    expect(written.filter((each) => /bloque|192|127/.test(each) && !each.includes('.x/'))).toEqual(
      [],
    )
    expect(written.filter((each) => each.includes('flot')).length).toBeLessThanOrEqual(
      config.shares.inboxes,
    )
  })

  test('writes to two hundred of the servers that one directory names, and no more', async () => {
    const { db, config } = place.context
    const state = await recover(list(inboxes(900)))
    expect(state).toMatchObject({ state: 'answered', servers: config.shares.followerServers })
    expect(await listFollowerInboxes(db, 'cafes')).toHaveLength(config.shares.followerServers)
  })

  test.each<[string, string, number, (response: ServerResponse) => void]>([
    [
      'other servers',
      'answered',
      1,
      list(['https://la.example/inbox', 'https://neuf.example/inbox']),
    ],
    ['no other server', 'answered', 0, list([])],
    ['not yet', 'waiting', 0, (response) => response.writeHead(202).end()],
    ['no', 'refused', 0, (response) => response.writeHead(403).end()],
    ['that it does not know', 'unable', 0, (response) => response.writeHead(400).end()],
  ])('that was restored from a backup is named %s', async (_, state, servers, answer) => {
    const { db, now } = place.context
    const follower = { uri: 'https://la.example/users/a', followId: randomUUID() }
    const inbox = { inbox: `${follower.uri}/inbox`, sharedInbox: 'https://la.example/inbox' }
    await saveFollower(db, { actor: 'cafes', ...follower, ...inbox }, now())
    await db.deleteFrom('setting').where('name', '=', 'restoration').execute()
    const asked: string[] = []
    liar.pages.set('/actors/instance/restoration', (response, request) => {
      const query = new URL(request.url ?? '', liar.origin).searchParams
      if (!query.has('followers')) return list([])(response)
      asked.push(query.get('known') ?? '')
      answer(response)
    })
    const uris = [instance.uri]
    await saveRestoration(db, { since: now(), at: now(), isLost: false, isClosed: false, uris })
    await planRestoration(place.context)
    const find = async () => (await findRestoration(db))?.directories[0]
    await until(async () => asked.length > 0 && (await find())?.state === 'answered')
    await until(async () => (await find())?.followers === state)
    expect(asked).toEqual([hashServers([inbox.sharedInbox])])
    expect(await find()).toMatchObject({ state: 'answered', servers })
    const written = await listFollowerInboxes(db, 'cafes')
    expect(written.includes('https://neuf.example/inbox')).toBe(servers > 0)
  })

  test.each<[string, string, (response: ServerResponse) => void]>([
    ['no', 'refused', (response) => response.writeHead(403).end()],
    ['nothing, being of an earlier version', 'unable', (response) => response.writeHead(404).end()],
    ['not yet', 'waiting', (response) => response.writeHead(202).end()],
    ['that it does not know who asks', 'waiting', (response) => response.writeHead(401).end()],
    ['something without an end', 'waiting', (response) => response.end('x'.repeat(1024 ** 2))],
    ['broken JSON', 'waiting', (response) => response.end('{"items":[')],
    ['a word', 'answered', list('https')],
  ])('is answered %s', async (_, state, answer) => {
    expect((await recover(answer))?.state).toBe(state)
    expect(await listFollowerInboxes(place.context.db, 'cafes')).toEqual([])
  })
})
