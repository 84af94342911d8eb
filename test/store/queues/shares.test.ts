import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Side } from '../../../node/domain/agreements/agreement.ts'
import { pageByDomain } from '../../../node/domain/federation/domain-page.ts'
import { saveStatement } from '../../../node/store/agreements/statements.ts'
import { saveCafeDocument } from '../../../node/store/cafes/cafe-documents.ts'
import { deleteCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { chargeBytesAround, hasRoomForCafe } from '../../../node/store/cafes/received-room.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { quotaDomainOf } from '../../../node/store/database/quota-domain.ts'
import {
  deleteOldDeletions,
  findTombstone,
  rememberDeletion,
} from '../../../node/store/directory/deletions.ts'
import { hasRoomForRequest } from '../../../node/store/directory/join-requests.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import { saveFacilitatorPicture } from '../../../node/store/facilitators/photos.ts'
import {
  eraseFacilitator,
  receiveFacilitator,
} from '../../../node/store/facilitators/received-profiles.ts'
import { countFacilitatorBytesAround } from '../../../node/store/facilitators/stored-bytes.ts'
import { hasRoomForFollower, saveFollower } from '../../../node/store/feeds/followers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import { insertDeliveries, isInboxFull } from '../../../node/store/queues/deliveries.ts'
import {
  addToShare,
  deleteSharesBefore,
  findShare,
  hasRoomAmong,
  recountShares,
  takeDaily,
  takeShare,
  type Waiting,
} from '../../../node/store/queues/shares.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aFacilitator } from '../../support/facilitator.ts'
import { ownCafe } from '../../support/own-cafe.ts'

/** The data of a domain here are counted once, whatever host names it uses. */

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

const NOW = Temporal.Instant.from('2026-11-27T10:00:00Z')

test('a thousand names below one domain share; neighbours on a hosting service do not', async () => {
  expect(quotaDomainOf('a.evil.example')).toBe(quotaDomainOf('b.c.evil.example:8443'))
  expect(quotaDomainOf('a.github.io')).not.toBe(quotaDomainOf('b.github.io'))
  let taken = 0
  for (let i = 0; i < 1000; i++)
    if (await takeShare(db, 'network', { host: `s${i}.evil.example`, max: 50 })) taken++
  expect(taken).toBe(50)
  expect(await takeShare(db, 'network', { host: 'honest.example', max: 50 })).toBe(true)
})

test('a day’s share is there again the next day, and those of before go', async () => {
  const take = (now: Temporal.Instant) =>
    takeDaily(db, 'message', { host: 'a.example', max: 1 }, now)
  expect([await take(NOW), await take(NOW), await take(NOW.add({ hours: 24 }))]).toEqual([
    true,
    false,
    true,
  ])
  await deleteSharesBefore(db, Temporal.PlainDate.from('2026-11-28'))
  const days = await db.selectFrom('share').select('day').where('kind', '=', 'message').execute()
  expect(days).toEqual([{ day: '2026-11-28' }])
})

test('kept rows are counted anew, so that rows deleted by a cascade make room', async () => {
  await addToShare(db, 'bytes', { host: 'a.example', amount: 5000 })
  await addToShare(db, 'bytes', { host: 'a.example', amount: -9000 })
  expect(await findShare(db, 'bytes', 'a.example')).toBe(0)
  await addToShare(db, 'bytes', { host: 'a.example', amount: 5000 })
  await recountShares(db)
  expect(await findShare(db, 'bytes', 'a.example')).toBe(0)
  expect(await findShare(db, 'network', 'evil.example')).toBe(0)
})

test('a pair is charged to the side that spoke first, by the nightly count too', async () => {
  const key = {
    kind: 'member-of',
    objectUri: 'https://n.networks.example/reseaux/r',
    subjectUri: 'https://s.structures.example/actors/cafes',
  } as const
  const say = (side: Side, at: Temporal.Instant, isYes = true) =>
    saveStatement(db, { ...key, side, isYes, at }, NOW)
  await say('subject', NOW)
  await say('object', NOW.add({ seconds: 5 }))
  await recountShares(db)
  expect(await findShare(db, 'membership', 'structures.example')).toBe(1)
  expect(await findShare(db, 'membership', 'networks.example')).toBe(0)
  await db.deleteFrom('agreement').execute()
  await say('object', NOW, false)
  await recountShares(db)
  expect(await findShare(db, 'membership', 'networks.example')).toBe(1)
})

test('of profiles the photo and the addresses of cafés are charged, and left out without room', async () => {
  const peer = await upsertPeer(db, { actorUri: 'https://people.example/a', name: 'People' })
  const uri = 'https://people.example/animation/camille-r'
  const cafes = Array.from({ length: 200 }, (_, at) => `https://people.example/${at}`.padEnd(500))
  const say = (seconds: number, megabytes: number) => {
    const updatedAt = NOW.add({ seconds })
    const photo = { url: 'https://people.example/1.jpg', alt: 'Camille' }
    const dates = { consentedAt: NOW, expiresAt: NOW.add({ hours: 1000 }) }
    const person = { ...aFacilitator({ uri, url: uri, updatedAt }), ...dates }
    const said = { peer, now: NOW, most: 9, megabytes }
    return receiveFacilitator(db, { ...person, photo, cafes }, said)
  }
  const used = () => findShare(db, 'bytes', 'people.example')
  expect([await say(0, 1), await used()]).toEqual(['new', 100_000])
  const facilitatorId = (await findFacilitatorByUri(db, uri))?.id ?? ''
  const picture = { address: uri, bytes: new Uint8Array(7000), width: 9, height: 9 }
  await countFacilitatorBytesAround(db, uri, () =>
    saveFacilitatorPicture(db, { facilitatorId, ...picture }),
  )
  expect(await used()).toBe(107_000)
  await recountShares(db)
  expect(await used()).toBe(107_000)
  expect([await say(1, 0), await used()]).toEqual(['changed', 7000])
  await eraseFacilitator(db, { uri }, NOW)
  expect(await used()).toBe(0)
})

test('bytes are charged to the server through which a café is heard', async () => {
  const teller = await upsertPeer(db, { actorUri: 'https://teller.example/a', name: 'Teller' })
  const cafe = {
    ...ownCafe({ title: 'Annoncé' }),
    organizationId: undefined,
    peerId: teller.id,
    uri: 'https://elsewhere.example/cafes/1',
    organizer: { uri: 'https://elsewhere.example/a', name: 'E', url: 'https://elsewhere.example/' },
  }
  await chargeBytesAround(db, cafe.uri, async () => {
    await saveCafe(db, cafe)
    await saveCafeDocument(db, { uri: cafe.uri, body: JSON.stringify({ é: 'é'.repeat(3000) }) })
  })
  const counted = await findShare(db, 'bytes', 'teller.example')
  expect(counted).toBeGreaterThan(0)
  await recountShares(db)
  expect(await findShare(db, 'bytes', 'teller.example')).toBe(counted)
  expect(await findShare(db, 'bytes', 'elsewhere.example')).toBe(0)
  await chargeBytesAround(db, cafe.uri, () => deleteCafe(db, cafe.id))
  expect(await findShare(db, 'bytes', 'teller.example')).toBe(0)
})

test('a cancellation is heard whatever is kept, and makes nothing grow without end', async () => {
  const peer = await upsertPeer(db, { actorUri: 'https://full.example/a', name: 'Full' })
  const uri = 'https://full.example/cafes/1'
  await saveCafe(db, {
    ...ownCafe({ title: 'Long' }),
    id: 'long',
    organizationId: undefined,
    peerId: peer.id,
    uri,
    organizer: { uri: 'https://full.example/a', name: 'F', url: 'https://full.example/' },
  })
  const text = 'x'.repeat(40_000)
  await saveCafeDocument(db, { uri, body: text })
  await addToShare(db, 'bytes', { host: 'full.example', amount: 2 * 1024 * 1024 })
  const hasRoom = (body: string, isCancelling: boolean) =>
    hasRoomForCafe(db, { uri, host: 'full.example', body, isCancelling, max: 1 })
  expect(await hasRoom(`${text} it is cancelled, because of the snow`, false)).toBe(false)
  expect(await hasRoom(`${text} it is cancelled, because of the snow`, true)).toBe(true)
  expect(await hasRoom('x'.repeat(200_000), true)).toBe(false)
})

test('deletions: the newest of what was here stay, what never was goes after 35 days', async () => {
  const remember = (uri: string, cafeId: string | undefined, deletedAt: Temporal.Instant) =>
    rememberDeletion(db, { uri, cafeId, deletedAt, most: 3 })
  const uri = (i: number) => `https://s${i}.deletes.example/cafes/${i}`
  for (let i = 0; i < 5; i++) await remember(uri(i), undefined, NOW.add({ seconds: i }))
  expect(await findTombstone(db, uri(2))).toBeDefined()
  expect(await findTombstone(db, uri(3))).toBeUndefined()
  await remember(uri(9), 'c9', NOW.add({ seconds: 9 }))
  expect(await findTombstone(db, uri(9))).toBeDefined()
  expect(await findTombstone(db, uri(0))).toBeUndefined()
  await deleteOldDeletions(db, NOW.add({ hours: 36 * 24 }))
  expect(await findTombstone(db, uri(1))).toBeUndefined()
  expect(await findTombstone(db, uri(9))).toBeDefined()
  await recountShares(db)
  expect(await findShare(db, 'deletion', 'deletes.example')).toBe(1)
})

test('deletions: an id that was never here is removed first, before that of a café that was', async () => {
  const uri = (name: string) => `https://rooms.example/cafes/${name}`
  for (const [index, [name, cafeId]] of [
    ['was', 'c-was'],
    ['never', undefined],
    ['newer', 'c-newer'],
  ].entries() as Iterable<[number, [string, string | undefined]]>)
    await rememberDeletion(db, {
      uri: uri(name),
      cafeId,
      deletedAt: NOW.add({ seconds: index }),
      most: 2,
    })
  const known = await Promise.all(
    ['was', 'never', 'newer'].map(async (name) => Boolean(await findTombstone(db, uri(name)))),
  )
  expect(known).toEqual([true, false, true])
})

test('only waiting answers count for the limit of an inbox, not posts nor failed deliveries', async () => {
  const inbox = 'https://inbox.example/inbox'
  const send = async (index: number, type: string) => {
    const seq = await insertActivity(
      db,
      {
        id: `https://us.example/activities/${index}`,
        actor: 'instance',
        type,
        objectUri: 'x',
        body: '{}',
      },
      NOW,
    )
    await insertDeliveries(
      db,
      {
        activitySeq: seq,
        type,
        signer: 'instance',
        kind: 'word',
        line: `x${index}`,
        inboxes: [inbox],
      },
      NOW,
    )
  }
  for (let index = 0; index < 60; index++) await send(index, 'Create')
  expect(await isInboxFull(db, inbox)).toBe(false)
  for (let index = 60; index < 110; index++) await send(index, 'Accept')
  expect(await isInboxFull(db, inbox)).toBe(true)
  await db.updateTable('delivery').set({ parked_at: NOW.toString() }).execute()
  expect(await isInboxFull(db, inbox)).toBe(false)
})

test('requests to join: few of a domain wait, whatever names it asks under', async () => {
  const shares = { joinRequests: 2 }
  let waiting = 0
  for (let i = 0; i < 20; i++) {
    const actorUri = `https://s${i}.asks.example/actors/instance`
    if (!(await hasRoomForRequest(db, actorUri, shares, NOW))) continue
    const { id } = await upsertPeer(db, { actorUri, name: `s${i}` })
    await setMembership(db, id, 'requested', NOW)
    waiting++
  }
  expect(waiting).toBe(2)
  expect(await hasRoomForRequest(db, 'https://s0.asks.example/actors/instance', shares, NOW)).toBe(
    true,
  )
  expect(await hasRoomForRequest(db, 'https://fair.example/actors/instance', shares, NOW)).toBe(
    true,
  )
})

test('of what waits for people, names of one hosting service share a total, and strangers have one half', () => {
  const fill = (hostOf: (i: number) => string, isStranger: boolean, waiting: Waiting[] = []) => {
    for (let i = 0; i < 400; i++) {
      const host = hostOf(i)
      if (hasRoomAmong(waiting, { host, max: 5, isStranger }))
        waiting.push({ domain: quotaDomainOf(host), isStranger })
    }
    return waiting
  }
  const free = fill((i) => `name${i}.github.io`, true)
  expect(free).toHaveLength(20)
  const full = fill((i) => `site${i}.example`, true, [...free])
  expect(full).toHaveLength(125)
  expect(hasRoomAmong(full, { host: 'known.example', max: 5, isStranger: false })).toBe(true)
  expect(fill((i) => `known${i}.example`, false, full)).toHaveLength(250)
  expect(hasRoomAmong(full, { host: 'late.example', max: 5, isStranger: false })).toBe(false)
})

test('followers: a shared inbox counts once, one for each account counts for each', async () => {
  const follower = (i: number, sharedInbox: string | undefined) => ({
    actor: 'cafes',
    uri: `https://s${i}.reads.example/u/${i}`,
    inbox: `https://s${i}.reads.example/u/${i}/inbox`,
    sharedInbox,
    followId: `https://s${i}.reads.example/f/${i}`,
  })
  const follow = async (one: ReturnType<typeof follower>) => {
    const isTaken = await hasRoomForFollower(db, one, { followers: 30, inboxes: 3 })
    if (isTaken) await saveFollower(db, one, NOW)
    return isTaken
  }
  let taken = 0
  for (let i = 0; i < 10; i++) if (await follow(follower(i, undefined))) taken++
  expect(taken).toBe(3)
  const shared = 'https://s0.reads.example/u/0/inbox'
  for (let i = 10; i < 50; i++) if (await follow(follower(i, shared))) taken++
  expect(taken).toBe(30)
  expect(await follow(follower(0, undefined))).toBe(true)
})

test('what the team reads is some of each domain, and a page of domains', () => {
  const items = [
    ...Array.from({ length: 500 }, (_, i) => ({ domain: 'flood.example', i })),
    ...Array.from({ length: 14 }, (_, i) => ({ domain: `d${i}.example`, i })),
  ]
  const domainOf = ({ domain }: { domain: string }) => domain
  const first = pageByDomain(items, { domainOf, page: 1 })
  expect(first.groups).toHaveLength(10)
  expect(first.groups[0]).toMatchObject({ domain: 'flood.example', total: 500 })
  expect(first.groups[0]?.items).toHaveLength(5)
  expect(first.hasMore).toBe(true)
  const second = pageByDomain(items, { domainOf, page: 2 })
  expect(second.groups.map(({ domain }) => domain)).toEqual(
    [9, 10, 11, 12, 13].map((i) => `d${i}.example`),
  )
  const one = pageByDomain(items, { domainOf, page: 10, domain: 'flood.example' })
  expect(one.groups[0]?.items).toHaveLength(50)
  expect(one.hasMore).toBe(false)
})
