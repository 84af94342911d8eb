import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HiddenReason } from '../../../node/domain/cafes/cafe.ts'
import type { Peer } from '../../../node/domain/federation/peer.ts'
import { insertAnnouncer, reassignOrphanCafes } from '../../../node/store/cafes/cafe-announcers.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { saveBlock } from '../../../node/store/directory/blocks.ts'
import { findPeer, upsertPeer } from '../../../node/store/directory/peers.ts'
import { deleteAnnounced, markAnnounced } from '../../../node/store/feeds/announced.ts'
import {
  markLeft,
  removePeer,
  setFollowing,
  setMembership,
} from '../../../node/store/memberships.ts'
import { listPendingChanges, markChangesDone } from '../../../node/store/queues/changes.ts'
import { findPublicCafe } from '../../../node/store/search/search.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const URI = 'https://place.example/cafes/1'

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

async function member(host: string): Promise<Peer> {
  const { id } = await upsertPeer(db, { actorUri: `https://${host}/actors/instance`, name: host })
  await setMembership(db, id, 'member', now)
  const peer = await findPeer(db, id)
  if (!peer) throw new Error(`no ${host}`)
  return peer
}

/** Stores a café of place.example, which is no member, as this peer announced it. */
async function announce(peer: Peer, hiddenReason?: HiddenReason): Promise<string> {
  const organizer = { uri: 'https://place.example/actors/cafes', name: 'place.example', url: '' }
  const cafe = aCafe({ uri: URI, url: URI, peerId: peer.id, organizer, hiddenReason })
  await saveCafe(db, { ...cafe, organizer: { ...organizer, url: 'https://place.example/' } })
  await insertAnnouncer(db, { uri: URI, announcer: peer })
  return cafe.id
}

const homeOf = async (id: string) => {
  const row = await db
    .selectFrom('cafe')
    .innerJoin('peer', 'peer.id', 'cafe.peer_id')
    .innerJoin('structure', 'structure.uri', 'cafe.organizer_uri')
    .innerJoin('peer as home', 'home.id', 'structure.peer_id')
    .select(['peer.host', 'home.host as structure', 'cafe.hidden_reason'])
    .where('cafe.id', '=', id)
    .executeTakeFirstOrThrow()
  return [row.host, row.structure, row.hidden_reason]
}

const isOpen = async (id: string) => (await findPublicCafe(db, { id })) !== undefined
const leave = (peer: Peer) => db.transaction().execute((trx) => markLeft(trx, peer, now))

test('a café and its structure go to their own server once that is a member, and stay when the first leaves', async () => {
  const liar = await member('liar.example')
  const id = await announce(liar, 'foreign')
  expect(await homeOf(id)).toEqual(['liar.example', 'liar.example', 'foreign'])
  await member('place.example')
  expect(await homeOf(id)).toEqual(['place.example', 'place.example', null])
  await leave(liar)
  expect(await isOpen(id)).toBe(true)
})

async function follow(actorUri: string): Promise<Peer> {
  const peer = await upsertPeer(db, { actorUri, name: 'Le lieu' })
  await setFollowing(db, peer.id, 'accepted', now)
  return peer
}

test('an actor that is followed takes its cafés over too, but what waits for the team still waits', async () => {
  const id = await announce(await member('liar.example'), 'foreign')
  await follow('https://place.example/actors/cafes')
  expect(await homeOf(id)).toEqual(['place.example', 'place.example', 'foreign'])
})

test('another actor of that server takes nothing over, and keeps what it announces when the first leaves', async () => {
  const liar = await member('liar.example')
  const id = await announce(liar)
  const relay = await follow('https://place.example/relay')
  expect(await homeOf(id)).toEqual(['liar.example', 'liar.example', null])
  await insertAnnouncer(db, { uri: URI, announcer: relay })
  await leave(liar)
  expect(await homeOf(id)).toEqual(['place.example', 'place.example', null])
  expect(await isOpen(id)).toBe(true)
})

test('what the team set aside stays so when its server joins', async () => {
  const id = await announce(await member('liar.example'), 'team')
  await member('place.example')
  expect(await homeOf(id)).toEqual(['place.example', 'place.example', 'team'])
})

const block = async ({ host }: Peer) => {
  await saveBlock(db, { target: host, reason: '' }, now)
  await reassignOrphanCafes(db, now)
}

describe.each([
  ['leaves', leave],
  ['is shown out', ({ id }: Peer) => removePeer(db, { peerId: id }, now)],
  ['is blocked', block],
])('a stranger’s café, when who announced it %s', (_, go) => {
  test('stays through another announcer, and is out of sight with the last', async () => {
    const [liar, honest] = [await member('liar.example'), await member('honest.example')]
    const id = await announce(liar)
    await insertAnnouncer(db, { uri: URI, announcer: honest })
    await go(liar)
    expect([await isOpen(id), ...(await homeOf(id))]).toEqual([
      true,
      'honest.example',
      'honest.example',
      null,
    ])
    await go(honest)
    expect(await isOpen(id)).toBe(false)
  })

  test('is out of sight with its only one, until another member announces it', async () => {
    const liar = await member('liar.example')
    const id = await announce(liar)
    await go(liar)
    expect(await isOpen(id)).toBe(false)
    await insertAnnouncer(db, { uri: URI, announcer: await member('late.example') })
    await reassignOrphanCafes(db, now)
    expect(await isOpen(id)).toBe(true)
  })
})

test('what others announced of a blocked origin is out of sight, whoever announced it', async () => {
  const [one, other] = [await member('one.example'), await member('other.example')]
  const id = await announce(one)
  await insertAnnouncer(db, { uri: URI, announcer: other })
  await saveBlock(db, { target: 'place.example', reason: '' }, now)
  await reassignOrphanCafes(db, now)
  expect(await isOpen(id)).toBe(false)
})

/** Lists the peers whose cafés are to enter or leave the feeds. */
const listPlanned = async (): Promise<(string | undefined)[]> => {
  const pending = await listPendingChanges(db, now, 100)
  return pending.map(({ change }) => (change.type === 'peer-cafes' ? change.peerId : undefined))
}

/** Notes that all changes were sent. */
const endChanges = async () => {
  const pending = await listPendingChanges(db, now, 100)
  const ids = pending.map(({ id }) => id)
  if (ids.length > 0) await markChangesDone(db, ids, now)
}

test('the cafés of a server enter or leave the feeds when it begins or ceases to be trusted, and one change waits at most', async () => {
  const place = await member('place.example')
  await announce(place)
  for (const state of ['accepted', 'refused', 'accepted', 'none', 'asked'] as const)
    await setFollowing(db, place.id, state, now)
  await setMembership(db, place.id, 'member', now)
  expect(await listPlanned()).toEqual([])
  for (let times = 0; times < 5; times++) {
    await setMembership(db, place.id, 'left', now)
    await setMembership(db, place.id, 'member', now)
  }
  expect(await listPlanned()).toEqual([place.id])
})

test.each([
  ['joins', (uri: string) => member(new URL(uri).host)],
  ['is followed', follow],
])(
  'a café that left the feeds with its announcer enters them when its own server %s',
  async (_, trust) => {
    const liar = await member('liar.example')
    await announce(liar)
    await leave(liar)
    await endChanges()
    const place = await trust('https://place.example/actors/instance')
    expect(await listPlanned()).toEqual([place.id])
  },
)

describe('when a café is assigned to another member that announced it', () => {
  let late: Peer
  beforeEach(async () => {
    const liar = await member('liar.example')
    await announce(liar)
    await leave(liar)
    await endChanges()
    late = await member('late.example')
    await insertAnnouncer(db, { uri: URI, announcer: late })
  })

  test('it enters the feeds if it had left them, by one change', async () => {
    for (let times = 0; times < 3; times++) await reassignOrphanCafes(db, now)
    expect(await listPlanned()).toEqual([late.id])
    await endChanges()
    await reassignOrphanCafes(db, now)
    expect(await listPlanned()).toEqual([])
  })

  test('nothing is planned if it is still in a feed, or over', async () => {
    const activityId = 'https://hub.example/actors/cafe-ia/announces/1'
    const announced = { actor: 'cafe-ia', objectUri: URI, activityId, state: 'posted' } as const
    await markAnnounced(db, { ...announced, at: now })
    await reassignOrphanCafes(db, now)
    expect(await listPlanned()).toEqual([])

    await deleteAnnounced(db, announced)
    await leave(late)
    await endChanges()
    await insertAnnouncer(db, { uri: URI, announcer: await member('later.example') })
    await reassignOrphanCafes(db, now.add({ hours: 24 * 60 }))
    expect(await listPlanned()).toEqual([])
  })
})

test('a café and its structure go to the same one of two other announcers', async () => {
  const liar = await member('liar.example')
  const id = await announce(liar)
  for (const host of ['one.example', 'other.example'])
    await insertAnnouncer(db, { uri: URI, announcer: await member(host) })
  await leave(liar)
  const [cafe, structure] = await homeOf(id)
  expect(['one.example', 'other.example']).toContain(cafe)
  expect(structure).toBe(cafe)
})
